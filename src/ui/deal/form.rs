//! The form of a deal, new or not.

mod fields;
mod process_choice;

use leptos::ev;

use self::fields::{Errors, Fields, Spot, draft, spot_of};
use self::process_choice::ProcessChoice;
use super::step_fields::StepFields;
use super::suggestion::SuggestionBox;
use super::switch::Switch;
use crate::domain::change::command::Command;
use crate::domain::read::customer_list::customer_names;
use crate::domain::read::index::Index;
use crate::domain::record::list::ListKind;
use crate::domain::record::workspace::Key;
use crate::domain::value::error::DomainError;
use crate::domain::value::id::{CustomerId, DealId, ProcessId};
use crate::domain::value::text::name_key;
use crate::route::Route;
use crate::ui::app::{App, deals_href, use_app};
use crate::ui::not_found::NotFound;
use crate::ui::parts::{
    AmountField, Back, Clashes, Combo, DateField, OfferButton, Page, SaveButton, Select, TextArea,
    TextField, follow,
};
use crate::ui::prelude::*;
use crate::web::dom;

/// The form of a new deal, with the customer preset where it is known.
#[component]
pub fn NewDeal(customer: Option<CustomerId>) -> impl IntoView {
    let app = use_app();
    let fields = app.store.peek(|workspace| {
        let fields = Fields::blank(workspace);
        fields
            .customer
            .set(workspace.customer_name(customer).to_owned());
        fields
    });
    view! { <DealForm fields deal=None /> }
}

/// The form of a deal.
#[component]
pub fn EditDeal(id: DealId) -> impl IntoView {
    let app = use_app();
    let fields = app.store.peek(|workspace| {
        workspace
            .deals
            .get(&id)
            .map(|deal| Fields::of(workspace, deal))
    });
    match fields {
        Some(fields) => view! { <DealForm fields deal=Some(id) /> }.into_any(),
        None => view! { <NotFound /> }.into_any(),
    }
}

/// What is wrong with a field.
fn error_at(errors: RwSignal<Errors>, spot: Spot) -> Signal<Option<String>> {
    derived(move || errors.with(|errors| errors.get(&spot).cloned()))
}

/// The names of a list, to choose from.
fn names(app: App, kind: ListKind) -> Signal<Vec<String>> {
    derived(move || {
        app.store.setup(|workspace| {
            let entries = workspace.list(kind).entries.iter();
            entries
                .map(|entry| entry.name.to_string())
                .collect::<Vec<_>>()
        })
    })
}

/// The customer, and the segment of one that is not there yet.
#[component]
fn CustomerFields(fields: Fields, errors: RwSignal<Errors>) -> impl IntoView {
    let app = use_app();
    let customers = memo(move || {
        app.store.setup(|workspace| {
            let alphabet = app.store.peek_index(Index::alphabet);
            customer_names(workspace, &alphabet)
        })
    });
    let is_new = memo(move || {
        let key = name_key(&fields.customer.get());
        !key.is_empty()
            && app.store.setup(|workspace| {
                !workspace
                    .customers
                    .values()
                    .any(|customer| customer.name.has_key(&key))
            })
    });
    view! {
        <div class="form-row">
            <Combo
                label="Customer"
                value=fields.customer
                known=customers
                placeholder="Choose or type a new one"
                error=error_at(errors, Spot::Customer)
            />
            <Show when=move || is_new.get()>
                <Combo
                    label="Segment"
                    value=fields.segment
                    known=names(app, ListKind::Segments)
                    hint="Of the new customer."
                    error=error_at(errors, Spot::Segment)
                />
            </Show>
        </div>
    }
}

#[component]
fn DealForm(fields: Fields, deal: Option<DealId>) -> impl IntoView {
    let app = use_app();
    let errors = RwSignal::new(Errors::default());
    let error = move |spot| error_at(errors, spot);
    let saved = memo(move || {
        let deal = app.store.deal(deal?)?;
        app.store.setup(|w| Some(Fields::saved(w, &deal)))
    });
    let following = follow(fields.named(), saved);
    effect(move || app.router.guard(following.is_changed.get()));
    let choice = ProcessChoice::new(app, fields, deal);
    let back = deal.map_or_else(|| Route::parse(&deals_href()), Route::Deal);
    let cancel = back.clone();
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let clashes = untrack(|| following.told());
        match send(app, fields, deal) {
            Ok(saved) => {
                clashes
                    .iter()
                    .for_each(|clashes| app.messages.more(clashes));
                app.router.leave(Route::Deal(saved));
            }
            Err(found) => {
                errors.set(found);
                dom::focus_next("[aria-invalid=true], [role=alert]");
            }
        }
    };
    let heading = if deal.is_some() {
        "Edit deal"
    } else {
        "Add deal"
    };
    let take = move |process: ProcessId| fields.process.set(process.to_string());
    let dismiss = move |process: ProcessId| {
        fields.dismissed.update(|dismissed| {
            dismissed.insert(process);
        });
    };
    let is_open = memo(move || {
        let deal = deal.and_then(|id| app.store.deal(id));
        deal.is_none_or(|deal| deal.is_open())
    });
    let currency = move || app.store.setup(|workspace| workspace.currency().code);
    view! {
        <Page
            heading=heading.to_owned()
            back=move || view! { <Back href=back.href() to="Back" /> }
        >
            <form class="form form-card" on:submit=save novalidate>
                <Show when=move || errors.with(|errors| errors.contains_key(&Spot::Form))>
                    <p class="form-alert" role="alert" tabindex="-1">
                        {error(Spot::Form)}
                    </p>
                </Show>
                <TextField
                    label="Name"
                    value=fields.name
                    error=error(Spot::Name)
                    required=true
                    autofocus=true
                />
                <CustomerFields fields errors />
                <div class="form-row">
                    <AmountField
                        label="Value"
                        value=fields.value
                        error=error(Spot::Value)
                        hint=format!("In {}. Leave it empty while it is unknown.", currency())
                    />
                    <DateField
                        label="Expected close"
                        value=fields.expected_close
                        error=error(Spot::ExpectedClose)
                    />
                </div>
                <div class="form-row">
                    <Combo label="Category" value=fields.category known=names(app, ListKind::Categories) error=error(Spot::Category) hint="What is sold." />
                    <Combo label="Owner" value=fields.owner known=names(app, ListKind::Owners) error=error(Spot::Owner) hint="Who sells it." />
                </div>
                <div class="form-row">
                    <Combo label="Source" value=fields.source known=names(app, ListKind::Sources) error=error(Spot::Source) />
                    <Show when=move || choice.is_offered.get()>
                        <Select
                            label="Sales process"
                            value=fields.process
                            choices=choice.processes
                            on_choose=move |id| fields.process.set(id)
                        />
                    </Show>
                </div>
                <SuggestionBox suggestion=choice.suggestion on_use=take on_dismiss=dismiss />
                <Switch switch=choice.switch carry_over=fields.carry_over />
                <Show when=move || is_open.get()>
                    <StepFields
                        step=fields.next_step
                        what_error=error(Spot::NextStep)
                        due_error=error(Spot::Due)
                    />
                </Show>
                <TextArea label="Notes" value=fields.notes error=error(Spot::Notes) />
                <div class="form-actions">
                    <SaveButton />
                    <OfferButton text="Cancel" icon="close" bare=true act=move |()| app.router.give_up(cancel.clone()) />
                    <Clashes following />
                </div>
            </form>
        </Page>
    }
}

/// Sends the form as a command; the deal that was added or changed.
fn send(app: App, fields: Fields, deal: Option<DealId>) -> Result<DealId, Errors> {
    let (default, is_open) = app.store.peek(|workspace| {
        let deal = deal.and_then(|id| workspace.deals.get(&id));
        let is_open = deal.is_none_or(|deal| deal.is_open());
        (workspace.default_process(), is_open)
    });
    let process = fields.process.get_untracked().parse().unwrap_or(default);
    let draft = draft(app, fields, process, is_open)?;
    let command = match deal {
        Some(id) => Command::EditDeal(id, draft),
        None => Command::AddDeal(draft),
    };
    let refused = |error: DomainError| Errors::from([(spot_of(&error), error.to_string())]);
    let changes = app.attempt(command).map_err(refused)?;
    let touched = changes.keys().find_map(|key| {
        if let Key::Deal(id) = key {
            Some(id)
        } else {
            None
        }
    });
    deal.or(touched).ok_or_else(Errors::default)
}

//! The form of a deal, new or not.

use std::collections::{BTreeMap, BTreeSet};

use leptos::ev;

use crate::domain::change::command::{Choice, Command, DealDraft};
use crate::domain::change::switch::preview;
use crate::domain::read::customer_list::customer_names;
use crate::domain::read::index::Index;
use crate::domain::read::suggestion::{TypedFacts, suggest};
use crate::domain::record::deal::Deal;
use crate::domain::record::list::ListKind;
use crate::domain::record::rule::Facts;
use crate::domain::record::workspace::{Key, Setup, Workspace};
use crate::domain::value::error::DomainError;
use crate::domain::value::id::{CustomerId, DealId, ProcessId};
use crate::domain::value::text::{Name, clean, name_key};
use crate::route::Route;
use crate::ui::app::{App, amount_text, deals_href, typed_amount, use_app};
use crate::ui::deal::suggestion::SuggestionBox;
use crate::ui::deal::switch::Switch;
use crate::ui::not_found::NotFound;
use crate::ui::parts::select::Choices;
use crate::ui::parts::{
    AmountField, Back, Clashes, Combo, DateField, DateText, OfferButton, Page, SaveButton, Select,
    TextArea, TextField, follow,
};
use crate::ui::prelude::*;
use crate::web::dom;

/// What is typed, as text.
#[derive(Clone, Copy)]
struct Fields {
    name: RwSignal<String>,
    customer: RwSignal<String>,
    segment: RwSignal<String>,
    category: RwSignal<String>,
    owner: RwSignal<String>,
    value: RwSignal<String>,
    expected_close: DateText,
    source: RwSignal<String>,
    process: RwSignal<String>,
    notes: RwSignal<String>,
    /// Ticks come along to another process.
    carry_over: RwSignal<bool>,
    /// Processes whose suggestion was dismissed.
    dismissed: RwSignal<BTreeSet<ProcessId>>,
}

impl Fields {
    fn blank(workspace: &Workspace) -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            name: empty(),
            customer: empty(),
            segment: empty(),
            category: empty(),
            owner: RwSignal::new(
                workspace
                    .entry_name(ListKind::Owners, workspace.settings.me)
                    .to_owned(),
            ),
            value: empty(),
            expected_close: DateText::new(None),
            source: empty(),
            process: RwSignal::new(workspace.default_process().to_string()),
            notes: empty(),
            carry_over: RwSignal::new(false),
            dismissed: RwSignal::default(),
        }
    }

    fn of(workspace: &Setup, deal: &Deal) -> Self {
        let entry = |kind, id| RwSignal::new(workspace.entry_name(kind, id).to_owned());
        Self {
            name: RwSignal::new(deal.name.to_string()),
            customer: RwSignal::new(workspace.customer_name(deal.customer).to_owned()),
            segment: RwSignal::new(String::new()),
            category: entry(ListKind::Categories, deal.category),
            owner: entry(ListKind::Owners, deal.owner),
            value: RwSignal::new(amount_text(workspace, deal.value)),
            expected_close: DateText::new(deal.expected_close),
            source: entry(ListKind::Sources, deal.source),
            process: RwSignal::new(deal.process.to_string()),
            notes: RwSignal::new(deal.notes.clone()),
            carry_over: RwSignal::new(false),
            dismissed: RwSignal::new(deal.dismissed.clone()),
        }
    }

    /// What the rules look at, as it is typed.
    fn facts(self, workspace: &Setup) -> Facts {
        let texts = [self.customer, self.segment, self.category, self.owner];
        let [customer, segment, category, owner] = texts.map(|text| text.get());
        let value = typed_amount(workspace, &self.value.get()).ok().flatten();
        let typed = TypedFacts {
            customer: &customer,
            segment: &segment,
            category: &category,
            owner: &owner,
            value: value.map(|typed| typed.amount),
        };
        Facts::typed(workspace, typed)
    }

    /// All that can be typed, with its name.
    fn named(self) -> Vec<(&'static str, RwSignal<String>)> {
        vec![
            ("Name", self.name),
            ("Customer", self.customer),
            ("Segment", self.segment),
            ("Category", self.category),
            ("Owner", self.owner),
            ("Value", self.value),
            ("Expected close", self.expected_close.text),
            ("Source", self.source),
            ("Sales process", self.process),
            ("Notes", self.notes),
        ]
    }

    /// What stands in all the fields for a deal as it is saved.
    fn saved(workspace: &Setup, deal: &Deal) -> Vec<String> {
        let named = Self::of(workspace, deal).named();
        let texts = named.into_iter().map(|(_, text)| text.get_untracked());
        texts.collect()
    }
}

/// A field of the form, as what is wrong with it names it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Spot {
    Name,
    Customer,
    Segment,
    Value,
    ExpectedClose,
    Category,
    Owner,
    Source,
    Notes,
    /// None of them: it is said above the fields.
    Form,
}

/// What is wrong, by field.
type Errors = BTreeMap<Spot, String>;

/// The field that an error is about.
fn spot_of(error: &DomainError) -> Spot {
    let what = match error {
        DomainError::Empty { what } | DomainError::TooLong { what, .. } => *what,
        DomainError::Date { .. } => return Spot::ExpectedClose,
        _ => return Spot::Form,
    };
    match what {
        "The name" => Spot::Name,
        "The customer's name" => Spot::Customer,
        "The segment" => Spot::Segment,
        "The category" => Spot::Category,
        "The owner" => Spot::Owner,
        "The source" => Spot::Source,
        "The notes" => Spot::Notes,
        _ => Spot::Form,
    }
}

fn chosen<Id>(text: &str) -> Choice<Id> {
    let text = clean(text);
    if text.is_empty() {
        Choice::None
    } else {
        Choice::New(text)
    }
}

fn draft(app: App, fields: Fields, process: ProcessId) -> Result<DealDraft, Errors> {
    let name = fields.name.get_untracked();
    let mut errors = Errors::new();
    let mut wrong = |spot: Spot, error: DomainError| {
        errors.insert(spot, error.to_string());
    };
    let value = untrack(|| app.typed_amount(&fields.value.get()));
    let value = value.unwrap_or_else(|error| {
        wrong(Spot::Value, error);
        None
    });
    let expected_close = fields.expected_close.read().unwrap_or_else(|error| {
        wrong(Spot::ExpectedClose, error);
        None
    });
    if let Err(error) = Name::title(&name, "The name") {
        wrong(Spot::Name, error);
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(DealDraft {
        name,
        customer: chosen(&fields.customer.get_untracked()),
        segment: chosen(&fields.segment.get_untracked()),
        category: chosen(&fields.category.get_untracked()),
        owner: chosen(&fields.owner.get_untracked()),
        value: value.map(|typed| typed.amount),
        expected_close,
        source: chosen(&fields.source.get_untracked()),
        process,
        notes: fields.notes.get_untracked(),
        carry_over: fields.carry_over.get_untracked(),
        dismissed: fields.dismissed.get_untracked(),
    })
}

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

#[component]
fn DealForm(fields: Fields, deal: Option<DealId>) -> impl IntoView {
    let app = use_app();
    let errors = RwSignal::new(Errors::default());
    let error =
        move |spot: Spot| Signal::derive(move || errors.with(|errors| errors.get(&spot).cloned()));
    let saved = Memo::new(move |_| {
        let deal = app.store.deal(deal?)?;
        app.store.setup(|w| Some(Fields::saved(w, &deal)))
    });
    let following = follow(fields.named(), saved);
    Effect::new(move |_| app.router.guard(following.is_changed.get()));
    let present = app
        .store
        .peek(|w| deal.and_then(|id| w.deals.get(&id).map(|d| d.process)));
    let is_closed = app.store.peek(|w| {
        deal.and_then(|id| w.deals.get(&id).map(|deal| !deal.is_open()))
            .unwrap_or(false)
    });
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
                dom::next_frame(|| dom::focus("[aria-invalid=true], [role=alert]"));
            }
        }
    };
    let heading = if deal.is_some() {
        "Edit deal"
    } else {
        "Add deal"
    };
    let names = move |kind: ListKind| {
        Signal::derive(move || {
            app.store.setup(|workspace| {
                let entries = workspace.list(kind).entries.iter();
                entries
                    .map(|entry| entry.name.to_string())
                    .collect::<Vec<_>>()
            })
        })
    };
    let customers = Memo::new(move |_| {
        app.store.setup(|workspace| {
            let alphabet = app.store.peek_index(Index::alphabet);
            customer_names(workspace, &alphabet)
        })
    });
    let is_new_customer = Memo::new(move |_| {
        let key = name_key(&fields.customer.get());
        !key.is_empty()
            && app.store.setup(|workspace| {
                !workspace
                    .customers
                    .values()
                    .any(|customer| customer.name.has_key(&key))
            })
    });
    let processes = Memo::new(move |_| -> Choices {
        app.store.setup(|workspace| {
            let choosable = workspace.choosable_processes(present);
            let entries = choosable
                .into_iter()
                .map(|p| (p.id.to_string(), p.name.to_string()));
            vec![(None, entries.collect())]
        })
    });
    let has_choice = move || processes.with(|groups| groups.iter().any(|(_, all)| all.len() > 1));
    let switch = Memo::new(move |_| {
        let target: Option<ProcessId> = fields.process.get().parse().ok();
        let deal = app.store.deal(deal.filter(|_| target != present)?)?;
        app.store.setup(|setup| preview(setup, &deal, target?))
    });
    let suggestion = Memo::new(move |_| {
        let chosen = fields.process.get().parse().ok();
        let chosen = chosen.filter(|_| has_choice() && !is_closed)?;
        app.store.setup(|workspace| {
            if workspace.rules.is_empty() {
                return None;
            }
            let facts = fields.facts(workspace);
            fields
                .dismissed
                .with(|dismissed| suggest(workspace, &facts, chosen, dismissed))
        })
    });
    let take = move |process: ProcessId| fields.process.set(process.to_string());
    let dismiss = move |process: ProcessId| {
        fields.dismissed.update(|dismissed| {
            dismissed.insert(process);
        });
    };
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
                <div class="form-row">
                    <Combo
                        label="Customer"
                        value=fields.customer
                        known=customers
                        placeholder="Choose or type a new one"
                        error=error(Spot::Customer)
                    />
                    <Show when=move || is_new_customer.get()>
                        <Combo
                            label="Segment"
                            value=fields.segment
                            known=names(ListKind::Segments)
                            hint="Of the new customer."
                            error=error(Spot::Segment)
                        />
                    </Show>
                </div>
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
                    <Combo label="Category" value=fields.category known=names(ListKind::Categories) error=error(Spot::Category) hint="What is sold." />
                    <Combo label="Owner" value=fields.owner known=names(ListKind::Owners) error=error(Spot::Owner) hint="Who sells it." />
                </div>
                <div class="form-row">
                    <Combo label="Source" value=fields.source known=names(ListKind::Sources) error=error(Spot::Source) />
                    <Show when=move || has_choice() && !is_closed>
                        <Select
                            label="Sales process"
                            value=fields.process
                            choices=processes
                            on_choose=move |id| fields.process.set(id)
                        />
                    </Show>
                </div>
                <SuggestionBox suggestion on_use=take on_dismiss=dismiss />
                <Switch switch carry_over=fields.carry_over />
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
    let default = app.store.peek(|workspace| workspace.default_process());
    let process = fields.process.get_untracked().parse().unwrap_or(default);
    let draft = draft(app, fields, process)?;
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

//! The form of a customer.

use leptos::ev;

use super::{BackToList, Gone};
use crate::domain::change::command::{Choice, Command, CustomerDraft};
use crate::domain::record::customer::Customer;
use crate::domain::record::list::ListKind;
use crate::domain::record::workspace::Key;
use crate::domain::value::error::DomainError;
use crate::domain::value::field::FieldName;
use crate::domain::value::id::CustomerId;
use crate::route::Route;
use crate::ui::app::use_app;
use crate::ui::parts::{
    Clashes, Combo, Icon, OfferButton, Page, SaveButton, TextArea, TextField, follow,
};
use crate::ui::prelude::*;
use crate::web::dom;

/// The form of a new customer.
#[component]
pub fn NewCustomer() -> impl IntoView {
    view! {
        <Page heading="Add customer".to_owned() back=|| view! { <BackToList /> }>
            <CustomerForm filled=Filled::default() />
        </Page>
    }
}

/// The form of a customer.
#[component]
pub fn EditCustomer(id: CustomerId) -> impl IntoView {
    let app = use_app();
    let filled = app.store.peek(|workspace| {
        let customer = workspace.customers.get(&id)?;
        let segment = workspace.entry_name(ListKind::Segments, customer.segment);
        Some(Filled::of(customer, segment))
    });
    match filled {
        None => view! { <Gone /> }.into_any(),
        Some(filled) => view! {
            <Page heading="Edit customer".to_owned() back=|| view! { <BackToList /> }>
                <CustomerForm filled id />
            </Page>
        }
        .into_any(),
    }
}

/// What stands in the fields.
#[derive(Clone, Default, PartialEq)]
struct Filled {
    name: String,
    segment: String,
    email: String,
    phone: String,
    notes: String,
}

impl Filled {
    fn of(customer: &Customer, segment: &str) -> Self {
        Self {
            name: customer.name.to_string(),
            segment: segment.to_owned(),
            email: customer.email.clone(),
            phone: customer.phone.clone(),
            notes: customer.notes.clone(),
        }
    }

    fn texts(self) -> Vec<String> {
        vec![self.name, self.segment, self.email, self.phone, self.notes]
    }

    fn draft(self) -> CustomerDraft {
        let segment = if self.segment.trim().is_empty() {
            Choice::None
        } else {
            // One of that name is taken where it exists already.
            Choice::New(self.segment)
        };
        CustomerDraft {
            name: self.name,
            segment,
            email: self.email,
            phone: self.phone,
            notes: self.notes,
        }
    }
}

/// A field, as an error names it.
#[derive(Clone, Copy, PartialEq)]
enum Field {
    Name,
    Segment,
    Email,
    Phone,
    Notes,
    /// None of them: it is said above the buttons.
    Form,
}

/// The field that an error is about.
fn field_of(error: &DomainError) -> Field {
    match error {
        DomainError::NameTaken {
            what: "customer", ..
        } => Field::Name,
        DomainError::Empty { what } | DomainError::TooLong { what, .. } => match *what {
            FieldName::CustomerName => Field::Name,
            FieldName::Segment => Field::Segment,
            FieldName::Email => Field::Email,
            FieldName::Phone => Field::Phone,
            FieldName::Notes => Field::Notes,
            _ => Field::Form,
        },
        _ => Field::Form,
    }
}

#[component]
fn CustomerForm(filled: Filled, #[prop(optional)] id: Option<CustomerId>) -> impl IntoView {
    let app = use_app();
    let name = RwSignal::new(filled.name);
    let segment = RwSignal::new(filled.segment);
    let email = RwSignal::new(filled.email);
    let phone = RwSignal::new(filled.phone);
    let notes = RwSignal::new(filled.notes);
    let now = memo(move || Filled {
        name: name.get(),
        segment: segment.get(),
        email: email.get(),
        phone: phone.get(),
        notes: notes.get(),
    });
    let saved = memo(move || {
        app.store.setup(|workspace| {
            let customer = workspace.customers.get(&id?)?;
            let segment = workspace.entry_name(ListKind::Segments, customer.segment);
            Some(Filled::of(customer, segment).texts())
        })
    });
    let fields = vec![
        ("Name", name),
        ("Segment", segment),
        ("E-mail", email),
        ("Telephone", phone),
        ("Notes", notes),
    ];
    let following = follow(fields, saved);
    effect(move || app.router.guard(following.is_changed.get()));
    let segments = derived(move || {
        app.store.setup(|workspace| {
            let entries = workspace.list(ListKind::Segments).entries.iter();
            entries.map(|entry| entry.name.to_string()).collect()
        })
    });
    let refused = RwSignal::new(None::<DomainError>);
    let wrong = move |field: Field| {
        derived(move || {
            let about = |error: &DomainError| (field_of(error) == field).then(|| error.to_string());
            refused.with(|error| error.as_ref().and_then(about))
        })
    };
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let draft = now.get_untracked().draft();
        let clashes = untrack(|| following.told());
        let command = match id {
            None => Command::AddCustomer(draft),
            Some(id) => Command::EditCustomer(id, draft),
        };
        match app.attempt(command) {
            Ok(changes) => {
                clashes
                    .iter()
                    .for_each(|clashes| app.messages.more(clashes));
                let made = changes.keys().find_map(|key| match key {
                    Key::Customer(id) => Some(id),
                    _ => None,
                });
                app.router.leave(
                    id.or(made)
                        .map_or(Route::Customers(String::new()), Route::Customer),
                );
            }
            Err(error) => {
                refused.set(Some(error));
                dom::focus_next(".field-wrong .input");
            }
        }
    };
    let cancel = move |()| {
        app.router
            .give_up(id.map_or(Route::Customers(String::new()), Route::Customer));
    };
    let general = wrong(Field::Form);
    view! {
        <form class="form form-card" novalidate on:submit=save>
            <TextField
                label="Name"
                value=name
                error=wrong(Field::Name)
                required=true
                autofocus=id.is_none()
            />
            <Combo
                label="Segment"
                value=segment
                known=segments
                hint="A group of similar customers. Type a new one to add it."
                error=wrong(Field::Segment)
            />
            <div class="form-row">
                <TextField
                    label="E-mail"
                    value=email
                    mode="email"
                    error=wrong(Field::Email)
                />
                <TextField
                    label="Telephone"
                    value=phone
                    mode="tel"
                    error=wrong(Field::Phone)
                />
            </div>
            <TextArea label="Notes" value=notes error=wrong(Field::Notes) />
            <Show when=move || general.get().is_some()>
                <p class="form-problem" role="alert">
                    <Icon name="alert" />
                    <span>{move || general.get()}</span>
                </p>
            </Show>
            <div class="form-actions">
                <SaveButton />
                <OfferButton text="Cancel" icon="close" bare=true act=cancel />
                <Clashes following />
            </div>
        </form>
    }
}

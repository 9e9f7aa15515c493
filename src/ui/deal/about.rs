//! What can be done about a deal from a list or a board, without its profile:
//! to note something, and to see to its next step.

use leptos::ev;

use super::notes::send;
use super::step_fields::{StepErrors, StepFields, StepText};
use super::typed::is_sent;
use crate::domain::change::command::Command;
use crate::domain::value::id::DealId;
use crate::ui::app::{App, use_app};
use crate::ui::parts::{Dialog, DialogEnd, MenuItem, TextArea};
use crate::ui::prelude::*;
use crate::web::dom;

/// What a dialog asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Note,
    Step,
}

/// The dialog that is open, and about which deal.
#[derive(Clone, Copy)]
pub struct About {
    app: App,
    open: RwSignal<Option<(DealId, Asked)>>,
}

impl About {
    /// None is open yet.
    pub fn new() -> Self {
        Self {
            app: use_app(),
            open: RwSignal::new(None),
        }
    }

    /// What the menu of an open deal offers.
    pub fn items(self, deal: DealId) -> Vec<MenuItem> {
        let is_there = self.app.store.peek(|workspace| {
            let deal = workspace.deals.get(&deal);
            deal.is_some_and(|deal| deal.next_step.is_some())
        });
        let ask = move |asked| move || self.open.set(Some((deal, asked)));
        let mut items = vec![MenuItem::new("Add note", ask(Asked::Note))];
        if is_there {
            let done = move || {
                if self.app.run(Command::DoNextStep([deal].into())).is_some() {
                    ask(Asked::Step)();
                }
            };
            items.push(MenuItem::new("Next step done", done));
        }
        let set = if is_there {
            "Change next step"
        } else {
            "Set next step"
        };
        items.push(MenuItem::new(set, ask(Asked::Step)));
        items
    }
}

/// The dialog, while one is open.
#[component]
pub fn AboutDialog(about: About) -> impl IntoView {
    let close = Callback::new(move |()| about.open.set(None));
    following(move || {
        about.open.get().map(|(deal, asked)| match asked {
            Asked::Note => note(about.app, deal, close),
            Asked::Step => step(about.app, deal, close),
        })
    })
}

/// A form in a dialog, with the name of the deal above its fields.
fn form(
    app: App,
    deal: DealId,
    title: &'static str,
    agree: &'static str,
    fields: AnyView,
    on_send: Callback<()>,
    close: Callback<()>,
) -> AnyView {
    let name = app.store.peek(|workspace| {
        let deal = workspace.deals.get(&deal);
        deal.map(|deal| deal.name.to_string()).unwrap_or_default()
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        on_send.run(());
    };
    let press = move |event: ev::KeyboardEvent| {
        if is_sent(&event) {
            event.prevent_default();
            on_send.run(());
        }
    };
    view! {
        <Dialog title=title.to_owned() on_close=close>
            <form class="form" on:submit=submit on:keydown=press novalidate>
                <p class="dialog-text" dir="auto">{name}</p>
                {fields}
                <DialogEnd agree=agree.to_owned() on_cancel=close />
            </form>
        </Dialog>
    }
    .into_any()
}

fn note(app: App, deal: DealId, close: Callback<()>) -> AnyView {
    let text = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let add = move |()| {
        let text = text.get_untracked();
        if send(app, Command::AddNote { deal, text }, error) {
            close.run(());
        }
    };
    let field = view! { <TextArea label="Note" value=text error=error autofocus=true /> };
    let add = Callback::new(add);
    form(
        app,
        deal,
        "Add note",
        "Add note",
        field.into_any(),
        add,
        close,
    )
}

fn step(app: App, deal: DealId, close: Callback<()>) -> AnyView {
    let text = app.store.peek(|workspace| {
        let deal = workspace.deals.get(&deal);
        StepText::of(deal.and_then(|deal| deal.next_step.as_ref()))
    });
    let errors = RwSignal::new(StepErrors::default());
    let save = move |()| match text.save(app, deal) {
        Ok(()) => close.run(()),
        Err(wrong) => {
            errors.set(wrong);
            dom::focus_next("dialog [aria-invalid=true]");
        }
    };
    let fields = view! {
        <StepFields
            step=text
            what_error=derived(move || errors.with(|errors| errors.what.clone()))
            due_error=derived(move || errors.with(|errors| errors.due.clone()))
            autofocus=true
        />
    };
    let save = Callback::new(save);
    form(
        app,
        deal,
        "Next step",
        "Save",
        fields.into_any(),
        save,
        close,
    )
}

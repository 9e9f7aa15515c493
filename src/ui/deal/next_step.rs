//! The next step on the profile of a deal (§13.1).

use std::sync::Arc;

use super::step_fields::{StepErrors, StepFields, StepText};
use super::typed::{FormInPlace, Typed};
use crate::domain::change::command::Command;
use crate::domain::read::due::due_words;
use crate::domain::record::deal::Deal;
use crate::domain::record::next_step::NextStep;
use crate::domain::value::id::DealId;
use crate::ui::app::{App, formats_of, use_app};
use crate::ui::offers::Offer;
use crate::ui::parts::following::Following;
use crate::ui::parts::{Clashes, Icon, OfferButton, follow};
use crate::ui::prelude::*;
use crate::web::{clock, dom};

/// The button that changes the next step; it has the focus when that is done.
const CHANGE: &str = "next-step-change";

/// What the parts of the region share.
#[derive(Clone, Copy)]
struct Region {
    app: App,
    id: DealId,
    step: Memo<Option<NextStep>>,
    text: StepText,
    errors: RwSignal<StepErrors>,
    following: Following,
    /// A person wants to change the step that is there.
    changing: RwSignal<bool>,
    /// The fields take the focus when they appear.
    takes_focus: StoredValue<bool>,
}

impl Region {
    /// Does something that takes the step away; the fields for the next one
    /// are there at once.
    fn run(self, command: Command) {
        self.takes_focus.set_value(true);
        if self.app.run(command).is_none() {
            self.takes_focus.set_value(false);
        }
    }

    fn change(self) {
        self.takes_focus.set_value(true);
        self.changing.set(true);
    }

    fn save(self) {
        match self.text.save(self.app, self.id) {
            Ok(()) => {
                if let Some(clashes) = untrack(|| self.following.told()) {
                    self.app.messages.more(&clashes);
                }
                self.close();
            }
            Err(errors) => {
                self.errors.set(errors);
                dom::focus_next(".next-step [aria-invalid=true]");
            }
        }
    }

    /// Shows what is saved.
    fn close(self) {
        self.errors.set(StepErrors::default());
        self.text.set(untrack(|| self.step.get()).as_ref());
        self.changing.set(false);
        dom::focus_soon(CHANGE.to_owned());
    }
}

/// The region "Next step" of an open deal.
#[component]
pub fn NextStepCard(id: DealId, deal: Memo<Option<Arc<Deal>>>, typed: Typed) -> impl IntoView {
    let app = use_app();
    let step = memo(move || deal.with(|deal| deal.as_ref()?.next_step.clone()));
    let is_open = memo(move || deal.with(|deal| deal.as_ref().is_some_and(|d| d.is_open())));
    // The fields live as long as the profile, so what is typed into them
    // outlives a step that another tab sets or does meanwhile.
    let text = StepText::of(step.get_untracked().as_ref());
    let saved = memo(move || Some(step.with(|step| StepText::saved(step.as_ref()))));
    let following = follow(text.named().into(), saved);
    typed.also(derived(move || is_open.get() && following.is_changed.get()));
    let region = Region {
        app,
        id,
        step,
        text,
        errors: RwSignal::new(StepErrors::default()),
        following,
        changing: RwSignal::new(false),
        takes_focus: StoredValue::new(false),
    };
    let is_typed = memo(move || {
        region.changing.get() || following.is_changed.get() || step.with(Option::is_none)
    });
    view! {
        <Show when=move || is_open.get()>
            <section class="card next-step" aria-labelledby="next-step-title">
                <h2 id="next-step-title" tabindex="-1">"Next step"</h2>
                {move || if is_typed.get() { fields(region) } else { shown(region) }}
            </section>
        </Show>
    }
    .into_any()
}

/// What is to be done and by when, and what can be done about it.
fn shown(region: Region) -> AnyView {
    let Region { app, id, step, .. } = region;
    let what = move || step.with(|step| step.as_ref().map(|step| step.what.to_string()));
    let due = memo(move || {
        let due = step.with(|step| step.as_ref()?.due)?;
        let (today, formats) = (clock::today(), app.store.setup(formats_of));
        let date = |date| formats.date(date);
        let words = due_words(due, today, &date);
        let beside = (words != date(due)).then(|| date(due));
        Some((due < today, words, beside))
    });
    let due = move || match due.get() {
        None => view! { <span class="next-step-date">"No due date"</span> }.into_any(),
        Some((is_overdue, words, date)) => {
            let badge = if is_overdue {
                "badge badge-warn"
            } else {
                "next-step-date"
            };
            let icon = is_overdue.then(|| view! { <Icon name="alert" /> });
            let words = if is_overdue {
                words.replacen('o', "O", 1)
            } else {
                format!("Due {words}")
            };
            let date = date.map(|date| view! { <span class="next-step-date">{date}</span> });
            view! {
                <span class=badge>{icon} {words}</span>
                {date}
            }
            .into_any()
        }
    };
    let done = move |()| region.run(Command::DoNextStep([id].into()));
    let drop_it = move |()| {
        region.run(Command::SetNextStep {
            deals: [id].into(),
            step: None,
        });
    };
    view! {
        <div class="next-step-shown">
            <div class="next-step-text">
                <p class="next-step-what" dir="auto">{move || what()}</p>
                <p class="next-step-due">{move || due()}</p>
            </div>
            <div class="next-step-actions">
                <OfferButton text="Done" offered="Next step done" icon="check" class="button-primary" act=done />
                <OfferButton text="Change" offered="Change next step" icon="edit" bare=true id=CHANGE act=move |()| region.change() />
                <OfferButton text="Drop" offered="Drop next step" icon="close" bare=true act=drop_it />
            </div>
        </div>
    }
    .into_any()
}

/// The fields for a next step, new or changed.
fn fields(region: Region) -> AnyView {
    let Region {
        text,
        errors,
        following,
        step,
        ..
    } = region;
    let autofocus = region.takes_focus.get_value();
    region.takes_focus.set_value(false);
    let is_there = memo(move || step.with(Option::is_some));
    let enter = || dom::focus_when_there(".next-step input");
    let offered = move || {
        let offer = Offer::new("edit", "Set next step", enter);
        if is_there.get() {
            Vec::new()
        } else {
            vec![offer]
        }
    };
    region.app.offers.add(offered);
    let close = move || region.close();
    view! {
        <FormInPlace
            class="next-step-form"
            is_changed=following.is_changed
            on_send=move |()| region.save()
            on_cancel=move |()| close()
        >
            <StepFields
                step=text
                what_error=derived(move || errors.with(|errors| errors.what.clone()))
                due_error=derived(move || errors.with(|errors| errors.due.clone()))
                autofocus
            />
            <div class="form-actions">
                <button type="submit" class="button button-primary">"Save"</button>
                <Show when=move || is_there.get()>
                    <button type="button" class="button" on:click=move |_| close()>
                        "Cancel"
                    </button>
                </Show>
            </div>
            <Clashes following />
        </FormInPlace>
    }
    .into_any()
}

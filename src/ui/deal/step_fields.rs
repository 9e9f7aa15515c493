//! The fields of a next step, wherever one is typed.

use crate::domain::change::command::{Command, NextStepDraft};
use crate::domain::record::next_step::NextStep;
use crate::domain::value::error::DomainError;
use crate::domain::value::field::FieldName;
use crate::domain::value::id::DealId;
use crate::domain::value::text::Name;
use crate::domain::value::time::plus_days;
use crate::ui::app::App;
use crate::ui::parts::{DateField, DateText, TextField};
use crate::ui::prelude::*;
use crate::web::clock;

/// Due dates that are one click away, in days from today.
const SOON: [(&str, i64); 3] = [("Today", 0), ("Tomorrow", 1), ("In a week", 7)];

/// What is typed as a next step.
#[derive(Clone, Copy)]
pub struct StepText {
    /// What is to be done.
    pub what: RwSignal<String>,
    /// By when.
    pub due: DateText,
}

/// What is wrong with it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StepErrors {
    /// With what is to be done.
    pub what: Option<String>,
    /// With the due date.
    pub due: Option<String>,
}

impl StepText {
    /// That of a next step as it is, or of none.
    pub fn of(step: Option<&NextStep>) -> Self {
        let what = step.map(|step| step.what.to_string());
        Self {
            what: RwSignal::new(what.unwrap_or_default()),
            due: DateText::new(step.and_then(|step| step.due)),
        }
    }

    /// Shows another next step, or none.
    pub fn set(self, step: Option<&NextStep>) {
        let what = step.map(|step| step.what.to_string());
        self.what.set(what.unwrap_or_default());
        self.due.set(step.and_then(|step| step.due));
    }

    /// Its fields with their names.
    pub fn named(self) -> [(&'static str, RwSignal<String>); 2] {
        [("Next step", self.what), ("Due", self.due.text)]
    }

    /// What stands in the fields for a next step as it is saved.
    pub fn saved(step: Option<&NextStep>) -> Vec<String> {
        let due = step.and_then(|step| step.due);
        let texts = [
            step.map(|step| step.what.to_string()),
            due.map(|due| due.to_string()),
        ];
        texts.into_iter().map(Option::unwrap_or_default).collect()
    }

    /// Whether nothing is typed.
    pub fn is_blank(self) -> bool {
        self.what.with_untracked(|what| what.trim().is_empty()) && self.due.read() == Ok(None)
    }

    /// The next step that is typed, or what is wrong with it.
    pub fn read(self) -> Result<NextStepDraft, StepErrors> {
        let what = self.what.get_untracked();
        let wrong = Name::title(&what, FieldName::NextStep).err();
        let mut errors = StepErrors {
            what: wrong.map(|error| error.to_string()),
            due: None,
        };
        let due = self.due.read().unwrap_or_else(|error| {
            errors.due = Some(error.to_string());
            None
        });
        match errors == StepErrors::default() {
            true => Ok(NextStepDraft { what, due }),
            false => Err(errors),
        }
    }

    /// Saves what is typed as the next step of a deal.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn save(self, app: App, deal: DealId) -> Result<(), StepErrors> {
        let step = self.read()?;
        let command = Command::SetNextStep {
            deals: [deal].into(),
            step: Some(step),
        };
        let refused = |error: DomainError| StepErrors {
            what: Some(error.to_string()),
            due: None,
        };
        app.attempt(command).map(drop).map_err(refused)
    }
}

/// The fields "Next step" and "Due", with the due dates that are usual.
#[component]
pub fn StepFields(
    /// What is typed.
    step: StepText,
    /// What is wrong with what is to be done.
    #[prop(into)]
    what_error: Signal<Option<String>>,
    /// What is wrong with the due date.
    #[prop(into)]
    due_error: Signal<Option<String>>,
    /// The first field takes the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let soon = SOON.map(|(text, days)| {
        let date = move || plus_days(clock::today(), days);
        let is_on = move || {
            step.due
                .text
                .with(|due| *due == date().to_string())
                .to_string()
        };
        view! {
            <button
                type="button"
                class="step-soon"
                aria-pressed=is_on
                on:click=move |_| step.due.set(Some(date()))
            >
                {text}
            </button>
        }
    });
    view! {
        <div class="form-row step-fields">
            <TextField
                label="Next step"
                value=step.what
                error=what_error
                placeholder="Call about the offer"
                autofocus=autofocus
            />
            <div class="step-due">
                <DateField label="Due" value=step.due error=due_error />
                <div class="step-soons" role="group" aria-label="Usual due dates">
                    {soon.into_iter().collect::<Vec<_>>()}
                </div>
            </div>
        </div>
    }
    .into_any()
}

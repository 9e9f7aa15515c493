//! A field for a date.

use super::field::{FieldFrame, FieldIds, described_by};
use crate::domain::value::error::DomainError;
use crate::domain::value::time::Date;
use crate::domain::value::typed;
use crate::ui::prelude::*;
use crate::web::dom;

/// What stands in a date field. A browser gives no text for half a date, so
/// the field itself is asked too.
#[derive(Clone, Copy)]
pub struct DateText {
    /// The date as text; empty while it is not whole.
    pub text: RwSignal<String>,
    ids: StoredValue<FieldIds>,
}

impl DateText {
    /// A field that starts with that date.
    pub fn new(date: Option<Date>) -> Self {
        Self {
            text: RwSignal::new(text_of(date)),
            ids: StoredValue::new(FieldIds::new()),
        }
    }

    /// Shows another date.
    pub fn set(self, date: Option<Date>) {
        self.text.set(text_of(date));
    }

    /// The date that is typed; none where there is nothing.
    ///
    /// # Errors
    /// Half a date, one that does not exist, or one that can't be meant.
    pub fn read(self) -> Result<Option<Date>, DomainError> {
        match self.is_half() {
            true => typed::date("", true),
            false => self.text.with_untracked(|text| typed::date(text, false)),
        }
    }

    fn is_half(self) -> bool {
        self.ids.with_value(|ids| dom::is_half_typed(&ids.control))
    }
}

fn text_of(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

/// A field for a date.
#[component]
pub fn DateField(
    /// Its name.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: DateText,
    /// A word of advice.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// It must be filled.
    #[prop(optional)]
    required: bool,
    /// It takes the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
    /// Another date, or none, was typed or chosen.
    #[prop(optional, into)]
    on_input: Option<Callback<()>>,
    /// The field was left.
    #[prop(optional, into)]
    on_leave: Option<Callback<()>>,
) -> impl IntoView {
    let ids = value.ids.get_value();
    let described = described_by(&ids, !hint.is_empty(), error);
    let control = ids.control.clone();
    if autofocus {
        dom::focus_soon(control.clone());
    }
    view! {
        <FieldFrame ids=ids label hint error required>
            <input
                class="input"
                id=control
                type="date"
                autocomplete="off"
                required=required
                aria-invalid=move || error.get().is_some().to_string()
                aria-describedby=described
                prop:value=move || value.text.get()
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    // Half a date is no text, as nothing is, nor is one that
                    // does not exist: written back, that would clear the field.
                    if !value.is_half() && value.text.with_untracked(|text| *text != typed) {
                        value.text.set(typed);
                    }
                    if let Some(typed) = on_input {
                        typed.run(());
                    }
                }
                on:blur=move |_| {
                    if let Some(left) = on_leave {
                        left.run(());
                    }
                }
            />
        </FieldFrame>
    }
}

//! A field for an amount, read by the account's region.

use super::field::{FieldFrame, FieldIds, described_by};
use crate::ui::app::{unique_id, use_app};
use crate::ui::prelude::*;

/// A field for an amount. What elsewhere would be another amount is shown
/// below it as it is read.
#[component]
pub fn AmountField(
    /// Its name.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// A word of advice.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What stands in it while it is empty.
    #[prop(optional, into)]
    placeholder: String,
    /// The text has come to rest: the field was left, or Enter was pressed.
    #[prop(optional, into)]
    on_change: Option<Callback<String>>,
) -> impl IntoView {
    let app = use_app();
    let ids = FieldIds::new();
    let control = ids.control.clone();
    let read = memo(move || {
        let typed = app.typed_amount(&value.get()).ok().flatten();
        let typed = typed.filter(|typed| typed.is_ambiguous)?;
        let formats = app.formats();
        Some(format!("= {}", formats.money(typed.amount.minor().into())))
    });
    let read_id = unique_id("read");
    let described = described_by(&ids, !hint.is_empty(), error);
    let with_read = {
        let read_id = read_id.clone();
        move || {
            let parts = [read.get().map(|_| read_id.clone()), described()];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            (!parts.is_empty()).then(|| parts.join(" "))
        }
    };
    view! {
        <FieldFrame ids=ids label hint error>
            <input
                class="input"
                id=control
                type="text"
                inputmode="decimal"
                autocomplete="off"
                placeholder=placeholder
                aria-invalid=move || error.get().is_some().to_string()
                aria-describedby=with_read
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                on:change=move |event| {
                    if let Some(changed) = on_change {
                        changed.run(event_target_value(&event));
                    }
                }
            />
            <p class="hint amount-read" id=read_id aria-live="polite" hidden=move || read.get().is_none()>
                {move || read.get()}
            </p>
        </FieldFrame>
    }
}

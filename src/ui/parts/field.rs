//! Fields of forms: a label, a control, a hint, an error beside it.

use crate::ui::app::unique_id;
use crate::ui::prelude::*;

/// The ids that tie a control to its hint and its error.
#[derive(Clone)]
pub struct FieldIds {
    /// The control.
    pub control: String,
    /// The hint.
    pub hint: String,
    /// The error.
    pub error: String,
}

impl FieldIds {
    /// Ids that no other field has.
    pub fn new() -> Self {
        let base = unique_id("field");
        Self {
            hint: format!("{base}-hint"),
            error: format!("{base}-error"),
            control: base,
        }
    }
}

/// The frame of a field.
#[component]
pub fn FieldFrame(
    ids: FieldIds,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    children: Children,
) -> impl IntoView {
    let has_hint = !hint.is_empty();
    view! {
        <div class="field" class:field-wrong=move || error.get().is_some()>
            <label class="label" for=ids.control.clone()>
                {label}
                {required.then(|| view! { <span class="required" aria-hidden="true">"*"</span> })}
            </label>
            {children()}
            {has_hint.then(|| view! { <p class="hint" id=ids.hint.clone()>{hint}</p> })}
            <p class="error" id=ids.error.clone() hidden=move || error.get().is_none()>
                {move || error.get()}
            </p>
        </div>
    }
}

/// A field of one line.
#[component]
pub fn TextField(
    /// Its name.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// How it is typed, on a phone. The type is always that of a text: a field
    /// of another one hands out something else than what was typed, such as
    /// the domain of a mail address in Punycode.
    #[prop(default = "text")]
    mode: &'static str,
    /// A word of advice.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// It must be filled.
    #[prop(optional)]
    required: bool,
    /// An example.
    #[prop(optional, into)]
    placeholder: String,
    /// It takes the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let ids = FieldIds::new();
    let described = described_by(&ids, !hint.is_empty(), error);
    let control = ids.control.clone();
    if autofocus {
        crate::web::dom::focus_soon(control.clone());
    }
    view! {
        <FieldFrame ids=ids label hint error required>
            <input
                class="input"
                id=control
                type="text"
                inputmode=mode
                autocomplete="off"
                placeholder=placeholder
                required=required
                aria-invalid=move || error.get().is_some().to_string()
                aria-describedby=described
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        </FieldFrame>
    }
}

/// A field of several lines.
#[component]
pub fn TextArea(
    /// Its name.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// How many lines are shown.
    #[prop(default = 4)]
    rows: u32,
    /// It must be filled.
    #[prop(optional)]
    required: bool,
    /// It takes the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let ids = FieldIds::new();
    let described = described_by(&ids, false, error);
    let control = ids.control.clone();
    if autofocus {
        crate::web::dom::focus_soon(control.clone());
    }
    view! {
        <FieldFrame ids=ids label error required>
            <textarea
                class="input"
                id=control
                rows=rows
                required=required
                aria-invalid=move || error.get().is_some().to_string()
                aria-describedby=described
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            ></textarea>
        </FieldFrame>
    }
}

/// The ids of what describes a control now.
pub fn described_by(
    ids: &FieldIds,
    has_hint: bool,
    error: Signal<Option<String>>,
) -> impl Fn() -> Option<String> + Clone + Send + Sync + 'static {
    let (hint, wrong) = (ids.hint.clone(), ids.error.clone());
    move || {
        let mut parts = Vec::new();
        if error.get().is_some() {
            parts.push(wrong.clone());
        }
        if has_hint {
            parts.push(hint.clone());
        }
        (!parts.is_empty()).then(|| parts.join(" "))
    }
}

//! Small controls of the configurator.

use leptos::ev;

use crate::ui::parts::Icon;
use crate::ui::prelude::*;
use crate::web::keyboard;

/// A text field in a row; its label shows where there is room for it.
#[component]
pub fn Cell(
    /// Its id in the page.
    id: String,
    /// Its name.
    label: &'static str,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong with it.
    error: Signal<Option<String>>,
    /// Which cell it is, for the layout.
    #[prop(default = "")]
    class: &'static str,
    /// How it is typed, on a phone.
    #[prop(default = "text")]
    mode: &'static str,
    /// An example.
    #[prop(default = "")]
    placeholder: &'static str,
    /// Enter was pressed; without it Enter saves the form.
    #[prop(optional, into)]
    on_enter: Option<Callback<()>>,
) -> impl IntoView {
    let error_id = format!("{id}-error");
    let described = error_id.clone();
    let label_for = id.clone();
    let on_key = move |event: ev::KeyboardEvent| {
        if keyboard::key(&event) == "Enter"
            && !event.ctrl_key()
            && !event.meta_key()
            && let Some(act) = on_enter
        {
            event.prevent_default();
            act.run(());
        }
    };
    view! {
        <div class=format!("field edit-cell {class}") class:field-wrong=move || error.get().is_some()>
            <label class="label" for=label_for>{label}</label>
            <input
                class="input"
                id=id
                type="text"
                dir="auto"
                inputmode=mode
                autocomplete="off"
                placeholder=placeholder
                aria-invalid=move || error.get().is_some().to_string()
                aria-describedby=move || error.get().is_some().then(|| described.clone())
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                on:keydown=on_key
            />
            <p class="error" id=error_id hidden=move || error.get().is_none()>
                {move || error.get()}
            </p>
        </div>
    }
}

/// A box to tick, with its name.
#[component]
pub fn Check(label: &'static str, value: RwSignal<bool>) -> impl IntoView {
    view! {
        <label class="check edit-cell-check">
            <input
                type="checkbox"
                prop:checked=move || value.get()
                on:change=move |event| value.set(event_target_checked(&event))
            />
            <span title=label>{label}</span>
        </label>
    }
}

/// The button that shows and hides further settings.
#[component]
pub fn More(
    /// They are shown.
    open: RwSignal<bool>,
    /// The id of what is shown.
    controls: String,
    /// Something stands in them.
    #[prop(into)]
    filled: Signal<bool>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="edit-more"
            class:edit-more-filled=move || filled.get()
            aria-expanded=move || open.get().to_string()
            aria-controls=controls
            title=move || if open.get() { "Fewer settings" } else { "More settings" }
            on:click=move |_| open.update(|open| *open = !*open)
        >
            <span>"More"</span>
            <Icon name="expand" />
        </button>
    }
}

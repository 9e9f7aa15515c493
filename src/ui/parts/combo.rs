//! A text field that offers what is known, and takes what is new.

use std::collections::BTreeSet;

use leptos::ev;

use super::field::{FieldFrame, FieldIds, described_by};
use crate::domain::value::text::{fold, name_key};
use crate::ui::prelude::*;
use crate::web::{dom, keyboard};

/// How many suggestions are shown at the most.
const MOST: usize = 50;

/// A field to choose a known name or type a new one.
#[component]
pub fn Combo(
    /// Its name.
    #[prop(into)]
    label: String,
    /// What is typed or chosen.
    value: RwSignal<String>,
    /// The known names, in order.
    #[prop(into)]
    known: Signal<Vec<String>>,
    /// A word of advice.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// An example.
    #[prop(optional, into)]
    placeholder: String,
) -> impl IntoView {
    let ids = FieldIds::new();
    let described = described_by(&ids, !hint.is_empty(), error);
    let control = ids.control.clone();
    let list = format!("{control}-list");
    let (list_id, items_id) = (list.clone(), list.clone());
    let (list_controls, option_base) = (list.clone(), list);
    let option_active = option_base.clone();
    let open = RwSignal::new(false);
    let active = RwSignal::new(None::<usize>);
    // Right after opening all names are offered; typing narrows them.
    let narrowed = RwSignal::new(false);
    // There may be thousands of names: they are folded once, not at each key.
    let folded = Memo::new(move |_| {
        known.with(|known| known.iter().map(|name| fold(name)).collect::<Vec<_>>())
    });
    let keys = Memo::new(move |_| {
        known.with(|known| {
            known
                .iter()
                .map(|name| name_key(name))
                .collect::<BTreeSet<_>>()
        })
    });
    let matches = Memo::new(move |_| {
        if !open.get() {
            return Vec::new();
        }
        let text = if narrowed.get() {
            fold(&value.get())
        } else {
            String::new()
        };
        known.with(|known| {
            folded.with(|folded| {
                let names = known.iter().zip(folded);
                let fitting = names.filter(|(_, folded)| folded.contains(&text));
                let fitting = fitting.map(|(name, _)| name);
                fitting.take(MOST).cloned().collect::<Vec<_>>()
            })
        })
    });
    let is_new = Memo::new(move |_| {
        if !open.get() {
            return false;
        }
        let key = name_key(&value.get());
        !key.is_empty() && keys.with(|keys| !keys.contains(&key))
    });
    let close = move || {
        open.set(false);
        active.set(None);
    };
    let show = move |all: bool| {
        narrowed.set(!all);
        open.set(true);
    };
    let pick = move |name: String| {
        value.set(name);
        close();
    };
    let step = move |by: isize| {
        let count = matches.with(Vec::len);
        if !open.get_untracked() {
            show(true);
        } else if count > 0 {
            let at = active
                .get_untracked()
                .map_or(if by > 0 { -1 } else { 0 }, |at| at as isize);
            let next = (at + by).rem_euclid(count as isize);
            active.set(Some(next as usize));
            dom::reveal(&format!("{option_base}-{next}"));
        }
    };
    let on_key = move |event: ev::KeyboardEvent| match keyboard::key(&event).as_str() {
        "ArrowDown" => {
            event.prevent_default();
            step(1);
        }
        "ArrowUp" => {
            event.prevent_default();
            step(-1);
        }
        "Enter" if open.get_untracked() => {
            let chosen = active
                .get_untracked()
                .and_then(|at| matches.with_untracked(|names| names.get(at).cloned()));
            if let Some(name) = chosen {
                event.prevent_default();
                pick(name);
            } else {
                close();
            }
        }
        "Escape" if open.get_untracked() => {
            event.prevent_default();
            event.stop_propagation();
            close();
        }
        _ => {}
    };
    let expanded = move || open.get() && (matches.with(|m| !m.is_empty()) || is_new.get());
    view! {
        <FieldFrame ids=ids label hint error>
            <div class="combo">
                <input
                    class="input combo-input"
                    id=control
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    placeholder=placeholder
                    aria-autocomplete="list"
                    aria-expanded=move || expanded().to_string()
                    aria-controls=list_controls
                    aria-activedescendant=move || {
                        active.get().filter(|_| open.get()).map(|at| format!("{option_active}-{at}"))
                    }
                    aria-invalid=move || error.get().is_some().to_string()
                    aria-describedby=described
                    prop:value=move || value.get()
                    on:input=move |event| {
                        value.set(event_target_value(&event));
                        active.set(None);
                        show(false);
                    }
                    on:click=move |_| show(true)
                    on:keydown=on_key
                    on:blur=move |_| close()
                />
                <div class="combo-list" id=list_id role="listbox" hidden=move || !expanded()>
                    {move || {
                        let items_id = items_id.clone();
                        matches
                            .get()
                            .into_iter()
                            .enumerate()
                            .map(|(at, name)| {
                                let chosen = name.clone();
                                view! {
                                    <div
                                        class="combo-option"
                                        role="option"
                                        id=format!("{items_id}-{at}")
                                        aria-selected=move || (active.get() == Some(at)).to_string()
                                        // Before the field loses the focus.
                                        on:pointerdown=move |event| {
                                            event.prevent_default();
                                            pick(chosen.clone());
                                        }
                                    >
                                        {name}
                                    </div>
                                }
                            })
                            .collect::<Vec<_>>()
                    }}
                    {move || {
                        is_new
                            .get()
                            .then(|| {
                                view! {
                                    <div
                                        class="combo-option combo-new"
                                        role="option"
                                        aria-selected="false"
                                        on:pointerdown=move |event| {
                                            event.prevent_default();
                                            close();
                                        }
                                    >
                                        <super::Icon name="add" />
                                        <span>"New: " <bdi>{value.get()}</bdi></span>
                                    </div>
                                }
                            })
                    }}
                </div>
            </div>
        </FieldFrame>
    }
}

//! A text field that offers what is known, and takes what is new.

use std::collections::BTreeSet;

use leptos::ev;

use super::field::{FieldFrame, FieldIds, described_by};
use crate::domain::value::order::Gather;
use crate::domain::value::text::{fold, name_key};
use crate::ui::prelude::*;
use crate::web::{dom, keyboard};

/// How many suggestions are shown at the most.
const MOST: usize = 50;

/// What is typed, and the names that are offered for it.
#[derive(Clone, Copy)]
struct Names {
    value: RwSignal<String>,
    /// They are shown.
    open: RwSignal<bool>,
    /// The place of the one that Enter takes.
    active: RwSignal<Option<usize>>,
    /// Right after opening all names are offered; typing narrows them.
    narrowed: RwSignal<bool>,
    matches: Memo<Vec<String>>,
    /// What is typed is no known name.
    is_new: Memo<bool>,
}

impl Names {
    fn new(value: RwSignal<String>, known: Signal<Vec<String>>) -> Self {
        let open = RwSignal::new(false);
        let narrowed = RwSignal::new(false);
        // There may be thousands of names: they are folded once, not at each key.
        let folded = memo(move || {
            known.with(|known| known.iter().map(|name| fold(name)).collect::<Vec<_>>())
        });
        let keys = memo(move || {
            known.with(|known| {
                known
                    .iter()
                    .map(|name| name_key(name))
                    .gather::<BTreeSet<_>>()
            })
        });
        let matches = memo(move || {
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
        let is_new = memo(move || {
            if !open.get() {
                return false;
            }
            let key = name_key(&value.get());
            !key.is_empty() && keys.with(|keys| !keys.contains(&key))
        });
        Self {
            value,
            open,
            active: RwSignal::new(None),
            narrowed,
            matches,
            is_new,
        }
    }

    fn close(self) {
        self.open.set(false);
        self.active.set(None);
    }

    fn show(self, all: bool) {
        self.narrowed.set(!all);
        self.open.set(true);
    }

    fn pick(self, name: String) {
        self.value.set(name);
        self.close();
    }

    /// Goes on by some of the names in the list of that id; opens it first.
    fn step(self, by: isize, list: &str) {
        let count = self.matches.with(Vec::len);
        if !self.open.get_untracked() {
            self.show(true);
        } else if count > 0 {
            let at = self
                .active
                .get_untracked()
                .map_or(if by > 0 { -1 } else { 0 }, |at| at as isize);
            let next = (at + by).rem_euclid(count as isize);
            self.active.set(Some(next as usize));
            dom::reveal(&format!("{list}-{next}"));
        }
    }

    fn press(self, event: &ev::KeyboardEvent, list: &str) {
        let is_open = self.open.get_untracked();
        match keyboard::key(event).as_str() {
            "ArrowDown" => {
                event.prevent_default();
                self.step(1, list);
            }
            "ArrowUp" => {
                event.prevent_default();
                self.step(-1, list);
            }
            "Enter" if is_open => {
                let chosen = self
                    .active
                    .get_untracked()
                    .and_then(|at| self.matches.with_untracked(|names| names.get(at).cloned()));
                if let Some(name) = chosen {
                    event.prevent_default();
                    self.pick(name);
                } else {
                    self.close();
                }
            }
            "Escape" if is_open => {
                event.prevent_default();
                event.stop_propagation();
                self.close();
            }
            _ => {}
        }
    }

    /// Whether there is a list to see; follows it.
    fn is_expanded(self) -> bool {
        self.open.get() && (self.matches.with(|m| !m.is_empty()) || self.is_new.get())
    }

    /// The place of the one that Enter takes, while it is seen; follows it.
    fn seen_active(self) -> Option<usize> {
        self.active.get().filter(|_| self.open.get())
    }
}

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
    let (controls, of_keys, of_active) = (list.clone(), list.clone(), list.clone());
    let names = Names::new(value, known);
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
                    aria-expanded=move || names.is_expanded().to_string()
                    aria-controls=controls
                    aria-activedescendant=move || {
                        names.seen_active().map(|at| format!("{of_active}-{at}"))
                    }
                    aria-invalid=move || error.get().is_some().to_string()
                    aria-describedby=described
                    prop:value=move || value.get()
                    on:input=move |event| {
                        value.set(event_target_value(&event));
                        names.active.set(None);
                        names.show(false);
                    }
                    on:click=move |_| names.show(true)
                    on:keydown=move |event| names.press(&event, &of_keys)
                    on:blur=move |_| names.close()
                />
                <Options names list />
            </div>
        </FieldFrame>
    }
}

/// The names that are offered, and that a new one is.
#[component]
fn Options(names: Names, list: String) -> impl IntoView {
    let id = list.clone();
    let known = move || {
        let option = |(at, name): (usize, String)| {
            let chosen = name.clone();
            view! {
                <div
                    class="combo-option"
                    role="option"
                    id=format!("{list}-{at}")
                    aria-selected=move || (names.active.get() == Some(at)).to_string()
                    on:click=move |_| names.pick(chosen.clone())
                >
                    {name}
                </div>
            }
        };
        let matches = names.matches.get().into_iter().enumerate();
        matches.map(option).collect::<Vec<_>>()
    };
    let new = move || {
        let typed = names.value;
        names.is_new.get().then(|| {
            view! {
                <div
                    class="combo-option combo-new"
                    role="option"
                    aria-selected="false"
                    on:click=move |_| names.close()
                >
                    <super::Icon name="add" />
                    <span>"New: " <bdi>{typed.get()}</bdi></span>
                </div>
            }
        })
    };
    // A press leaves the focus in the field, for the list goes with it: so a
    // finger can scroll the list, and a click picks.
    view! {
        <div
            class="combo-list"
            id=id
            role="listbox"
            hidden=move || !names.is_expanded()
            on:mousedown=move |event| event.prevent_default()
        >
            {move || known()}
            {move || new()}
        </div>
    }
}

//! A list of checkboxes, with a box to find in it where it is long.

use leptos::ev;
use leptos::html;

use crate::domain::read::filter::Choice;
use crate::domain::value::text::fold;
use crate::ui::prelude::*;
use crate::web::{controls, keyboard};

/// From so many on, one looks for a name rather than reading all.
const LONG: usize = 9;

/// What choices belong to, if that is said, and the choices by their places.
type Group = (Option<String>, Vec<(usize, Choice)>);

/// Any number of choices; arrow keys go from one to the next.
#[component]
pub fn Checks(
    /// What can be chosen; those of a group stand together.
    choices: Vec<Choice>,
    /// The values that are chosen.
    #[prop(into)]
    chosen: Signal<Vec<String>>,
    /// A value is taken in or out.
    #[prop(into)]
    on_put: Callback<(String, bool)>,
    /// The name of the box to find in it.
    find: String,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let is_long = choices.len() >= LONG;
    let wanted = RwSignal::new(String::new());
    let folded: Vec<String> = choices.iter().map(|choice| fold(&choice.name)).collect();
    // By the place of each choice, whether it is found.
    let found = memo(move || {
        let wanted = fold(wanted.get().trim());
        let found = folded.iter().map(|name| name.contains(&wanted));
        found.collect::<Vec<_>>()
    });
    let mut groups: Vec<Group> = Vec::new();
    for (at, choice) in choices.into_iter().enumerate() {
        match groups.last_mut() {
            Some((group, same)) if *group == choice.group => same.push((at, choice)),
            _ => groups.push((choice.group.clone(), vec![(at, choice)])),
        }
    }
    let one = move |(at, choice): (usize, Choice)| {
        let value = choice.value.clone();
        let is_chosen = move || chosen.with(|chosen| chosen.contains(&value));
        view! {
            <label
                class="popup-check"
                hidden=move || found.with(|found| found.get(at) != Some(&true))
            >
                <input
                    type="checkbox"
                    prop:checked=is_chosen
                    on:change=move |event| {
                        on_put.run((choice.value.clone(), event_target_checked(&event)));
                    }
                />
                <bdi>{choice.name}</bdi>
            </label>
        }
    };
    let group = move |(title, members): Group| {
        let places: Vec<usize> = members.iter().map(|(at, _)| *at).collect();
        let is_found =
            move || found.with(|found| places.iter().any(|at| found.get(*at) == Some(&true)));
        let members: Vec<_> = members.into_iter().map(one).collect();
        match title {
            Some(title) => view! {
                <div role="group" aria-label=title.clone() hidden=move || !is_found()>
                    <p class="popup-group" aria-hidden="true" dir="auto">{title.clone()}</p>
                    {members}
                </div>
            }
            .into_any(),
            None => members.into_any(),
        }
    };
    let groups: Vec<_> = groups.into_iter().map(group).collect();
    let on_key = move |event: ev::KeyboardEvent| {
        let forward = match keyboard::key(&event).as_str() {
            "ArrowDown" => true,
            "ArrowUp" => false,
            _ => return,
        };
        event.prevent_default();
        if let Some(node) = node.get_untracked() {
            controls::focus_step_in(&node, forward);
        }
    };
    let is_nothing = move || found.with(|found| !found.contains(&true));
    view! {
        <div class="popup-checks" node_ref=node on:keydown=on_key>
            {is_long
                .then(|| {
                    view! {
                        <input
                            class="input popup-find"
                            type="search"
                            aria-label=find.clone()
                            placeholder=find
                            autocomplete="off"
                            spellcheck="false"
                            on:input=move |event| wanted.set(event_target_value(&event))
                        />
                    }
                })}
            <div class="popup-list">{groups}</div>
            <p class="hint" role="status">{move || is_nothing().then_some("Nothing is called so")}</p>
        </div>
    }
}

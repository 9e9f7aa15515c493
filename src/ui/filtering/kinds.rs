//! The filters of one kind each, that take any number of values.

use super::Filtering;
use crate::domain::read::filter::{Filter, Kind, choices, name_of};
use crate::ui::app::use_app;
use crate::ui::parts::{Checks, Popup};
use crate::ui::prelude::*;

/// The button of a kind, which says what is chosen and opens the choices.
#[component]
pub fn KindFilter(filtering: Filtering, kind: Kind) -> impl IntoView {
    let app = use_app();
    let chosen = memo(move || filtering.with(|filter| filter.values(kind).texts()));
    let is_on = memo(move || chosen.with(|chosen| !chosen.is_empty()));
    let names = memo(move || {
        app.store.setup(|workspace| {
            let chosen = chosen.get().into_iter();
            chosen
                .map(|value| name_of(workspace, kind, &value))
                .collect::<Vec<_>>()
        })
    });
    let text = derived(move || {
        names.with(|names| match names.as_slice() {
            [] => kind.title().to_owned(),
            [only] => format!("{}: {only}", kind.title()),
            [first, others @ ..] => format!("{}: {first} +{}", kind.title(), others.len()),
        })
    });
    let label = derived(move || {
        names.with(|names| match names.as_slice() {
            [] => kind.title().to_owned(),
            names => format!("{}: {}", kind.title(), names.join(", ")),
        })
    });
    let is_useful = memo(move || {
        let has_entries = || {
            app.store.setup(|workspace| {
                let mut lists = kind.lists().iter();
                lists.any(|list| !workspace.list(*list).entries.is_empty())
            })
        };
        is_on.get() || kind.lists().is_empty() || has_entries()
    });
    // What is chosen while the list is open is one step of the history.
    let is_step_taken = StoredValue::new(false);
    let put = Callback::new(move |(value, on): (String, bool)| {
        let edit = |filter: &mut Filter| {
            app.store
                .peek(|workspace| filter.choose(workspace, kind, &value, on));
        };
        if is_step_taken.get_value() {
            filtering.refine(app, edit);
        } else {
            filtering.change(app, edit);
        }
        is_step_taken.set_value(true);
    });
    let open = Callback::new(move |()| is_step_taken.set_value(false));
    let work = app.chunks.work;
    view! {
        <Show when=move || is_useful.get()>
            <Popup text label title=kind.title() is_on on_open=open>
                {work.view(move |it| (it.values)(filtering, kind, chosen, put))}
            </Popup>
        </Show>
    }
}

/// The values of a kind to choose from; `put` takes one in or out.
pub fn values(
    filtering: Filtering,
    kind: Kind,
    chosen: Memo<Vec<String>>,
    put: Callback<(String, bool)>,
) -> AnyView {
    // They stay as they are while the list is open, whatever is chosen.
    let choices = untrack(|| {
        let filter = filtering.with(Clone::clone);
        use_app()
            .store
            .index(|index, workspace| choices(workspace, &filter, kind, &|id| index.is_used(id)))
    });
    let find = format!("Find in {}", kind.title().to_ascii_lowercase());
    view! { <Checks choices chosen on_put=put find /> }.into_any()
}

//! Saved views: a name for a set of filters.

use leptos::ev;

use super::Listing;
use crate::domain::change::command::Command;
use crate::route::{DealsView, Route};
use crate::ui::app::use_app;
use crate::ui::parts::{Dialog, DialogEnd, Icon, Menu, MenuItem, TextField};
use crate::ui::prelude::*;
use crate::web::dom;

/// The menu "Views".
#[component]
pub fn Views(listing: Listing) -> impl IntoView {
    let app = use_app();
    let saving = RwSignal::new(false);
    let managing = RwSignal::new(false);
    let close_saving = Callback::new(move |()| saving.set(false));
    let close_managing = Callback::new(move |()| managing.set(false));
    let work = app.chunks.work;
    let items = derived(move || {
        let here = listing.view.get();
        let columns = listing.columns_of(here.tab);
        let views = app.store.setup(|workspace| workspace.views.clone());
        let item = |name: &str, route: Route| {
            let checked = match &route {
                Route::Deals(view) => view.shows_same(&here, &columns),
                _ => false,
            };
            let act = Callback::new(move |()| app.router.go(&route));
            MenuItem {
                checked,
                ..MenuItem::new(name, act)
            }
        };
        // What everyone has stands before what was saved.
        let mut items = vec![item("Today", Route::Deals(DealsView::today()))];
        items.extend(
            views
                .iter()
                .map(|view| item(view.name.as_str(), Route::parse(&view.address))),
        );
        let plain = |text: &str, signal: RwSignal<bool>| {
            MenuItem::new(text, Callback::new(move |()| signal.set(true)))
        };
        items.push(plain("Save this view…", saving));
        if !views.is_empty() {
            items.push(plain("Delete views…", managing));
        }
        items
    });
    view! {
        <Menu label="Views".to_owned() items icon="star" offered="Views" />
        {work.over(saving, move |it| (it.save_view)(listing, close_saving))}
        {work.over(managing, move |it| (it.delete_views)(close_managing))}
    }
}

/// Asks for the name of the view that is to be saved.
#[component]
pub fn SaveView(listing: Listing, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let name = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let address = listing.whole_view().href();
        match app.attempt(Command::SaveView {
            name: name.get_untracked(),
            address,
        }) {
            Ok(_) => on_close.run(()),
            Err(refused) => {
                error.set(Some(refused.to_string()));
                dom::focus_next("dialog [aria-invalid=true]");
            }
        }
    };
    view! {
        <Dialog title="Save this view".to_owned() on_close>
            <form class="form" on:submit=save novalidate>
                <TextField
                    label="View name"
                    value=name
                    error=error
                    required=true
                    autofocus=true
                    hint="The tab, the filters, the columns and the order are kept under this name."
                />
                <DialogEnd agree="Save" on_cancel=on_close />
            </form>
        </Dialog>
    }
}

/// The saved views, each to be deleted.
#[component]
pub fn DeleteViews(#[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let views = move || app.store.setup(|workspace| workspace.views.to_vec());
    view! {
        <Dialog title="Delete views".to_owned() on_close>
            <ul class="view-list">
                <For
                    each=views
                    key=|view| view.id
                    children=move |view| {
                        let id = view.id;
                        let label = format!("Delete {}", view.name);
                        view! {
                            <li>
                                <bdi>{view.name.to_string()}</bdi>
                                <button
                                    type="button"
                                    class="icon-button"
                                    aria-label=label
                                    on:click=move |_| {
                                        app.run(Command::DeleteView(id));
                                        dom::catch_focus("dialog[open] .dialog-actions button");
                                    }
                                >
                                    <Icon name="trash" />
                                </button>
                            </li>
                        }
                    }
                />
            </ul>
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| on_close.run(())>"Done"</button>
            </div>
        </Dialog>
    }
}

//! Files of deals and customers, in and out.
//!
//! A file that is picked goes through `file` (reading it, or saying why it
//! can't be read) to the dialog of its kind, `deals` or `customers`, where a
//! `check` runs the codec's builder over all rows whenever a choice changes.
//! What the check shows is what the import does.

mod check;
mod columns;
mod customers;
mod deals;
mod export;
mod file;
mod parts;
mod pick;
mod reading;
mod rows;

pub use self::export::deals as export_deals;
use self::file::{ImportButton, Kind};
pub use self::file::{ImportDialog, Picking};
use super::app::use_app;
use super::deals::Listing;
use super::parts::OfferButton;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::id::DealId;
use crate::ui::prelude::*;
use crate::web::router::demo_address;

/// The buttons "Import" and "Export" of the Deals page. They are not there
/// while there is no deal: the page offers its own ways on then.
#[component]
pub fn DealFileActions(listing: Listing) -> impl IntoView {
    let app = use_app();
    let has_deals = memo(move || app.store.all(|workspace| !workspace.deals.is_empty()));
    let nothing_listed = memo(move || listing.count.get() == 0);
    view! {
        <Show when=move || has_deals.get()>
            <ImportButton kind=Kind::Deals text="Import" />
            <OfferButton
                text="Export"
                icon="download"
                off=nothing_listed
                act=move |()| {
                    let ids = listing.ids.get_untracked();
                    app.chunks.files.with(app, move |it| (it.export)(app, &ids));
                }
            />
        </Show>
    }
}

/// The ways on for a visitor without deals: "Import", "Load sample data".
#[component]
pub fn FirstVisitActions() -> impl IntoView {
    let app = use_app();
    let is_unused = memo(move || app.store.all(Workspace::is_unused));
    let load = move |()| {
        app.chunks.sample.with(app, move |it| {
            (it.load)(app);
            // The button has gone with the empty account.
            crate::web::dom::catch_focus("#heading");
        });
    };
    view! {
        <ImportButton kind=Kind::Deals text="Import" />
        <Show
            when=move || is_unused.get()
            fallback=|| view! { <a class="button" href=demo_address()>"Open the demo"</a> }
        >
            <OfferButton text="Load sample data" icon="add" bare=true act=load />
        </Show>
    }
}

/// The buttons for files of the page Data.
#[component]
pub fn DataFileActions() -> impl IntoView {
    let app = use_app();
    let has_none = memo(move || app.store.all(|workspace| workspace.deals.is_empty()));
    let export_all = move |()| {
        let ids: Vec<DealId> = app
            .store
            .peek(|workspace| workspace.deals.keys().copied().collect());
        app.chunks.files.with(app, move |it| (it.export)(app, &ids));
    };
    view! {
        <ImportButton kind=Kind::Deals text="Import deals (CSV)" />
        <ImportButton kind=Kind::Customers text="Import customers (CSV)" />
        <OfferButton
            text="Export deals (CSV)"
            icon="download"
            off=has_none
            act=export_all
        />
    }
}

/// The button "Import" of the Customers page.
#[component]
pub fn CustomerFileActions() -> impl IntoView {
    view! { <ImportButton kind=Kind::Customers text="Import" /> }
}

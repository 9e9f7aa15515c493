//! The frame around every screen: header, navigation, messages, shortcuts.

use leptos::prelude::*;

use super::app::{App, deals_href, use_app};
use super::commands::Palette;
use super::messages::MessageList;
use super::parts::{Confirm, Icon};
use super::shortcuts::{Shortcuts, follow_keys};
use crate::codec::shelf::Space;
use crate::domain::money::permille_of;
use crate::route::{Route, SettingsPage};
use crate::store::keeper::SaveStatus;
use crate::store::start;
use crate::web::router;
use crate::web::storage::LocalStorage;
use crate::web::theme::Theme;

/// From this share on it is said that the storage gets full.
const NEARLY_FULL: u16 = 800;

/// The frame around every screen.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    let app = use_app();
    follow_keys(app);
    view! {
        <a class="skip" href="#heading" on:click=|event| {
            event.prevent_default();
            crate::web::dom::focus("#heading");
        }>
            "Skip to content"
        </a>
        <div class="frame">
            <header class="top">
                <a class="brand" href=deals_href() aria-label="Pipewright" title="Pipewright">
                    <span class="brand-mark" aria-hidden="true"></span>
                    <span class="brand-name">"Pipewright"</span>
                </a>
                <Navigation />
                <div class="top-actions">
                    <SaveState />
                    <Steps />
                    <button
                        type="button"
                        class="icon-button"
                        aria-label="Commands"
                        title="Commands (Ctrl+K)"
                        on:click=move |_| app.palette.set(true)
                    >
                        <Icon name="command" />
                    </button>
                    <ThemeSwitch />
                </div>
            </header>
            <main class="main" id="main">
                <Notices />
                {children()}
            </main>
        </div>
        <MessageList />
        <Show when=move || app.palette.get()>
            <Palette />
        </Show>
        <Show when=move || app.shortcuts.get()>
            <Shortcuts />
        </Show>
        <Show when=move || app.router.pending().is_some()>
            <Confirm
                title="Leave without saving?"
                text="There are changes on this screen that are not saved yet."
                agree="Leave"
                refuse="Stay"
                danger=true
                on_agree=move |()| app.router.answer(true)
                on_refuse=move |()| app.router.answer(false)
            />
        </Show>
    }
}

#[component]
fn Navigation() -> impl IntoView {
    let app = use_app();
    let place = Memo::new(move |_| match app.router.route() {
        Route::Deals(_) | Route::NewDeal(_) | Route::Deal(_) | Route::EditDeal(_) => 0,
        Route::Customers(_) | Route::NewCustomer | Route::Customer(_) | Route::EditCustomer(_) => 1,
        Route::Settings(_) | Route::NewProcess | Route::EditProcess(_) | Route::Rules => 2,
        Route::NotFound => 3,
    });
    let link = move |at: usize, href: String, icon: &'static str, text: &'static str| {
        view! {
            <a
                class="nav-link"
                href=href
                aria-current=move || (place.get() == at).then_some("page")
            >
                <Icon name=icon />
                <span>{text}</span>
            </a>
        }
    };
    view! {
        <nav class="nav" aria-label="Main">
            {link(0, deals_href(), "deals", "Deals")}
            {link(1, Route::Customers(String::new()).href(), "customers", "Customers")}
            {link(2, Route::Settings(SettingsPage::General).href(), "settings", "Account settings")}
        </nav>
    }
}

#[component]
fn SaveState() -> impl IntoView {
    let app = use_app();
    let status = move || app.store.keeper.status();
    let class = move || match status() {
        SaveStatus::Saved => "save-state save-saved",
        SaveStatus::Saving => "save-state save-saving",
        SaveStatus::NotSaved(_) => "save-state save-failed",
    };
    let text = move || match status() {
        SaveStatus::Saved => "Saved",
        SaveStatus::Saving => "Saving",
        SaveStatus::NotSaved(_) => "Not saved",
    };
    view! {
        <span class=class role="status">
            <span class="save-dot" aria-hidden="true"></span>
            <span>{text}</span>
        </span>
    }
}

#[component]
fn Steps() -> impl IntoView {
    let app = use_app();
    let steps = Memo::new(move |_| app.store.next_steps());
    let tooltip = |what: &str, name: Option<&str>, keys: &str| {
        name.map_or_else(
            || what.to_owned(),
            |name| format!("{what}: {name} ({keys})"),
        )
    };
    view! {
        <button
            type="button"
            class="icon-button"
            aria-label="Undo"
            title=move || tooltip("Undo", steps.get().0, "Ctrl+Z")
            disabled=move || steps.get().0.is_none()
            on:click=move |_| app.undo()
        >
            <Icon name="undo" />
        </button>
        <button
            type="button"
            class="icon-button"
            aria-label="Redo"
            title=move || tooltip("Redo", steps.get().1, "Shift+Ctrl+Z")
            disabled=move || steps.get().1.is_none()
            on:click=move |_| app.redo()
        >
            <Icon name="redo" />
        </button>
    }
}

#[component]
fn ThemeSwitch() -> impl IntoView {
    let app = use_app();
    let is_dark = move || app.theme.get().is_dark();
    view! {
        <button
            type="button"
            class="icon-button"
            role="switch"
            aria-label="Dark theme"
            title="Dark theme"
            aria-checked=move || is_dark().to_string()
            on:click=move |_| set_theme(app, if is_dark() { Theme::Light } else { Theme::Dark })
        >
            {move || view! { <Icon name=if is_dark() { "moon" } else { "sun" } /> }}
        </button>
    }
}

/// Shows a theme, and keeps it for the next visit.
pub fn set_theme(app: App, theme: Theme) {
    theme.apply();
    app.theme.set(theme);
}

/// What the visitor must know about the storage.
#[component]
fn Notices() -> impl IntoView {
    let app = use_app();
    let failure = Memo::new(move |_| match app.store.keeper.status() {
        SaveStatus::NotSaved(reason) => Some(reason),
        SaveStatus::Saved | SaveStatus::Saving => None,
    });
    let data = Route::Settings(SettingsPage::Data).href();
    let data = StoredValue::new(data);
    let unread = Memo::new(move |_| app.store.keeper.unread_count());
    let fullness = Memo::new(move |_| {
        let used = app.store.keeper.characters();
        permille_of(used as i128, LocalStorage::room().characters as i128)
            .filter(|share| *share >= NEARLY_FULL)
    });
    let is_demo = start::space() == Space::Demo;
    view! {
        {is_demo.then(|| view! {
            <div class="notice notice-demo" role="note">
                <p>"This is the demo. Your own data is apart from it."</p>
                <a href=router::own_address()>"Back to my data"</a>
            </div>
        })}
        <Show when=move || failure.get().is_some()>
            <div class="notice notice-problem" role="alert">
                <Icon name="alert" />
                <p>
                    <strong>"Your last changes are not saved. "</strong>
                    {move || failure.get()}
                    " "
                    <a href=data.get_value()>"Download a backup"</a>
                </p>
                <button type="button" class="button" on:click=move |_| app.store.keeper.retry(app.store)>
                    "Try again"
                </button>
            </div>
        </Show>
        {move || {
            fullness
                .get()
                .map(|share| {
                    let share = app.formats().permille(share);
                    view! {
                        <div class="notice" role="note">
                            <Icon name="alert" />
                            <p>
                                {format!(
                                    "The room that this browser has for Pipewright is {share} full. Delete what you don't need any more, such as old closed deals, after a ",
                                )} <a href=data.get_value()>"backup"</a> "."
                            </p>
                        </div>
                    }
                })
        }}
        <Show when=move || { unread.get() > 0 }>
            <div class="notice" role="note">
                <Icon name="alert" />
                <p>
                    "Some of what this browser has stored could not be read. It is kept as it is. "
                    <a href=data.get_value()>"Download or discard it"</a>
                </p>
            </div>
        </Show>
        {move || {
            app.store
                .keeper
                .notices()
                .into_iter()
                .map(|text| {
                    view! {
                        <div class="notice" role="note">
                            <Icon name="alert" />
                            <p>{text}</p>
                        </div>
                    }
                })
                .collect::<Vec<_>>()
        }}
    }
}

//! The frame around every screen: header, navigation, messages, shortcuts.

use super::app::{App, deals_href, use_app};
use super::broken::Broken;
use super::messages::MessageList;
use super::notices::Notices;
use super::parts::{Confirm, Icon};
use super::shortcuts::follow_keys;
use crate::route::{Route, SettingsPage, StatisticsView};
use crate::store::keeper::SaveStatus;
use crate::ui::prelude::*;
use crate::web::theme::Theme;

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
                <Broken />
                <Notices />
                {children()}
            </main>
        </div>
        <MessageList />
        {app.chunks.work.over(app.palette, |it| (it.palette)())}
        {app.chunks.work.over(app.shortcuts, |it| (it.shortcuts)())}
        <Show when=move || app.router.pending().is_some()>
            {app.chunks.work.view(|it| (it.leaving)())}
        </Show>
    }
}

/// Asks whether what was typed on a screen is to be left behind.
#[component]
pub fn Leaving() -> impl IntoView {
    let app = use_app();
    view! {
        <Confirm
            title="Leave without saving?"
            text="There are changes on this screen that are not saved yet."
            agree="Leave"
            refuse="Stay"
            danger=true
            on_agree=move |()| app.router.answer(true)
            on_refuse=move |()| app.router.answer(false)
        />
    }
}

#[component]
fn Navigation() -> impl IntoView {
    let app = use_app();
    let place = memo(move || match app.router.route() {
        Route::Deals(_) | Route::NewDeal(_) | Route::Deal(_) | Route::EditDeal(_) => 0,
        Route::Customers(_) | Route::NewCustomer | Route::Customer(_) | Route::EditCustomer(_) => 1,
        Route::Statistics(_) => 2,
        Route::Settings(_)
        | Route::NewProcess
        | Route::EditProcess(_)
        | Route::Rules
        | Route::Guide => 3,
        Route::NotFound => 4,
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
            {link(2, StatisticsView::default().href(), "statistics", "Statistics")}
            {link(3, Route::Settings(SettingsPage::General).href(), "settings", "Account settings")}
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
        _ => "save-state save-failed",
    };
    let text = move || match status() {
        SaveStatus::Saved => "Saved",
        SaveStatus::Saving => "Saving",
        _ => "Not saved",
    };
    view! {
        <span class=class role="status">
            <span class="save-dot" aria-hidden="true"></span>
            <span>{move || text()}</span>
        </span>
    }
}

#[component]
fn Steps() -> impl IntoView {
    let app = use_app();
    let steps = memo(move || app.store.next_steps());
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

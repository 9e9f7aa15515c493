//! What the visitor must know about the storage, on every screen.

use super::app::{App, use_app};
use super::parts::Icon;
use crate::codec::shelf::Space;
use crate::domain::value::order::Gather;
use crate::route::{Route, SettingsPage};
use crate::store::keeper::SaveStatus;
use crate::store::start;
use crate::ui::prelude::*;
use crate::web::storage::LocalStorage;
use crate::web::{clock, files, router, versions};

/// From this share on it is said that the storage gets full.
const NEARLY_FULL: u16 = 800;

/// What the visitor must know about the storage.
#[component]
pub fn Notices() -> impl IntoView {
    let app = use_app();
    let keeper = app.store.keeper;
    let status = memo(move || keeper.status());
    let unread = memo(move || keeper.unread_count());
    let lost = memo(move || keeper.lost().len());
    let fullness = memo(move || {
        let share = keeper.fullness(LocalStorage::room());
        share.filter(|share| *share >= NEARLY_FULL)
    });
    let is_demo = start::space() == Space::Demo;
    view! {
        {is_demo.then(|| view! {
            <div class="notice notice-demo" role="note">
                <p>"This is the demo. Your own data is apart from it."</p>
                <a href=router::own_address()>"Back to my data"</a>
            </div>
        })}
        {move || trouble(app, status.get())}
        {move || {
            fullness
                .get()
                .map(|share| {
                    let share = app.formats().permille(share);
                    view! {
                        <Note>
                            {format!(
                                "The room that this browser has for Pipewright is {share} full. Delete what you don't need any more, such as old closed deals, after a ",
                            )} <DataLink text="backup" /> "."
                        </Note>
                    }
                })
        }}
        <Show when=move || { unread.get() > 0 }>
            <Note>
                "Some of what this browser has stored could not be read. It is kept as it is. "
                <DataLink text="Download or discard it" />
            </Note>
        </Show>
        <Show when=move || { lost.get() > 0 }>
            <Note>
                "Some of what this browser had stored is gone, with up to 144 deals or customers a page. A snapshot may have it. "
                <DataLink text="See what is gone" />
            </Note>
        </Show>
        {move || repairs(keeper.notices())}
    }
}

/// What had to be repaired when the data was read.
fn repairs(notices: Vec<String>) -> Option<AnyView> {
    let count = notices.len();
    let lines = notices.into_iter();
    match count {
        0 => None,
        1 => Some(view! { <Note>{lines.collect::<Vec<_>>()}</Note> }.into_any()),
        _ => {
            let lines: Vec<_> = lines.map(|text| view! { <li>{text}</li> }).collect();
            Some(
                view! {
                    <div class="notice" role="note">
                        <Icon name="alert" />
                        <details>
                            <summary>
                                {format!("{count} parts of your data were missing or did not fit together, and were repaired")}
                            </summary>
                            <ul>{lines}</ul>
                        </details>
                    </div>
                }
                .into_any(),
            )
        }
    }
}

/// Downloads everything that this browser has stored for Pipewright, as it is.
pub fn download_stored(app: App) {
    let name = format!("pipewright-stored-{}.json", clock::today());
    let stored = LocalStorage::probe().and_then(|port| port.everything());
    let done = stored.map_err(|error| error.to_string()).and_then(|texts| {
        let texts: serde_json::Map<_, _> = texts
            .into_iter()
            .map(|(key, text)| (key, text.into()))
            .gather();
        let file = serde_json::Value::Object(texts).to_string();
        files::download(&name, "application/json", &file).map_err(|error| error.to_string())
    });
    match done {
        Ok(()) => app.messages.plain(format!("Downloaded: {name}")),
        Err(problem) => app.messages.problem(problem),
    }
}

#[component]
fn Note(children: Children) -> impl IntoView {
    view! {
        <div class="notice" role="note">
            <Icon name="alert" />
            <p>{children()}</p>
        </div>
    }
}

/// The way to the page with everything about the data.
#[component]
pub(super) fn DataLink(text: &'static str) -> impl IntoView {
    view! { <a href=Route::Settings(SettingsPage::Data).href()>{text}</a> }
}

/// What to say of changes that are not saved, and the ways out.
fn trouble(app: App, status: SaveStatus) -> Option<AnyView> {
    let button = |text: &'static str, act: fn(App)| {
        view! {
            <button type="button" class="button" on:click=move |_| act(app)>
                {text}
            </button>
        }
        .into_any()
    };
    let again = || button("Try again", |app| app.store.keeper.retry(app.store));
    let reload = || button("Reload", |_| versions::reload());
    let (what, reason, then, ways) = match status {
        SaveStatus::Saved | SaveStatus::Saving => return None,
        SaveStatus::NotSaved(reason) => (
            "Your last changes are not saved. ",
            reason,
            "",
            vec![again()],
        ),
        SaveStatus::Full(reason) => (
            "Your last changes are not saved. ",
            reason,
            " What you delete makes room, and all is saved then. ",
            vec![again()],
        ),
        SaveStatus::Stopped(reason) => (
            "Your last changes are not saved. ",
            reason,
            "",
            vec![reload()],
        ),
        SaveStatus::InMemory(reason) => (
            "Nothing is kept here. ",
            reason,
            " You can work, but everything is gone when this page is closed, unless you take it along. ",
            Vec::new(),
        ),
        SaveStatus::Untouched(reason) => {
            let download = button("Download stored data", download_stored);
            return Some(alert(
                "Your data was not opened. ",
                view! { {reason} " It is left exactly as it is, and nothing that you do here is kept." },
                vec![download, reload()],
            ));
        }
    };
    let text = view! { {reason} {then} " " <DataLink text="Download a backup" /> };
    Some(alert(what, text, ways))
}

fn alert(what: &'static str, text: impl IntoView + 'static, ways: Vec<AnyView>) -> AnyView {
    view! {
        <div class="notice notice-problem" role="alert">
            <Icon name="alert" />
            <p>
                <strong>{what}</strong>
                {text}
            </p>
            <div class="notice-ways">{ways}</div>
        </div>
    }
    .into_any()
}

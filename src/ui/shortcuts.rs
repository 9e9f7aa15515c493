//! The keys that work everywhere.

use super::app::{App, use_app};
use super::parts::Dialog;
use crate::keys::Shortcut;
use crate::route::{DealsView, Route};
use crate::ui::prelude::*;
use crate::web::{dom, keyboard};

/// The keys and what they do, as the list of shortcuts shows them.
const KEYS: [(&str, &str); 10] = [
    ("Ctrl+Z", "Undo"),
    ("Shift+Ctrl+Z", "Redo"),
    ("Ctrl+K", "Commands"),
    ("/", "Search deals"),
    ("n", "Add deal"),
    ("j", "Next deal of the list"),
    ("k", "Previous deal of the list"),
    (
        "Space",
        "Pick up the card that has the focus, or drop it; arrows choose where, Esc puts it back",
    ),
    ("?", "This list"),
    ("Esc", "Close what is open"),
];

/// Follows the keys for as long as the app lives.
pub fn follow_keys(app: App) {
    let pressed = alive(move |event| {
        let shortcut = keyboard::press(&event).and_then(|press| press.shortcut());
        let Some(shortcut) = shortcut else { return };
        // In a field Ctrl+Z is the browser's, and a dialog has its own business:
        // no command leads away from what is typed into it.
        let has_dialog = dom::dialog_is_open() && !app.palette.get_untracked();
        let is_commands = shortcut == Shortcut::Commands;
        let is_free = !(dom::dialog_is_open() || dom::is_typing());
        if is_free || is_commands {
            // Not for the browser either, which has a search there.
            event.prevent_default();
        }
        if is_free || (is_commands && !has_dialog) {
            follow(app, shortcut);
        }
    });
    let listener = StoredValue::new_local(dom::on_window_first("keydown", pressed));
    on_cleanup(move || listener.dispose());
}

fn follow(app: App, shortcut: Shortcut) {
    match shortcut {
        Shortcut::Commands => app.palette.update(|open| *open = !*open),
        Shortcut::Undo => app.undo(),
        Shortcut::Redo => app.redo(),
        Shortcut::Search => search(app),
        Shortcut::AddDeal => app.router.go(&Route::NewDeal(None)),
        Shortcut::NextDeal | Shortcut::PreviousDeal => app.offers.follow(shortcut),
        Shortcut::Shortcuts => app.shortcuts.set(true),
    }
}

/// Goes to the search box of the list of deals.
pub fn search(app: App) {
    if !matches!(
        app.router.route_now(),
        Route::Deals(_) | Route::Customers(_) | Route::Statistics(_)
    ) {
        app.router.go(&Route::Deals(DealsView::default()));
    }
    // The list may be about to appear.
    dom::focus_when_there("input[type=search]");
}

/// The list of shortcuts.
#[component]
pub fn Shortcuts() -> impl IntoView {
    let app = use_app();
    view! {
        <Dialog title="Keyboard shortcuts".to_owned() on_close=move |()| app.shortcuts.set(false)>
            <dl class="keys">
                {KEYS
                    .into_iter()
                    .map(|(keys, what)| {
                        view! {
                            <div>
                                <dt>
                                    <kbd>{keys}</kbd>
                                </dt>
                                <dd>{what}</dd>
                            </div>
                        }
                    })
                    .collect::<Vec<_>>()}
            </dl>
        </Dialog>
    }
}

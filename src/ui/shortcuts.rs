//! The keys that work everywhere.

use leptos::ev;

use super::app::{App, use_app};
use super::parts::Dialog;
use crate::route::{DealsView, Route};
use crate::ui::prelude::*;
use crate::web::dom;

/// The keys and what they do, as the list of shortcuts shows them.
const KEYS: [(&str, &str); 7] = [
    ("Ctrl+Z", "Undo"),
    ("Shift+Ctrl+Z", "Redo"),
    ("Ctrl+K", "Commands"),
    ("/", "Search deals"),
    ("n", "Add deal"),
    ("?", "This list"),
    ("Esc", "Close what is open"),
];

/// Follows the keys for as long as the app lives.
pub fn follow_keys(app: App) {
    let pressed = alive(move |event| {
        let Some(event) = dom::as_key(&event) else {
            return;
        };
        let key = event.key();
        let with_control = event.ctrl_key() || event.meta_key();
        if with_control && key.eq_ignore_ascii_case("k") {
            event.prevent_default();
            app.palette.update(|open| *open = !*open);
        } else if dom::dialog_is_open() || dom::is_typing() {
            // In a field Ctrl+Z is the browser's, and a dialog has its own business.
        } else if with_control && key.eq_ignore_ascii_case("z") {
            event.prevent_default();
            if event.shift_key() {
                app.redo()
            } else {
                app.undo()
            }
        } else if with_control && key.eq_ignore_ascii_case("y") {
            event.prevent_default();
            app.redo();
        } else if !with_control && !event.alt_key() {
            single_key(app, &event);
        }
    });
    let listener = StoredValue::new_local(dom::on_window_first("keydown", pressed));
    on_cleanup(move || listener.dispose());
}

fn single_key(app: App, event: &ev::KeyboardEvent) {
    match event.key().as_str() {
        "/" => {
            event.prevent_default();
            search(app);
        }
        "n" => {
            event.prevent_default();
            app.router.go(&Route::NewDeal(None));
        }
        "?" => {
            event.prevent_default();
            app.shortcuts.set(true);
        }
        _ => {}
    }
}

/// Goes to the search box of the list of deals.
pub fn search(app: App) {
    if !matches!(
        app.router.route_now(),
        Route::Deals(_) | Route::Customers(_)
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

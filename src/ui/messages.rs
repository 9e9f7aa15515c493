//! What is said to the visitor after something happened.

use std::time::Duration;

use super::app::use_app;
use super::new_version::NewVersion;
use super::parts::Icon;
use crate::ui::prelude::*;
use crate::web::dom;

/// How long a message stays unless the visitor is at it.
const STAYS: Duration = Duration::from_secs(8);
/// How many messages are shown at a time.
const MOST: usize = 3;

/// One message.
#[derive(Clone, PartialEq)]
struct Message {
    id: u32,
    text: String,
    /// It tells of a change that Undo takes back.
    undo: bool,
    problem: bool,
}

/// The messages that are shown.
#[derive(Clone, Copy)]
pub struct Messages {
    shown: RwSignal<Vec<Message>>,
    next: StoredValue<u32>,
    held: RwSignal<bool>,
    life: Life,
}

impl Messages {
    /// No messages.
    pub fn new() -> Self {
        Self {
            shown: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
            held: RwSignal::new(false),
            life: Life::here(),
        }
    }

    /// Tells of a change of data.
    pub fn done(self, text: String) {
        self.say(text, true, false);
    }

    /// Tells of anything else.
    pub fn plain(self, text: String) {
        self.say(text, false, false);
    }

    /// Tells what went wrong.
    pub fn problem(self, text: String) {
        self.say(text, false, true);
    }

    /// Adds something to what has just been told.
    pub fn more(self, text: &str) {
        self.shown.update(|shown| {
            if let Some(last) = shown.last_mut() {
                last.text = format!("{}. {text}", last.text);
            }
        });
    }

    /// A step was taken: what Undo would take back now is none of the steps
    /// that the messages tell of.
    pub fn outdate(self) {
        if self
            .shown
            .with_untracked(|shown| shown.iter().any(|message| message.undo))
        {
            self.shown
                .update(|shown| shown.iter_mut().for_each(|message| message.undo = false));
        }
    }

    fn say(self, text: String, undo: bool, problem: bool) {
        let id = self.next.get_value();
        self.next.set_value(id.wrapping_add(1));
        self.outdate();
        self.shown.update(|shown| {
            shown.push(Message {
                id,
                text,
                undo,
                problem,
            });
            let extra = shown.len().saturating_sub(MOST);
            shown.drain(..extra);
        });
        self.fade(id);
    }

    fn fade(self, id: u32) {
        // Whatever view has said it: it is shown for longer than that lives.
        let faded = self.life.alive(move |()| {
            if self.held.get_untracked() {
                self.fade(id);
            } else {
                self.dismiss(id);
            }
        });
        dom::after(STAYS, faded);
    }

    fn dismiss(self, id: u32) {
        self.shown
            .update(|shown| shown.retain(|message| message.id != id));
    }

    /// Whether a message offers Undo still; follows it.
    fn can_undo(self, id: u32) -> bool {
        let offers = |message: &Message| message.id == id && message.undo;
        self.shown.with(|shown| shown.iter().any(offers))
    }

    /// Dismisses it by a button in it. Not every browser tells that the focus
    /// goes with the button.
    fn dismiss_by_hand(self, id: u32) {
        self.dismiss(id);
        self.held.set(false);
        dom::catch_focus_in_place("#heading");
    }
}

/// The live region with the messages.
#[component]
pub fn MessageList() -> impl IntoView {
    let app = use_app();
    let messages = app.messages;
    view! {
        <section
            class="messages"
            aria-label="Messages"
            aria-live="polite"
            // Over what is in it, too: another message may come under the mouse.
            on:pointerover=move |_| messages.held.set(true)
            on:pointerleave=move |_| messages.held.set(false)
            on:focusin=move |_| messages.held.set(true)
            on:focusout=move |_| messages.held.set(false)
        >
            <NewVersion />
            <For
                each=move || messages.shown.get()
                key=|message| message.id
                children=move |message| {
                    let id = message.id;
                    view! {
                        <div class="message" class:message-problem=message.problem>
                            <Icon name=if message.problem { "alert" } else { "check" } />
                            <p><bdi>{message.text}</bdi></p>
                            // It goes alone: a message made anew would be read again.
                            <Show when=move || messages.can_undo(id)>
                                <button
                                    type="button"
                                    class="message-action"
                                    on:click=move |_| {
                                        messages.dismiss_by_hand(id);
                                        app.undo();
                                    }
                                >
                                    "Undo"
                                </button>
                            </Show>
                            <button
                                type="button"
                                class="icon-button"
                                aria-label="Dismiss"
                                on:click=move |_| messages.dismiss_by_hand(id)
                            >
                                <Icon name="close" />
                            </button>
                        </div>
                    }
                }
            />
        </section>
    }
}

//! What is typed on a profile and not saved yet: it is not lost without a
//! question, wherever on the profile it stands.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use leptos::ev;

use crate::ui::app::use_app;
use crate::ui::parts::Confirm;
use crate::ui::prelude::*;
use crate::web::keyboard;

/// How many places of a screen hold something that is not saved.
#[derive(Clone, Copy)]
pub struct Typed(RwSignal<usize>);

impl Typed {
    /// Asks before the screen is left while there is any.
    pub fn guarding() -> Self {
        let router = use_app().router;
        let count = RwSignal::new(0);
        effect(move || router.guard(count.get() > 0));
        on_cleanup(move || router.guard(false));
        Self(count)
    }

    /// Counts a part of the screen by itself, and with the rest.
    pub fn part(self) -> Self {
        let part = Self(RwSignal::new(0));
        self.also(part.is_any());
        part
    }

    /// Whether there is any.
    pub fn is_any(self) -> Signal<bool> {
        derived(move || self.0.get() > 0)
    }

    /// One more place, for as long as the caller lives.
    pub fn also(self, is_changed: Signal<bool>) {
        let is_counted = Arc::new(AtomicBool::new(false));
        let count = move |is_counted: &AtomicBool, now: bool| {
            if is_counted.swap(now, Ordering::Relaxed) != now {
                self.0.try_update(|count| {
                    *count = if now {
                        *count + 1
                    } else {
                        count.saturating_sub(1)
                    };
                });
            }
        };
        let of_effect = Arc::clone(&is_counted);
        effect(move || count(&of_effect, is_changed.get()));
        on_cleanup(move || count(&is_counted, false));
    }
}

/// Whether a key sends the form that it is pressed in, from any of its fields:
/// Enter with Ctrl or Cmd.
pub fn is_sent(event: &ev::KeyboardEvent) -> bool {
    keyboard::press(event).is_some_and(|press| press.control && press.key == "Enter")
}

/// A form within a screen. Ctrl or Cmd with Enter sends it from any of its
/// fields; Escape gives it up, and asks first where something would be lost.
#[component]
pub fn FormInPlace(
    /// Its class.
    class: &'static str,
    /// Something would be lost.
    #[prop(into)]
    is_changed: Signal<bool>,
    /// Sends it.
    #[prop(into)]
    on_send: Callback<()>,
    /// Gives it up.
    #[prop(into)]
    on_cancel: Callback<()>,
    children: Children,
) -> impl IntoView {
    let asking = RwSignal::new(false);
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        on_send.run(());
    };
    let press = move |event: ev::KeyboardEvent| {
        if is_sent(&event) {
            event.prevent_default();
            on_send.run(());
        } else if keyboard::key(&event) == "Escape" {
            // It is for the form alone, and not for what that is in.
            event.prevent_default();
            if is_changed.get_untracked() {
                asking.set(true);
            } else {
                on_cancel.run(());
            }
        }
    };
    view! {
        <form class=class on:submit=send on:keydown=press novalidate>
            {children()}
        </form>
        <Show when=move || asking.get()>
            {move || discard_question(on_cancel, Callback::new(move |()| asking.set(false)))}
        </Show>
    }
    .into_any()
}

/// Asks whether what was typed may go; it is closed first.
pub fn discard_question(on_agree: Callback<()>, close: Callback<()>) -> AnyView {
    let agree = move |()| {
        close.run(());
        on_agree.run(());
    };
    view! {
        <Confirm
            title="Discard what you changed?"
            text="What you typed here is not saved yet."
            agree="Discard"
            refuse="Keep editing"
            danger=true
            on_agree=agree
            on_refuse=close
        />
    }
    .into_any()
}

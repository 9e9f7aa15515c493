//! Keys, as the app hears them: those of an input method's composition are
//! left to it. Views ask here and never the event, which the architecture
//! test sees to.

use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use crate::keys::Press;

/// What browsers call a key that an input method has taken; Safari says only
/// by it that the Enter which ends a composition was the composition's.
const TAKEN: u32 = 229;

/// The key of an event; without a name where it belongs to a composition.
pub fn key(event: &Event) -> String {
    keyboard(event).map(name).unwrap_or_default()
}

/// The press that an event of the keyboard tells of.
pub fn press(event: &Event) -> Option<Press> {
    let event = keyboard(event)?;
    Some(Press {
        key: name(event),
        code: event.code(),
        control: event.ctrl_key() || event.meta_key(),
        shift: event.shift_key(),
        alt: event.alt_key() || event.get_modifier_state("AltGraph"),
    })
}

/// The event as one of the keyboard: what fills in forms for a person sends
/// some that are called so and have no key.
fn keyboard(event: &Event) -> Option<&KeyboardEvent> {
    event.dyn_ref()
}

fn name(event: &KeyboardEvent) -> String {
    if event.is_composing() || event.key_code() == TAKEN {
        return String::new();
    }
    event.key()
}

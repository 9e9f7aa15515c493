//! Shortcuts on the keyboards of the world.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use pipewright::keys::{Press, Shortcut};

/// A press: "Control", "Shift" and "Alt" joined by a plus sign, then what the
/// key gives, then its place.
fn press(modifiers: &str, key: &str, code: &str) -> Press {
    let has = |name| modifiers.split('+').any(|part| part == name);
    Press {
        key: key.to_owned(),
        code: code.to_owned(),
        control: has("Control"),
        shift: has("Shift"),
        alt: has("Alt"),
    }
}

#[track_caller]
fn check(modifiers: &str, key: &str, code: &str, wanted: Option<Shortcut>) {
    let found = press(modifiers, key, code).shortcut();
    assert_eq!(found, wanted, "{modifiers} {key} at {code}");
}

#[test]
fn a_shortcut_follows_its_letter_wherever_the_layout_has_it() {
    check("Control", "z", "KeyZ", Some(Shortcut::Undo));
    // German: z and y have changed places.
    check("Control", "z", "KeyY", Some(Shortcut::Undo));
    check("Control", "y", "KeyZ", Some(Shortcut::Redo));
    // French: w is in the place of z, and the other way round.
    check("Control", "z", "KeyW", Some(Shortcut::Undo));
    check("Control", "w", "KeyZ", None);
    // Dvorak.
    check("", "n", "KeyL", Some(Shortcut::AddDeal));
    check("", "b", "KeyN", None);
    check("Control+Shift", "Z", "KeyZ", Some(Shortcut::Redo));
    check("Control", "k", "KeyK", Some(Shortcut::Commands));
    // With Caps Lock on.
    check("Control", "Z", "KeyZ", Some(Shortcut::Undo));
    check("", "N", "KeyN", Some(Shortcut::AddDeal));
    check("", "j", "KeyJ", Some(Shortcut::NextDeal));
    // It is no command of the palette without Control.
    check("", "k", "KeyK", Some(Shortcut::PreviousDeal));
    check("", "о", "KeyJ", Some(Shortcut::NextDeal));
}

#[test]
fn where_the_layout_has_no_such_letter_the_place_of_the_key_counts() {
    // Russian, Greek, Hebrew, Arabic, Thai, Georgian.
    for (undo, again, commands, add) in [
        ("я", "н", "л", "т"),
        ("ζ", "υ", "κ", "ν"),
        ("ז", "ט", "ל", "מ"),
        ("ئ", "غ", "ن", "ى"),
        ("ผ", "ั", "า", "ื"),
        ("ზ", "ყ", "კ", "ნ"),
    ] {
        check("Control", undo, "KeyZ", Some(Shortcut::Undo));
        check("Control", again, "KeyY", Some(Shortcut::Redo));
        check("Control", commands, "KeyK", Some(Shortcut::Commands));
        check("", add, "KeyN", Some(Shortcut::AddDeal));
    }
    check("Control+Shift", "Я", "KeyZ", Some(Shortcut::Redo));
    check("", "ظ", "Slash", Some(Shortcut::Search));
    check("Shift", "؟", "Slash", Some(Shortcut::Shortcuts));
}

#[test]
fn signs_are_where_the_layout_has_them() {
    check("", "/", "Slash", Some(Shortcut::Search));
    check("Shift", "?", "Slash", Some(Shortcut::Shortcuts));
    // German and Russian: above the digits, and beside the left Shift key.
    check("Shift", "/", "Digit7", Some(Shortcut::Search));
    check("Shift", "/", "Backslash", Some(Shortcut::Search));
    check("Shift", "?", "Minus", Some(Shortcut::Shortcuts));
    // Hebrew has it in the place of q.
    check("", "/", "KeyQ", Some(Shortcut::Search));
    check("", "-", "Slash", None);
    check("", ".", "Slash", None);
}

#[test]
fn what_is_typed_is_no_shortcut() {
    // Polish ń and ż, by the right Alt key.
    check("Alt", "ń", "KeyN", None);
    check("Control+Alt", "ż", "KeyZ", None);
    // A Latin letter that stands in the place of another.
    check("", "ñ", "KeyN", None);
    check("Control", "ž", "KeyY", None);
    check("", "Dead", "Slash", None);
    check("Shift", "N", "KeyN", None);
    check("Control", "Enter", "Enter", None);
    check("Control", "n", "KeyN", None);
    check("Control", "ArrowDown", "ArrowDown", None);
    // A key that an input method takes has no name.
    check("Control", "", "KeyZ", None);
    check("", "", "KeyN", None);
}

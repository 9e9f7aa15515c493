//! What the browser knows of letters.

use js_sys::{JsString, RegExp};

use crate::domain::value::text::letters::{Unicode, ask};

/// The browser's own tables.
struct Browser;

/// Has the browser asked of letters.
pub fn prepare() {
    ask(&Browser);
}

fn text_of(letter: char) -> JsString {
    letter.to_string().into()
}

thread_local! {
    static MARK: RegExp = RegExp::new("\\p{M}", "u");
}

impl Unicode for Browser {
    fn composed(&self, text: &str) -> String {
        JsString::from(text).normalize("NFC").into()
    }

    fn decomposed(&self, letter: char) -> String {
        text_of(letter).normalize("NFD").into()
    }

    fn is_mark(&self, letter: char) -> bool {
        MARK.with(|mark| mark.test(&letter.to_string()))
    }

    fn lower(&self, letter: char) -> String {
        text_of(letter).to_lower_case().into()
    }

    fn upper(&self, letter: char) -> String {
        text_of(letter).to_upper_case().into()
    }
}

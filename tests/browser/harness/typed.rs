//! Typing, where the browsers' fields take keys in ways of their own.

use serde_json::json;
use xtask::browsers::Browser;

use crate::page::Page;

impl Page {
    /// Presses the keys of a text, one after the other.
    #[track_caller]
    pub fn type_keys(&self, text: &str) {
        for key in text.chars() {
            self.press(&key.to_string());
        }
    }

    /// Types month, day and year into the date field that has the focus; one
    /// that is empty stays so.
    #[track_caller]
    pub fn type_date(&self, [month, day, year]: [&str; 3]) {
        let has_parts = self.evaluate(
            "const field = document.createElement('input'); field.type = 'date';
             field.value = 'x'; return field.value === '';",
            &[],
        );
        if has_parts != json!(true) {
            return self.type_keys(&format!("{year}-{month}-{day}"));
        }
        self.type_keys(month);
        for part in [day, year].into_iter().filter(|part| !part.is_empty()) {
            // In WebKit a part that is full is not left by itself.
            if self.session().browser == Browser::WebKit {
                self.press("ArrowRight");
            }
            self.type_keys(part);
        }
    }

    /// Presses the keys by which a browser takes back what was typed. WebKit's
    /// small browser has none, so there it is asked to, unless the page has
    /// taken the keys for itself.
    #[track_caller]
    pub fn take_back_typing(&self) {
        if self.session().browser == Browser::WebKit {
            self.evaluate(
                "addEventListener('keydown', (event) => {
                   if (event.key === 'z') {
                     setTimeout(() => event.defaultPrevented || document.execCommand('undo'));
                   }
                 });",
                &[],
            );
        }
        self.press("Control+z");
    }
}

//! Expectations: each waits until it comes true, and fails when it does not.

use serde_json::json;

use crate::locator::{Locator, Name, squashed};
use crate::page::Page;
use crate::wait::{self, NotYet, demand};
use crate::webdriver::Element;

impl Page {
    /// The page's main heading is this.
    #[track_caller]
    pub fn expect_heading(&self, name: &str) {
        self.expect("a main heading", || {
            let found = self.evaluate(
                "return [...document.querySelectorAll('h1')].map((h) => h.innerText);",
                &[],
            );
            let headings: Vec<String> = found
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|h| h.as_str())
                .map(squashed)
                .collect();
            if headings == [squashed(name)] {
                Ok(())
            } else {
                Err(format!("{headings:?} instead of {name:?}"))
            }
        });
    }

    /// This text is shown somewhere.
    #[track_caller]
    pub fn expect_text(&self, text: &str) {
        Locator::whole(self.clone()).expect_text(text);
    }

    /// This text is shown nowhere (any more).
    #[track_caller]
    pub fn expect_no_text(&self, text: &str) {
        Locator::whole(self.clone()).expect_no_text(text);
    }

    /// There is such an element.
    #[track_caller]
    pub fn expect_present(&self, role: &str, name: impl Into<Name>) {
        self.by_role(role, name).expect_present();
    }

    /// There is no such element (any more).
    #[track_caller]
    pub fn expect_absent(&self, role: &str, name: impl Into<Name>) {
        self.by_role(role, name).expect_absent();
    }

    /// The part of the address from the # on is this.
    #[track_caller]
    pub fn expect_route(&self, route: &str) {
        self.expect("the route", || {
            let now = self.route();
            if now == route {
                Ok(())
            } else {
                Err(format!("{now:?} instead of {route:?}"))
            }
        });
    }

    #[track_caller]
    fn expect(&self, what: &str, check: impl Fn() -> Result<(), String>) {
        let done = wait::until(self.patience(), || check().map_err(NotYet::new));
        demand(done, format_args!("expected {what}"));
    }
}

impl Locator {
    /// It is there.
    #[track_caller]
    pub fn expect_present(&self) {
        self.act("find", |_| Ok(()));
    }

    /// It is not there (any more).
    #[track_caller]
    pub fn expect_absent(&self) {
        self.expect_count(0);
    }

    /// There are so many.
    #[track_caller]
    pub fn expect_count(&self, count: usize) {
        let done = wait::until(self.page.patience(), || {
            let now = self.all_now()?.len();
            if now == count {
                Ok(())
            } else {
                Err(NotYet::new(format!("there are {now}")))
            }
        });
        demand(done, format_args!("expected {count} of {self}"));
    }

    /// All matches show these texts, in this order.
    #[track_caller]
    pub fn expect_texts(&self, texts: &[&str]) {
        let done = wait::until(self.page.patience(), || {
            let all = self.all_now()?;
            let now: Vec<String> = all
                .iter()
                .map(|element| self.text_now(element))
                .collect::<Result<_, _>>()?;
            if now == texts {
                Ok(())
            } else {
                Err(NotYet::new(format!("they read {now:?}")))
            }
        });
        demand(done, format_args!("expected {texts:?} of {self}"));
    }

    /// It shows this text, among others.
    #[track_caller]
    pub fn expect_text(&self, text: &str) {
        let wanted = squashed(text);
        self.act(&format!("find the text {text:?} in"), |element| {
            let now = self.text_now(element)?;
            if now.contains(&wanted) {
                Ok(())
            } else {
                Err(NotYet::new(format!("it reads {:?}", shortened(&now))))
            }
        });
    }

    /// It does not show this text (any more).
    #[track_caller]
    pub fn expect_no_text(&self, text: &str) {
        let unwanted = squashed(text);
        self.act(&format!("do without the text {text:?} in"), |element| {
            let now = self.text_now(element)?;
            if now.contains(&unwanted) {
                Err(NotYet::new(format!("it reads {:?}", shortened(&now))))
            } else {
                Ok(())
            }
        });
    }

    /// The field has this value.
    #[track_caller]
    pub fn expect_value(&self, value: &str) {
        self.act(&format!("find the value {value:?} in"), |element| {
            let now = self.page.session().client.ask(element, "property/value")?;
            if now == value {
                Ok(())
            } else {
                Err(NotYet::new(format!("it is {now:?}")))
            }
        });
    }

    /// It is ticked, pressed or selected, or it is not.
    #[track_caller]
    pub fn expect_checked(&self, checked: bool) {
        self.act(
            if checked {
                "see checked"
            } else {
                "see unchecked"
            },
            |element| {
                if self.checked_now(element)? == checked {
                    Ok(())
                } else {
                    Err(NotYet::new("it is not so"))
                }
            },
        );
    }

    /// It can be used, or it can't.
    #[track_caller]
    pub fn expect_enabled(&self, enabled: bool) {
        self.act(
            if enabled {
                "see enabled"
            } else {
                "see disabled"
            },
            |element| {
                let script = "return !arguments[0].matches(':disabled,[aria-disabled=true]');";
                let now = self
                    .page
                    .session()
                    .client
                    .execute(script, &[element.to_json()])?;
                if now == json!(enabled) {
                    Ok(())
                } else {
                    Err(NotYet::new("it is not so"))
                }
            },
        );
    }

    /// It has the focus.
    #[track_caller]
    pub fn expect_focused(&self) {
        self.act("see the focus on", |element| {
            let script = "return document.activeElement === arguments[0];";
            let now = self
                .page
                .session()
                .client
                .execute(script, &[element.to_json()])?;
            if now == json!(true) {
                Ok(())
            } else {
                Err(NotYet::new("the focus is elsewhere"))
            }
        });
    }

    pub(crate) fn text_now(&self, element: &Element) -> Result<String, NotYet> {
        let text = self
            .page
            .session()
            .client
            .execute("return arguments[0].innerText;", &[element.to_json()])?;
        Ok(squashed(text.as_str().unwrap_or_default()))
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(600) {
        Some((end, _)) => format!("{}...", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}

//! The size of a page and its colour scheme, which every browser is told in a
//! way of its own.

use serde_json::json;
use xtask::browsers::Browser;

use crate::page::Page;
use crate::wait::{self, NotYet, demand, fail};

impl Page {
    /// Sets the size of the page, in CSS pixels.
    #[track_caller]
    pub fn resize(&self, width: u32, height: u32) {
        self.session().size.set((width, height));
        self.apply_size();
    }

    #[track_caller]
    pub(crate) fn apply_size(&self) {
        let (width, height) = self.session().size.get();
        if self.session().browser == Browser::Chromium {
            // Not by the window's size, which has a least width of 500 pixels.
            let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
            self.devtools("Emulation.setDeviceMetricsOverride", &size);
            return;
        }
        let sized = wait::until(self.patience(), || {
            self.activate()?;
            let client = &self.session().client;
            let now = client.execute(
                "return [innerWidth, innerHeight, outerWidth - innerWidth, outerHeight - innerHeight];",
                &[],
            )?;
            let now: Vec<u32> = serde_json::from_value(now).unwrap_or_default();
            match now.as_slice() {
                [w, h, _, _] if (*w, *h) == (width, height) => Ok(()),
                [w, h, bars, tabs] => {
                    let rect = json!({ "width": width + bars, "height": height + tabs });
                    client.post("/window/rect", &rect)?;
                    Err(NotYet::new(format!("it is {w} by {h}")))
                }
                _ => Err(NotYet::new("it has no size")),
            }
        });
        demand(
            sized,
            format_args!("the page can't be {width} by {height} (a visit says what it needs)"),
        );
    }

    /// Lets the system give the colours, or no longer. Chromium alone can be
    /// asked for that; [`crate::Need::ForcedColors`].
    #[track_caller]
    pub fn force_colors(&self, on: bool) {
        let value = if on { "active" } else { "none" };
        let features = json!([{ "name": "forced-colors", "value": value }]);
        self.devtools(
            "Emulation.setEmulatedMedia",
            &json!({ "features": features }),
        );
    }

    /// Makes the browser ask for a dark or a light page. This is a
    /// [`crate::Need`].
    #[track_caller]
    pub fn set_color_scheme(&self, dark: bool) {
        match self.session().browser {
            Browser::Chromium => {
                let value = if dark { "dark" } else { "light" };
                let features = json!([{ "name": "prefers-color-scheme", "value": value }]);
                self.devtools(
                    "Emulation.setEmulatedMedia",
                    &json!({ "features": features }),
                );
            }
            Browser::Firefox => self.ask_driver("set the colour scheme", |client| {
                client.post("/moz/context", &json!({ "context": "chrome" }))?;
                let set = client.execute(
                    "Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', arguments[0]);",
                    &[json!(u8::from(!dark))],
                );
                client.post("/moz/context", &json!({ "context": "content" }))?;
                set.map(drop)
            }),
            Browser::WebKit => fail("WebKit's driver can't ask for a dark page"),
        }
    }
}

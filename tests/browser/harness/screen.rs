//! The size of a page and its colour scheme, which every browser is told in a
//! way of its own, and pictures of it.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};
use xtask::browsers::Browser;

use crate::page::Page;
use crate::wait::{self, NotYet, demand, fail};

/// For how long, and how often, a page must look the same to be taken for settled.
const UNCHANGED: Duration = Duration::from_millis(500);
const LOOKS: usize = 2;

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

    /// Lets the system give the colours, or no longer. This is a
    /// [`crate::Need`].
    #[track_caller]
    pub fn force_colors(&self, on: bool) {
        match self.session().browser {
            Browser::Chromium => {
                self.emulate("forced-colors", if on { "active" } else { "none" });
            }
            // Never the page's own colours, or all but where the system has more contrast.
            Browser::Firefox => {
                self.set_preference("browser.display.document_color_use", if on { 2 } else { 0 });
            }
            Browser::WebKit => fail("WebKit has no forced colours"),
        }
        self.wait_until("the page has heard whose colours it has", || {
            let script = "return matchMedia('(forced-colors: active)').matches;";
            self.evaluate(script, &[]) == json!(on)
        });
    }

    /// Makes the browser ask for a dark or a light page.
    #[track_caller]
    pub fn set_color_scheme(&self, dark: bool) {
        match self.session().browser {
            Browser::Chromium => {
                self.emulate("prefers-color-scheme", if dark { "dark" } else { "light" });
            }
            Browser::Firefox => {
                let name = "layout.css.prefers-color-scheme.content-override";
                self.set_preference(name, u8::from(!dark));
            }
            Browser::WebKit => {
                let display = self.session().display();
                let set = display
                    .and_then(|display| display.set_dark(dark).map_err(|error| error.to_string()));
                demand(set, "cannot set the colour scheme");
            }
        }
        self.wait_until("the page has heard of the colour scheme", || {
            let script = "return matchMedia('(prefers-color-scheme: dark)').matches;";
            self.evaluate(script, &[]) == json!(dark)
        });
    }

    /// For Chromium.
    #[track_caller]
    fn emulate(&self, feature: &str, value: &str) {
        let features = json!([{ "name": feature, "value": value }]);
        self.devtools(
            "Emulation.setEmulatedMedia",
            &json!({ "features": features }),
        );
    }

    /// For Firefox.
    #[track_caller]
    fn set_preference(&self, name: &str, value: u8) {
        self.ask_driver("set a preference", |client| {
            client.post("/moz/context", &json!({ "context": "chrome" }))?;
            let set = client.execute(
                "Services.prefs.setIntPref(arguments[0], arguments[1]);",
                &[json!(name), json!(value)],
            );
            client.post("/moz/context", &json!({ "context": "content" }))?;
            set.map(drop)
        });
    }

    /// Waits until the page looks the same several times in a row: until fonts,
    /// charts and transitions have done their work.
    #[track_caller]
    pub fn settle(&self) {
        self.show_caret(false);
        let mut last = Value::Null;
        let (mut same, mut since) = (0, Instant::now());
        let done = wait::until(self.patience(), || {
            let begin = Instant::now();
            let picture = self.session().client.get("/screenshot")?;
            if picture != last {
                (last, same, since) = (picture, 0, begin);
                return Err(NotYet::new("it still changes"));
            }
            same += 1;
            match same >= LOOKS && begin - since >= UNCHANGED {
                true => Ok(()),
                false => Err(NotYet::new("it has just changed")),
            }
        });
        demand(done, format_args!("the page does not settle"));
        self.show_caret(true);
    }

    /// A caret that blinks would never settle.
    #[track_caller]
    fn show_caret(&self, is_shown: bool) {
        let script = "document.documentElement.style.caretColor = arguments[0];";
        let color = if is_shown { "" } else { "transparent" };
        self.evaluate(script, &[json!(color)]);
    }

    /// Saves a picture of the page.
    #[track_caller]
    pub fn screenshot(&self, path: &Path) {
        let picture = self.ask_driver("take a picture", |client| client.get("/screenshot"));
        let bytes = BASE64
            .decode(picture.as_str().unwrap_or_default())
            .unwrap_or_default();
        if let Some(folder) = path.parent() {
            // What matters is whether the file can be written.
            drop(fs::create_dir_all(folder));
        }
        demand(fs::write(path, bytes), path.display());
    }
}

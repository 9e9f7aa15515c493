//! A visit: a fresh browser, a server of its own, and a report when it fails.

use std::fmt::Display;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::rc::Rc;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use xtask::browsers::Browser;
use xtask::manners::Manners;

use crate::engine::Need;
use crate::page::Page;
use crate::session::{Pages, Session};
use crate::wait::{demand, fail};

/// Visits the app at the root of a server, in a window of 1440 by 900.
#[track_caller]
pub fn visit(test: impl FnOnce(&Page)) {
    Visit::default().run(test);
}

/// How a visit is made.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The one that the suite runs in, if there is none.
    browser: Option<Browser>,
    needs: Vec<Need>,
    mount: String,
    manners: Manners,
    from_disk: bool,
    /// The address of another server, if it is not to be one of our own.
    address: Option<String>,
    size: (u32, u32),
    dark: bool,
    offline: bool,
    half_loaded: bool,
    without_scripts: bool,
}

impl Default for Visit {
    fn default() -> Self {
        Self {
            browser: None,
            needs: Vec::new(),
            mount: "/".into(),
            manners: Manners::GOOD,
            from_disk: false,
            address: None,
            size: (1440, 900),
            dark: false,
            offline: false,
            half_loaded: false,
            without_scripts: false,
        }
    }
}

impl Visit {
    /// In this browser, whichever the suite runs in.
    #[must_use]
    pub fn browser(mut self, browser: Browser) -> Self {
        self.browser = Some(browser);
        self
    }

    /// With something that not every browser has: where it is lacking, the
    /// visit is left out, and a line says so.
    #[must_use]
    pub fn needs(mut self, need: Need) -> Self {
        self.needs.push(need);
        self
    }

    /// With the folder served under this path, such as "/some/sub/path/".
    #[must_use]
    pub fn under(mut self, path: &str) -> Self {
        self.mount = path.into();
        self
    }

    /// With the folder served as some hosts do it.
    #[must_use]
    pub fn served_with(mut self, manners: Manners) -> Self {
        self.manners = manners;
        self
    }

    /// With the program as one file, opened from the disk.
    #[must_use]
    pub fn from_disk(mut self) -> Self {
        self.from_disk = true;
        self
    }

    /// From a server that runs already and serves the release at this address.
    #[must_use]
    pub fn at(mut self, address: &str) -> Self {
        self.address = Some(address.into());
        self
    }

    /// In a window of this size, in CSS pixels.
    #[must_use]
    pub fn size(mut self, width: u32, height: u32) -> Self {
        self.size = (width, height);
        self
    }

    /// By someone whose system is dark.
    #[must_use]
    pub fn dark(mut self) -> Self {
        self.dark = true;
        self
    }

    /// With the app kept for starts without the network, as it is for people.
    /// Other visits do without: it is work in the background.
    #[must_use]
    pub fn kept_offline(mut self) -> Self {
        self.offline = true;
        self
    }

    /// With a look at pages of which not everything has come: nothing waits
    /// for them to be loaded.
    #[must_use]
    pub fn half_loaded(mut self) -> Self {
        self.half_loaded = true;
        self
    }

    /// In a browser that runs no scripts of pages.
    #[must_use]
    pub fn without_scripts(mut self) -> Self {
        self.without_scripts = true;
        self
    }

    /// What this visit needs and the browser can't do.
    fn lacking_in(&self, browser: Browser) -> Option<(Need, &'static str)> {
        let needs = self.needs.iter().copied();
        needs
            .filter_map(|need| Some((need, need.lacking_in(browser)?)))
            .next()
    }

    /// Makes the visit. It fails when `test` fails, or when the program breaks,
    /// the console shows an error or a page does what none may, and that was not
    /// announced.
    #[track_caller]
    pub fn run(self, test: impl FnOnce(&Page)) {
        let browser = match self.browser {
            Some(browser) => browser,
            None => demand(Browser::chosen(), "cannot choose the browser"),
        };
        if let Some((need, why)) = self.lacking_in(browser) {
            left_out(browser, need, why);
            return;
        }
        let pages = Pages {
            are_awaited: !self.half_loaded,
            run_scripts: !self.without_scripts,
        };
        let session = demand(
            Session::start(browser, self.size, pages),
            "cannot start the browser",
        );
        let site = &session.site;
        if self.offline {
            // Of this page, which is not that of the release.
            demand(site.publish(), "cannot make a version");
            // It is kept some seconds after the start, and tidied up ever more seldom.
            session.patience.set(Duration::from_secs(60));
        } else {
            demand(site.keep_nothing(), "cannot change the release");
        }
        let url = match self.address {
            Some(address) => address,
            None => demand(
                site.serve(&self.mount, self.manners),
                "cannot serve the release",
            ),
        };
        let base = match self.from_disk {
            true => format!(
                "file://{}",
                demand(site.one_file(), "cannot write it").display()
            ),
            false => url,
        };
        let page = Page::new(Rc::new(session), &base);
        if self.dark {
            page.set_color_scheme(true);
        }
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            test(&page);
            let errors = page.console_errors();
            if !errors.is_empty() {
                fail("the console shows errors");
            }
            let offences = page.offences();
            if !offences.is_empty() {
                fail(format_args!("a page did what none may: {offences:#?}"));
            }
            // Not every driver hands out what a panic says in the console.
            if let Some(why) = page.broken().filter(|_| !page.session().expects_errors()) {
                fail(format_args!("the program broke: {why}"));
            }
            // The console tells of it but in WebKit, whose engine needs it at times.
            if let Some(why) = page
                .restarted()
                .filter(|_| !page.session().expects_errors())
            {
                say_aloud(format_args!("{} started again: {why}", test_name()));
            }
        }));
        if let Err(cause) = outcome {
            report(&page);
            resume_unwind(cause);
        }
    }
}

/// Says that a test was left out, past the capture of what tests print.
fn left_out(browser: Browser, need: Need, why: &str) {
    let name = test_name();
    say_aloud(format_args!(
        "left out in {browser}: {name} ({need:?}: {why})"
    ));
}

fn say_aloud(what: impl Display) {
    // Without a terminal there is nobody to tell.
    drop(writeln!(std::io::stderr(), "\n{what}"));
}

fn test_name() -> String {
    thread::current().name().unwrap_or("a visit").to_owned()
}

/// Prints what a failed visit looked like. The browser may be gone, so that
/// nothing here may fail.
fn report(page: &Page) {
    let client = &page.session().client;
    let show = |what: &str, value: Option<String>| {
        println!("  {what}: {}", value.unwrap_or_else(|| "unknown".into()))
    };
    show(
        "address",
        client.get("/url").ok().map(|url| url.to_string()),
    );
    let heading = client.execute("return document.querySelector('h1')?.innerText;", &[]);
    show("heading", heading.ok().map(|heading| heading.to_string()));
    show("broken", page.broken());
    page.session().note_offences();
    for text in page.session().offences.noted.borrow().iter() {
        println!("  noted: {text}");
    }
    let busy = client.execute(
        "return document.querySelectorAll('[aria-busy=true]').length;",
        &[],
    );
    show(
        "parts that are busy",
        busy.ok().map(|count| count.to_string()),
    );
    let presses = client.execute("return window.harnessPresses ?? [];", &[]);
    for press in presses.ok().iter().filter_map(Value::as_array).flatten() {
        println!("  pressed: {}", press.as_str().unwrap_or_default());
    }
    for message in page.session().console().unwrap_or_default() {
        println!("  console: {message}");
    }
    let name = thread::current()
        .name()
        .unwrap_or("visit")
        .replace("::", "-");
    let picture = picture_path(&name);
    let taken = catch_unwind(AssertUnwindSafe(|| page.screenshot(&picture)));
    show("picture", taken.ok().map(|()| json!(picture).to_string()));
}

fn picture_path(name: &str) -> PathBuf {
    xtask::root()
        .join("target")
        .join("browser")
        .join(format!("{name}.png"))
}

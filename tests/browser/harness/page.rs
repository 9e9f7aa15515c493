//! A tab of the browser.

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use serde_json::{Value, json};
use xtask::browsers::Browser;

use crate::locator::{Locator, Name, squashed};
use crate::session::{Message, Session};
use crate::wait::{self, NotYet, demand, fail};
use crate::webdriver::{Client, Element, Fault};

/// A file of the built folder that is no page: a place of the same origin at
/// which saved data can be put before the app starts.
const PLAIN_FILE: &str = "licences/NOTICE.txt";

/// Finds a file field, hidden or not.
const FILE_FIELD: &str = "return [...document.querySelectorAll('input[type=file]')].find((field) =>
    [field.ariaLabel, ...[...field.labels].map((label) => label.textContent)].some((name) =>
      name && name.trim().replace(/\\s+/g, ' ') === arguments[0]));";

/// A tab with the app. Clones are the same tab.
#[derive(Clone)]
pub struct Page {
    session: Rc<Session>,
    window: String,
    base: String,
}

/// Addresses and tabs.
impl Page {
    pub(crate) fn new(session: Rc<Session>, base: &str) -> Self {
        let page = Self {
            window: session.current(),
            base: base.to_owned(),
            session,
        };
        page.apply_size();
        page
    }

    /// Opens a route such as "#/deals/open", or "" for the start.
    #[track_caller]
    pub fn goto(&self, route: &str) {
        self.open(&format!("{}{route}", self.base));
    }

    #[track_caller]
    fn open(&self, url: &str) {
        // Its driver would load the page again, where an address that a person
        // enters again leads nowhere.
        if self.session.browser == Browser::WebKit && url.contains('#') && self.url() == url {
            return;
        }
        self.ask_driver("open a page", |client| {
            client.post("/url", &json!({ "url": url })).map(drop)
        });
    }

    /// Loads the page again.
    #[track_caller]
    pub fn reload(&self) {
        self.ask_driver("reload", |client| {
            client.post("/refresh", &json!({})).map(drop)
        });
    }

    /// Goes back in the history of the tab.
    #[track_caller]
    pub fn back(&self) {
        self.ask_driver("go back", |client| {
            client.post("/back", &json!({})).map(drop)
        });
    }

    /// Opens another tab of the same browser, with the same saved data.
    #[track_caller]
    #[must_use]
    pub fn new_tab(&self) -> Self {
        let kind = match self.session.browser {
            Browser::Chromium | Browser::Firefox => "tab",
            // Its driver never brings a tab to the front.
            Browser::WebKit => "window",
        };
        let answer = self.ask_driver("open a tab", |client| {
            client.post("/window/new", &json!({ "type": kind }))
        });
        let window = answer
            .get("handle")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let tab = Self {
            window,
            ..self.clone()
        };
        tab.apply_size();
        tab
    }

    /// Kills the browser outright, as a power cut would, and starts it again
    /// with the same profile: a page in it.
    #[track_caller]
    #[must_use]
    pub fn kill_browser(&self) -> Self {
        demand(
            self.session.kill_and_start(),
            "the browser does not start again",
        );
        Self::new(self.session.clone(), &self.base)
    }

    /// Closes this tab; another one must be used from then on.
    #[track_caller]
    pub fn close(self) {
        self.ask_driver("close the tab", |client| client.delete("/window").map(drop));
    }

    /// The whole address.
    #[track_caller]
    #[must_use]
    pub fn url(&self) -> String {
        let url = self.ask_driver("read the address", |client| client.get("/url"));
        url.as_str().unwrap_or_default().to_owned()
    }

    /// The address of the built folder.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The part of the address from the # on.
    #[track_caller]
    #[must_use]
    pub fn route(&self) -> String {
        self.url()
            .split_once('#')
            .map_or_else(String::new, |(_, route)| format!("#{route}"))
    }

    /// The document's title.
    #[track_caller]
    #[must_use]
    pub fn title(&self) -> String {
        self.ask_driver("read the title", |client| client.get("/title"))
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}

/// Ways to find and act; see [`Locator`].
impl Page {
    /// The element of this role and accessible name.
    #[must_use]
    pub fn by_role(&self, role: &str, name: impl Into<Name>) -> Locator {
        Locator::whole(self.clone()).by_role(role, name)
    }

    /// The field with this label, whatever its role.
    #[must_use]
    pub fn field(&self, label: impl Into<Name>) -> Locator {
        Locator::whole(self.clone()).field(label)
    }

    /// The region with this name, to look for things inside of it.
    #[must_use]
    pub fn within(&self, region: impl Into<Name>) -> Locator {
        self.by_role("region", region)
    }

    /// Chooses an option of the native select with this label.
    #[track_caller]
    pub fn select(&self, label: &str, option: &str) {
        self.field(label).choose(option);
    }

    /// Gives a file to the file field with this label or `aria-label`. It may
    /// be hidden behind a button, and then the browser computes no name for it.
    #[track_caller]
    pub fn choose_file(&self, label: &str, path: &Path) {
        let path = demand(path.canonicalize(), path.display());
        let given = wait::until(self.patience(), || {
            self.activate()?;
            let client = &self.session.client;
            let field = client.execute(FILE_FIELD, &[json!(label)])?;
            let field = Element::from_json(&field).ok_or_else(|| NotYet::new("there is none"))?;
            Ok(client.act(&field, "value", &json!({ "text": path }))?)
        });
        demand(
            given,
            format_args!("cannot give a file to the file field {label:?}"),
        );
    }

    /// All text of the page as it is shown, with single spaces.
    #[track_caller]
    #[must_use]
    pub fn text(&self) -> String {
        Locator::whole(self.clone()).text()
    }
}

/// The browser around the page.
impl Page {
    /// The name and the version of the browser.
    #[must_use]
    pub fn browser(&self) -> String {
        let version = self.session.client.browser_version();
        format!("{} {version}", self.session.browser)
    }

    /// A command of the DevTools protocol, for what WebDriver can't do.
    /// Chromium alone has it.
    #[track_caller]
    pub fn devtools(&self, command: &str, parameters: &Value) -> Value {
        let browser = self.session.browser;
        if browser != Browser::Chromium {
            fail(format_args!("{command} needs Chromium, this is {browser}"));
        }
        let body = json!({ "cmd": command, "params": parameters });
        self.ask_driver(command, |client| client.post("/goog/cdp/execute", &body))
    }

    /// Runs the body of a function in the page.
    #[track_caller]
    pub fn evaluate(&self, script: &str, arguments: &[Value]) -> Value {
        self.ask_driver("run a script", |client| client.execute(script, arguments))
    }

    /// Like [`Page::evaluate`]; the script's last argument is the function that
    /// takes the result.
    #[track_caller]
    pub fn evaluate_async(&self, script: &str, arguments: &[Value]) -> Value {
        self.ask_driver("run a script", |client| {
            client.execute_async(script, arguments)
        })
    }

    /// What is saved under a key.
    #[track_caller]
    #[must_use]
    pub fn local_storage(&self, key: &str) -> Option<String> {
        let value = self.evaluate("return localStorage.getItem(arguments[0]);", &[json!(key)]);
        value.as_str().map(str::to_owned)
    }

    /// Saves a value under a key. On a tab that has not been anywhere yet, it
    /// is there before the app starts.
    #[track_caller]
    pub fn set_local_storage(&self, key: &str, value: &str) {
        if !self.url().starts_with(&self.base) {
            // The browser asks the server for an icon of a page that names none.
            self.allow_console_error("/favicon.ico");
            self.open(&format!("{}{PLAIN_FILE}", self.base));
        }
        self.evaluate(
            "localStorage.setItem(arguments[0], arguments[1]);",
            &[json!(key), json!(value)],
        );
    }

    /// The folder into which the browser puts what is downloaded.
    #[must_use]
    pub fn download_folder(&self) -> PathBuf {
        self.session.downloads()
    }

    /// Waits for a downloaded file with something in it and gives its path.
    #[track_caller]
    #[must_use]
    pub fn download(&self, name: &str) -> PathBuf {
        let folder = self.session.downloads();
        let file = folder.join(name);
        let found = wait::until(self.patience(), || {
            // The browser makes the file empty first, and fills it afterwards.
            if fs::metadata(&file).is_ok_and(|file| file.is_file() && file.len() > 0) {
                return Ok(file.clone());
            }
            let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
            let names: Vec<String> = entries
                .map(|entry| entry.file_name().to_string_lossy().into_owned())
                .collect();
            Err(NotYet::new(format!("there are {names:?}")))
        });
        demand(found, format_args!("no file {name:?} was downloaded"))
    }

    /// All lines of the console so far, of all tabs: in Firefox only what
    /// scripts have thrown and not caught, in WebKit none.
    #[track_caller]
    #[must_use]
    pub fn console(&self) -> Vec<Message> {
        demand(self.session.console(), "cannot read the console")
    }

    /// The errors in the console. A visit fails at its end if there are any.
    #[track_caller]
    #[must_use]
    pub fn console_errors(&self) -> Vec<Message> {
        demand(self.session.console_errors(), "cannot read the console")
    }

    /// Why the program has broken, as its panel says; none while it runs.
    #[must_use]
    pub(crate) fn broken(&self) -> Option<String> {
        let script = "const panel = document.getElementById('panic');
             return panel && !panel.hidden ? panel.innerText : null;";
        self.activate().ok()?;
        let said = self.session.client.execute(script, &[]).ok()?;
        said.as_str().map(squashed)
    }

    /// Why the program has started again by itself, if it has.
    pub(crate) fn restarted(&self) -> Option<String> {
        let script = "return sessionStorage.getItem('pipewright/again');";
        let mark = self.session.client.execute(script, &[]).ok()?;
        mark.as_str().map(str::to_owned)
    }

    /// Announces errors in the console: those that contain this text are meant to be there.
    pub fn allow_console_error(&self, part: &str) {
        self.session.allow(part);
    }

    /// Waits until a condition of the test's own comes true.
    #[track_caller]
    pub fn wait_until(&self, what: &str, condition: impl Fn() -> bool) {
        let done = wait::until(self.patience(), || {
            if condition() {
                Ok(())
            } else {
                Err(NotYet::new("it is not so"))
            }
        });
        demand(done, format_args!("waited in vain until {what}"));
    }

    /// Sets how long things may take from now on, for instance before a long import.
    pub fn set_patience(&self, patience: Duration) {
        self.session.patience.set(patience);
    }
}

impl Page {
    pub(crate) fn patience(&self) -> Duration {
        self.session.patience.get()
    }

    pub(crate) fn session(&self) -> &Session {
        &self.session
    }

    /// Sends what comes next to this tab.
    pub(crate) fn activate(&self) -> Result<(), Fault> {
        self.session.switch_to(&self.window)
    }

    pub(crate) fn body(&self) -> Result<Element, NotYet> {
        let body = self.session.client.execute("return document.body;", &[])?;
        Element::from_json(&body).ok_or_else(|| NotYet::new("the page has no body"))
    }

    #[track_caller]
    pub(crate) fn ask_driver<T>(
        &self,
        doing: &str,
        request: impl FnOnce(&Client) -> Result<T, Fault>,
    ) -> T {
        let answer = self.activate().and_then(|()| request(&self.session.client));
        demand(answer, format_args!("cannot {doing}"))
    }
}

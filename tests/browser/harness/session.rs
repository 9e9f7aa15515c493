//! A browser with a fresh profile, shared by the tabs of one visit.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use xtask::browsers::Browser;

use crate::display::Display;
use crate::engine::{Driver, PRINTED, ask_for_no_scripts, capabilities, prepare};
use crate::site::Site;
use crate::watch::Offences;
use crate::webdriver::{Client, Fault};

/// How long things may take unless a test says otherwise: long, since the
/// machine may be busy, and without cost where all is well.
const PATIENCE: Duration = Duration::from_secs(15);

/// A line of the browser's console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// "SEVERE", "WARNING", "INFO" or "DEBUG".
    pub level: String,
    /// The text, with the address it comes from.
    pub text: String,
}

impl fmt::Display for Message {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.level, self.text)
    }
}

/// What becomes of pages in a browser.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pages {
    /// The driver waits until they are loaded.
    pub(crate) are_awaited: bool,
    /// Their scripts are run.
    pub(crate) run_scripts: bool,
}

/// A running browser; it is closed and its profile removed with this value.
pub(crate) struct Session {
    pub(crate) client: Client,
    pub(crate) patience: Cell<Duration>,
    pub(crate) size: Cell<(u32, u32)>,
    /// The tab to which the driver sends what comes next.
    current: RefCell<String>,
    console: RefCell<Vec<Message>>,
    allowed: RefCell<Vec<String>>,
    pub(crate) offences: Offences,
    pub(crate) browser: Browser,
    pub(crate) site: Site,
    // Dropped in this order: the driver first, then the folder it uses.
    driver: Driver,
    folder: TempDir,
}

impl Session {
    /// Starts a browser in a window of this size.
    pub(crate) fn start(browser: Browser, size: (u32, u32), pages: Pages) -> Result<Self, String> {
        let folder = tempfile::Builder::new()
            .prefix("pipewright-")
            .tempdir()
            .map_err(|error| error.to_string())?;
        std::fs::create_dir(folder.path().join("downloads")).map_err(|error| error.to_string())?;
        let site = Site::new(folder.path()).map_err(|error| error.to_string())?;
        prepare(browser, folder.path())?;
        let driver = Driver::start(browser, folder.path())?;
        let mut wanted = capabilities(browser, folder.path())?;
        if let Some(wanted) = wanted.as_object_mut().filter(|_| !pages.are_awaited) {
            wanted.insert("pageLoadStrategy".into(), json!("none"));
        }
        if !pages.run_scripts {
            ask_for_no_scripts(browser, &mut wanted);
        }
        let client = Client::connect(&driver.url, &wanted).map_err(|fault| fault.to_string())?;
        allow_downloads(browser, &client, folder.path()).map_err(|fault| fault.to_string())?;
        let handle = client.get("/window").map_err(|fault| fault.to_string())?;
        Ok(Self {
            client,
            patience: Cell::new(PATIENCE),
            size: Cell::new(size),
            current: RefCell::new(handle.as_str().unwrap_or_default().to_owned()),
            console: RefCell::default(),
            allowed: RefCell::default(),
            offences: Offences::default(),
            browser,
            site,
            driver,
            folder,
        })
    }

    pub(crate) fn current(&self) -> String {
        self.current.borrow().clone()
    }

    /// Sends what comes next to this tab.
    pub(crate) fn switch_to(&self, window: &str) -> Result<(), Fault> {
        if *self.current.borrow() != window {
            self.client.post("/window", &json!({ "handle": window }))?;
            window.clone_into(&mut self.current.borrow_mut());
        }
        Ok(())
    }

    /// Kills the browser outright, as a power cut would, and starts it again
    /// with the same profile.
    pub(crate) fn kill_and_start(&self) -> Result<(), String> {
        self.note_offences();
        kill_all(self.folder.path()).map_err(|error| error.to_string())?;
        if self.browser == Browser::Firefox {
            // Its driver has one session at a time, and must be told that this one is over.
            drop(self.client.quit());
        }
        let capabilities = capabilities(self.browser, self.folder.path())?;
        let started = self.client.start_browser(&capabilities);
        let started =
            started.and_then(|()| allow_downloads(self.browser, &self.client, self.folder.path()));
        let handle = started.and_then(|()| self.client.get("/window"));
        let handle = handle.map_err(|fault| fault.to_string())?;
        *self.current.borrow_mut() = handle.as_str().unwrap_or_default().to_owned();
        Ok(())
    }

    pub(crate) fn downloads(&self) -> PathBuf {
        self.folder.path().join("downloads")
    }

    /// The display that the browser draws on.
    pub(crate) fn display(&self) -> Result<&Display, String> {
        let display = self.driver.display.as_ref();
        display.ok_or_else(|| "there is none".to_owned())
    }

    /// The file into which WebKit's browser prints.
    pub(crate) fn printed(&self) -> PathBuf {
        self.folder.path().join(PRINTED)
    }

    pub(crate) fn allow(&self, part: &str) {
        self.allowed.borrow_mut().push(part.to_owned());
    }

    /// Whether the test has announced any error.
    pub(crate) fn expects_errors(&self) -> bool {
        !self.allowed.borrow().is_empty()
    }

    /// Whether what a script has thrown is told of otherwise: by the console, by
    /// the page that it broke, or by the test that has announced it.
    pub(crate) fn tells_of(&self, thrown: &str) -> bool {
        let allowed = self.allowed.borrow();
        self.browser != Browser::WebKit
            || thrown.contains("RuntimeError")
            || allowed.iter().any(|part| thrown.contains(part))
    }

    /// Everything the console has shown so far, as far as the driver tells: in
    /// Chromium all of it, in Firefox what scripts have thrown and not caught,
    /// in WebKit nothing.
    pub(crate) fn console(&self) -> Result<Vec<Message>, Fault> {
        let news = match self.browser {
            Browser::Chromium => self.log()?,
            Browser::Firefox | Browser::WebKit => self.driver.take_errors(),
        };
        self.console.borrow_mut().extend(news);
        Ok(self.console.borrow().clone())
    }

    /// Chromium's console. The driver hands each line out once.
    fn log(&self) -> Result<Vec<Message>, Fault> {
        let answer = self.client.post("/se/log", &json!({ "type": "browser" }))?;
        let text = |entry: &Value, key| {
            entry
                .get(key)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let entries = answer.as_array().into_iter().flatten();
        let messages = entries.map(|entry| Message {
            level: text(entry, "level"),
            text: text(entry, "message"),
        });
        Ok(messages.collect())
    }

    /// The errors among them, without those the test has announced.
    pub(crate) fn console_errors(&self) -> Result<Vec<Message>, Fault> {
        let allowed = self.allowed.borrow();
        let is_allowed = |message: &Message| allowed.iter().any(|part| message.text.contains(part));
        Ok(self
            .console()?
            .into_iter()
            .filter(|message| message.level == "SEVERE" && !is_allowed(message))
            .collect())
    }
}

/// Chromium without windows keeps no file that it is not told to keep.
fn allow_downloads(browser: Browser, client: &Client, folder: &Path) -> Result<(), Fault> {
    if browser != Browser::Chromium {
        return Ok(());
    }
    let wanted = json!({ "behavior": "allow", "downloadPath": folder.join("downloads") });
    let body = json!({ "cmd": "Browser.setDownloadBehavior", "params": wanted });
    client.post("/goog/cdp/execute", &body).map(drop)
}

impl Drop for Session {
    fn drop(&mut self) {
        // A browser that has crashed is closed already.
        drop(self.client.quit());
    }
}

/// Kills every process that was started with something in this folder, but
/// not the driver.
fn kill_all(folder: &Path) -> std::io::Result<()> {
    let profile = folder.join("profile").display().to_string();
    for process in std::fs::read_dir("/proc")?.flatten() {
        let name = process.file_name().to_string_lossy().into_owned();
        let command = std::fs::read(process.path().join("cmdline")).unwrap_or_default();
        let is_ours = String::from_utf8_lossy(&command).contains(&profile);
        if is_ours && name.parse::<u32>().is_ok() {
            Command::new("kill").args(["-KILL", &name]).status()?;
        }
    }
    Ok(())
}

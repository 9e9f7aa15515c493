//! The browsers: how the driver of each is started and what it is asked for.
//!
//! Everything that differs between them is here, in [`Need`], and in the few
//! places of `session` and `page` that ask which browser it is.

mod chromium;
mod firefox;
mod used_profile;
mod webkit;

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use serde_json::Value;
pub(crate) use webkit::PRINTED;
use xtask::browsers::{Browser, Installed};

use crate::display::Display;
use crate::session::Message;

/// Something that a test needs and not every browser's driver can do. A test
/// says so by [`crate::Visit::needs`], and is left out where it is lacking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// A profile that outlives its browser.
    Profile,
    /// A look at a page while one of its scripts has not come.
    ScriptsToCome,
    /// A system that gives the colours.
    ForcedColors,
}

impl Need {
    /// Why it can't be had in this browser, if it can't.
    pub(crate) fn lacking_in(self, browser: Browser) -> Option<&'static str> {
        match (browser, self) {
            (Browser::WebKit, Self::ForcedColors) => Some("it has no forced colours"),
            (Browser::Firefox, Self::ScriptsToCome) => {
                Some("its driver does nothing until all scripts are there")
            }
            (Browser::WebKit, Self::Profile) => Some("it keeps nothing on disk while it is driven"),
            _ => None,
        }
    }
}

/// Processes that end with this value, so that none is left behind: the
/// driver, and the display that its browser draws on, if it needs one.
pub(crate) struct Driver {
    processes: Vec<Child>,
    errors: Arc<Mutex<Vec<Message>>>,
    /// What the browser draws on, if that is ours.
    pub(crate) display: Option<Display>,
    pub(crate) url: String,
}

/// Puts into the folder what the browser is to find there at its first start.
pub(crate) fn prepare(browser: Browser, folder: &Path) -> Result<(), String> {
    match browser {
        Browser::Firefox => used_profile::copy_to(&folder.join("profile")),
        Browser::Chromium | Browser::WebKit => Ok(()),
    }
}

impl Driver {
    /// Starts the driver on a free port.
    pub(crate) fn start(browser: Browser, folder: &Path) -> Result<Self, String> {
        let installed = installed(browser)?;
        let mut command = Command::new(&installed.driver);
        command
            // The clock and the language of the machine must not matter.
            .envs([
                ("TZ", "UTC"),
                ("LANG", "en_US.UTF-8"),
                ("LANGUAGE", "en_US"),
            ])
            // Debian's start script and the browsers keep their own files here.
            .env("TMPDIR", folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut driver = Self {
            processes: Vec::new(),
            errors: Arc::default(),
            display: None,
            url: String::new(),
        };
        let port = match browser {
            Browser::Chromium => chromium::start(&mut driver, command),
            Browser::Firefox => firefox::start(&mut driver, command, folder),
            Browser::WebKit => webkit::start(&mut driver, command, folder),
        }?;
        driver.url = format!("http://127.0.0.1:{port}");
        Ok(driver)
    }

    /// The errors of pages that the browser has written to its output since
    /// this was last asked. Firefox alone does so.
    pub(crate) fn take_errors(&self) -> Vec<Message> {
        std::mem::take(&mut *self.errors.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Starts a process that ends with this value.
    fn spawn(&mut self, command: &mut Command) -> Result<&mut Child, String> {
        let program = command.get_program().to_string_lossy().into_owned();
        let process = command
            .spawn()
            .map_err(|error| format!("{program}: {error}"))?;
        self.processes.push(process);
        self.processes
            .last_mut()
            .ok_or_else(|| "it is gone".to_owned())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The driver before the display that it draws on.
        while let Some(mut process) = self.processes.pop() {
            // Gone already is as good as killed.
            drop(process.kill());
            drop(process.wait());
        }
    }
}

/// What the session is asked for: a profile of its own in `folder`, downloads
/// into its folder `downloads`.
pub(crate) fn capabilities(browser: Browser, folder: &Path) -> Result<Value, String> {
    let program = installed(browser)?.browser;
    Ok(match browser {
        Browser::Chromium => chromium::capabilities(&program, folder),
        Browser::Firefox => firefox::capabilities(&program, folder),
        Browser::WebKit => webkit::capabilities(&program),
    })
}

/// Asks for a browser that runs no scripts of pages.
pub(crate) fn ask_for_no_scripts(browser: Browser, capabilities: &mut Value) {
    let (place, argument) = match browser {
        Browser::Chromium => (
            "/goog:chromeOptions/args",
            "--blink-settings=scriptEnabled=false",
        ),
        Browser::Firefox => ("/moz:firefoxOptions/prefs", "javascript.enabled"),
        Browser::WebKit => (
            "/webkitgtk:browserOptions/args",
            "--enable-javascript=false",
        ),
    };
    match capabilities.pointer_mut(place) {
        Some(Value::Array(arguments)) => arguments.push(argument.into()),
        Some(Value::Object(preferences)) => {
            preferences.insert(argument.into(), false.into());
        }
        _ => {}
    }
}

fn installed(browser: Browser) -> Result<Installed, String> {
    browser.find().map_err(|error| error.to_string())
}

/// Looks for something in the lines of an output, and reads on, or the
/// process stops when the pipe is full.
fn found_in<T>(
    output: Option<impl Read + Send + 'static>,
    find: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let mut lines = BufReader::new(output?).lines();
    let found = lines
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| find(&line));
    thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
    found
}

//! The browsers: how each is started and what it is asked for.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;

use serde_json::{Value, json};

/// A browser engine that the tests can run in. Each needs its driver's start
/// and its capabilities here, and nothing anywhere else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Browser {
    /// Chromium by chromedriver.
    #[default]
    Chromium,
}

/// A driver's process; it ends with this value, so that none is left behind.
pub(crate) struct Driver {
    process: Child,
    pub(crate) url: String,
}

impl Driver {
    /// Starts the driver on a port that it chooses itself.
    pub(crate) fn start(browser: Browser, folder: &Path) -> Result<Self, String> {
        let Browser::Chromium = browser;
        let installed = xtask::browsers::chromium().map_err(|error| error.to_string())?;
        let mut process = Command::new(&installed.driver)
            .arg("--port=0")
            // The clock and the language of the machine must not matter.
            .envs([
                ("TZ", "UTC"),
                ("LANG", "en_US.UTF-8"),
                ("LANGUAGE", "en_US"),
            ])
            // Debian's start script and Chromium keep their own files here.
            .env("TMPDIR", folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{}: {error}", installed.driver.display()))?;
        let Some(output) = process.stdout.take() else {
            return Err("chromedriver has no output".into());
        };
        let mut driver = Self {
            process,
            url: String::new(),
        };
        let mut lines = BufReader::new(output).lines();
        let port = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| port_in(&line));
        driver.url = format!(
            "http://127.0.0.1:{}",
            port.ok_or("chromedriver did not start")?
        );
        // Read on, or the driver stops when the pipe is full.
        thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Ok(driver)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Gone already is as good as killed.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// What the session is asked for: a profile of its own in `folder`, downloads
/// into its folder `downloads`.
pub(crate) fn capabilities(browser: Browser, folder: &Path) -> Result<Value, String> {
    let Browser::Chromium = browser;
    let installed = xtask::browsers::chromium().map_err(|error| error.to_string())?;
    let profile = format!("--user-data-dir={}", folder.join("profile").display());
    Ok(json!({
        "browserName": "chrome",
        "goog:loggingPrefs": { "browser": "ALL" },
        "timeouts": { "script": 60_000, "pageLoad": 60_000, "implicit": 0 },
        "unhandledPromptBehavior": "ignore",
        "goog:chromeOptions": {
            "binary": installed.browser,
            "args": [
                profile,
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--lang=en-US",
            ],
            "prefs": {
                "download.default_directory": folder.join("downloads"),
                "download.prompt_for_download": false,
                "profile.default_content_setting_values.automatic_downloads": 1,
                "intl.accept_languages": "en-US,en",
            },
        },
    }))
}

fn port_in(line: &str) -> Option<u16> {
    line.split_once("started successfully on port ")?
        .1
        .trim_end_matches('.')
        .parse()
        .ok()
}

//! Chromium by chromedriver.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::{Driver, found_in};

/// How often the driver is started until it says its port.
const ATTEMPTS: usize = 3;

pub(super) fn start(driver: &mut Driver, mut command: Command) -> Result<u16, String> {
    command.arg("--port=0");
    // On a busy machine another process may take the port that it has chosen.
    for _ in 0..ATTEMPTS {
        let process = driver.spawn(&mut command)?;
        let port = found_in(process.stdout.take(), |line| {
            line.split_once("started successfully on port ")?
                .1
                .trim_end_matches('.')
                .parse()
                .ok()
        });
        if let Some(port) = port {
            return Ok(port);
        }
    }
    Err(format!("chromedriver did not start in {ATTEMPTS} attempts"))
}

pub(super) fn capabilities(program: &Path, folder: &Path) -> Value {
    let profile = format!("--user-data-dir={}", folder.join("profile").display());
    let is_shell = program.to_string_lossy().ends_with("-headless-shell");
    json!({
        "browserName": if is_shell { "chrome-headless-shell" } else { "chrome" },
        "goog:loggingPrefs": { "browser": "ALL" },
        "timeouts": { "script": 60_000, "pageLoad": 60_000, "implicit": 0 },
        "unhandledPromptBehavior": "ignore",
        "goog:chromeOptions": {
            "binary": program,
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
                // Some tests go from screen to screen faster than any person.
                "--disable-ipc-flooding-protection",
                "--lang=en-US",
            ],
            "prefs": {
                "download.default_directory": folder.join("downloads"),
                "download.prompt_for_download": false,
                "profile.default_content_setting_values.automatic_downloads": 1,
                "intl.accept_languages": "en-US,en",
            },
        },
    })
}

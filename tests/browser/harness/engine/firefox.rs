//! Firefox by geckodriver.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, PoisonError};
use std::thread;

use serde_json::{Value, json};

use super::{Driver, found_in};
use crate::session::Message;

/// Lets a window be as narrow as a phone.
const STYLE: &str = ":root, body { min-width: 0 !important; }";

pub(super) fn start(
    driver: &mut Driver,
    mut command: Command,
    folder: &Path,
) -> Result<u16, String> {
    let style = folder.join("profile/chrome");
    fs::create_dir_all(&style)
        .and_then(|()| fs::write(style.join("userChrome.css"), STYLE))
        .map_err(|error| error.to_string())?;
    let errors = Arc::clone(&driver.errors);
    let process = driver.spawn(
        command
            // With the right to the browser's settings, of which one is the colour scheme.
            .args(["--port=0", "--websocket-port=0", "--allow-system-access"])
            .env("HOME", folder)
            .stderr(Stdio::piped()),
    )?;
    if let Some(output) = process.stderr.take() {
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let mut errors = errors.lock().unwrap_or_else(PoisonError::into_inner);
                errors.extend(error_in(&line));
            }
        });
    }
    let port = found_in(process.stdout.take(), |line| {
        let (_, address) = line.split_once("Listening on 127.0.0.1:")?;
        address.trim().parse().ok()
    });
    port.ok_or_else(|| "geckodriver did not start".into())
}

/// What a page has thrown and not caught; not what the browser's own scripts
/// have, nor what a script meets that still runs while its page is left.
fn error_in(line: &str) -> Option<Message> {
    let text = line.strip_prefix("JavaScript error: ")?;
    let is_of_page = text.starts_with("http://127.0.0.1");
    let is_left = text.contains("NS_ERROR_XPC_SECURITY_MANAGER_VETO");
    (is_of_page && !is_left).then(|| Message {
        level: "SEVERE".into(),
        text: text.into(),
    })
}

pub(super) fn capabilities(program: &Path, folder: &Path) -> Value {
    json!({
        "browserName": "firefox",
        "timeouts": { "script": 60_000, "pageLoad": 60_000, "implicit": 0 },
        "unhandledPromptBehavior": "ignore",
        "moz:firefoxOptions": {
            "binary": program,
            "args": ["-headless", "-profile", folder.join("profile")],
            "prefs": {
                "browser.download.dir": folder.join("downloads"),
                "browser.download.folderList": 2,
                "browser.download.alwaysOpenPanel": false,
                "browser.dom.window.dump.enabled": true,
                "intl.accept_languages": "en-US,en",
                "intl.locale.requested": "en-US",
                "dom.navigation.navigationRateLimit.count": 0,
                "layout.css.prefers-color-scheme.content-override": 1,
                "toolkit.legacyUserProfileCustomizations.stylesheets": true,
                // Processes that no test needs, which each start would wait for.
                "dom.ipc.processPrelaunch.enabled": false,
                "browser.tabs.remote.separatePrivilegedContentProcess": false,
                "browser.newtab.preload": false,
                "browser.newtabpage.enabled": false,
                "browser.startup.page": 0,
            },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_errors_of_pages_count() {
        let error = error_in("JavaScript error: http://127.0.0.1:8770/, line 2: Error: thrown");
        assert!(error.unwrap().text.ends_with("Error: thrown"));
        assert_eq!(error_in("JavaScript error: , line 0: AbortError"), None);
        assert_eq!(error_in("console.error: \"something\""), None);
    }
}

//! WebKitGTK's small browser by WebKitWebDriver. It has no headless mode, so
//! each session has a display of its own, which nobody sees.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use super::{Driver, found_in};
use crate::display::Display;
use crate::wait::{self, NotYet};

/// Lets a window be as narrow as a phone.
const STYLE: &str =
    "* { min-width: 0; margin-left: 0; margin-right: 0; padding-left: 0; padding-right: 0; }";

/// The one printer: into [`PRINTED`].
const SETTINGS: &str = "[Settings]\ngtk-print-backends=file\n";

/// The file that the dialog for printing proposes, in the browser's folder.
pub(crate) const PRINTED: &str = "output.pdf";

/// How long the driver may take to listen.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) fn start(
    driver: &mut Driver,
    mut command: Command,
    folder: &Path,
) -> Result<u16, String> {
    let mut display = Command::new("Xvfb");
    display
        .args(["-displayfd", "1", "-screen", "0", "1920x1200x24"])
        .args(["-nolisten", "tcp"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let display = driver.spawn(&mut display)?;
    let number = found_in(display.stdout.take(), |line| {
        line.trim().parse::<u32>().ok()
    });
    let number = number.ok_or("Xvfb did not start")?;
    let display = Display::open(number).map_err(|error| error.to_string())?;
    driver.display = Some(display);

    let settings = folder.join("settings");
    let downloads = folder.join("downloads");
    let toolkit = settings.join("gtk-3.0");
    fs::create_dir_all(&toolkit)
        .and_then(|()| fs::write(toolkit.join("gtk.css"), STYLE))
        .and_then(|()| fs::write(toolkit.join("settings.ini"), SETTINGS))
        .and_then(|()| {
            let line = format!("XDG_DOWNLOAD_DIR=\"{}\"\n", downloads.display());
            fs::write(settings.join("user-dirs.dirs"), line)
        })
        .map_err(|error| error.to_string())?;

    let port = free_port()?;
    command
        .arg(format!("--port={port}"))
        .current_dir(folder)
        .env("DISPLAY", format!(":{number}"))
        .env("GDK_BACKEND", "x11")
        .env("XDG_CONFIG_HOME", settings)
        .env("XDG_DATA_HOME", folder.join("profile"))
        .env("XDG_CACHE_HOME", folder.join("cache"))
        // Its processes end a moment after the driver, and must not write then
        // into a folder that is being removed.
        .env("MESA_SHADER_CACHE_DISABLE", "true")
        // What is drawn without a graphics card is drawn by the processor; the
        // way around by commands for a card takes a sixth more of its time.
        .env("WEBKIT_SKIA_ENABLE_CPU_RENDERING", "1")
        // Layers are put together by the processor, too: its helpers cost more
        // than they help where several browsers share two of them. A page that
        // lives for seconds is not worth compiling a second time.
        .env("LP_NUM_THREADS", "0")
        .env("JSC_useOMGJIT", "0")
        // WebKitGTK 2.50.6 goes astray in memory at times when it has gone over to
        // code that another thread has compiled (ARCHITECTURE, about traps).
        .env("JSC_useConcurrentJIT", "0")
        .env("JSC_useWasmOSR", "0")
        // There is no sandbox within a container, nor for root.
        .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
        .stdout(Stdio::null());
    driver.spawn(&mut command)?;
    let listens = wait::until(PATIENCE, || {
        TcpStream::connect(("127.0.0.1", port)).map_err(|error| NotYet::new(error.to_string()))
    });
    listens.map_err(|why| format!("WebKitWebDriver did not start: {why}"))?;
    Ok(port)
}

/// A port that nobody has. The driver can't choose one itself.
fn free_port() -> Result<u16, String> {
    TcpListener::bind(("127.0.0.1", 0))
        .and_then(|socket| socket.local_addr())
        .map(|address| address.port())
        .map_err(|error| error.to_string())
}

pub(super) fn capabilities(program: &Path) -> Value {
    json!({
        "timeouts": { "script": 60_000, "pageLoad": 60_000, "implicit": 0 },
        "unhandledPromptBehavior": "ignore",
        "webkitgtk:browserOptions": { "binary": program, "args": ["--automation"] },
    })
}

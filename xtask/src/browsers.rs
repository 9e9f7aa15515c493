//! Where the browser tests find their browser, its driver and axe-core.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{find_program, output_of, run};
use crate::tools::{cache_dir, has, once};
use crate::{Error, Result, say};

/// The accessibility checker that the tests put into the pages.
const AXE_VERSION: &str = "4.14.1";

/// A browser and the program that drives it by WebDriver.
#[derive(Clone, Debug)]
pub struct Installed {
    /// The browser's program.
    pub browser: PathBuf,
    /// The driver's program.
    pub driver: PathBuf,
}

/// Chromium and chromedriver, where they are installed. The variables CHROMIUM
/// and CHROMEDRIVER name programs outside the path.
///
/// # Errors
/// When one of them is missing.
pub fn chromium() -> Result<Installed> {
    let remedy = "install Chromium and its driver of the same version \
        (Debian: apt-get install chromium chromium-driver), or name them in CHROMIUM and CHROMEDRIVER";
    let browser = named(
        "CHROMIUM",
        &[
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
        ],
    )
    .ok_or_else(|| Error::missing("chromium", remedy))?;
    let driver = named("CHROMEDRIVER", &["chromedriver", "chromium.chromedriver"])
        .ok_or_else(|| Error::missing("chromedriver", remedy))?;
    Ok(Installed { browser, driver })
}

/// Makes sure of Chromium: root on Debian gets it from the system's packages.
///
/// # Errors
/// When it is missing and can't be installed.
pub fn ensure_chromium() -> Result<Installed> {
    let missing = match chromium() {
        Ok(installed) => return Ok(installed),
        Err(missing) => missing,
    };
    let is_root = output_of(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    if !is_root || !Path::new("/etc/debian_version").exists() || !has("apt-get") {
        return Err(missing);
    }
    say("installing chromium and chromium-driver with apt-get (1 to 5 minutes)");
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        command
            .env("DEBIAN_FRONTEND", "noninteractive")
            .arg("-qq")
            .args(arguments);
        run(
            &mut command,
            "apt-get",
            "install chromium and chromium-driver by hand",
        )
    };
    apt(&["update"])?;
    // Without any font the pages of a bare machine would have no text to look at.
    apt(&[
        "install",
        "-y",
        "--no-install-recommends",
        "chromium",
        "chromium-driver",
        "fonts-liberation",
    ])?;
    chromium()
}

/// The source of axe-core, if it was fetched.
#[must_use]
pub fn axe() -> Option<PathBuf> {
    let file = axe_folder().ok()?.join("node_modules/axe-core/axe.min.js");
    file.is_file().then_some(file)
}

/// Fetches axe-core by npm where npm is there; otherwise says that the tests
/// do without it. No crate ships it, and the repository holds no copy.
///
/// # Errors
/// When npm is there but can't fetch it.
pub fn ensure_axe() -> Result<()> {
    if axe().is_some() {
        return Ok(());
    }
    if !has("npm") {
        say(
            "npm is missing, so the accessibility checks of axe-core are left out (they come from npm alone)",
        );
        return Ok(());
    }
    let folder = axe_folder()?;
    let name = format!("axe-core-{AXE_VERSION}");
    once(
        &name,
        || axe().is_some(),
        || {
            say(format_args!("fetching {name} by npm (a few seconds)"));
            // Into a folder beside it, moved when complete: an interrupted fetch must not look finished.
            let partial = folder.with_extension("partial");
            fs::create_dir_all(&partial).map_err(Error::file("make the folder", &partial))?;
            let mut npm = Command::new("npm");
            npm.args([
                "install",
                "--silent",
                "--no-save",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--prefix",
            ]);
            npm.arg(&partial).arg(format!("axe-core@{AXE_VERSION}"));
            run(&mut npm, "npm install axe-core", "install npm")?;
            fs::rename(&partial, &folder).map_err(Error::file("move to its place", &partial))
        },
    )
}

fn axe_folder() -> Result<PathBuf> {
    Ok(cache_dir()?.join(format!("axe-core-{AXE_VERSION}")))
}

fn named(variable: &str, programs: &[&str]) -> Option<PathBuf> {
    env::var_os(variable)
        .map(PathBuf::from)
        .filter(|program| program.is_file())
        .or_else(|| programs.iter().find_map(|program| find_program(program)))
}

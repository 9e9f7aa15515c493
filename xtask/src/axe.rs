//! The accessibility checker that the browser tests put into the pages.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::process::run;
use crate::tools::{cache_dir, has, once};
use crate::{Error, Result, say};

const VERSION: &str = "4.14.1";

/// The source of axe-core, if it was fetched.
#[must_use]
pub fn source() -> Option<PathBuf> {
    let file = folder().ok()?.join("node_modules/axe-core/axe.min.js");
    file.is_file().then_some(file)
}

/// Fetches axe-core by npm where npm is there; otherwise says that the tests
/// do without it. No crate ships it, and the repository holds no copy.
///
/// # Errors
/// When npm is there but can't fetch it.
pub fn ensure() -> Result<()> {
    if source().is_some() {
        return Ok(());
    }
    if !has("npm") {
        say(
            "npm is missing, so the accessibility checks of axe-core are left out (they come from npm alone)",
        );
        return Ok(());
    }
    let folder = folder()?;
    let name = format!("axe-core-{VERSION}");
    once(
        &name,
        || source().is_some(),
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
            npm.arg(&partial).arg(format!("axe-core@{VERSION}"));
            run(&mut npm, "npm install axe-core", "install npm")?;
            fs::rename(&partial, &folder).map_err(Error::file("move to its place", &partial))
        },
    )
}

fn folder() -> Result<PathBuf> {
    Ok(cache_dir()?.join(format!("axe-core-{VERSION}")))
}

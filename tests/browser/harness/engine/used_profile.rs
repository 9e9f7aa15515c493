//! A profile that Firefox has been started with before. What it makes at the
//! first start with a new one takes two fifths of the processor's time of a
//! start, and would take it in every test.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use xtask::browsers::{Browser, Installed};
use xtask::process::output_of;
use xtask::{say, tools};

use super::{Driver, capabilities, installed};
use crate::webdriver::Client;

/// Puts what is in that profile into this folder.
pub(super) fn copy_to(profile: &Path) -> Result<(), String> {
    static KEPT: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let kept = KEPT.get_or_init(ensure).as_ref().map_err(Clone::clone)?;
    copy(kept, profile).map_err(|error| format!("{}: {error}", kept.display()))
}

/// Makes sure of it, among the tools that all checkouts share.
fn ensure() -> Result<PathBuf, String> {
    let name = name_for(&installed(Browser::Firefox)?);
    let tools = tools::cache_dir().map_err(|error| error.to_string())?;
    let folder = tools.join(&name);
    let failed = |detail| xtask::Error::Unexpected {
        what: name.clone(),
        detail,
    };
    let made = tools::once(&name, || folder.is_dir(), || make(&folder).map_err(failed));
    made.map_err(|error| error.to_string())?;
    Ok(folder)
}

/// Another one for another Firefox, and for other settings, which stay in it.
fn name_for(firefox: &Installed) -> String {
    let mut hasher = DefaultHasher::new();
    output_of(Command::new(&firefox.browser).arg("--version")).hash(&mut hasher);
    let wanted = super::firefox::capabilities(&firefox.browser, Path::new(""));
    wanted.to_string().hash(&mut hasher);
    format!("firefox-profile-{:016x}", hasher.finish())
}

fn make(kept: &Path) -> Result<(), String> {
    say("starting Firefox once, for the profile that all its tests begin with");
    let folder = tempfile::Builder::new().prefix("pipewright-").tempdir();
    let folder = folder.map_err(|error| error.to_string())?;
    let driver = Driver::start(Browser::Firefox, folder.path())?;
    let wanted = capabilities(Browser::Firefox, folder.path())?;
    let client = Client::connect(&driver.url, &wanted).map_err(|fault| fault.to_string())?;
    // It has written everything when it has ended.
    client.quit().map_err(|fault| fault.to_string())?;
    drop(driver);
    let part = kept.with_extension("part");
    copy(&folder.path().join("profile"), &part)
        .and_then(|()| fs::rename(&part, kept))
        .map_err(|error| error.to_string())
}

/// Copies the files of a folder; the mark that Firefox runs with it is none.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (kind, to) = (entry.file_type()?, to.join(entry.file_name()));
        if kind.is_dir() {
            copy(&entry.path(), &to)?;
        } else if kind.is_file() {
            fs::copy(entry.path(), &to)?;
        }
    }
    Ok(())
}

//! What is served to a visit: the release, or a copy of it that a test has
//! changed.

use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

/// The scripts that run before those of the app.
const SCRIPT: &str = "before-start.js";

/// A folder to serve. It is the release itself until a test changes it.
pub(crate) struct Site {
    folder: PathBuf,
}

impl Site {
    /// The release, under a name within the visit's own folder.
    pub(crate) fn new(visit: &Path) -> io::Result<Self> {
        let folder = visit.join("site");
        symlink(xtask::dist_dir(), &folder)?;
        Ok(Self { folder })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The security policy allows it, since it is one of the page's own files.
    pub(crate) fn run_before_start(&self, script: &str) -> io::Result<()> {
        self.make_own()?;
        let file = self.folder.join(SCRIPT);
        let before = fs::read_to_string(&file).unwrap_or_default();
        fs::write(&file, format!("{before}{{ {script} }}\n"))?;
        let index = self.folder.join("index.html");
        let page = fs::read_to_string(&index)?;
        let tag = format!("<script src=\"./{SCRIPT}\"></script>");
        if page.contains(&tag) {
            return Ok(());
        }
        fs::write(
            &index,
            page.replacen("<script", &format!("{tag}<script"), 1),
        )
    }

    pub(crate) fn take_away(&self, ending: &str) -> io::Result<()> {
        self.make_own()?;
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if path.to_string_lossy().ends_with(ending) {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }

    fn make_own(&self) -> io::Result<()> {
        if self.folder.is_symlink() {
            fs::remove_file(&self.folder)?;
            copy(&xtask::dist_dir(), &self.folder)?;
        }
        Ok(())
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

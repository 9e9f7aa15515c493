//! What is served to a visit: the release, with a script in its page that
//! watches it (see `watch`) and with what a test has changed, by a server that
//! can be stopped and started again.

use std::cell::RefCell;
use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use xtask::manners::Manners;
use xtask::server::Server;
use xtask::single;
use xtask::trouble::Troubles;

use crate::watch;

/// The scripts that run before those of the app.
const SCRIPT: &str = "before-start.js";
/// The script that keeps the app for starts without the network.
const VERSIONS: &str = "versions.js";

/// The page.
const PAGE: &str = "index.html";

/// A folder that is served: links to the files of the release, until a test
/// puts others in their place.
pub(crate) struct Site {
    folder: PathBuf,
    pub(crate) troubles: Troubles,
    server: RefCell<Option<Server>>,
    /// Where it is served, and how: the path, the port from the first start on.
    place: RefCell<(String, u16, Manners)>,
}

impl Site {
    /// The release, within the visit's own folder.
    pub(crate) fn new(visit: &Path) -> io::Result<Self> {
        let folder = visit.join("site");
        fs::create_dir(&folder)?;
        for entry in fs::read_dir(xtask::dist_dir())? {
            let entry = entry?;
            symlink(entry.path(), folder.join(entry.file_name()))?;
        }
        let site = Self {
            folder,
            troubles: Troubles::default(),
            server: RefCell::default(),
            place: RefCell::new(("/".into(), 0, Manners::GOOD)),
        };
        site.put(
            PAGE,
            watch::watched(&site.text(PAGE)?).ok_or_else(no_policy)?,
        )?;
        Ok(site)
    }

    /// The app as one file, in a folder where nothing else is.
    pub(crate) fn one_file(&self) -> io::Result<PathBuf> {
        let file = fs::read(self.folder.join(single::NAME))?;
        let watched = watch::watched_file(&file).ok_or_else(no_policy)?;
        let folder = self.folder.with_extension("one-file");
        fs::create_dir_all(&folder)?;
        let file = folder.join(single::NAME);
        fs::write(&file, watched)?;
        Ok(file)
    }

    /// Keeps nothing for starts without the network: that would be work in the
    /// background of every visit, and few look at it.
    pub(crate) fn keep_nothing(&self) -> io::Result<()> {
        self.put(VERSIONS, "// Nothing is kept in this visit.\n")
    }

    /// Serves it under this path and with these manners from now on; its address.
    pub(crate) fn serve(&self, mount: &str, manners: Manners) -> Result<String, String> {
        *self.place.borrow_mut() = (mount.to_owned(), 0, manners);
        self.start()
    }

    /// Goes on serving, at the same address.
    pub(crate) fn start(&self) -> Result<String, String> {
        let (mount, port, manners) = self.place.borrow().clone();
        let server = Server::start_with(&self.folder, &mount, port, manners, &self.troubles)
            .map_err(|error| error.to_string())?;
        self.place.borrow_mut().1 = server.port();
        let url = server.url();
        *self.server.borrow_mut() = Some(server);
        Ok(url)
    }

    /// Serves nothing until it is started again.
    pub(crate) fn stop(&self) {
        self.server.borrow_mut().take();
    }

    /// The security policy allows it, since it is one of the page's own files.
    pub(crate) fn run_before_start(&self, script: &str) -> io::Result<()> {
        let before = self.text(SCRIPT).unwrap_or_default();
        self.put(SCRIPT, format!("{before}{{ {script} }}\n"))?;
        let page = self.text(PAGE)?;
        let tag = format!("<script src=\"./{SCRIPT}\"></script>");
        if page.contains(&tag) {
            return Ok(());
        }
        let page = page.replacen("<script", &format!("{tag}<script"), 1);
        self.put(PAGE, &page)
    }

    pub(crate) fn take_away(&self, ending: &str) -> io::Result<()> {
        for path in self.paths_ending(ending)? {
            fs::remove_file(path)?;
        }
        Ok(())
    }

    /// Puts a file where it is not, or in the place of what is there.
    pub(crate) fn put(&self, name: &str, content: impl AsRef<[u8]>) -> io::Result<()> {
        let file = self.folder.join(name);
        // The link, never the file of the release behind it; nor is a packed
        // copy of that to be served instead.
        for link in [name.to_owned(), format!("{name}.br"), format!("{name}.gz")] {
            match fs::remove_file(self.folder.join(link)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(file, content)
    }

    /// What a file of it says.
    pub(crate) fn text(&self, name: &str) -> io::Result<String> {
        fs::read_to_string(self.folder.join(name))
    }

    /// The names of its files that end so.
    pub(crate) fn names(&self, ending: &str) -> io::Result<Vec<String>> {
        let paths = self.paths_ending(ending)?.into_iter();
        let name = |path: PathBuf| Some(path.file_name()?.to_string_lossy().into_owned());
        let mut names: Vec<String> = paths.filter_map(name).collect();
        names.retain(|name| name.ends_with(ending));
        names.sort();
        Ok(names)
    }

    /// Makes a version of what is there now, as the build does.
    pub(crate) fn publish(&self) -> Result<(), String> {
        // The link, never the file of the release behind it.
        self.put("sw.js", "").map_err(|error| error.to_string())?;
        xtask::offline::write_worker(&self.folder).map_err(|error| error.to_string())
    }

    /// Its files whose names end so, and packed copies of such.
    fn paths_ending(&self, ending: &str) -> io::Result<Vec<PathBuf>> {
        let entries = fs::read_dir(&self.folder)?;
        let paths = entries.map(|entry| Ok(entry?.path()));
        let mut paths = paths.collect::<io::Result<Vec<_>>>()?;
        paths.retain(|path| {
            let name = path.to_string_lossy();
            let packed = name
                .strip_suffix(".br")
                .or_else(|| name.strip_suffix(".gz"));
            name.ends_with(ending) || packed.is_some_and(|name| name.ends_with(ending))
        });
        Ok(paths)
    }
}

fn no_policy() -> io::Error {
    io::Error::other("the page has no security policy")
}

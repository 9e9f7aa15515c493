//! A quick build that follows the sources, for those who work on the program.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crate::server::Server;
use crate::{Error, Result, dist, root, say};

/// What the program is made of.
const SOURCES: [&str; 6] = [
    "Cargo.toml",
    "Cargo.lock",
    "index.html",
    "public",
    "src",
    "style",
];
/// How often they are looked at.
const INTERVAL: Duration = Duration::from_millis(300);

/// What says in the folder which build it is.
const BUILD: &str = "build.txt";
const SCRIPT: &str = "dev.js";
/// Loads the page again when another build is there.
const FOLLOWS: &str = "\
\"use strict\";
(async function () {
  const build = async () => (await fetch(\"./build.txt\", { cache: \"no-store\" })).text();
  const first = await build();
  setInterval(async function () {
    try {
      if (await build() !== first) {
        location.reload();
      }
    } catch (away) {
      // Between two builds there is none.
    }
  }, 500);
}());
";

/// Serves the program on 127.0.0.1, and builds it anew after each change.
///
/// # Errors
/// When the first build fails or the port can't be had.
pub fn serve(port: u16) -> Result<()> {
    let folder = root().join("target").join("dev");
    let mut seen = newest()?;
    build(&folder)?;
    let server = Server::start(&folder, "/", port)?;
    say(format_args!(
        "Pipewright is at {}, and follows the sources (Ctrl+C stops it)",
        server.url()
    ));
    loop {
        thread::sleep(INTERVAL);
        let now = newest()?;
        if now == seen {
            continue;
        }
        seen = now;
        if let Err(error) = build(&folder) {
            say(format_args!(
                "{error}; the last build that went well is still served"
            ));
        }
    }
}

fn build(folder: &Path) -> Result<()> {
    let start = Instant::now();
    dist::build_dev(folder)?;
    let page = folder.join("index.html");
    let html = fs::read_to_string(&page).map_err(Error::file("read", &page))?;
    let follows = format!("<script defer src=\"./{SCRIPT}\"></script>\n</head>");
    write(&page, &html.replacen("</head>", &follows, 1))?;
    write(&folder.join(SCRIPT), FOLLOWS)?;
    // A worker would go on with the build before.
    write(&folder.join("versions.js"), "")?;
    let now = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
    write(&folder.join(BUILD), &now.as_nanos().to_string())?;
    say(format_args!(
        "built in {:.1} s",
        start.elapsed().as_secs_f64()
    ));
    Ok(())
}

/// When a source was changed last, and how many there are.
fn newest() -> Result<(SystemTime, usize)> {
    let mut newest = (SystemTime::UNIX_EPOCH, 0);
    let mut waiting: Vec<PathBuf> = SOURCES.iter().map(|name| root().join(name)).collect();
    while let Some(path) = waiting.pop() {
        // Editors put files there for a moment, and links that lead nowhere.
        let Ok(about) = fs::metadata(&path) else {
            continue;
        };
        if about.is_dir() {
            let entries = fs::read_dir(&path).map_err(Error::file("read", &path))?;
            waiting.extend(entries.filter_map(|entry| Some(entry.ok()?.path())));
        } else {
            let changed = about.modified().map_err(Error::file("read", &path))?;
            newest = (newest.0.max(changed), newest.1 + 1);
        }
    }
    Ok(newest)
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).map_err(Error::file("write", path))
}

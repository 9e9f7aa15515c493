//! What lets the built folder be installed as an app, and start without the
//! network: the manifest with its icons, and the service worker, which is told
//! what files the build has come to.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256};

use crate::{Error, Result, root, single};

/// The service worker: its name in the built folder, and its text.
const WORKER: (&str, &str) = ("sw.js", include_str!("../../public/sw.js"));
/// What the folder gets out of `public/` as it is.
const PARTS: [&str; 6] = [
    "manifest.webmanifest",
    "versions.js",
    "apple-touch-icon.png",
    "icon-192.png",
    "icon-512.png",
    "icon-maskable.png",
];
/// What the page links of it. The app as one file does without, and so is not kept.
pub const LINKS: &str = "<link rel=\"manifest\" href=\"./manifest.webmanifest\">\n  \
    <link rel=\"apple-touch-icon\" href=\"./apple-touch-icon.png\">";
/// What of the built folder the app never asks for: the licences, packed
/// copies, the app as one file.
const NOT_ASKED_FOR: [&str; 4] = ["licences/", ".br", ".gz", single::NAME];

/// Completes the built folder: all files but packed copies are in it already.
///
/// # Errors
/// When a file can't be read or written.
pub fn complete(folder: &Path) -> Result<()> {
    for name in PARTS {
        let from = root().join("public").join(name);
        fs::copy(&from, folder.join(name)).map_err(Error::file("copy", &from))?;
    }
    write_worker(folder)
}

/// Tells the worker what the folder holds now, and so makes a version of it.
///
/// # Errors
/// When a file can't be read or written.
pub fn write_worker(folder: &Path) -> Result<()> {
    let (name, text) = WORKER;
    let mut files = Vec::new();
    collect(folder, "", &mut files)?;
    // The page comes first: where it is another one, the rest is in vain.
    files.sort_by_key(|file| (file.name != "index.html", file.name.clone()));
    let text = text
        .replace("{{version}}", &version_of(&files))
        .replace("{{files}}", &table(&files)?);
    let worker = folder.join(name);
    fs::write(&worker, text).map_err(Error::file("write", &worker))
}

/// A file of the build.
struct File {
    /// Its path in the folder, with slashes.
    name: String,
    hash: [u8; 32],
}

/// The files that the app asks for, in a folder and in those within.
fn collect(folder: &Path, prefix: &str, files: &mut Vec<File>) -> Result<()> {
    for entry in fs::read_dir(folder).map_err(Error::file("read", folder))? {
        let path = entry.map_err(Error::file("read", folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), files)?;
            continue;
        }
        let name = format!("{prefix}{name}");
        let is_asked_for = !NOT_ASKED_FOR
            .iter()
            .any(|part| name.starts_with(part) || name.ends_with(part));
        if is_asked_for && name != WORKER.0 {
            let bytes = fs::read(&path).map_err(Error::file("read", &path))?;
            let hash = Sha256::digest(bytes).into();
            files.push(File { name, hash });
        }
    }
    Ok(())
}

/// The name of the version that these files are.
fn version_of(files: &[File]) -> String {
    let mut all = Sha256::new();
    for file in files {
        all.update(file.name.as_bytes());
        all.update(file.hash);
    }
    let hash = all.finalize();
    hash.iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The files and their hashes, as a script writes them.
fn table(files: &[File]) -> Result<String> {
    let rows = files.iter().map(|file| {
        let hash = format!("sha256-{}", BASE64.encode(file.hash));
        serde_json::to_string(&[&file.name, &hash])
            .map_err(|error| Error::unexpected(&file.name, error.to_string()))
    });
    let rows = rows.collect::<Result<Vec<_>>>()?;
    Ok(format!("[\n  {},\n]", rows.join(",\n  ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worker_of(files: &[(&str, &str)]) -> String {
        static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let number = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let name = format!("pipewright-offline-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        for (name, text) in files {
            let file = folder.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        write_worker(&folder).unwrap();
        let first = fs::read_to_string(folder.join("sw.js")).unwrap();
        write_worker(&folder).unwrap();
        let again = fs::read_to_string(folder.join("sw.js")).unwrap();
        assert_eq!(first, again, "the worker is no part of the version");
        fs::remove_dir_all(folder).unwrap();
        first
    }

    fn version_in(worker: &str) -> &str {
        let rest = worker.split_once("VERSION = \"").unwrap().1;
        rest.split_once('"').unwrap().0
    }

    #[test]
    fn the_page_comes_first_and_what_is_never_asked_for_is_left_out() {
        let worker = worker_of(&[
            ("a.js", "a"),
            ("index.html", "page"),
            ("parts/b.wasm", "b"),
            ("a.js.br", "packed"),
            ("a.js.gz", "packed"),
            ("pipewright.html", "all of it"),
            ("licences/NOTICE.txt", "words"),
        ]);
        let table = worker.split_once("new Map([").unwrap().1;
        let table = table.split_once("\n]").unwrap().0;
        let names: Vec<_> = table
            .lines()
            .filter_map(|row| row.split('"').nth(1))
            .collect();
        assert_eq!(names, ["index.html", "a.js", "parts/b.wasm"]);
        // printf page | openssl dgst -sha256 -binary | base64
        assert!(
            table.contains(
                "[\"index.html\",\"sha256-NmAxWprz3yVdjxmrB35Hl4IrQUiKDioEvGr3EhPCMnQ=\"]"
            ),
            "{table}"
        );
    }

    #[test]
    fn a_version_is_named_by_all_names_and_contents() {
        let plain = worker_of(&[("index.html", "page"), ("a.js", "a")]);
        let version = version_in(&plain);
        assert_eq!(version.len(), 16);
        assert_eq!(
            version,
            version_in(&worker_of(&[("a.js", "a"), ("index.html", "page")]))
        );
        assert_ne!(
            version,
            version_in(&worker_of(&[("index.html", "page"), ("a.js", "b")]))
        );
        assert_ne!(
            version,
            version_in(&worker_of(&[("index.html", "page"), ("b.js", "a")]))
        );
    }
}

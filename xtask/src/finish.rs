//! What is added to a folder with the page and the program in it.
//!
//! Trunk runs this as its `post_build` hook, so that what a plain `trunk build`
//! makes works like the folder of `cargo xtask dist`.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256};

use crate::page::{File, Page};
use crate::process::{cargo, output_of};
use crate::{Error, Result, offline, prune, root};

/// How the name of ECharts begins in the built folder; the app loads it when a
/// chart comes into view.
pub const ECHARTS: &str = "echarts";

/// Where index.html leaves room for the hashes of its inline scripts.
const SCRIPTS: &str = " {{inline-script-hashes}}";
/// The same for its inline styles.
const STYLES: &str = " {{inline-style-hashes}}";

/// How trunk links the script that runs first.
const BOOT: &str = "<script src=\"./boot";
/// Where the script that trunk writes starts the program.
const START: &str = "const wasm = await init(";

/// Completes the built folder: ECharts, the licences, the security policy, and
/// at last what knows of all files.
///
/// # Errors
/// When charming no longer ships ECharts, or a file can't be read or written.
pub fn finish(folder: &Path) -> Result<()> {
    let echarts = add_echarts(folder)?;
    let licences = folder.join("licences");
    fs::create_dir_all(&licences).map_err(Error::file("make the folder", &licences))?;
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        copy(&root().join(name), &licences.join(format!("{name}.txt")))?;
    }
    write(&licences.join("NOTICE.txt"), include_str!("notice.txt"))?;

    let page = folder.join("index.html");
    let html = fs::read_to_string(&page).map_err(Error::file("read", &page))?;
    // Trunk starts the program by a module of its own, and links what runs first.
    let html = match html.contains("type=\"module\"") {
        true => with_watched_start(&with_boot_inside(&html, folder)?)?,
        false => html,
    };
    let html = with_in_head(
        &html,
        &format!("<meta name=\"echarts\" content=\"./{echarts}\">"),
    );
    let html = with_in_head(&html, offline::LINKS);
    write(&page, &with_hashes(&html, &[], &[])?)?;
    offline::complete(folder)
}

/// The page with the script that runs first in it, which lies beside it no more.
fn with_boot_inside(html: &str, folder: &Path) -> Result<String> {
    let parts = html.split_once(BOOT).and_then(|(before, rest)| {
        let (name, after) = rest.split_once("\"></script>")?;
        Some((before, name, after))
    });
    let (before, name, after) =
        parts.ok_or_else(|| Error::unexpected("index.html", format!("it lacks {BOOT}")))?;
    let path = folder.join(format!("boot{name}"));
    fs::remove_file(&path).map_err(Error::file("remove", &path))?;
    Ok(format!("{before}{}{after}", Page::read()?.boot()?))
}

/// The page with a start script that tells boot.js when it fails.
fn with_watched_start(html: &str) -> Result<String> {
    let parts = html.split_once(START).and_then(|(before, rest)| {
        let (arguments, after) = rest.split_once(");")?;
        Some((before, arguments, after))
    });
    let (before, arguments, after) = parts.ok_or_else(|| {
        Error::unexpected("index.html", format!("its start script lacks {START}"))
    })?;
    Ok(format!(
        "{before}{START}{arguments}).catch(window.pipewrightNotStarted);{after}"
    ))
}

/// The page with the hash of each inline script and style in its security
/// policy, and those of the scripts and styles that it puts into itself.
///
/// # Errors
/// When the policy has no place for them.
pub fn with_hashes(html: &str, scripts: &[&str], styles: &[&str]) -> Result<String> {
    let hashes = |kind, added: &[&str]| -> String {
        let all = inline(html, kind).chain(added.iter().copied());
        all.map(|text| format!(" {}", hash(text))).collect()
    };
    let (scripts, styles) = (hashes("script", scripts), hashes("style", styles));
    let mut html = html.to_owned();
    for (place, hashes) in [(SCRIPTS, scripts), (STYLES, styles)] {
        if !html.contains(place) {
            return Err(Error::unexpected(
                "index.html",
                format!("its security policy lacks {place}"),
            ));
        }
        html = html.replacen(place, &hashes, 1);
    }
    Ok(html)
}

/// How a security policy names a script or a style that may be in the page.
#[must_use]
pub fn hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(Sha256::digest(text)))
}

/// The text of each element of that kind that is in the page and not linked;
/// data is none of them. The page is our own, so that there is no need for a
/// parser: no comment or attribute holds such a tag.
fn inline<'a>(html: &'a str, kind: &'static str) -> impl Iterator<Item = &'a str> {
    let (start, end) = (format!("<{kind}"), format!("</{kind}"));
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            let (_, after) = rest.split_once(&start)?;
            let (attributes, after) = after.split_once('>')?;
            let (text, after) = after.split_once(&end)?;
            rest = after;
            let is_linked = attributes.contains(" src=");
            let is_data = attributes.contains("application/octet-stream");
            if !is_linked && !is_data {
                return Some(text);
            }
        }
    })
}

/// The page with something more at the end of its head.
fn with_in_head(html: &str, more: &str) -> String {
    html.replacen("</head>", &format!("  {more}\n</head>"), 1)
}

/// Puts ECharts into the folder, under a name that says its content; that name.
fn add_echarts(folder: &Path) -> Result<String> {
    let file = File::hashed(ECHARTS, "min.js", echarts()?.into());
    let path = folder.join(&file.name);
    fs::write(&path, file.content).map_err(Error::file("write", &path))?;
    Ok(file.name)
}

/// ECharts as the charming crate ships it, so that neither npm nor a copy in
/// the repository is needed, without what is not used of it.
///
/// # Errors
/// When charming no longer ships it, or ships it in another form.
pub fn echarts() -> Result<String> {
    let path = path_of_echarts()?;
    let script = fs::read_to_string(&path).map_err(Error::file("read", &path))?;
    prune::echarts(&script)
}

fn path_of_echarts() -> Result<PathBuf> {
    let metadata = output_of(cargo().args([
        "metadata",
        "--format-version=1",
        "--filter-platform=wasm32-unknown-unknown",
    ]))
    .ok_or_else(|| Error::unexpected("cargo metadata", "it failed; run it by hand to see why"))?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata)
        .map_err(|error| Error::unexpected("the answer of cargo metadata", error.to_string()))?;
    let manifest = metadata
        .get("packages")
        .and_then(|packages| packages.as_array())
        .and_then(|packages| {
            packages
                .iter()
                .find(|package| package.get("name").is_some_and(|name| name == "charming"))
        })
        .and_then(|package| package.get("manifest_path")?.as_str())
        .ok_or_else(|| {
            Error::unexpected(
                "Cargo.toml",
                "it does not depend on charming, which ships ECharts",
            )
        })?;
    let assets = Path::new(manifest).with_file_name("src").join("asset");
    let entries = fs::read_dir(&assets).map_err(Error::file("read", &assets))?;
    entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("echarts-") && name.ends_with(".min.js")
        })
        .ok_or_else(|| {
            Error::unexpected(assets.display().to_string(), "it holds no echarts-*.min.js")
        })
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    // Written anew rather than copied: files of the crate cache may be read-only.
    let content = fs::read(from).map_err(Error::file("read", from))?;
    fs::write(to, content).map_err(Error::file("write", to))
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).map_err(Error::file("write", path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_inline_is_hashed() {
        let html = "<script src=\"a.js\"></script><script type=\"module\">go()</script><script type=\"application/octet-stream\">z</script><script>x</script><style>y</style>";
        assert_eq!(inline(html, "script").collect::<Vec<_>>(), ["go()", "x"]);
        assert_eq!(inline(html, "style").collect::<Vec<_>>(), ["y"]);
    }

    #[test]
    fn the_hashes_take_the_place_of_the_placeholders() {
        let html = format!(
            "<meta content=\"script-src 'self'{SCRIPTS}; style-src 'self'{STYLES}; x\"><script>alert(1)</script>"
        );
        let done = with_hashes(&html, &["alert(1)"], &[]).unwrap();
        // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        let hash = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='";
        let policy = format!("script-src 'self' {hash} {hash}; style-src 'self'; x");
        assert!(done.contains(&policy), "{done}");
    }

    #[test]
    fn the_script_that_runs_first_is_in_the_page() {
        let folder = std::env::temp_dir().join(format!("pipewright-boot-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("boot-0123.js"), "as trunk copies it").unwrap();
        let html = "<head><script src=\"./boot-0123.js\"></script></head>";
        let html = with_boot_inside(html, &folder).unwrap();
        assert!(html.starts_with("<head><script>") && html.ends_with("</script></head>"));
        assert!(html.contains("pipewrightPanic") && !folder.join("boot-0123.js").exists());
        fs::remove_dir_all(folder).unwrap();
        assert!(with_boot_inside("<head></head>", Path::new("")).is_err());
    }

    #[test]
    fn the_start_tells_when_it_fails() {
        let html = "<script>const wasm = await init({ a: './b' });\nc();</script>";
        assert_eq!(
            with_watched_start(html).unwrap(),
            "<script>const wasm = await init({ a: './b' }).catch(window.pipewrightNotStarted);\nc();</script>"
        );
        assert!(with_watched_start("<script></script>").is_err());
    }

    #[test]
    fn a_page_without_a_placeholder_is_refused() {
        assert!(with_hashes("<html></html>", &[], &[]).is_err());
    }
}

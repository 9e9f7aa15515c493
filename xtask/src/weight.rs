//! What a first visit weighs, and that it does not grow unnoticed.

use std::fs;
use std::path::{Path, PathBuf};

use crate::page::NAMES_OF_FIRST_LOAD;
use crate::{Error, Result, dist_dir, packed, root, say, single};

/// By how much the figures may grow before someone must say so, in percent.
const SLACK: u64 = 3;

/// What the figures may never be more than, whatever was kept.
const BOUNDS: Weights = Weights {
    first_load: 500_000,
    one_file: 1_300_000,
};

/// What is weighed, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weights {
    /// What is loaded until the first rows are there, as brotli sends it.
    pub first_load: u64,
    /// The whole program as one file.
    pub one_file: u64,
}

/// Weighs the release in `dist/`.
///
/// # Errors
/// When a file of it can't be read.
pub fn weigh() -> Result<Weights> {
    let folder = dist_dir();
    let mut first_load = 0;
    let entries = fs::read_dir(&folder).map_err(Error::file("read", &folder))?;
    for entry in entries {
        let path = entry.map_err(Error::file("read", &folder))?.path();
        if is_of_first_load(&path) {
            let content = fs::read(&path).map_err(Error::file("read", &path))?;
            first_load += packed::brotli(&content)?.len() as u64;
        }
    }
    let file = folder.join(single::NAME);
    let one_file = fs::metadata(&file)
        .map_err(Error::file("read", &file))?
        .len();
    Ok(Weights {
        first_load,
        one_file,
    })
}

/// Whether a file of the release is loaded before the first rows are there.
#[must_use]
pub fn is_of_first_load(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (stem, extension) = name.rsplit_once('.').unwrap_or_default();
    let stem = stem.rsplit_once('-').map_or(stem, |(stem, _)| stem);
    NAMES_OF_FIRST_LOAD.contains(&(stem, extension))
}

/// Compares the release in `dist/` with the figures that are kept.
///
/// # Errors
/// When it has grown by more than the slack, or the figures can't be read.
pub fn check() -> Result<()> {
    let settings = std::env::vars_os();
    let mut names = settings.map(|(name, _)| name.to_string_lossy().into_owned());
    if names.any(|name| name.starts_with("CARGO_PROFILE_RELEASE_")) {
        say("the release was built with other settings, so it is not weighed");
        return Ok(());
    }
    let (now, kept) = (weigh()?, kept()?);
    let of = |weights: &Weights| {
        [
            ("the first load", weights.first_load),
            ("the program as one file", weights.one_file),
        ]
    };
    for (((what, now), (_, kept)), (_, bound)) in
        of(&now).into_iter().zip(of(&kept)).zip(of(&BOUNDS))
    {
        say(format_args!("{what} weighs {now} bytes, kept are {kept}"));
        compare(what, now, kept, bound)?;
    }
    Ok(())
}

/// Compares one figure with the one that is kept, and with its bound.
fn compare(what: &'static str, now: u64, kept: u64, bound: u64) -> Result<()> {
    if now > bound {
        return Err(Error::BeyondBound { what, now, bound });
    }
    if now * 100 > kept * (100 + SLACK) {
        return Err(Error::TooHeavy { what, now, kept });
    }
    Ok(())
}

/// Keeps the figures of the release in `dist/` as those to compare with.
///
/// # Errors
/// When it can't be weighed or the file can't be written.
pub fn keep() -> Result<Weights> {
    let weights = weigh()?;
    let text = format!(
        "{{\n  \"first_load\": {},\n  \"one_file\": {}\n}}\n",
        weights.first_load, weights.one_file
    );
    fs::write(path(), text).map_err(Error::file("write", path()))?;
    Ok(weights)
}

fn kept() -> Result<Weights> {
    let text = fs::read_to_string(path()).map_err(Error::file("read", path()))?;
    let unexpected = |detail: &str| Error::unexpected(path().display().to_string(), detail);
    let kept: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| unexpected(&error.to_string()))?;
    let figure = |name: &str| {
        let figure = kept.get(name).and_then(serde_json::Value::as_u64);
        figure.ok_or_else(|| unexpected(&format!("it has no figure {name}")))
    };
    Ok(Weights {
        first_load: figure("first_load")?,
        one_file: figure("one_file")?,
    })
}

fn path() -> PathBuf {
    root().join("docs").join("weight.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_load_is_what_the_page_asks_for_at_once() {
        let is = |name: &str| is_of_first_load(Path::new(name));
        assert!(is("index.html") && is("style-0a1b.css") && is("pipewright-0a1b.wasm"));
        assert!(is("style-0a1b.css") && is("pipewright-0a1b.js") && is("favicon-0a1b.svg"));
        assert!(!is("work-0a1b.wasm") && !is("chunk_5-0a1b.wasm") && !is("echarts.min.js"));
        assert!(!is("pipewright-0a1b.wasm.br") && !is("pipewright.html"));
    }

    #[test]
    fn what_has_grown_by_more_than_the_slack_is_too_heavy() {
        assert!(compare("it", 103, 100, 200).is_ok());
        assert!(matches!(
            compare("it", 104, 100, 200),
            Err(Error::TooHeavy { now: 104, .. })
        ));
        assert!(matches!(
            compare("it", 103, 100, 102),
            Err(Error::BeyondBound { bound: 102, .. })
        ));
    }

    #[test]
    fn the_kept_figures_are_within_the_bounds() {
        let kept = kept().unwrap();
        assert!((1..=BOUNDS.first_load).contains(&kept.first_load));
        assert!((1..=BOUNDS.one_file).contains(&kept.one_file));
    }
}

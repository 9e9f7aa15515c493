//! The files of the release, compressed in advance: for hosts that can send
//! them so, and for the one file.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use flate2::Compression;
use flate2::write::GzEncoder;
use lzma_rust2::{EncodeMode, LzmaOptions, LzmaWriter, MfType};
use sha2::{Digest, Sha256};

use crate::{Error, Result, root};

/// What is text, or like it, and becomes smaller.
const KINDS: [&str; 7] = ["html", "js", "css", "wasm", "svg", "json", "webmanifest"];

/// Writes a `.br` and a `.gz` beside each file of the folder.
///
/// # Errors
/// When a file can't be read or written.
pub fn pack_all(folder: &Path) -> Result<()> {
    let entries = fs::read_dir(folder).map_err(Error::file("read", folder))?;
    for entry in entries {
        let path = entry.map_err(Error::file("read", folder))?.path();
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        if !path.is_file() || !KINDS.contains(&&*extension) {
            continue;
        }
        let content = fs::read(&path).map_err(Error::file("read", &path))?;
        write(&with(&path, "br"), &brotli(&content)?)?;
        write(&with(&path, "gz"), &gzip(&content)?)?;
    }
    Ok(())
}

/// As small as brotli makes it.
///
/// # Errors
/// When what was packed before can't be kept.
pub fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    remembered(content, "br", |packed| {
        let how = brotli::enc::BrotliEncoderParams {
            quality: 11,
            lgwin: 24,
            ..Default::default()
        };
        let mut content = content;
        brotli::BrotliCompress(&mut content, packed, &how).map(drop)
    })
}

/// As small as gzip makes it.
///
/// # Errors
/// When what was packed before can't be kept.
pub fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    remembered(content, "gz", |packed| {
        let mut encoder = GzEncoder::new(packed, Compression::best());
        encoder.write_all(content)?;
        encoder.finish().map(drop)
    })
}

/// As small as LZMA makes it: a stream without a header and without a mark at
/// its end, in the one form that lzma.js unpacks.
///
/// Of the values for `lc`, `lp` and `pb`, these make the wasm smallest, and
/// ECharts within a thousandth.
///
/// # Errors
/// When what was packed before can't be kept.
pub fn lzma(content: &[u8]) -> Result<Vec<u8>> {
    let how = LzmaOptions {
        dict_size: 1 << 24,
        lc: 4,
        lp: 0,
        pb: 0,
        mode: EncodeMode::Normal,
        nice_len: LzmaOptions::NICE_LEN_MAX,
        mf: MfType::Bt4,
        depth_limit: 1000,
        preset_dict: None,
    };
    remembered(content, "lzma", |packed| {
        let mut encoder = LzmaWriter::new_no_header(packed, &how, false)?;
        encoder.write_all(content)?;
        encoder.finish().map(drop)
    })
}

/// Packs what was not packed before: ECharts alone takes seconds, and never
/// changes.
fn remembered(
    content: &[u8],
    kind: &str,
    pack: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>,
) -> Result<Vec<u8>> {
    let folder = folder();
    fs::create_dir_all(&folder).map_err(Error::file("make the folder", &folder))?;
    let path = folder.join(name_of(content, kind));
    if let Ok(packed) = fs::read(&path) {
        return Ok(packed);
    }
    let mut packed = Vec::new();
    pack(&mut packed).map_err(Error::file("pack for", &path))?;
    // Written aside first: a build that is broken off leaves no half of one.
    // Nobody else writes there, whoever packs the same in this moment.
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let aside = path.with_extension(format!("{kind}-{}-{number}", std::process::id()));
    write(&aside, &packed)?;
    fs::rename(&aside, &path).map_err(Error::file("write", &path))?;
    Ok(packed)
}

/// Where all that was packed is remembered.
fn folder() -> PathBuf {
    root().join("target").join("packed")
}

fn name_of(content: &[u8], kind: &str) -> String {
    let digest = Sha256::digest(content);
    let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{digits}.{kind}")
}

fn with(path: &Path, kind: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(kind);
    name.into()
}

fn write(path: &Path, content: &[u8]) -> Result<()> {
    fs::write(path, content).map_err(Error::file("write", path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Barrier;

    #[test]
    fn what_several_pack_at_once_is_packed_for_each() {
        for round in 0..20 {
            // Nobody has packed it before.
            let now = std::time::SystemTime::now();
            let content = format!("{round} {now:?} {}", std::process::id());
            let together = Barrier::new(4);
            let pack = || {
                together.wait();
                gzip(content.as_bytes()).unwrap()
            };
            let all: Vec<Vec<u8>> = std::thread::scope(|scope| {
                let started: Vec<_> = (0..4).map(|_| scope.spawn(pack)).collect();
                started.into_iter().map(|one| one.join().unwrap()).collect()
            });
            let first = all.first().unwrap();
            assert!(all.iter().all(|packed| packed == first));
            fs::remove_file(folder().join(name_of(content.as_bytes(), "gz"))).unwrap();
        }
    }
}

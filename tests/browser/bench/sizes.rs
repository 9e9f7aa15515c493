//! The bytes of a first visit.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// A table of the files of the release, raw and as brotli sends them.
///
/// # Errors
/// A file can't be read.
pub fn sizes() -> std::io::Result<String> {
    let mut table = String::from("| file | bytes | brotli |\n| --- | --- | --- |\n");
    let (mut all, mut all_packed) = (0, 0);
    let mut names: Vec<_> = fs::read_dir(xtask::dist_dir())?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.is_file())
        .collect();
    names.sort();
    for path in names {
        let (bytes, packed) = size(&path)?;
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let _ = writeln!(table, "| {name} | {bytes} | {packed} |");
        if name != "echarts.min.js" {
            all += bytes;
            all_packed += packed;
        }
    }
    let _ = writeln!(
        table,
        "| **all but ECharts** | **{all}** | **{all_packed}** |"
    );
    Ok(table)
}

fn size(path: &Path) -> std::io::Result<(usize, usize)> {
    let bytes = fs::read(path)?;
    let mut packed = Vec::new();
    let how = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 24,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut bytes.as_slice(), &mut packed, &how)?;
    Ok((bytes.len(), packed.len()))
}

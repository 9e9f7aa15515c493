//! The bytes of a visit.

use std::fmt::Write as _;
use std::fs;

use xtask::packed::brotli;
use xtask::weight::is_of_first_load;

/// A table of the files of the release, raw and as brotli sends them.
///
/// # Errors
/// A file can't be read.
pub fn sizes() -> xtask::Result<String> {
    let mut table = String::from("| file | bytes | brotli |\n| --- | --- | --- |\n");
    let (mut first, mut all) = ((0, 0), (0, 0));
    let folder = xtask::dist_dir();
    let entries = fs::read_dir(&folder).into_iter().flatten();
    let mut paths: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // What is packed in advance, or holds all the others, is none of its own.
        let is_copy = name.ends_with(".br") || name.ends_with(".gz") || name == xtask::single::NAME;
        let Ok(content) = fs::read(&path) else {
            continue;
        };
        if is_copy {
            continue;
        }
        let (bytes, packed) = (content.len(), brotli(&content)?.len());
        let _ = writeln!(table, "| {name} | {bytes} | {packed} |");
        if is_of_first_load(&path) {
            first = (first.0 + bytes, first.1 + packed);
        }
        if !name.starts_with(xtask::finish::ECHARTS) {
            all = (all.0 + bytes, all.1 + packed);
        }
    }
    let mut sum = |what: &str, (bytes, packed): (usize, usize)| {
        let _ = writeln!(table, "| **{what}** | **{bytes}** | **{packed}** |");
    };
    sum("until the first rows", first);
    sum("all but ECharts", all);
    Ok(table)
}

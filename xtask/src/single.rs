//! The release as one HTML file that works when it is opened from a disk:
//! browsers load no modules and fetch no files there, so all of it is inside.
//!
//! Browsers unpack nothing stronger than deflate, so the page brings a small
//! unpacker of LZMA, which makes the program and ECharts a third smaller than
//! that; what it unpacks is written as [dense] text. All chunks are packed as
//! one: they have much in common.

use crate::page::{Head, Page, inline_script};
use crate::program::{MAIN, Program};
use crate::{Result, dense, finish, packed, script};

/// The name of the file.
pub const NAME: &str = "pipewright.html";

/// What unpacks the parts of the page, and finds them in it.
const UNPACK: [&str; 2] = [include_str!("lzma.js"), include_str!("single.js")];
/// The large chunks, as people come to ask for them; this order is also a
/// thousandth smaller than others.
const LARGE: [&str; 4] = [
    "split_work",
    "split_account",
    "split_figures",
    "split_files",
];
/// The style sheet is to be there before anything is painted.
const DRESS: &str = "pipewrightRun(\"style\", \"style\").catch(window.pipewrightNotStarted);";
/// Where no script runs there is no style sheet either, and nothing is to look
/// like a start.
const WITHOUT_SCRIPTS: &str = "<noscript><style>.shell { display: none; }</style></noscript>";

/// The bytes of the whole file.
///
/// # Errors
/// When a part of the page can't be read.
pub fn file(page: &Page, program: &Program, echarts: &str) -> Result<Vec<u8>> {
    let styles = page.styles()?;
    let script = script::with_files(&program.script, std::iter::empty());
    let icon = page.icon()?.replace('#', "%23").replace(['\n', '"'], " ");
    let html = page.filled(&Head {
        boot: page.boot()? + &inline_script(&UNPACK.concat()),
        style: [
            &*part(&[("style", styles.as_bytes())])?,
            &inline_script(DRESS),
            WITHOUT_SCRIPTS,
        ]
        .concat(),
        icon: format!(
            "<link rel=\"icon\" href=\"data:image/svg+xml,{}\">",
            icon.replace('<', "%3C").replace('>', "%3E")
        ),
        program: String::new(),
    })?;
    // What lies beside the page elsewhere, such as the manifest, is not there.
    let lines = html.lines().map(str::trim);
    let html: String = lines
        .filter(|line| !line.contains("href=\"./") && !line.starts_with("<!--"))
        .collect();
    // The shell is to be painted before the rest has been read. What comes late
    // waits until all before it is unpacked: so the first chunk comes first, and
    // then the small ones, which the large ones share.
    let mut chunks: Vec<_> = program.chunks.iter().collect();
    chunks.sort_by_key(|(name, wasm)| {
        let large = LARGE.iter().position(|large| name == large);
        (*name != MAIN, large, wasm.len())
    });
    let mut parts = vec![("start", script.as_bytes())];
    parts.extend(chunks.into_iter().map(|(name, wasm)| (&**name, &**wasm)));
    let parts = part(&parts)? + &part(&[("echarts", echarts.as_bytes())])?;
    let html = html.replacen("</body>", &format!("{parts}</body>"), 1);
    let html = finish::with_hashes(&html, &[&script, echarts], &[&styles])?;
    Ok(dense::file(&html))
}

/// Parts that are packed together, with their names, as single.js finds them.
fn part(parts: &[(&str, &[u8])]) -> Result<String> {
    let lengths: Vec<String> = parts
        .iter()
        .map(|(name, content)| format!("{name}:{}", content.len()))
        .collect();
    let all: Vec<&[u8]> = parts.iter().map(|(_, content)| *content).collect();
    let packed = packed::lzma(&all.concat())?;
    Ok(format!(
        "<script type=\"application/octet-stream\" data-bytes=\"{}\" data-parts=\"{}\">{}</script>",
        packed.len(),
        lengths.join(" "),
        dense::text(&packed)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made() -> Vec<u8> {
        let program = Program {
            script: "const FILES = {{files}};".to_owned(),
            chunks: [("a", vec![1, 2, 3]), (MAIN, vec![4; 300])]
                .map(|(name, wasm)| (name.to_owned(), wasm))
                .into(),
            sample: Vec::new(),
        };
        file(&Page::read().unwrap(), &program, "echarts()").unwrap()
    }

    fn text_of(file: &[u8]) -> String {
        let units = file
            .chunks_exact(2)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        char::decode_utf16(units)
            .map(|letter| letter.unwrap())
            .collect()
    }

    #[test]
    fn the_file_asks_for_nothing() {
        let html = text_of(&made());
        for link in [" src=", "href=\"./", "href=\"public", "{{"] {
            assert!(!html.contains(link), "{link}");
        }
    }

    #[test]
    fn what_is_asked_for_first_comes_first() {
        let html = text_of(&made());
        let at = |part: &str| html.find(part).unwrap();
        assert!(at("data-parts=\"style:") < at("<body>"));
        assert!(at("data-parts=\"start:17 pipewright:300 a:3\"") < at("data-parts=\"echarts:9\""));
    }

    #[test]
    fn it_says_its_encoding_and_has_no_line_ends() {
        let file = made();
        assert_eq!(file[..2], [0xff, 0xfe]);
        assert!(text_of(&file).starts_with("\u{feff}<!DOCTYPE html>"));
        assert!(!file.iter().any(|byte| matches!(byte, b'\n' | b'\r')));
        // Nor a comment behind code, which would take the rest of the line with it.
        assert!(!inline_script(&UNPACK.concat()).contains("//"));
    }
}

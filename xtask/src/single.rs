//! The release as one HTML file that works when it is opened from a disk:
//! browsers load no modules and fetch no files there, so all of it is inside.
//!
//! Wasm and ECharts are compressed, and written in seven bits a character. Most
//! characters below 128 mean themselves in a script element; the few that HTML
//! reads as something else, or that mail and editors change, stand together
//! with the seven bits after them as one of two bytes. So a file takes an
//! eighth more than its bytes, where base64 takes a third.

use std::fmt::Write as _;

use crate::bundle::Program;
use crate::page::{Head, Page};
use crate::{Result, finish, packed, script};

/// The name of the file.
pub const NAME: &str = "pipewright.html";

/// What finds the parts of the page in it.
const UNPACK: &str = include_str!("single.js");

/// The characters that can't stand for themselves.
const KEPT_OUT: [u8; 4] = [0, b'\n', b'\r', b'<'];
/// The first of the characters that stand for one of those and seven bits more.
const PAIRS: u32 = 0x100;

/// The whole file.
///
/// # Errors
/// When a part of the page can't be read.
pub fn file(page: &Page, program: &Program, echarts: &str) -> Result<String> {
    let script = script::with_files(&program.script, std::iter::empty());
    let mut parts = String::new();
    for (name, wasm) in &program.chunks {
        parts.push_str(&part(&format!("wasm-{name}"), wasm)?);
    }
    parts.push_str(&part("script-echarts", echarts.as_bytes())?);
    let icon = page.icon()?.replace('#', "%23").replace(['\n', '"'], " ");
    let html = page.filled(&Head {
        boot: format!("<script>\n{}{UNPACK}</script>", page.boot()?),
        style: format!("<style>\n{}</style>", page.styles()?),
        icon: format!(
            "<link rel=\"icon\" href=\"data:image/svg+xml,{}\">",
            icon.replace('<', "%3C").replace('>', "%3E")
        ),
        program: String::new(),
    })?;
    // What lies beside the page elsewhere, such as the manifest, is not there.
    let html: String = html
        .lines()
        .filter(|line| !line.contains("href=\"./"))
        .flat_map(|line| [line, "\n"])
        .collect();
    // The shell is to be painted before the rest has been read.
    let html = html.replacen(
        "</body>",
        &format!("{parts}<script>\n{script}</script>\n</body>"),
        1,
    );
    finish::with_hashes(&html, &[echarts])
}

/// A part that [`UNPACK`] finds by its id.
fn part(id: &str, content: &[u8]) -> Result<String> {
    let packed = packed::gzip(content)?;
    let mut html = String::new();
    // Writing to a string can't fail.
    let _ = writeln!(
        html,
        "<script type=\"application/octet-stream\" id=\"{id}\" data-bytes=\"{}\">{}</script>",
        packed.len(),
        in_sevens(&packed)
    );
    Ok(html)
}

/// Bytes as text, seven bits a character.
fn in_sevens(bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut pair = None;
    let mut put = |group: u8| match pair.take() {
        Some(first) => text.extend(char::from_u32(PAIRS + (first << 7) + u32::from(group))),
        None => match KEPT_OUT.iter().position(|kept_out| *kept_out == group) {
            Some(at) => pair = u32::try_from(at).ok(),
            None => text.push(char::from(group)),
        },
    };
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 7 {
            bits -= 7;
            put((held >> bits & 0x7f) as u8);
        }
        held &= (1 << bits) - 1;
    }
    put((held << (7 - bits) & 0x7f) as u8);
    // A last one that waits for its second half.
    put(0);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes_of(text: &str, count: usize) -> Vec<u8> {
        let groups = text.chars().flat_map(|letter| {
            let code = u32::from(letter);
            match code.checked_sub(PAIRS) {
                None => vec![code],
                Some(pair) => vec![u32::from(KEPT_OUT[(pair >> 7) as usize]), pair & 0x7f],
            }
        });
        let bits: Vec<u32> = groups
            .flat_map(|g| (0..7).rev().map(move |bit| g >> bit & 1))
            .collect();
        let bytes = bits
            .chunks_exact(8)
            .map(|b| b.iter().fold(0, |byte, bit| byte << 1 | *bit as u8));
        bytes.take(count).collect()
    }

    #[test]
    fn what_is_written_in_sevens_is_read_the_same() {
        for length in 0..40 {
            for start in [0_u8, 13, 60, 120, 240] {
                let bytes: Vec<u8> = (0..length)
                    .map(|at| start.wrapping_mul(at).wrapping_add(at))
                    .collect();
                assert_eq!(bytes_of(&in_sevens(&bytes), bytes.len()), bytes);
            }
        }
    }

    #[test]
    fn the_file_asks_for_nothing() {
        let program = Program {
            script: "const FILES = {{files}};".to_owned(),
            chunks: [("pipewright".to_owned(), vec![1, 2, 3])].into(),
        };
        let html = file(&Page::read().unwrap(), &program, "echarts()").unwrap();
        for link in [" src=", "href=\"./", "href=\"public", "{{"] {
            assert!(!html.contains(link), "{link}");
        }
        assert!(html.contains("id=\"wasm-pipewright\"") && html.contains("const FILES = {};"));
    }

    #[test]
    fn nothing_in_it_means_anything_to_html() {
        let all: Vec<u8> = (0..=255).cycle().take(7 * 256).collect();
        let text = in_sevens(&all);
        assert!(!text.bytes().any(|byte| KEPT_OUT.contains(&byte)));
    }
}

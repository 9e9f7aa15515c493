//! From the compiled program to what a browser runs: a script, and wasm in
//! chunks.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs;
use std::path::Path;

use wasm_bindgen_cli_support::Bindgen;

use crate::compile::Shape;
use crate::names;
use crate::program::{MAIN, Program};
use crate::script;
use crate::{Error, Result};

/// Takes the compiled program apart, and writes the script around it.
///
/// # Errors
/// When it is not the kind of program that we know, or `scratch` can't be used.
pub fn bundle(wasm: &[u8], shape: Shape, scratch: &Path) -> Result<Program> {
    fs::create_dir_all(scratch).map_err(Error::file("make the folder", scratch))?;
    let whole = scratch.join("main.wasm");
    let mut chunks = BTreeMap::new();
    let links = match shape {
        Shape::Dev => {
            fs::write(&whole, wasm).map_err(Error::file("write", &whole))?;
            None
        }
        Shape::Release => {
            let mut options = wasm_split_cli_support::Options::new(wasm);
            options.output_dir = scratch;
            options.main_out_path = &whole;
            let split = wasm_split_cli_support::transform(options)
                .map_err(|error| refused("wasm-split", &error))?;
            for path in split.split_modules {
                chunks.insert(name_of(&path), without_names(&read(&path)?)?);
            }
            Some(read_text(&scratch.join("__wasm_split.js"))?)
        }
    };
    let is_dev = shape == Shape::Dev;
    let mut output = Bindgen::new()
        .input_path(&whole)
        .out_name(MAIN)
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .typescript(false)
                .debug(is_dev)
                .keep_debug(is_dev)
                .remove_name_section(!is_dev)
                .remove_producers_section(true)
                // The chunks reach into the first one by them.
                .keep_lld_exports(links.is_some())
                .generate_output()
        })
        .map_err(|error| refused("wasm-bindgen", &error))?;
    output
        .emit(scratch)
        .map_err(|error| refused("wasm-bindgen", &error))?;
    let first = read(&scratch.join(format!("{MAIN}_bg.wasm")))?;
    let glue = read_text(&scratch.join(format!("{MAIN}.js")))?;
    let (first, glue) = names::shorten(&first, &glue)?;
    chunks.insert(MAIN.to_owned(), first);
    let needs = |links: &String| script::needs(links, "example");
    let sample = links.as_ref().map(needs).transpose()?.unwrap_or_default();
    Ok(Program {
        sample,
        script: script::compose(&glue, links.as_deref())?,
        chunks,
    })
}

/// The module without its custom sections: names and the like, for tools alone.
fn without_names(wasm: &[u8]) -> Result<Vec<u8>> {
    const CUSTOM: u8 = 0;
    let cut = || Error::unexpected("a chunk of the program", "its wasm ends too early");
    let (head, mut rest) = wasm.split_at_checked(8).ok_or_else(cut)?;
    let mut kept = head.to_vec();
    while let Some((id, after)) = rest.split_first() {
        let (length, used) = unsigned(after).ok_or_else(cut)?;
        let (section, next) = rest.split_at_checked(1 + used + length).ok_or_else(cut)?;
        if *id != CUSTOM {
            kept.extend(section);
        }
        rest = next;
    }
    Ok(kept)
}

/// A number in the variable-length form of wasm, and how many bytes it takes.
pub(crate) fn unsigned(bytes: &[u8]) -> Option<(usize, usize)> {
    let end = bytes.iter().take(5).position(|byte| byte & 0x80 == 0)?;
    let digits = bytes.get(..=end)?;
    let value = digits
        .iter()
        .rev()
        .fold(0, |value, byte| value << 7 | usize::from(byte & 0x7f));
    Some((value, end + 1))
}

fn refused(tool: &str, error: &impl Display) -> Error {
    Error::unexpected("the compiled program", format!("{tool} says: {error:#}"))
}

fn name_of(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(Error::file("read", path))
}

fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(Error::file("read", path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_custom_sections_are_taken_off() {
        // The head, a custom section of 3 bytes, a type section of 200 bytes.
        let types = [&[1, 0xc8, 1][..], &[7; 200]].concat();
        let wasm = [b"\0asm\x01\0\0\0", &[0, 3, 1, b'x', 9][..], &types].concat();
        let stripped = without_names(&wasm).unwrap();
        assert_eq!(stripped, [b"\0asm\x01\0\0\0", &types[..]].concat());
        assert!(without_names(&wasm[..wasm.len() - 1]).is_err());
    }
}

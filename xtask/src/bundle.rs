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
use crate::sorted::sorted;
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
                chunks.insert(name_of(&path), sorted(&read(&path)?)?);
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
    let (first, glue) = match shape {
        Shape::Dev => (first, glue),
        Shape::Release => {
            let (first, glue) = names::shorten(&first, glue)?;
            (sorted(&first)?, glue)
        }
    };
    chunks.insert(MAIN.to_owned(), first);
    let needs = |links: &String| script::needs(links, "example");
    let sample = links.as_ref().map(needs).transpose()?.unwrap_or_default();
    Ok(Program {
        sample,
        script: script::compose(&glue, links.as_deref())?,
        chunks,
    })
}

/// That a tool makes nothing of the program.
pub(crate) fn refused(tool: &str, error: &impl Display) -> Error {
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

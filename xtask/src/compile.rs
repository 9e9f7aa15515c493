//! From the sources to one wasm file, by cargo.

use std::fs;
use std::path::PathBuf;

use crate::process::{cargo, output_of, run};
use crate::tools::TARGET;
use crate::{Error, Result};

/// What the program is compiled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// For those who use it: small, in chunks.
    Release,
    /// For those who work on it: quickly there, in one piece.
    Dev,
}

/// Compiles the program; returns its wasm, which nothing but
/// [`bundle`](crate::bundle) understands.
///
/// # Errors
/// When it does not compile, or the result can't be read.
pub fn compile(shape: Shape) -> Result<Vec<u8>> {
    let mut command = cargo();
    command.args([
        "rustc",
        "--quiet",
        "--bin",
        "pipewright",
        "--target",
        TARGET,
    ]);
    let folder = match shape {
        Shape::Release => {
            // To take the program apart one must know what refers to what, and
            // the names of the places where it comes apart.
            command.args(["--release", "--features", "split"]);
            command.args(["--config", "profile.release.strip=false"]);
            command.args(["--", "-Clink-args=--emit-relocs"]);
            "release"
        }
        Shape::Dev => {
            // What a debugger would read is more than half of the wasm, through
            // all of which wasm-bindgen goes for each change. Panics name their
            // line without it.
            command.args(["--config", "profile.dev.debug=false"]);
            "debug"
        }
    };
    run(
        &mut command,
        "the build of the program",
        "install rustup from https://rustup.rs",
    )?;
    let path = target_dir()?
        .join(TARGET)
        .join(folder)
        .join("pipewright.wasm");
    fs::read(&path).map_err(Error::file("read", &path))
}

/// Where cargo puts what it builds.
fn target_dir() -> Result<PathBuf> {
    let text = output_of(cargo().args(["metadata", "--no-deps", "--format-version=1"]))
        .ok_or_else(|| {
            Error::unexpected("cargo metadata", "it failed; run it by hand to see why")
        })?;
    let metadata: serde_json::Value = serde_json::from_str(&text)
        .map_err(|error| Error::unexpected("the answer of cargo metadata", error.to_string()))?;
    metadata
        .get("target_directory")
        .and_then(|folder| folder.as_str())
        .map(PathBuf::from)
        .ok_or_else(|| {
            Error::unexpected("the answer of cargo metadata", "it names no target folder")
        })
}

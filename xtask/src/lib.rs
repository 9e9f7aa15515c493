//! The project's own commands, run as `cargo xtask <command>`, so that a
//! machine with nothing but rustup can build, serve and test Pipewright.
//!
//! | module | what it knows |
//! | --- | --- |
//! | [`tools`] | the pinned build tools and where they are kept |
//! | [`dist`] | how the release is built, step by step |
//! | [`compile`] | from the sources to wasm |
//! | [`bundle`] | from that to chunks |
//! | [`program`] | what that makes |
//! | [`names`] | short names for what the wasm takes from its script |
//! | [`sorted`] | wasm written anew, so that it packs well |
//! | [`script`] | the one script around the chunks |
//! | [`parts`] | which chunk comes in which file |
//! | [`page`] | index.html and what it links |
//! | [`finish`] | ECharts, the licences, the security policy |
//! | [`offline`] | what lets the folder start without the network |
//! | [`prune`] | ECharts without what is not used |
//! | [`js`] | minified scripts as tokens, for that |
//! | [`packed`] | the files, compressed in advance |
//! | [`single`] | all of it as one HTML file |
//! | [`dense`] | bytes as text, for that file |
//! | [`dev`] | a quick build that follows the sources |
//! | [`weight`] | what a first visit weighs |
//! | [`server`] | the static file server of `serve` and of the browser tests |
//! | [`manners`] | how hosts differ in serving a folder |
//! | [`trouble`] | what can be wrong with how a file arrives |
//! | [`browsers`] | where the browsers and their drivers are found |
//! | [`debian`] | installing Debian's packages |
//! | [`hosts`] | the servers that the documentation has configurations for |
//! | [`axe`] | where the accessibility checker is found |
//! | [`fuzz`] | how inputs are made up, and what is kept of them |
//! | [`test`] | everything a change must pass |
//! | [`process`] | running other programs |

pub mod axe;
pub mod browsers;
#[cfg(feature = "build")]
pub mod bundle;
#[cfg(feature = "build")]
pub mod compile;
mod debian;
mod dense;
#[cfg(feature = "build")]
pub mod dev;
#[cfg(feature = "build")]
pub mod dist;
mod error;
pub mod finish;
pub mod fuzz;
pub mod hosts;
mod js;
pub mod manners;
#[cfg(feature = "build")]
pub mod names;
pub mod offline;
pub mod packed;
pub mod page;
pub mod parts;
pub mod process;
pub mod program;
mod prune;
pub mod script;
pub mod server;
pub mod single;
#[cfg(feature = "build")]
pub mod sorted;
#[cfg(feature = "build")]
pub mod test;
pub mod tools;
pub mod trouble;
pub mod weight;

use std::path::{Path, PathBuf};

pub use error::{Error, Result};

/// The folder of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_path_buf()
}

/// The folder the release is built into.
#[must_use]
pub fn dist_dir() -> PathBuf {
    root().join("dist")
}

/// Tells the developer what is going on, on a line of its own.
pub fn say(line: impl std::fmt::Display) {
    println!("xtask: {line}");
}

//! The pinned build tools.
//!
//! They are built once into a folder of their own outside the checkout, named
//! by version, so that a second clone finds them there.

use std::env;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{cargo, find_program, home, output_of, run};
use crate::{Error, Result, say};

/// What the program is compiled for.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";
const GECKODRIVER_VERSION: &str = "0.37.1";
const RUSTUP: &str = "install rustup from https://rustup.rs, or add it with your system's packages";

/// A program that is installed from crates.io.
struct Tool {
    package: &'static str,
    program: &'static str,
    version: String,
    minutes: &'static str,
    /// Options of `cargo install`, in the order in which they are tried.
    attempts: &'static [&'static [&'static str]],
}

/// Makes sure of the driver of Firefox.
///
/// # Errors
/// When it can't be built.
pub(crate) fn ensure_geckodriver() -> Result<()> {
    install(&Tool {
        package: "geckodriver",
        program: "geckodriver",
        version: GECKODRIVER_VERSION.into(),
        minutes: "1 to 4 minutes",
        attempts: &[&["--locked"], &[]],
    })
    .map(drop)
}

/// The driver of Firefox, if it was built.
pub(crate) fn geckodriver() -> Option<PathBuf> {
    let name = format!("geckodriver-{GECKODRIVER_VERSION}");
    let program = format!("geckodriver{}", env::consts::EXE_SUFFIX);
    let file = cache_dir().ok()?.join(name).join("bin").join(program);
    file.is_file().then_some(file)
}

/// Makes sure that the compiler can build for the browser.
///
/// # Errors
/// When the target is missing and rustup can't add it.
pub fn ensure_target() -> Result<()> {
    let libraries =
        output_of(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    if libraries.is_some_and(|folder| Path::new(folder.trim()).is_dir()) {
        return Ok(());
    }
    say(format_args!(
        "adding the compiler's target {TARGET} (about a minute)"
    ));
    run(
        Command::new("rustup").args(["target", "add", TARGET]),
        "rustup target add",
        RUSTUP,
    )
}

/// Makes sure of clippy and rustfmt, which a minimal toolchain lacks.
///
/// # Errors
/// When one is missing and rustup can't add it.
pub fn ensure_components() -> Result<()> {
    for (component, subcommand) in [("clippy", "clippy"), ("rustfmt", "fmt")] {
        if output_of(cargo().args([subcommand, "--version"])).is_none() {
            say(format_args!(
                "adding {component} to the toolchain (a few seconds)"
            ));
            run(
                Command::new("rustup").args(["component", "add", component]),
                "rustup component add",
                RUSTUP,
            )?;
        }
    }
    Ok(())
}

/// The folder of the tools of all versions.
///
/// # Errors
/// There is no home folder, or it can't be written to.
pub fn cache_dir() -> Result<PathBuf> {
    let base = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|folder| folder.is_absolute())
        .or_else(|| Some(home()?.join(".cache")))
        .ok_or_else(|| {
            Error::missing(
                "a home folder",
                "set HOME or XDG_CACHE_HOME to a folder for the build tools",
            )
        })?;
    let tools = base.join("pipewright").join("tools");
    fs::create_dir_all(&tools).map_err(Error::file("make the folder", &tools))?;
    Ok(tools)
}

/// Runs `build` while no other process does the same, unless `is_there` by then.
///
/// # Errors
/// What `build` reports, and a folder of the tools that can't be written to.
pub fn once(
    name: &str,
    is_there: impl Fn() -> bool,
    build: impl FnOnce() -> Result<()>,
) -> Result<()> {
    if is_there() {
        return Ok(());
    }
    let path = cache_dir()?.join(format!("{name}.lock"));
    let lock = File::create(&path).map_err(Error::file("make the file", &path))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            say(format_args!(
                "another process is installing {name}; waiting for it"
            ));
            lock.lock().map_err(Error::file("lock", &path))?;
        }
        Err(TryLockError::Error(source)) => return Err(Error::file("lock", &path)(source)),
    }
    if is_there() { Ok(()) } else { build() }
}

fn install(tool: &Tool) -> Result<PathBuf> {
    let name = format!("{}-{}", tool.package, tool.version);
    let folder = cache_dir()?.join(&name);
    let programs = folder.join("bin");
    let program = programs.join(format!("{}{}", tool.program, env::consts::EXE_SUFFIX));
    // Cargo moves the program into place when it is complete; asking it for its
    // version tells a finished installation from an interrupted one.
    let is_there = || answers(&program, &tool.version);
    once(&name, is_there, || {
        say(format_args!(
            "building {name} once, for all checkouts, into {} ({})",
            folder.display(),
            tool.minutes
        ));
        let what = format!("the installation of {name}");
        let mut outcome = Ok(());
        for (attempt, options) in tool.attempts.iter().enumerate() {
            if attempt > 0 {
                say(
                    "that did not work with the versions it was released with; trying with current ones",
                );
            }
            let mut command = cargo();
            command
                .args([
                    "install",
                    tool.package,
                    "--version",
                    &tool.version,
                    "--root",
                ])
                .arg(&folder);
            outcome = run(
                command.args(["--force", "--quiet"]).args(*options),
                &what,
                RUSTUP,
            );
            if outcome.is_ok() {
                break;
            }
        }
        outcome?;
        if is_there() {
            say(format_args!("{name} is ready"));
            Ok(())
        } else {
            Err(Error::unexpected(
                program.display().to_string(),
                "it does not report its version",
            ))
        }
    })?;
    Ok(programs)
}

fn answers(program: &Path, version: &str) -> bool {
    program.is_file()
        && output_of(Command::new(program).arg("--version"))
            .is_some_and(|answer| answer.split_whitespace().any(|word| word == version))
}

/// Whether the program is in the path, for the messages of other modules.
pub(crate) fn has(program: &str) -> bool {
    find_program(program).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_does_not_answer_counts_as_missing() {
        assert!(!answers(Path::new("no-such-program"), "1.0.0"));
    }
}

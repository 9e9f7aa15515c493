//! Running other programs.

use std::env;
use std::ffi::OsString;
use std::io::{Write, stderr, stdout};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use crate::{Error, Result};

/// The cargo that runs this program, or the one in the path.
#[must_use]
pub fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(crate::root());
    command
}

/// Runs a program to its end; its output goes to the terminal, and it reads nothing.
///
/// # Errors
/// When it can't be started, with `remedy` as the way to get it, or when it fails.
pub fn run(command: &mut Command, what: &str, remedy: &str) -> Result<()> {
    let status = command
        .stdin(Stdio::null())
        .status()
        .map_err(|_| Error::missing(name_of(command), remedy))?;
    ended(status, what)
}

/// Runs a program to its end like [`run`]; its output comes to the terminal
/// when it has ended, all of it together.
///
/// # Errors
/// As those of [`run`].
pub fn run_then_tell(command: &mut Command, what: &str, remedy: &str) -> Result<()> {
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|_| Error::missing(name_of(command), remedy))?;
    // Where the terminal is gone, nobody reads it.
    let _ = stdout().lock().write_all(&output.stdout);
    let _ = stderr().lock().write_all(&output.stderr);
    ended(output.status, what)
}

fn ended(status: ExitStatus, what: &str) -> Result<()> {
    if status.success() {
        Ok(())
    } else {
        Err(Error::Failed {
            what: what.into(),
            status: status.to_string(),
        })
    }
}

/// Runs a program and returns what it printed, or nothing if it is not there or fails.
#[must_use]
pub fn output_of(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The file of a program in the path.
#[must_use]
pub fn find_program(name: &str) -> Option<PathBuf> {
    let file_name = format!("{name}{}", env::consts::EXE_SUFFIX);
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(&file_name))
        .find(|file| file.is_file())
}

/// The path with our tools first, and cargo's own folder last, for the shells
/// in which rustup was never put into the path.
#[must_use]
pub fn path_with(folders: &[PathBuf]) -> OsString {
    let present = env::var_os("PATH").unwrap_or_default();
    let mut all: Vec<PathBuf> = folders.to_vec();
    all.extend(env::split_paths(&present));
    all.extend(cargo_home().map(|home| home.join("bin")));
    env::join_paths(all).unwrap_or(present)
}

fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(home()?.join(".cargo")))
}

/// The user's own folder.
pub(crate) fn home() -> Option<PathBuf> {
    env::var_os(if cfg!(windows) { "USERPROFILE" } else { "HOME" })
        .map(PathBuf::from)
        .filter(|home| home != Path::new(""))
}

fn name_of(command: &Command) -> String {
    Path::new(command.get_program())
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

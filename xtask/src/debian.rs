//! Debian's packages: root on Debian gets what is missing by itself.

use std::path::Path;
use std::process::Command;

use crate::process::{output_of, run};
use crate::tools::has;
use crate::{Error, Result, say};

/// Installs packages; where that can't be done here, `missing` is the error.
///
/// # Errors
/// `missing`, or when a package can't be installed.
pub fn install(packages: &[&str], missing: Error) -> Result<()> {
    let is_root = output_of(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    if !is_root || !Path::new("/etc/debian_version").exists() || !has("apt-get") {
        return Err(missing);
    }
    let names = packages.join(", ");
    say(format_args!(
        "installing {names} with apt-get (1 to 5 minutes)"
    ));
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        command
            .env("DEBIAN_FRONTEND", "noninteractive")
            .arg("-qq")
            .args(arguments);
        run(&mut command, "apt-get", &format!("install {names} by hand"))
    };
    apt(&["update"])?;
    apt(&[&["install", "-y", "--no-install-recommends"], packages].concat())
}

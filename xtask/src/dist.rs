//! Building the release folder.

use std::process::Command;

use crate::process::{path_with, run};
use crate::{Result, dist_dir, root, say, tools};

/// Builds the release into `dist/`, with the tools it needs.
///
/// # Errors
/// When a tool can't be had or the build fails.
pub fn build() -> Result<()> {
    let folders = tools::ensure()?;
    say("building the release (the first time 2 to 5 minutes)");
    let mut trunk = Command::new("trunk");
    trunk
        .current_dir(root())
        .env("PATH", path_with(&folders))
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        // Trunk wants true or false in it and stops at the customary 1.
        .env_remove("NO_COLOR")
        .args(["build", "--release", "--log", "warn"]);
    run(
        &mut trunk,
        "the build of the release",
        "it should have been installed a moment ago; run the command again",
    )?;
    say(format_args!("the release is in {}", dist_dir().display()));
    Ok(())
}

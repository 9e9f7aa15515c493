//! Fuzzing: a target of the package `fuzz`, run by libFuzzer with the stable
//! compiler, which can count what inputs reach in the code without a sanitizer.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{cargo, output_of, run};
use crate::{Error, Result, root, say};

/// Makes the compiler count the edges that are taken. What is compared with
/// what is not told: that takes half of the time, and `fuzz/words.txt` has the
/// words that would be found by it.
const FLAGS: &[&str] = &[
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
];
/// An input may take so many seconds, and so many megabytes.
const LIMITS: &[&str] = &["-timeout=20", "-rss_limit_mb=2048", "-max_len=100000"];
/// A seed that is kept is no longer than this many bytes.
const LONGEST_SEED: &str = "-max_len=6000";

/// What to do with a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Run it for so many minutes.
    Run(u32),
    /// Keep of what was found the few inputs that reach what no seed reaches.
    Keep,
}

/// Does it.
///
/// # Errors
/// The fuzzer can't be built, or an input was found that the target fails on.
pub fn fuzz(target: &str, act: Act) -> Result<()> {
    let seeds = root().join("fuzz/seeds").join(target);
    if !seeds.is_dir() {
        return Err(Error::Usage(format!(
            "no such target: {target}; there are the folders in fuzz/seeds"
        )));
    }
    let program = build()?;
    let [corpus, finds] = ["corpus", "finds"].map(|kind| made().join(kind).join(target));
    for folder in [&corpus, &finds] {
        fs::create_dir_all(folder).map_err(Error::file("create", folder))?;
    }
    let mut fuzzer = Command::new(program);
    fuzzer.env("FUZZ_TARGET", target).args(LIMITS);
    match act {
        Act::Run(minutes) => {
            say(format_args!("fuzzing {target} for {minutes} min"));
            fuzzer
                .arg(format!("-max_total_time={}", u64::from(minutes) * 60))
                .arg(told("-dict=", &root().join("fuzz/words.txt")))
                .arg(format!("-artifact_prefix={}/", finds.display()))
                .arg("-print_final_stats=1")
                .args([&corpus, &seeds]);
        }
        Act::Keep => {
            fuzzer
                .args(["-merge=1", "-set_cover_merge=1", "-use_counters=0"])
                .arg(LONGEST_SEED)
                .args([&seeds, &corpus]);
        }
    }
    run(
        &mut fuzzer,
        &format!(
            "fuzzing {target} (what it failed on is in {})",
            finds.display()
        ),
        "it should have been built a moment ago; run the command again",
    )
}

/// Tells how long the targets take for long texts.
///
/// # Errors
/// The program that measures it can't be built.
pub fn long_texts() -> Result<()> {
    run(
        cargo()
            .args(["run", "--quiet", "--package=fuzz", "--profile=fuzz"])
            .arg("--bin=long"),
        "the measurements",
        "install rustup from https://rustup.rs",
    )
}

fn told(option: &str, path: &Path) -> String {
    format!("{option}{}", path.display())
}

/// Where the fuzzer is built, apart from what is built without counting.
fn made() -> PathBuf {
    root().join("target/fuzz")
}

/// Builds the fuzzer, and says where it is.
fn build() -> Result<PathBuf> {
    let version = output_of(Command::new("rustc").arg("-vV")).unwrap_or_default();
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .ok_or_else(|| Error::missing("rustc", "install rustup from https://rustup.rs"))?;
    say("building the fuzzer, which takes a C++ compiler and some minutes at first");
    run(
        cargo()
            .env("RUSTFLAGS", FLAGS.join(" "))
            .args([
                "build",
                "--quiet",
                "--package=fuzz",
                "--bin=fuzz",
                "--features=engine",
            ])
            // Named, so that build scripts and macros are not counted.
            .args(["--profile=fuzz", "--target", host])
            .arg(told("--target-dir=", &made())),
        "the build of the fuzzer",
        "install rustup from https://rustup.rs",
    )?;
    Ok(made().join(host).join("fuzz/fuzz"))
}

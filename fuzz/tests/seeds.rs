//! Every kept seed passes its target, and so do long texts. How long they take
//! is told by `cargo xtask bench long`.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use fuzz::long::texts;
use fuzz::{TARGETS, target};

/// What a long input has, in bytes.
const LONG: usize = 100_000;

fn seeds_of(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("seeds")
        .join(target);
    let files = fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().path());
    let mut seeds: Vec<_> = files
        .map(|file| (file.display().to_string(), fs::read(&file).unwrap()))
        .collect();
    seeds.sort();
    seeds
}

fn pass(name: &str, what: &str, bytes: &[u8]) {
    // The last line of a failed test says what it was.
    println!("{name}: {what}");
    target(name).unwrap()(bytes);
}

#[test]
fn every_target_passes_all_its_seeds() {
    for (name, _) in TARGETS {
        let seeds = seeds_of(name);
        assert!(!seeds.is_empty(), "{name} has no seeds");
        for (file, bytes) in seeds {
            pass(name, &file, &bytes);
        }
    }
}

#[test]
fn the_seeds_are_those_of_targets() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name();
        assert!(target(name.to_str().unwrap()).is_some(), "{name:?}");
    }
}

#[test]
fn every_target_takes_long_texts() {
    for text in texts(LONG) {
        pass(text.target, text.what, &text.bytes);
    }
}

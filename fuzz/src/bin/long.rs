//! How long the targets take for long texts, and how that grows with the text:
//! `cargo xtask bench long`.

use std::time::{Duration, Instant};

use fuzz::long::{Long, texts};
use fuzz::target;

/// How long a text is, in bytes, and how long the one that it is compared with.
const LENGTHS: [usize; 2] = [100_000, 400_000];
/// The quickest of so many tries counts: what else is at work only adds.
const TRIES: usize = 3;
/// What is told of: the slowest.
const TOLD: usize = 12;

fn main() {
    let [short, long] = LENGTHS.map(texts);
    let mut found: Vec<(Duration, f64, String)> = Vec::new();
    for (short, long) in short.iter().zip(&long) {
        let (Some(few), Some(many)) = (took(short), took(long)) else {
            continue;
        };
        let growth = many.as_secs_f64() / few.as_secs_f64();
        found.push((many, growth, format!("{}: {}", short.target, short.what)));
    }
    found.sort_by(|(one, ..), (other, ..)| other.cmp(one));
    println!("| | 100 kB, ms | 400 kB, ms | times as long |");
    println!("| --- | --- | --- | --- |");
    for (many, growth, name) in found.iter().take(TOLD) {
        let many = many.as_secs_f64() * 1_000.0;
        println!(
            "| {name} | {:.0} | {many:.0} | {growth:.1} |",
            many / growth
        );
    }
}

fn took(text: &Long) -> Option<Duration> {
    let act = target(text.target)?;
    let tries = (0..TRIES).map(|_| {
        let start = Instant::now();
        act(&text.bytes);
        start.elapsed()
    });
    tries.min()
}

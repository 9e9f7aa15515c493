//! What keeping data costs, in characters and in time.

use std::time::Duration;

use pipewright::codec::backup::{read, write};
use pipewright::codec::shelf::Space;
use pipewright::domain::check::check;
use pipewright::store::port::characters_in_use;

use crate::sample::{Account, load, open_deal};

#[test]
fn a_tick_rewrites_one_page_of_at_most_20_000_characters() {
    let mut account = Account::with_deals(500);
    let (at, _) = open_deal(&account.workspace);
    let before = account.port.snapshot();
    assert!(account.toggle(at, 0));
    account.save();
    let after = account.port.snapshot();
    let changed = after
        .iter()
        .filter(|(key, text)| before.get(*key) != Some(text))
        .count();
    let written = account.saver.written();
    println!("a tick: {written:?}");
    assert_eq!((changed, written.keys), (1, 1));
    assert!(written.characters <= 20_000, "{written:?}");
}

#[test]
fn thousands_of_deals_fit_the_room_many_times_over() {
    let account = Account::with_deals(8_800);
    let used = characters_in_use(&account.port, Space::Main.prefix()).unwrap();
    println!("8,800 deals: {used} characters, {} a deal", used / 8_800);
    assert!(used < 5_242_880 / 4, "{used}");
}

/// The time the processor has spent on this thread, where the system tells
/// (Linux): other work on the machine does not count.
fn processor_time() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = told.split(' ').next().and_then(|nanos| nanos.parse().ok());
    Duration::from_nanos(nanos.unwrap_or(0))
}

fn timed<T>(what: &str, run: impl FnOnce() -> T) -> T {
    let start = processor_time();
    let result = run();
    println!("{what}: {:.1?}", processor_time() - start);
    result
}

#[test]
#[ignore = "prints times: run it with --release -- --ignored --nocapture"]
fn times() {
    for deals in [8_800, 50_000] {
        println!("{deals} deals");
        let mut account = timed("make, import, save", || Account::with_deals(deals));
        let used = characters_in_use(&account.port, Space::Main.prefix()).unwrap();
        println!("{used} characters, {} a deal", used / deals);
        let loaded = timed("load", || load(&account.port));
        timed("check", || assert_eq!(check(&loaded.0), Ok(())));
        let (at, _) = open_deal(&account.workspace);
        timed("tick and save", || {
            assert!(account.toggle(at, 0));
            account.save();
        });
        println!("{:?}", account.saver.written());
        let backup = timed("write a backup", || write(&account.workspace, "2026-11-07"));
        timed("read a backup", || read(backup.as_bytes()).unwrap());
    }
}

//! What keeping data costs, in characters and in time.

use std::time::Instant;

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

#[test]
#[ignore = "prints times: run it with --release -- --ignored --nocapture"]
fn times() {
    for deals in [8_800, 50_000] {
        let start = Instant::now();
        let mut account = Account::with_deals(deals);
        println!("{deals}: made, imported and saved in {:?}", start.elapsed());
        let used = characters_in_use(&account.port, Space::Main.prefix()).unwrap();
        println!("{deals}: {used} characters, {} a deal", used / deals);
        let start = Instant::now();
        let loaded = load(&account.port);
        println!("{deals}: loaded in {:?}", start.elapsed());
        let start = Instant::now();
        assert_eq!(check(&loaded.0), Ok(()));
        println!("{deals}: checked in {:?}", start.elapsed());
        let (at, _) = open_deal(&account.workspace);
        let start = Instant::now();
        assert!(account.toggle(at, 0));
        account.save();
        println!(
            "{deals}: a tick in {:?}, {:?}",
            start.elapsed(),
            account.saver.written()
        );
    }
}

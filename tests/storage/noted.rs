//! Noted entries lie on pages of their own: whatever is noted, an edit writes
//! little, and what is gone is missed.

use std::collections::BTreeSet;

use pipewright::codec::shelf::{PAGE_CHARACTERS, PAGE_NOTES, Shelf, Space};
use pipewright::domain::change::apply::install;
use pipewright::domain::change::command::{Command, NextStepDraft};
use pipewright::domain::record::workspace::Key;
use pipewright::domain::value::id::{DealId, NoteId};
use pipewright::store::memory::Memory;
use pipewright::store::port::{KeyValue, units};
use pipewright::store::saver::{Batch, Flush, Status};

use crate::sample::{Account, Dice, NOW_MS, load, open_deal};

/// The most characters that an edit writes.
const MOST_FOR_AN_EDIT: usize = 20_000;
/// The longest noted entry.
const LONGEST: usize = 5_000;

/// A text that no packing can shorten much: Chinese characters by chance.
fn rare(dice: &mut Dice, length: usize) -> String {
    let one = |dice: &mut Dice| char::from_u32(0x4e00 + dice.roll(0x5200) as u32).unwrap();
    (0..length).map(|_| one(dice)).collect()
}

/// Letters by chance.
fn letters(dice: &mut Dice, length: usize) -> String {
    let one = |dice: &mut Dice| char::from(b'a' + dice.roll(26) as u8);
    (0..length).map(|_| one(dice)).collect()
}

/// Runs a command and saves: how many characters that wrote, on how many pages.
fn written(account: &mut Account, command: Command) -> (usize, usize) {
    let before = account.port.snapshot();
    account.run(command);
    account.save();
    let after = account.port.snapshot();
    let new = after.iter().filter(|(key, text)| {
        let is_page = Space::Main.shelf(key).is_some_and(Shelf::is_page);
        is_page && before.get(*key) != Some(*text)
    });
    let sizes: Vec<usize> = new.map(|(_, text)| units(text)).collect();
    (sizes.iter().sum(), sizes.len())
}

fn add(account: &mut Account, deal: DealId, text: String) -> usize {
    let (characters, pages) = written(account, Command::AddNote { deal, text });
    assert!(pages <= 2, "{pages} pages for a note");
    characters
}

fn notes_of(account: &Account, deal: DealId) -> Vec<NoteId> {
    let notes = account.workspace.notes.of(deal);
    notes.map(|note| note.id).collect()
}

/// How many characters the storage holds.
fn in_use(account: &Account) -> usize {
    let stored = account.port.snapshot();
    stored
        .iter()
        .map(|(key, text)| units(key) + units(text))
        .sum()
}

fn is_stored_whole(account: &Account) {
    let (workspace, saver, report) = load(&account.port);
    assert_eq!(workspace, account.workspace);
    assert_eq!(saver.lost().count(), 0);
    assert_eq!((report.set_aside, report.notes), (vec![], vec![]));
}

#[test]
fn an_edit_writes_little_whatever_was_noted() {
    for text in [rare, letters] {
        let mut dice = Dice(3);
        let mut account = Account::with_deals(128);
        let (at, deal) = open_deal(&account.workspace);
        for count in 0..100 {
            let text = text(&mut dice, LONGEST);
            let characters = add(&mut account, deal, text);
            assert!(
                characters < MOST_FOR_AN_EDIT,
                "{characters} for note {count}"
            );
        }
        // Neither the deal nor another note writes what was noted.
        assert!(account.toggle(at, 0));
        account.save();
        let (characters, pages) = written(
            &mut account,
            Command::SetNextStep {
                deals: BTreeSet::from([deal]),
                step: Some(NextStepDraft {
                    what: "Call back".to_owned(),
                    due: None,
                }),
            },
        );
        assert!(
            characters < PAGE_CHARACTERS && pages == 1,
            "{characters} on {pages}"
        );
        is_stored_whole(&account);
        let deals = BTreeSet::from([deal]);
        account.run(Command::DeleteDeals(deals));
        account.save();
        assert!(account.workspace.notes.is_empty());
        is_stored_whole(&account);
    }
}

#[test]
fn short_notes_that_become_long_go_to_pages_with_room() {
    for text in [rare, letters] {
        let mut dice = Dice(5);
        let mut account = Account::with_deals(128);
        let (_, deal) = open_deal(&account.workspace);
        for _ in 0..PAGE_NOTES / 2 {
            add(&mut account, deal, letters(&mut dice, 40));
        }
        let pages = |account: &Account| {
            let keys = account.port.keys("pipewright/main/notes/").unwrap();
            keys.len()
        };
        assert_eq!(pages(&account), 1);
        for note in notes_of(&account, deal).into_iter().take(30) {
            let text = text(&mut dice, LONGEST);
            let (characters, _) = written(&mut account, Command::EditNote { note, text });
            assert!(characters < MOST_FOR_AN_EDIT, "{characters} for an edit");
        }
        assert!(pages(&account) > 10);
        is_stored_whole(&account);
        // An earlier copy does not come back with a note that is deleted.
        let gone = notes_of(&account, deal)[3];
        let (characters, _) = written(&mut account, Command::DeleteNote(gone));
        assert!(characters < MOST_FOR_AN_EDIT, "{characters} for a deletion");
        is_stored_whole(&account);
        let (mut workspace, saver, _) = load(&account.port);
        std::mem::swap(&mut account.workspace, &mut workspace);
        account.saver = saver;
        add(&mut account, deal, "One more".to_owned());
        is_stored_whole(&account);
        assert!(account.workspace.notes.get(gone).is_none());
    }
}

#[test]
fn texts_that_a_deal_gets_later_write_little() {
    let mut dice = Dice(7);
    let mut account = Account::with_deals(128);
    let deals: Vec<usize> = (0..40).collect();
    for at in deals {
        let deal = account.deal(at).unwrap();
        let mut form = crate::support::form_of(&deal);
        form.notes = letters(&mut dice, 10_000);
        let (characters, _) = written(&mut account, Command::EditDeal(deal.id, form));
        assert!(characters < MOST_FOR_AN_EDIT, "{characters} for deal {at}");
    }
    is_stored_whole(&account);
}

/// An account with as many short notes as leave room for none that is long.
fn with_short_notes(dice: &mut Dice) -> (Account, Vec<NoteId>) {
    let mut account = Account::with_deals(10);
    let (_, deal) = open_deal(&account.workspace);
    for _ in 0..PAGE_NOTES / 2 {
        add(&mut account, deal, letters(dice, 40));
    }
    let notes = notes_of(&account, deal);
    (account, notes)
}

fn edit(account: &mut Account, note: NoteId, text: String) {
    account.run(Command::EditNote { note, text });
}

#[test]
fn what_did_not_get_to_its_new_page_is_still_on_the_old_one() {
    for writes in 0..4 {
        let mut dice = Dice(11);
        let (mut account, notes) = with_short_notes(&mut dice);
        edit(&mut account, notes[0], rare(&mut dice, LONGEST));
        edit(&mut account, notes[1], "Short".to_owned());
        account.port.fail_write(Some(writes));
        account.flush(|| true);
        // The browser is killed.
        let (workspace, _, report) = load(&account.port);
        assert_eq!(workspace.notes.len(), notes.len(), "after {writes} writes");
        assert_eq!(report.set_aside, vec![]);
        account.port.fail_write(None);
        account.saver.retry(NOW_MS);
        account.save();
        is_stored_whole(&account);
    }
}

/// Loads the page again, with a journal that has these texts.
fn start_with(account: &mut Account, texts: &[(String, String)]) {
    (account.workspace, account.saver, _) = load(&account.port);
    let Account {
        saver, workspace, ..
    } = account;
    for (key, text) in texts {
        saver.replay(key, text, workspace, NOW_MS);
    }
    let changes = saver.take_in(workspace);
    install(workspace, &changes).unwrap();
}

#[test]
fn a_page_that_lets_go_of_a_note_has_its_others_in_the_journal() {
    let mut dice = Dice(11);
    let (mut account, notes) = with_short_notes(&mut dice);
    let disk = account.port.snapshot();
    // It is written before the journal is found, for the page was hidden.
    account.saver.journal_awaited();
    edit(&mut account, notes[0], "Kept".to_owned());
    account.saver.flush_all(&account.workspace, &account.port);
    edit(&mut account, notes[1], rare(&mut dice, LONGEST));
    account.saver.journal_on();
    let batch = account.saver.journal_some(&account.workspace, || true);
    let Ok(Batch::Texts(texts)) = batch else {
        panic!("no texts for the journal");
    };
    account.saver.journaled();
    account.save();
    assert_eq!(account.saver.status(), Status::Saved);

    // The browser is killed, and had nothing of it on disk.
    let edited = account.workspace.clone();
    account.port = Memory::new();
    for (key, text) in &disk {
        account.port.set(key, text).unwrap();
    }
    start_with(&mut account, &texts);
    assert_eq!(account.workspace, edited);
}

#[test]
fn what_the_journal_alone_has_leaves_its_old_page_after_the_new_one_is_written() {
    let mut dice = Dice(11);
    let (mut account, notes) = with_short_notes(&mut dice);
    account.saver.journal_on();
    edit(&mut account, notes[0], rare(&mut dice, LONGEST));
    let batch = account.saver.journal_some(&account.workspace, || true);
    let Ok(Batch::Texts(texts)) = batch else {
        panic!("no texts for the journal");
    };
    account.saver.journaled();
    account.port.set_quota(Some(in_use(&account) + 50));
    assert_eq!(account.flush(|| true), Flush::Refused);
    let edited = account.workspace.clone();

    // The page is loaded again, and still there is no room.
    start_with(&mut account, &texts);
    assert_eq!(account.workspace, edited);
    assert_eq!(account.flush(|| true), Flush::Refused);
    assert_eq!(load(&account.port).0.notes.len(), notes.len());

    account.port.set_quota(None);
    account.saver.retry(NOW_MS);
    account.save();
    is_stored_whole(&account);
}

#[test]
fn none_of_several_new_pages_is_forgotten_when_one_is_refused() {
    let mut dice = Dice(11);
    let (mut account, notes) = with_short_notes(&mut dice);
    for note in &notes[..3] {
        edit(&mut account, *note, rare(&mut dice, LONGEST));
    }
    edit(&mut account, notes[3], "Short".to_owned());
    account.port.fail_write(Some(0));
    account.flush(|| false);
    // The first new page and what is written next get through.
    account.port.fail_write(Some(2));
    account.saver.retry(NOW_MS);
    assert_eq!(account.flush(|| true), Flush::Refused);
    assert_eq!(load(&account.port).0.notes.len(), notes.len());
    account.port.fail_write(None);
    account.saver.retry(NOW_MS);
    account.save();
    is_stored_whole(&account);
}

#[test]
fn what_is_not_saved_and_what_is_are_together_the_whole_account() {
    let mut dice = Dice(7);
    let (mut account, notes) = with_short_notes(&mut dice);
    account.port.set_quota(Some(in_use(&account)));
    let saved = account.saver.fingerprint();
    edit(&mut account, notes[0], rare(&mut dice, LONGEST));
    account.run(Command::DeleteNote(notes[1]));
    assert_eq!(account.flush(|| true), Flush::Refused);
    let unsaved = account.saver.fingerprint();
    assert_ne!(unsaved, saved, "there is something new to keep");
    account.saver.retry(NOW_MS + 1_000);
    assert_eq!(account.flush(|| true), Flush::Refused);
    assert_eq!(account.saver.fingerprint(), unsaved, "and nothing newer");
    let picture = Memory::new();
    let stored = account.port.snapshot();
    let texts = account.saver.unsaved_texts(&account.workspace);
    for (key, text) in stored.into_iter().chain(texts) {
        picture.set(&key, &text).unwrap();
    }
    assert_ne!(load(&account.port).0, account.workspace);
    assert_eq!(load(&picture).0, account.workspace);
    // What can't be trusted is not kept.
    account.saver.lock();
    assert_eq!(account.saver.unsaved_texts(&account.workspace), []);
}

#[test]
fn a_page_of_notes_that_is_gone_is_missed() {
    let mut account = Account::with_deals(10);
    let (_, deal) = open_deal(&account.workspace);
    add(&mut account, deal, "They want two references".to_owned());
    let key = Space::Main.key(Shelf::Notes(0));
    account.port.remove(&key).unwrap();
    let (workspace, saver, _) = load(&account.port);
    assert!(workspace.notes.is_empty());
    let lost: Vec<String> = saver.lost().map(Shelf::title).collect();
    assert_eq!(lost, ["Notes, page 1"]);
}

#[test]
fn a_note_without_its_deal_is_hidden_and_comes_back_with_it() {
    let mut account = Account::with_deals(10);
    let (_, deal) = open_deal(&account.workspace);
    add(&mut account, deal, "They want two references".to_owned());
    let note = notes_of(&account, deal)[0];
    let key = Space::Main.key(Shelf::Deals(0));
    let deals = account.port.get(&key).unwrap().unwrap();
    account.port.remove(&key).unwrap();
    let (workspace, mut saver, report) = load(&account.port);
    assert!(workspace.notes.is_empty());
    assert_eq!(report.set_aside, vec![], "nothing is the matter with it");
    assert!(saver.revision(Key::Note(note)).is_some(), "it is stored");
    saver.replay(&key, &deals, &workspace, NOW_MS);
    let mut back = workspace.clone();
    let changes = saver.take_in(&workspace);
    pipewright::domain::change::apply::install(&mut back, &changes).unwrap();
    assert_eq!(back, account.workspace);
}

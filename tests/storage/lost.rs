//! What is damaged or gone while several tabs, or a journal, know of it.

use std::sync::Arc;

use pipewright::codec::page::decode;
use pipewright::codec::shelf::{PAGE_RECORDS, PageCount, Shelf, Space, generation_text};
use pipewright::domain::change::apply::install;
use pipewright::domain::change::command::Command;
use pipewright::domain::record::workspace::Record;
use pipewright::store::port::{KeyValue, units};
use pipewright::store::saver::{Batch, Flush, MARKS_KEPT_MS, Received, Saver, Status};

use crate::sample::{Account, Dice, NOW_MS, fresh, load, open_deal};

const FIRST_DEALS: &str = "pipewright/main/deals/0";
/// Kept elsewhere with the first edit, for the views are written anew then.
const VIEWS: &str = "pipewright/main/views";
const DAMAGED: &str = "}{";

/// Another tab of the same account, which is on its own until [`pass`].
fn second_tab(account: &Account) -> Account {
    let (workspace, saver, _) = Saver::load(&account.port, Space::Main, 2, fresh).unwrap();
    Account {
        workspace,
        saver,
        ..Account::new()
    }
}

/// Lets the other tab have the storage that both share.
fn pass(from: &mut Account, to: &mut Account) {
    std::mem::swap(&mut from.port, &mut to.port);
}

/// Tells a tab of what is stored under a key by now.
fn hear(account: &mut Account, key: &str) -> Received {
    let text = account.port.get(key).unwrap();
    let Account {
        saver, workspace, ..
    } = account;
    let received = saver.receive(key, text.as_deref(), workspace, NOW_MS);
    let changes = saver.take_in(workspace);
    install(workspace, &changes).unwrap();
    received
}

fn text(account: &Account, key: &str) -> String {
    account.port.get(key).unwrap().unwrap()
}

fn reloaded(account: &mut Account) {
    (account.workspace, account.saver, _) = load(&account.port);
}

fn any_edit(account: &mut Account) {
    let (at, _) = open_deal(&account.workspace);
    assert!(account.toggle(at, 0));
}

/// Two tabs that have met damaged views. The first has set them aside; the
/// second has not heard of it, and has the storage.
fn one_has_set_aside() -> (Account, Account) {
    let mut one = Account::with_deals(PAGE_RECORDS * 2);
    one.port.set(VIEWS, DAMAGED).unwrap();
    reloaded(&mut one);
    let mut two = second_tab(&one);
    any_edit(&mut one);
    one.save();
    pass(&mut one, &mut two);
    (one, two)
}

#[test]
fn what_one_tab_has_set_aside_is_not_written_over_by_another() {
    let (mut one, mut two) = one_has_set_aside();
    // It has the same to keep.
    any_edit(&mut two);
    two.save();
    let kept = two.saver.unread(&two.port).unwrap();
    let kept_first = two.port.get("pipewright/main/aside/0/views").unwrap();
    assert_eq!(kept_first.as_deref(), Some(DAMAGED), "{kept:?}");
    let readable = two.port.snapshot().into_iter();
    let asides = readable.filter(|(key, _)| key.contains("/aside/"));
    assert_eq!(asides.count(), 1, "what can be read is not set aside");
    for tab in [&mut two, &mut one] {
        hear_asides(tab);
    }
    assert_eq!(two.saver.unread_count(), 1);
}

fn hear_asides(account: &mut Account) {
    for key in account.port.keys("pipewright/main/aside/").unwrap() {
        assert_eq!(hear(account, &key), Received::Nothing);
    }
}

#[test]
fn what_another_tab_throws_away_is_not_told_any_more() {
    let (mut one, mut two) = one_has_set_aside();
    hear(&mut two, VIEWS);
    hear_asides(&mut two);
    assert_eq!(two.saver.unread_count(), 1);
    two.saver.discard_unread(&two.port, NOW_MS).unwrap();
    two.save();
    assert_eq!(two.saver.unread_count(), 0);
    pass(&mut two, &mut one);
    hear(&mut one, "pipewright/main/aside/0/views");
    assert_eq!(one.saver.unread_count(), 0);
    let again = second_tab(&one);
    assert_eq!(again.saver.unread_count(), 0);
}

#[test]
fn a_page_that_is_gone_is_told_until_it_is_back_or_taken_for_gone() {
    let whole = Account::with_deals(PAGE_RECORDS * 3);
    let pages = ["deals/0", "deals/1", "deals/2", "customers/0"];
    for page in pages {
        let key = format!("pipewright/main/{page}");
        let mut account = Account::with_deals(PAGE_RECORDS * 3);
        let text = text(&account, &key);
        account.port.remove(&key).unwrap();
        reloaded(&mut account);
        let lost: Vec<Shelf> = account.saver.lost().collect();
        assert_eq!(lost, [Space::Main.shelf(&key).unwrap()], "{page}");
        // Work goes on, and new deals go elsewhere.
        any_edit(&mut account);
        account.save();
        reloaded(&mut account);
        assert_eq!(account.saver.lost().count(), 1, "{page}");
        // Another tab, or the journal, has it.
        let mut back = second_tab(&account);
        back.port = std::mem::take(&mut account.port);
        let received = back.saver.replay(&key, &text, &back.workspace, NOW_MS);
        assert_eq!(received, Received::Merged, "{page}");
        let changes = back.saver.take_in(&back.workspace);
        install(&mut back.workspace, &changes).unwrap();
        assert_eq!(back.saver.lost().count(), 0, "{page}");
        assert_eq!(back.workspace.deals.len(), whole.workspace.deals.len());
        // Or a person takes it for gone.
        let Account { saver, port, .. } = &mut account;
        std::mem::swap(port, &mut back.port);
        saver.discard_unread(port, NOW_MS).unwrap();
        account.save();
        assert_eq!(account.saver.lost().count(), 0, "{page}");
        reloaded(&mut account);
        assert_eq!(account.saver.lost().count(), 0, "{page}");
    }
}

#[test]
fn deleting_every_deal_of_a_page_loses_nothing() {
    let mut account = Account::with_deals(PAGE_RECORDS * 2);
    let deals = account.workspace.deals.keys().copied().collect();
    account.run(Command::DeleteDeals(deals));
    account.save();
    let (_, saver, report) = load(&account.port);
    assert_eq!(saver.lost().count(), 0);
    assert_eq!(report.notes, Vec::<String>::new());
    // Nor does forgetting that they were deleted.
    account.saver.retry(NOW_MS + MARKS_KEPT_MS as i64 * 2);
    account.run(Command::SaveView {
        name: "Mine".to_owned(),
        address: "#/deals/open".to_owned(),
    });
    account.save();
    assert_eq!(load(&account.port).1.lost().count(), 0);
}

#[test]
fn views_that_are_gone_are_told() {
    let account = Account::with_deals(3);
    for (key, what) in [("views", "saved views"), ("rules", "rules")] {
        let key = format!("pipewright/main/{key}");
        let text = text(&account, &key);
        account.port.remove(&key).unwrap();
        let (_, _, report) = load(&account.port);
        assert!(report.notes[0].contains(what), "{report:?}");
        account.port.set(&key, &text).unwrap();
    }
}

#[test]
fn a_key_with_an_absurd_number_is_no_loss_of_millions_of_pages() {
    let account = Account::with_deals(3);
    let key = "pipewright/main/deals/4294967295";
    account.port.set(key, "what is this").unwrap();
    let (_, saver, _) = load(&account.port);
    assert_eq!(saver.lost().count(), 0);
    assert_eq!(PageCount::parse("1 4294967295/1 4294967295"), None);
}

/// An account that was erased and has been worked in since.
fn erased_once() -> Account {
    let mut account = Account::with_deals(PAGE_RECORDS);
    account.saver.erase(&account.port, NOW_MS).unwrap();
    reloaded(&mut account);
    let records = crate::sample::imported(&account.workspace, 10, 2);
    let kind = pipewright::domain::change::command::ImportKind::Deals;
    account.run(Command::Import(kind, records));
    account.save();
    account
}

#[test]
fn a_lost_generation_costs_no_edit() {
    for damage in [None, Some("17/18")] {
        let mut one = erased_once();
        let generation = one.saver.generation();
        let key = Space::Main.generation_key();
        match damage {
            None => one.port.remove(&key).unwrap(),
            Some(text) => one.port.set(&key, text).unwrap(),
        }
        let mut two = second_tab(&one);
        assert_eq!(two.saver.generation(), generation);
        pass(&mut one, &mut two);
        any_edit(&mut two);
        two.save();
        pass(&mut two, &mut one);
        hear(&mut one, FIRST_DEALS);
        assert_eq!(one.workspace.deals, two.workspace.deals);
        one.save();
        assert_eq!(load(&one.port).0.deals, two.workspace.deals);
    }
}

#[test]
fn what_an_erasing_has_left_is_neither_shown_nor_set_aside() {
    // Killed after an erasing, the browser has what was stored before it; the
    // journal alone tells of it.
    let mut account = erased_once();
    let key = Space::Main.generation_key();
    let erased = generation_text(account.saver.generation() + 1);
    let (saver, workspace) = (&mut account.saver, &account.workspace);
    let told = saver.replay(&key, &erased, workspace, NOW_MS);
    assert_eq!(told, Received::Erased);
    let (workspace, mut saver, report) = saver.reload(&account.port, 3).unwrap();
    assert_eq!(workspace, fresh());
    assert_eq!(report.set_aside.len(), 0);
    assert_eq!(saver.unread_count(), 0);
    saver.flush_all(&workspace, &account.port);
    assert_eq!(saver.status(), Status::Saved);
}

#[test]
fn an_erasing_that_is_heard_of_bit_by_bit_leaves_nothing_stored() {
    let mut account = erased_once();
    let generation = Space::Main.generation_key();
    let erased = generation_text(account.saver.generation() + 1);
    account.port.set(&generation, &erased).unwrap();
    assert_eq!(hear(&mut account, &generation), Received::Erased);
    let (workspace, mut saver, _) = account.saver.reload(&account.port, 3).unwrap();
    for key in account.port.keys(Space::Main.prefix()).unwrap() {
        if key != generation {
            account.port.remove(&key).unwrap();
            saver.receive(&key, None, &workspace, NOW_MS);
        }
    }
    assert_eq!(saver.status(), Status::Saved);
}

#[test]
fn what_another_program_takes_out_is_written_again_also_where_nobody_has_changed_it() {
    let mut account = Account::with_deals(3);
    let stored = account.port.keys(Space::Main.prefix()).unwrap();
    let keys: Vec<String> = stored
        .into_iter()
        .filter(|key| Space::Main.shelf(key).is_some())
        .collect();
    assert!(keys.iter().any(|key| key.ends_with("/settings")));
    for key in &keys {
        account.port.remove(key).unwrap();
        hear(&mut account, key);
    }
    account.save();
    for key in &keys {
        assert!(account.port.get(key).unwrap().is_some(), "{key} is gone");
    }
}

#[test]
fn an_old_journal_brings_no_deleted_deal_back() {
    let mut account = Account::with_deals(20);
    let journaled = text(&account, FIRST_DEALS);
    let deleted = *account.workspace.deals.keys().next().unwrap();
    account.run(Command::DeleteDeals([deleted].into()));
    account.save();
    // A month later the mark is forgotten with the next edit of its page.
    let later = NOW_MS + MARKS_KEPT_MS as i64 + 86_400_000;
    any_edit(&mut account);
    account.saver.retry(later);
    account.save();
    let page = decode(Shelf::Deals(0), &text(&account, FIRST_DEALS)).unwrap();
    assert_eq!(page.removed, vec![], "the mark is forgotten");
    reloaded(&mut account);
    let Account {
        saver, workspace, ..
    } = &mut account;
    saver.journal_awaited();
    saver.replay(FIRST_DEALS, &journaled, workspace, later);
    let changes = saver.take_in(workspace);
    install(workspace, &changes).unwrap();
    assert!(!workspace.deals.contains_key(&deleted));
    assert_eq!(workspace.deals.len(), 19);
}

#[test]
fn a_page_that_goes_has_everything_in_the_journal_whatever_becomes_of_the_storage() {
    let mut account = Account::with_deals(PAGE_RECORDS * 2);
    account.saver.journal_on();
    any_edit(&mut account);
    let first = account.saver.journal_some(&account.workspace, || true);
    let Ok(Batch::Texts(first)) = first else {
        panic!("no texts for the journal");
    };
    // It is on its way, and there is more.
    account.run(Command::SetCurrency("USD".to_owned()));
    let more = account.saver.journal_some(&account.workspace, || true);
    assert_eq!(more.ok(), Some(Batch::Nothing));
    let last = account.saver.journal_all(&account.workspace);
    let Ok(Batch::Texts(last)) = last else {
        panic!("no texts for the journal");
    };
    let edited = account.workspace.clone();
    assert_eq!(account.saver.status(), Status::Saving);

    // Of neither a word came into the storage.
    reloaded(&mut account);
    assert_ne!(account.workspace, edited);
    for (key, text) in first.iter().chain(&last) {
        let (saver, workspace) = (&mut account.saver, &account.workspace);
        saver.replay(key, text, workspace, NOW_MS);
    }
    let changes = account.saver.take_in(&account.workspace);
    install(&mut account.workspace, &changes).unwrap();
    assert_eq!(account.workspace, edited);
}

#[test]
fn nothing_is_called_saved_before_it_is_known_whether_there_is_a_journal() {
    let mut account = Account::with_deals(3);
    let before = account.port.snapshot();
    account.saver.journal_awaited();
    any_edit(&mut account);
    let later = NOW_MS + 3_000;
    assert_eq!(account.saver.status(), Status::Saving);
    assert_eq!(account.saver.due(later), None);
    let flushed = account.flush(|| true);
    assert_eq!(flushed, Flush::Waiting);
    assert_eq!(account.port.snapshot(), before);
    // It is found: it comes first.
    account.saver.journal_on();
    assert_eq!(account.saver.due(later), Some(0));
    let batch = account.saver.journal_some(&account.workspace, || true);
    assert!(
        matches!(batch, Ok(Batch::Texts(texts)) if texts.iter().any(|(key, _)| key == FIRST_DEALS))
    );
    account.saver.journaled();
    account.save();
    assert_eq!(load(&account.port).0, account.workspace);

    // Or there is none: local storage serves.
    reloaded(&mut account);
    account.saver.journal_awaited();
    any_edit(&mut account);
    account.saver.journal_off();
    assert_eq!(account.saver.due(later), Some(0));
    account.save();
    assert_eq!(load(&account.port).0, account.workspace);

    // A page that goes writes, whatever is known.
    account.saver.journal_awaited();
    any_edit(&mut account);
    account.saver.flush_all(&account.workspace, &account.port);
    assert_eq!(load(&account.port).0, account.workspace);
}

/// Text that packs no better than what people write.
fn prose(dice: &mut Dice, characters: usize) -> String {
    let mut text = String::new();
    while text.len() < characters {
        let letters = 2 + dice.roll(8);
        text.extend((0..letters).map(|_| char::from(b'a' + dice.roll(26) as u8)));
        text.push(' ');
    }
    text
}

#[test]
fn an_edit_stays_small_where_deals_come_with_long_notes() {
    for notes in [0, 300, 2_000] {
        let mut account = Account::new();
        let mut dice = Dice(7);
        let mut records = crate::sample::imported(&account.workspace, 600, 20);
        for record in &mut records {
            if let Record::Deal(deal) = record {
                Arc::make_mut(deal).notes = prose(&mut dice, notes);
            }
        }
        let kind = pipewright::domain::change::command::ImportKind::Deals;
        account.run(Command::Import(kind, records));
        account.save();
        let before = account.port.snapshot();
        any_edit(&mut account);
        account.save();
        let after = account.port.snapshot();
        let written = after
            .iter()
            .filter(|(key, text)| before.get(*key) != Some(*text))
            .map(|(_, text)| units(text))
            .sum::<usize>();
        assert!(written < 20_000, "{written} characters, notes of {notes}");
        let keys = account.port.keys("pipewright/main/deals/").unwrap();
        assert!(notes > 0 || keys.len() == 5, "short deals share pages");
    }
}

//! What every version has written is read for ever: the files in tests/golden are
//! never made anew. A new version adds its own beside them.

use std::collections::BTreeMap;
use std::sync::Arc;

use pipewright::codec::backup::{read, write};
use pipewright::codec::pack::unpack;
use pipewright::codec::page::{decode, encode};
use pipewright::codec::shelf::{Shelf, Space};
use pipewright::codec::stored::Marks;
use pipewright::domain::change::apply::{apply, install};
use pipewright::domain::change::command::{Command, Context, NextStepDraft};
use pipewright::domain::record::deal::{Outcome, What};
use pipewright::domain::record::rule::Rule;
use pipewright::domain::record::workspace::Key;
use pipewright::domain::value::id::{DealId, IdSource, RuleId};
use pipewright::domain::value::money::Money;
use pipewright::store::memory::Memory;
use pipewright::store::port::KeyValue;
use pipewright::store::saver::{Flush, Received, Status};

use crate::sample::{Account, NOW, NOW_MS, TODAY, as_version_2, load};

const BACKUP: &str = include_str!("../golden/backup-v1.json");
const STORE_1: &str = include_str!("../golden/store-v1.json");
const STORE_2: &str = include_str!("../golden/store-v2.json");
const STORE_3: &str = include_str!("../golden/store-v3.json");
const STORE_4: &str = include_str!("../golden/store-v4.json");
const STORE_4_BACKUP: &str = include_str!("../golden/backup-of-store-v4.json");
const STORE_3_BACKUP: &str = include_str!("../golden/backup-of-store-v3.json");

fn stored(store: &str) -> Memory {
    let texts: BTreeMap<String, String> = serde_json::from_str(store).unwrap();
    let port = Memory::new();
    for (key, text) in texts {
        port.set(&key, &text).unwrap();
    }
    port
}

#[test]
fn a_backup_of_version_1_is_read_whole() {
    let backup = read(BACKUP.as_bytes()).unwrap();
    assert_eq!(backup.exported, "2026-11-07");
    let workspace = &backup.workspace;
    assert_eq!(workspace.settings.currency, "USD");
    assert_eq!(workspace.processes.len(), 2);
    assert_eq!(workspace.views.len(), 1);
    let won = |deal: &&std::sync::Arc<_>| {
        pipewright::domain::record::deal::Deal::outcome(deal) == Some(Outcome::Won)
    };
    assert_eq!(workspace.deals.values().filter(won).count(), 1);
    let worked = workspace
        .deals
        .values()
        .max_by_key(|deal| deal.history.len())
        .unwrap();
    assert_eq!(worked.progress.len(), 2);
    assert_eq!(worked.value.unwrap().minor(), 1_234_550);
    let notes = worked
        .progress
        .values()
        .flat_map(|progress| progress.ticks.values());
    assert!(
        notes
            .into_iter()
            .any(|tick| tick.note == "Łódź, 🚤 and <b>")
    );
    // As long as version 1 is the one written, it is written the same.
    assert_eq!(write(workspace, &backup.exported), BACKUP);
}

/// Rules came later: a backup without them has none, one with them is read whole.
#[test]
fn rules_are_part_of_a_backup_where_there_are_any() {
    let mut workspace = read(BACKUP.as_bytes()).unwrap().workspace;
    assert!(workspace.rules.is_empty());
    let rule = Rule {
        id: RuleId(7),
        segments: Default::default(),
        categories: Default::default(),
        owners: Default::default(),
        value_at_least: Money::from_minor(2_000_000),
        value_below: None,
        then: workspace.default_process(),
    };
    workspace.rules = Arc::new(vec![rule]);
    let text = write(&workspace, "2026-11-07");
    assert_eq!(read(text.as_bytes()).unwrap().workspace, workspace);
    let broken = text.replace("2000000", "-5");
    assert!(read(broken.as_bytes()).is_err());
}

#[test]
fn a_storage_of_version_1_is_read_whole() {
    let (workspace, _, report) = load(&stored(STORE_1));
    assert_eq!(workspace, read(BACKUP.as_bytes()).unwrap().workspace);
    assert_eq!((report.set_aside, report.notes), (vec![], vec![]));
}

/// Version 2 marks deleted records and erased accounts: here the backup was
/// restored into an account that had been erased, and a deal deleted.
#[test]
fn a_storage_of_version_2_is_read_whole() {
    let port = stored(STORE_2);
    let (workspace, saver, report) = load(&port);
    assert_eq!((report.set_aside, report.notes), (vec![], vec![]));
    assert_eq!(saver.generation(), NOW_MS as u64);
    let mut whole = read(BACKUP.as_bytes()).unwrap().workspace;
    let deleted = *whole.deals.keys().next().unwrap();
    assert!(saver.revision(Key::Deal(deleted)).is_some(), "its mark");
    whole.deals.remove(&deleted);
    assert_eq!(workspace, whole);
}

/// Version 3 keeps pages as columns: here with each kind of event, marks of
/// deleted records, and a record with a field that is unknown.
#[test]
fn a_storage_of_version_3_is_read_whole() {
    let port = stored(STORE_3);
    let (workspace, _, report) = load(&port);
    assert_eq!((report.set_aside, report.notes), (vec![], vec![]));
    assert_eq!(report.migrated_from, Some(3));
    assert_eq!(
        workspace,
        read(STORE_3_BACKUP.as_bytes()).unwrap().workspace
    );
    let text = port.get("pipewright/main/deals/0").unwrap().unwrap();
    let page = decode(Shelf::Deals(0), &text).unwrap();
    assert_eq!(page.removed.len(), 1);
    assert_eq!(
        page.records
            .iter()
            .filter(|stored| stored.extra.is_some())
            .count(),
        1
    );
}

/// Version 4 has next steps and noted entries: each kind of event, a next step
/// that its history tells and ones that it does not, an entry with a field that
/// is unknown, and the mark of a deleted one.
#[test]
fn a_storage_of_version_4_is_read_whole() {
    let port = stored(STORE_4);
    let (workspace, saver, report) = load(&port);
    assert_eq!((report.set_aside, report.notes), (vec![], vec![]));
    assert_eq!(report.migrated_from, None);
    assert_eq!(saver.lost().count(), 0);
    assert_eq!(
        workspace,
        read(STORE_4_BACKUP.as_bytes()).unwrap().workspace
    );
    let steps = workspace.deals.values();
    let steps: Vec<_> = steps.filter_map(|deal| deal.next_step.as_ref()).collect();
    assert!(steps.iter().any(|step| step.due.is_some()));
    assert!(steps.iter().any(|step| step.due.is_none()));
    let whats: Vec<&What> = workspace
        .deals
        .values()
        .flat_map(|deal| deal.history.iter().map(|event| &event.what))
        .collect();
    let has = |is: fn(&What) -> bool| whats.iter().any(|what| is(what));
    assert!(has(|what| matches!(what, What::NextStepSet { .. })));
    assert!(has(|what| matches!(what, What::NextStepDone { .. })));
    assert!(has(|what| matches!(what, What::NextStepDropped { .. })));
    let text = port.get("pipewright/main/notes/0").unwrap().unwrap();
    let page = decode(Shelf::Notes(0), &text).unwrap();
    let unknown = page.records.iter().filter(|stored| stored.extra.is_some());
    assert_eq!((page.removed.len(), unknown.count()), (1, 1));
    assert_eq!(page.records.len(), workspace.notes.len());
}

/// As long as version 4 is the one written, it is written the same, whatever
/// the packing makes of it: the program of another tab may be an older one.
#[test]
fn version_4_is_written_as_it_always_was() {
    let texts: BTreeMap<String, String> = serde_json::from_str(STORE_4).unwrap();
    let mut pages = 0;
    for (key, text) in texts {
        let Some(shelf) = Space::Main.shelf(&key) else {
            continue;
        };
        let page = decode(shelf, &text).unwrap();
        let records = page.records.iter();
        let records =
            records.map(|stored| (stored.revision, &stored.record, stored.extra.as_ref()));
        let marks = Marks {
            removed: page.removed.clone(),
            pruned: page.pruned,
            generation: page.generation,
        };
        let again = encode(shelf, records, &marks).unwrap();
        match text.strip_prefix("pw4:") {
            None => assert_eq!(again, text, "{key}"),
            Some(packed) => {
                let again = unpack(again.strip_prefix("pw4:").unwrap());
                assert_eq!(again, unpack(packed), "{key}");
                pages += 1;
            }
        }
    }
    assert!(pages >= 3, "pages of deals, customers and noted entries");
}

#[test]
fn an_older_storage_is_told_and_written_on_in_the_present_version() {
    let port = stored(STORE_2);
    assert_eq!(load(&port).2.migrated_from, Some(2));
    let port = stored(STORE_1);
    let (mut workspace, mut saver, report) = load(&port);
    assert_eq!(report.migrated_from, Some(1));
    let mut ids = IdSource::starting_at(7);
    let deals = workspace.deals.keys().take(1).copied().collect();
    let mut context = Context {
        now: NOW,
        today: TODAY,
        ids: &mut ids,
    };
    let changes = apply(&mut workspace, Command::DeleteDeals(deals), &mut context).unwrap();
    saver.note(&changes, NOW_MS);
    // Nothing is written until the old state has been kept elsewhere.
    let before = port.snapshot();
    assert_eq!(saver.due(NOW_MS), None);
    assert_eq!(saver.flush_all(&workspace, &port), Flush::Waiting);
    assert_eq!((saver.status(), port.snapshot()), (Status::Saving, before));
    saver.release();
    assert_eq!(saver.flush_all(&workspace, &port), Flush::Done);
    let page = port.get("pipewright/main/deals/0").unwrap().unwrap();
    assert!(page.starts_with("pw4:"));
    let (stored, _, report) = load(&port);
    assert_eq!(stored, workspace);
    // All of it is written anew, so that there is no second time.
    assert_eq!(report.migrated_from, None);
}

/// A tab of an older version that has not heard yet writes over a page once
/// more: of each record the later edit counts, and it is written on.
#[test]
fn what_an_older_tab_writes_beside_a_newer_one_is_taken_up() {
    const PAGE: &str = "pipewright/main/deals/0";
    let port = stored(STORE_3);
    let old = port.get(PAGE).unwrap().unwrap();
    let (workspace, saver, _) = load(&port);
    let mut tab = Account {
        workspace,
        saver,
        port,
        ..Account::new()
    };
    let open = tab.workspace.deals.values().filter(|deal| deal.is_open());
    let mut open: Vec<DealId> = open.map(|deal| deal.id).collect();
    let (mine, theirs) = (open.remove(0), open.remove(0));
    let step = NextStepDraft {
        what: "Call back".to_owned(),
        due: None,
    };
    tab.run(Command::SetNextStep {
        deals: [mine].into(),
        step: Some(step),
    });
    let text = "They want two references".to_owned();
    tab.run(Command::AddNote { deal: theirs, text });
    tab.save();
    let called = tab.workspace.deals[&theirs].name.clone();
    let generation = tab.saver.generation();
    let revision = tab.saver.revision(Key::Deal(theirs)).unwrap();
    // The older one has opened before that, and renames a deal.
    let written = as_version_2(Shelf::Deals(0), &old, |json| {
        let mut page: serde_json::Value = serde_json::from_str(&json).unwrap();
        for row in page["records"].as_array_mut().unwrap() {
            if row["record"]["name"] == called.as_str() {
                row["record"]["name"] = "Renamed elsewhere".into();
                row["revision"][0] = (revision.millis + 1).into();
            }
        }
        page["generation"] = generation.into();
        page.to_string()
    });
    tab.port.set(PAGE, &written).unwrap();
    let Account {
        saver, workspace, ..
    } = &mut tab;
    let received = saver.receive(PAGE, Some(&written), workspace, NOW_MS);
    assert_eq!(received, Received::Merged);
    let changes = saver.take_in(workspace);
    install(workspace, &changes).unwrap();
    let deals = &workspace.deals;
    assert_eq!(deals[&theirs].name.as_str(), "Renamed elsewhere");
    assert!(deals[&mine].next_step.is_some());
    assert_eq!(workspace.notes.of(theirs).count(), 1);
    tab.save();
    let text = tab.port.get(PAGE).unwrap().unwrap();
    assert!(text.starts_with("pw4:"), "so the older one stops");
    assert_eq!(load(&tab.port).0, tab.workspace);
}

//! The first screen that is kept beside the account says what the account says.

use std::sync::LazyLock;

use pipewright::codec::glance::{Made, key, made, read, write};
use pipewright::codec::pack::{pack, unpack};
use pipewright::codec::shelf::Space;
use pipewright::domain::read::columns::Sort;
use pipewright::domain::read::filter::{Filter, Tab};
use pipewright::domain::read::glance::{Glance, ROWS, WORTHWHILE};
use pipewright::domain::read::index::Index;
use pipewright::domain::record::workspace::Workspace;
use pipewright::domain::value::time::{Date, Now, plus_days};
use pipewright::store::memory::Memory;
use pipewright::store::port::KeyValue;
use pipewright::store::saver::Saver;
use serde_json::Value;

use crate::sample::NOW;
use crate::worked::{deals_csv, fresh, worked};

const TODAY: Date = Date::constant(2026, 11, 6);
const HERE: Now = Now {
    moment: NOW,
    today: TODAY,
};

/// What is made, and read, on a day of the account as it is.
const NOW_HERE: Made = Made {
    generation: 7,
    on: TODAY,
};

static TEAM: LazyLock<Workspace> = LazyLock::new(|| {
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/data/make_deals_csv.py"
    );
    let file = deals_csv(script.as_ref(), 4_000).unwrap();
    worked(&file).unwrap().workspace
});

fn glance() -> Glance {
    Index::new(&TEAM).glance(&TEAM, HERE).unwrap()
}

#[test]
fn the_first_screen_shows_the_rows_and_figures_of_the_whole_account() {
    let (all, glance) = (Index::new(&TEAM), glance());
    let text = write(glance.clone(), NOW_HERE).unwrap();
    let glance = read(&text, NOW_HERE).unwrap();
    let (first, account) = (Index::of_glance(&glance), &glance.workspace);
    let (none, open) = (Filter::default(), Tab::Open);
    for tab in [Tab::Open, Tab::Closed] {
        assert_eq!(first.count(tab), all.count(tab));
    }
    assert_eq!(
        first.summary(account, &none, open, HERE),
        all.summary(&TEAM, &none, open, HERE)
    );
    assert_eq!(
        first.open_by_process(account, &none, HERE),
        all.open_by_process(&TEAM, &none, HERE)
    );
    let sort = Sort::default();
    let (shown, wanted) = (
        first.listed(account, &none, open, sort, HERE),
        all.listed(&TEAM, &none, open, sort, HERE),
    );
    assert_eq!(shown.len(), wanted.len());
    assert_eq!(shown[..ROWS], wanted[..ROWS]);
    for id in &shown[..ROWS] {
        let (shown, deal) = (&account.deals[id], &TEAM.deals[id]);
        let customer = |workspace: &Workspace| workspace.customer_name(deal.customer).to_owned();
        assert_eq!(customer(account), customer(&TEAM));
        let process = &TEAM.processes[&deal.process];
        assert_eq!(shown.current_stage(process), deal.current_stage(process));
        assert_eq!(shown.chance(process), deal.chance(process));
        assert_eq!(shown.value, deal.value);
    }
    assert!(shown[ROWS..].iter().all(|id| !TEAM.deals.contains_key(id)));
}

#[test]
fn a_first_screen_is_small() {
    let length = write(glance(), NOW_HERE).unwrap().chars().count();
    assert!(length < 12_000, "{length} characters");
}

#[test]
fn a_first_screen_of_another_day_says_nothing_of_ages() {
    let text = write(glance(), NOW_HERE).unwrap();
    let tomorrow = Made {
        on: plus_days(TODAY, 1),
        ..NOW_HERE
    };
    assert_eq!(made(&text), Some(NOW_HERE));
    let ages = |glance: &Glance| {
        let all = glance.figures.by_process.iter();
        all.map(|stats| (stats.average_age_days, stats.attention))
            .collect::<Vec<_>>()
    };
    let (today, later) = (
        read(&text, NOW_HERE).unwrap(),
        read(&text, tomorrow).unwrap(),
    );
    assert!(ages(&today).iter().all(|(age, _)| age.is_some()));
    assert!(ages(&later).iter().all(|ages| *ages == (None, 0)));
    assert_eq!(later.figures.summary, today.figures.summary);
    assert_eq!(later.workspace, today.workspace);
}

#[test]
fn a_first_screen_of_before_an_erasing_is_never_shown() {
    let text = write(glance(), NOW_HERE).unwrap();
    for generation in [0, NOW_HERE.generation - 1, NOW_HERE.generation + 1] {
        let now = Made {
            generation,
            ..NOW_HERE
        };
        assert_eq!(read(&text, now), None);
    }
}

#[test]
fn where_no_deal_is_open_there_is_no_first_screen() {
    let mut closed = TEAM.clone();
    closed.deals.retain(|_, deal| deal.closing.is_some());
    assert!(closed.deals.len() >= WORTHWHILE);
    let index = Index::new(&closed);
    assert_eq!(index.glance(&closed, HERE), None);
}

#[test]
fn a_first_screen_that_is_damaged_is_none() {
    let text = write(glance(), NOW_HERE).unwrap();
    let (head, packed) = text.split_at("glance5:7:2026-11-06:".len());
    assert_eq!(head, "glance5:7:2026-11-06:");
    let at = packed.char_indices().nth(400).unwrap().0;
    let (before, after) = packed.split_at(at);
    for damaged in [
        "",
        "glance1:",
        "glance5:x",
        "glance5:7:2026-11-06",
        "glance5:2026-11-06:",
        &text.replace("2026-11-06", "2026-13-06"),
        &text.replace("glance5", "glance4"),
        head,
        &format!("{head}x"),
        &format!("{head}{before}"),
        &format!("{head}{before}!{after}"),
    ] {
        assert!(read(damaged, NOW_HERE).is_none(), "{damaged:?}");
    }
    // What is packed rightly is read, and must be an account with its figures.
    let bytes = unpack(packed).unwrap();
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap();
    let (line, pages) = bytes.split_at(end);
    let whole: Value = serde_json::from_slice(line).unwrap();
    let of = |line: &[u8], pages: &[u8]| format!("{head}{}", pack(&[line, pages]));
    assert!(read(&of(line, pages), NOW_HERE).is_some());
    let without = |field: &str| {
        let mut kept = whole.clone();
        kept.as_object_mut().unwrap().remove(field).unwrap();
        kept
    };
    let with = |field: &str, value: Value| {
        let mut kept = whole.clone();
        kept[field] = value;
        kept
    };
    let small = |at: usize, text: String| {
        let mut kept = whole.clone();
        kept["small"][at] = text.into();
        kept
    };
    let text_of = |at: usize| whole["small"][at].as_str().unwrap();
    // As many deals fill the memory, since a list is as long as is said.
    let many = |at: &str| {
        let mut kept = whole.clone();
        *kept.pointer_mut(at).unwrap() = 1_000_000_000_000u64.into();
        kept
    };
    for kept in [
        many("/figures/open"),
        many("/figures/by_process/0/rows/0/tally/all/count"),
        Value::Null,
        without("figures"),
        without("small"),
        without("customers"),
        with("figures", Value::Null),
        with("small", Value::Array(Vec::new())),
        with("customers", 0.into()),
        with("customers", u64::MAX.into()),
        small(0, "{}".to_owned()),
        small(0, text_of(1).to_owned()),
        small(2, text_of(2).replacen("\"kind\":\"", "\"kind\":\"f", 1)),
        small(5, text_of(5).replacen("\"id\":\"", "\"id\":\"f", 1)),
    ] {
        let text = of(kept.to_string().as_bytes(), pages);
        assert!(read(&text, NOW_HERE).is_none(), "{kept:.200}");
    }
    assert!(read(&of(&line[..line.len() / 2], pages), NOW_HERE).is_none());
    assert!(read(&of(line, &pages[..pages.len() - 1]), NOW_HERE).is_none());
    assert!(read(&of(line, &[]), NOW_HERE).is_none());
}

#[test]
fn an_account_whose_start_is_quick_anyway_has_none() {
    let mut few = TEAM.clone();
    while few.deals.len() >= WORTHWHILE {
        few.deals.pop_last();
    }
    assert!(Index::new(&few).glance(&few, HERE).is_none());
}

#[test]
fn a_load_does_not_take_it_for_data_and_an_erasing_takes_it_away() {
    let port = Memory::default();
    port.set(&key(Space::Main), &write(glance(), NOW_HERE).unwrap())
        .unwrap();
    let (workspace, mut saver, report) = Saver::load(&port, Space::Main, 7, fresh).unwrap();
    assert!(workspace.deals.is_empty() && report.notes.is_empty());
    saver.erase(&port, 0).unwrap();
    assert_eq!(port.get(&key(Space::Main)).unwrap(), None);
}

//! Rules on the practice data set: what they count is counted once more
//! straight from the files.

use std::collections::{BTreeMap, BTreeSet};

use pipewright::domain::change::command::Command;
use pipewright::domain::read::columns::Sort;
use pipewright::domain::read::filter::{ByRule, Filter, Tab};
use pipewright::domain::read::suggestion::uses;
use pipewright::domain::record::list::ListKind;
use pipewright::domain::record::rule::Rule;
use pipewright::domain::value::alphabet::Plain;
use pipewright::domain::value::id::{EntryId, ProcessId, RuleId};
use pipewright::domain::value::money::Money;
use pipewright::domain::value::time::Now;

use crate::plain::{all_briefs, listed};
use crate::support::{Account, clock, practice_deals, practice_file};

/// A line of a file, by the names of its columns.
type Line = BTreeMap<String, String>;

fn lines(text: &str) -> Vec<Line> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

/// A rule, and the same as a question to a line.
struct Asked {
    rule: Rule,
    fits: Box<dyn Fn(&Line) -> bool>,
    /// Whether a line is in the process that the rule suggests.
    is_there: Box<dyn Fn(&Line) -> bool>,
}

fn rule(number: u64, then: ProcessId) -> Rule {
    Rule {
        id: RuleId(number),
        segments: BTreeSet::new(),
        categories: BTreeSet::new(),
        owners: BTreeSet::new(),
        value_at_least: None,
        value_below: None,
        then,
    }
}

impl Account {
    fn ids(&self, kind: ListKind, names: &[&str]) -> BTreeSet<EntryId> {
        let list = self.workspace.list(kind);
        names
            .iter()
            .map(|name| list.find(name).unwrap().id)
            .collect()
    }

    fn process_named(&self, name: &str) -> ProcessId {
        let mut processes = self.workspace.processes_in_order();
        processes.find(|p| p.name.as_str() == name).unwrap().id
    }
}

/// What the rules count of an account, and that the links of the page lead to
/// as many deals.
fn counts(account: &mut Account, asked: &[&Asked]) -> Vec<(usize, usize)> {
    let rules: Vec<Rule> = asked.iter().map(|asked| asked.rule.clone()).collect();
    account.apply(Command::SaveRules(rules.clone()));
    let uses = uses(&account.workspace, &rules, all_briefs(&account.workspace));
    let counts = rules.iter().map(|rule| {
        let used = uses[&rule.id];
        for (elsewhere, count) in [(false, used.deals), (true, used.elsewhere)] {
            let rule = Some(ByRule {
                rule: rule.id,
                elsewhere,
            });
            let filter = Filter {
                rule,
                ..Filter::default()
            };
            let found = listed(
                &account.workspace,
                &filter,
                Tab::Open,
                Sort::default(),
                Now {
                    moment: clock().now,
                    today: clock().today,
                },
                &account.workspace.alphabet(Plain::collate),
            );
            assert_eq!(found.len(), count);
        }
        (used.deals, used.elsewhere)
    });
    counts.collect()
}

/// The same straight from the lines of the open deals.
fn counted(open: &[Line], asked: &[&Asked]) -> Vec<(usize, usize)> {
    let mut counts = vec![(0, 0); asked.len()];
    for line in open {
        let first = asked.iter().position(|asked| (asked.fits)(line));
        if let Some(at) = first {
            counts[at].0 += 1;
            counts[at].1 += usize::from(!(asked[at].is_there)(line));
        }
    }
    counts
}

/// Each rule by itself, then all of them in this order and in the other one.
fn agree(account: &mut Account, open: &[Line], asked: &[Asked]) -> Vec<(usize, usize)> {
    let mut all: Vec<&Asked> = asked.iter().collect();
    for one in asked {
        assert_eq!(counts(account, &[one]), counted(open, &[one]));
    }
    let in_order = counts(account, &all);
    assert_eq!(in_order, counted(open, &all));
    all.reverse();
    assert_eq!(counts(account, &all), counted(open, &all));
    in_order
}

#[test]
fn rules_by_sector_product_and_agent_count_the_open_deals_of_the_pipeline() {
    let (Some(deals), Some(accounts)) = (
        practice_file("sales_pipeline.csv"),
        practice_file("accounts.csv"),
    ) else {
        return;
    };
    let mut account = Account::new();
    account.import(&deals);
    account.import_customers(&accounts, false);
    let sectors: BTreeMap<String, String> = lines(&accounts)
        .into_iter()
        .map(|mut line| {
            (
                line.remove("account").unwrap(),
                line.remove("sector").unwrap(),
            )
        })
        .collect();
    let mut open = lines(&deals);
    open.retain(|line| !matches!(line["deal_stage"].as_str(), "Won" | "Lost"));
    for line in &mut open {
        let sector = sectors.get(&line["account"]).cloned().unwrap_or_default();
        line.insert("sector".to_owned(), sector);
    }

    let default = account.workspace.default_process();
    let pipeline = account.process_named("Sales pipeline");
    let asked = [
        Asked {
            rule: Rule {
                segments: account.ids(ListKind::Segments, &["retail", "medical"]),
                ..rule(1, default)
            },
            fits: Box::new(|line| ["retail", "medical"].contains(&line["sector"].as_str())),
            is_there: Box::new(|_| false),
        },
        Asked {
            rule: Rule {
                categories: account.ids(ListKind::Categories, &["GTXPro"]),
                ..rule(2, pipeline)
            },
            fits: Box::new(|line| line["product"] == "GTXPro"),
            is_there: Box::new(|_| true),
        },
        Asked {
            rule: Rule {
                owners: account.ids(ListKind::Owners, &["Darcel Schlecht", "Vicki Laflamme"]),
                ..rule(3, default)
            },
            fits: Box::new(|line| {
                ["Darcel Schlecht", "Vicki Laflamme"].contains(&line["sales_agent"].as_str())
            }),
            is_there: Box::new(|_| false),
        },
        // The open deals of this file have no value: it is unknown, not 0.
        Asked {
            rule: Rule {
                value_at_least: Money::from_minor(0),
                ..rule(4, default)
            },
            fits: Box::new(|line| !line["close_value"].is_empty()),
            is_there: Box::new(|_| false),
        },
    ];
    let counts = agree(&mut account, &open, &asked);
    assert!(
        counts[..3].iter().all(|(deals, _)| *deals > 50),
        "{counts:?}"
    );
    assert_eq!(counts[3], (0, 0));
}

#[test]
fn rules_by_value_count_the_open_deals_of_five_thousand() {
    let Some(text) = practice_deals(5000) else {
        return;
    };
    let mut account = Account::new();
    let outcome = account.import(&text);
    assert_eq!(
        (outcome.findings.errors.len(), outcome.counts.new),
        (0, 5000)
    );
    let mut open = lines(&text);
    open.retain(|line| line["status"] == "Open");
    assert_eq!(outcome.counts.open.deals, open.len());
    let cents = |line: &Line| -> i64 { line["value"].replace('.', "").parse().unwrap() };

    let [large, inquiry, active] =
        ["Key accounts", "Offer inquiry", "Active sales"].map(|name| account.process_named(name));
    let asked = [
        Asked {
            rule: Rule {
                value_at_least: Money::from_minor(2_000_000),
                ..rule(1, large)
            },
            fits: Box::new(move |line| cents(line) >= 2_000_000),
            is_there: Box::new(|line| line["process"] == "Key accounts"),
        },
        Asked {
            rule: Rule {
                value_below: Money::from_minor(100_000),
                ..rule(2, inquiry)
            },
            fits: Box::new(move |line| cents(line) < 100_000),
            is_there: Box::new(|line| line["process"] == "Offer inquiry"),
        },
        Asked {
            rule: Rule {
                segments: account.ids(ListKind::Segments, &["retail"]),
                value_at_least: Money::from_minor(500_000),
                value_below: Money::from_minor(1_500_000),
                ..rule(3, active)
            },
            fits: Box::new(move |line| {
                line["segment"] == "retail" && (500_000..1_500_000).contains(&cents(line))
            }),
            is_there: Box::new(|line| line["process"] == "Active sales"),
        },
    ];
    let counts = agree(&mut account, &open, &asked);
    assert!(counts.iter().all(|(deals, _)| *deals > 10), "{counts:?}");
    // The file puts everything from 20,000 on into Key accounts.
    assert_eq!(counts[0].1, 0);
}

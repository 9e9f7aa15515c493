//! The law: an export of any account, imported into an empty one by the
//! proposals alone, gives the same deals.

use std::collections::BTreeMap;
use std::sync::Arc;

use litemap::LiteMap;
use pipewright::codec::csv::export::deals_csv;
use pipewright::domain::record::customer::Customer;
use pipewright::domain::record::deal::{Closing, Deal, Outcome};
use pipewright::domain::record::list::{Entry, List, ListKind};
use pipewright::domain::record::next_step::NextStep;
use pipewright::domain::record::process::{Color, Process, Stage};
use pipewright::domain::record::progress::Progress;
use pipewright::domain::record::workspace::{ProcessOrder, Settings, Setup, Workspace};
use pipewright::domain::value::field::FieldName;
use pipewright::domain::value::id::{CustomerId, DealId, EntryId, ProcessId, StageId};
use pipewright::domain::value::money::{Chance, Money};
use pipewright::domain::value::text::{Name, clean_lines};
use pipewright::domain::value::time::{Date, Moment, plus_days};
use proptest::prelude::*;

use crate::support::{Account, TODAY};

/// Texts that are hard on a CSV file, and ordinary ones.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z]{1,8}( [a-z]{1,5})?",
        "['=+@\"-]{1,3}[a-z0-9;,]{1,4}",
        "[\"';,|=a ]{0,5}[é日\u{1f600}\u{5d0}\u{5d1}x]{1,4}",
        Just("<img src=x onerror=alert(1)>".to_owned()),
        Just("'=1+1".to_owned()),
        Just("12.5".to_owned()),
    ]
}

/// Names that differ in more than case and spaces.
fn names(most: usize) -> impl Strategy<Value = Vec<Name>> {
    prop::collection::vec(text(), 1..most).prop_map(|texts| {
        let mut seen = std::collections::BTreeSet::new();
        let names = texts
            .iter()
            .filter_map(|text| Name::new(text, FieldName::AnyName).ok());
        let names: Vec<_> = names.filter(|name| seen.insert(name.key())).collect();
        if names.is_empty() {
            vec![Name::new("x", FieldName::AnyName).unwrap()]
        } else {
            names
        }
    })
}

fn date() -> impl Strategy<Value = Date> {
    (0i64..9000).prop_map(|days| plus_days(TODAY, -days))
}

/// One deal; the numbers choose among the entries there are.
fn deal() -> impl Strategy<Value = (Deal, [usize; 9])> {
    let fields = (
        text(),
        prop::option::of(0i64..100_000_000_000),
        (date(), prop::option::of(date()), date()),
        prop::option::of(0u16..=1000),
        prop_oneof![
            Just(String::new()),
            "[\t =a]{0,2}[a-z\"',;\n\u{5d0}=+-]{0,12}"
        ],
        prop::option::of(text()),
        (
            prop::option::of((text(), prop::option::of(date()))),
            prop::array::uniform9(0usize..100),
        ),
    );
    fields.prop_map(
        |(name, value, (created, expected_close, closed), chance, notes, id, (step, choices))| {
            let process = ProcessId(0);
            let outcome = [
                None,
                Some(Outcome::Won),
                Some(Outcome::Lost),
                Some(Outcome::Outdated),
            ][choices[0] % 4];
            let progress = Progress {
                chance: chance.and_then(Chance::from_permille),
                ..Progress::default()
            };
            let deal = Deal {
                id: DealId(0),
                name: Name::title(&name, FieldName::AnyName)
                    .unwrap_or_else(|_| Name::title("deal", FieldName::AnyName).unwrap()),
                customer: None,
                category: None,
                owner: None,
                value: value.and_then(Money::from_minor),
                expected_close,
                source: None,
                notes: clean_lines(&notes, 100, FieldName::NotesOfFile).unwrap(),
                external_id: id
                    .map(|id| pipewright::domain::value::text::clean(&id))
                    .filter(|id| !id.is_empty()),
                created,
                touched: Moment::default(),
                process,
                progress: LiteMap::from_iter([(process, progress)]),
                closing: outcome.map(|outcome| Closing {
                    outcome,
                    on: closed,
                    reason: None,
                    comment: String::new(),
                }),
                dismissed: Default::default(),
                snooze: None,
                next_step: step.filter(|_| outcome.is_none()).and_then(|(what, due)| {
                    let what = Name::title(&what, FieldName::NextStep).ok()?;
                    Some(NextStep { what, due })
                }),
                history: Vec::new(),
            };
            (deal, choices)
        },
    )
}

fn workspace() -> impl Strategy<Value = Workspace> {
    let lists = prop::array::uniform7(names(4));
    let processes = prop::collection::vec(names(5), 1..4);
    let deals = prop::collection::vec(deal(), 1..12);
    (lists, names(4), names(5), processes, deals).prop_map(
        |(lists, processes, customers, stages, deals)| {
            let mut next = 1u64;
            let mut fresh = || {
                next += 1;
                next
            };
            let lists: BTreeMap<_, _> = ListKind::ALL
                .into_iter()
                .zip(lists)
                .map(|(kind, names)| {
                    let entries = names.into_iter().map(|name| Entry {
                        id: EntryId(fresh()),
                        name,
                    });
                    (
                        kind,
                        Arc::new(List {
                            entries: entries.collect(),
                        }),
                    )
                })
                .collect();
            let pick = |kind: ListKind, choice: usize| {
                let entries = &lists[&kind].entries;
                entries
                    .get(choice % (entries.len() + 1))
                    .map(|entry| entry.id)
            };
            let customers: Vec<_> = customers
                .into_iter()
                .map(|name| {
                    let segment = pick(ListKind::Segments, fresh() as usize);
                    let (email, phone, notes) = Default::default();
                    Customer {
                        id: CustomerId(fresh()),
                        name,
                        segment,
                        email,
                        phone,
                        notes,
                    }
                })
                .collect();
            let is_status = |name: &Name| ["open", "won", "lost"].contains(&name.key().as_str());
            let processes: Vec<_> = processes
                .into_iter()
                .zip(stages.into_iter().cycle())
                .map(|(name, stages)| {
                    let stages = stages
                        .into_iter()
                        .filter(|name| !is_status(name))
                        .map(|name| Stage {
                            id: StageId(fresh()),
                            name,
                            hint: String::new(),
                            chance: None,
                            stale_after_days: None,
                            sub_stages: Vec::new(),
                        });
                    let stages = stages.collect();
                    Process {
                        id: ProcessId(fresh()),
                        name,
                        color: Color(0),
                        archived: false,
                        stages,
                    }
                })
                .collect();
            let mut ids = std::collections::BTreeSet::new();
            let deals: Vec<_> = deals
                .into_iter()
                .map(
                    |(
                        mut deal,
                        [
                            _,
                            process,
                            stage,
                            customer,
                            category,
                            owner,
                            source,
                            reason,
                            _,
                        ],
                    )| {
                        let process = &processes[process % processes.len()];
                        let mut progress = deal.progress.remove(&ProcessId(0)).unwrap();
                        match process.stages.get(stage % (process.stages.len() + 1)) {
                            Some(stage) => progress.position = Some(stage.id),
                            None => progress.stage_unknown = true,
                        }
                        deal.id = DealId(fresh());
                        deal.process = process.id;
                        deal.progress.insert(process.id, progress);
                        deal.customer = customers
                            .get(customer % (customers.len() + 1))
                            .map(|customer| customer.id);
                        deal.category = pick(ListKind::Categories, category);
                        deal.owner = pick(ListKind::Owners, owner);
                        deal.source = pick(ListKind::Sources, source);
                        if let Some(closing) = &mut deal.closing {
                            closing.reason = pick(closing.outcome.reasons(), reason);
                        }
                        deal.external_id = deal.external_id.filter(|id| ids.insert(id.clone()));
                        deal
                    },
                )
                .collect();
            Workspace {
                setup: Setup {
                    settings: Arc::new(Settings {
                        currency: "EUR".into(),
                        locale: String::new(),
                        me: None,
                    }),
                    order: Arc::new(ProcessOrder {
                        default: processes[0].id,
                        order: processes.iter().map(|process| process.id).collect(),
                    }),
                    lists,
                    views: Arc::default(),
                    rules: Arc::default(),
                    processes: processes
                        .into_iter()
                        .map(|process| (process.id, Arc::new(process)))
                        .collect(),
                    customers: customers
                        .into_iter()
                        .map(|customer| (customer.id, Arc::new(customer)))
                        .collect(),
                },
                deals: deals
                    .into_iter()
                    .map(|deal| (deal.id, Arc::new(deal)))
                    .collect(),
                notes: Default::default(),
            }
        },
    )
}

/// A deal by the names of what it refers to.
fn plain(workspace: &Workspace, deal: &Deal) -> Vec<String> {
    let process = &workspace.processes[&deal.process];
    let stage = deal
        .current_stage(process)
        .id()
        .and_then(|id| process.stage(id));
    let closing = deal.closing.as_ref();
    vec![
        deal.name.to_string(),
        workspace.customer_name(deal.customer).to_owned(),
        workspace
            .entry_name(ListKind::Segments, workspace.segment_of(deal))
            .to_owned(),
        workspace
            .entry_name(ListKind::Categories, deal.category)
            .to_owned(),
        workspace
            .entry_name(ListKind::Owners, deal.owner)
            .to_owned(),
        format!("{:?}", deal.value),
        process.name.to_string(),
        stage
            .map(|stage| stage.name.to_string())
            .unwrap_or_default(),
        format!("{:?}", deal.outcome()),
        deal.created.to_string(),
        format!("{:?}", deal.expected_close),
        format!("{:?}", closing.map(|closing| closing.on)),
        closing
            .map_or("", |closing| {
                workspace.entry_name(closing.outcome.reasons(), closing.reason)
            })
            .to_owned(),
        workspace
            .entry_name(ListKind::Sources, deal.source)
            .to_owned(),
        deal.notes.clone(),
        format!("{:?}", deal.progress_in(deal.process).chance),
        format!("{:?}", deal.next_step),
        format!("{:?}", deal.external_id),
    ]
}

/// All deals by names, in some order.
pub fn all_plain(workspace: &Workspace) -> Vec<Vec<String>> {
    let mut all: Vec<_> = workspace
        .deals
        .values()
        .map(|deal| plain(workspace, deal))
        .collect();
    all.sort();
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn an_export_reads_back_without_loss(workspace in workspace()) {
        let export = deals_csv(&workspace, workspace.deals.values().map(|deal| &**deal));
        let mut account = Account::new();
        let outcome = account.import(&export);
        prop_assert_eq!(&outcome.findings.errors, &[]);
        prop_assert_eq!(all_plain(&account.workspace), all_plain(&workspace), "{}", export);
    }
}

#[test]
fn no_cell_of_an_export_is_a_formula() {
    let mut account = Account::new();
    let file = "name,customer,notes,category\n=1+1,+cmd,@SUM(1),\"-2;=3\"\n";
    account.import(file);
    let export = deals_csv(
        &account.workspace,
        account.workspace.deals.values().map(|deal| &**deal),
    );
    assert!(export.starts_with("\u{feff}name,customer,"));
    assert!(export.contains("\r\n'=1+1,'+cmd,,\"'-2;=3\","), "{export}");
    assert!(export.contains(",'@SUM(1),"), "{export}");
    let mut second = Account::new();
    second.import(&export);
    assert_eq!(second.only().name.as_str(), "=1+1");
}

#[test]
fn a_stage_of_an_export_may_be_called_by_a_word_for_an_end() {
    let header = deals_csv(&Account::new().workspace, std::iter::empty());
    let header = header.trim_end();
    for stage in ["verloren - Preis", "Won", "Closed", "On hold"] {
        let mut account = Account::new();
        let row = format!("Dach,,,,,,Sales pipeline,{stage},Open,2026-01-05,,,,,,,,,");
        account.import(&format!("{header}\r\n{row}\r\n"));
        let deal = account.workspace.deals.values().next().unwrap();
        assert_eq!(deal.closing, None);
        let process = &account.workspace.processes[&deal.process];
        let names = process.stages.iter().map(|stage| stage.name.as_str());
        assert_eq!(names.collect::<Vec<_>>(), [stage]);
    }
}

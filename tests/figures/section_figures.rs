//! What is drawn and tabulated of the sections of the page Statistics (§7).
//!
//! After a wanted change: `UPDATE_GOLDEN=1 cargo test --test figures`, then
//! read the difference.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::charts::{Plain, golden, palette, pretty, templates};
use crate::support::{TODAY, at_stage, closed, deal, process, workspace};
use pipewright::chart::statistics::compare::{
    compare_facts, compare_height_px, compare_options, compare_tables,
};
use pipewright::chart::statistics::course::{
    Course, course_facts, course_height_px, course_options, course_tables,
};
use pipewright::chart::statistics::forecast::{
    forecast_facts, forecast_height_px, forecast_options, forecast_tables,
};
use pipewright::chart::statistics::funnel::{
    funnel_facts, funnel_height_px, funnel_options, funnel_tables,
};
use pipewright::chart::statistics::sub_stages::{
    sub_stages_facts, sub_stages_height_px, sub_stages_options, sub_stages_tables,
};
use pipewright::chart::statistics::time::{
    close_facts, close_height_px, close_options, close_tables, time_facts, time_height_px,
    time_options, time_tables,
};
use pipewright::chart::statistics::{Drawing, Links};
use pipewright::chart::{Fact, Table, tables_csv};
use pipewright::domain::change::apply::apply;
use pipewright::domain::change::command::{Command, Context, ImportKind};
use pipewright::domain::read::filter::Filter;
use pipewright::domain::read::index::Index;
use pipewright::domain::read::statistics::compare::{By, Measure, Ranking};
use pipewright::domain::read::statistics::{Behind, Period, Scope, Step};
use pipewright::domain::record::deal::{Deal, Outcome};
use pipewright::domain::record::progress::{Stay, Tick};
use pipewright::domain::record::workspace::Workspace;
use pipewright::domain::start::sample::sample;
use pipewright::domain::start::templates::new_workspace;
use pipewright::domain::value::id::{IdSource, StageId, SubStageId};
use pipewright::domain::value::time::{Date, Moment, Now, plus_days};
use pipewright::route::{DealsView, Route};
use serde_json::Value;

/// A figure of any section.
struct Figure {
    name: String,
    options: String,
    facts: Vec<Fact>,
    tables: Vec<Table>,
    height_px: u32,
}

impl Figure {
    fn drawn(&self) -> Value {
        serde_json::from_str(&self.options).unwrap()
    }
}

fn now() -> Now {
    Now {
        moment: Moment::noon_of(TODAY),
        today: TODAY,
    }
}

/// All figures of a workspace, and the lists that their keys were made of.
fn figures(
    workspace: &Workspace,
    period: Period,
    now: Now,
) -> (Vec<Figure>, Vec<(String, Behind)>) {
    let index = Index::new(workspace);
    let scope = Scope::new(&Filter::default(), period, now);
    let made = RefCell::new(Vec::new());
    let link = |behind: Behind| {
        let view = DealsView {
            tab: behind.tab,
            filter: behind.filter.clone(),
            ..DealsView::default()
        };
        let address = Route::Deals(view).href();
        made.borrow_mut().push((address.clone(), behind));
        address
    };
    let links = &Links {
        scope: &scope,
        link: &link,
    };
    let palette = palette();
    let drawing = &Drawing {
        palette: &palette,
        format: &Plain,
        reduced_motion: true,
    };
    let mut all = Vec::new();
    let mut put = |name: &str, options: String, facts, tables, height_px| {
        all.push(Figure {
            name: name.to_owned(),
            options,
            facts,
            tables,
            height_px,
        });
    };
    let stats = index.forecast(workspace, &scope);
    put(
        "forecast",
        forecast_options(&stats, links, drawing),
        forecast_facts(&stats, links, &Plain),
        forecast_tables(&stats, links, &Plain),
        forecast_height_px(&stats),
    );
    for stats in index.funnels(workspace, &scope) {
        put(
            "funnel",
            funnel_options(&stats, links, drawing),
            funnel_facts(&stats, links, &Plain),
            funnel_tables(&stats, links, &Plain),
            funnel_height_px(&stats),
        );
    }
    let (close, each) = index.times(workspace, &scope);
    put(
        "close",
        close_options(&close, None, links, drawing),
        close_facts(&close, None, links, &Plain),
        close_tables(&close, None, links, &Plain),
        close_height_px(),
    );
    for stats in each {
        put(
            "time",
            time_options(&stats, links, drawing),
            time_facts(&stats, links, &Plain),
            time_tables(&stats, links, &Plain),
            time_height_px(&stats),
        );
    }
    for stats in index.sub_stages(workspace, &scope) {
        put(
            "sub-stages",
            sub_stages_options(&stats, links, drawing),
            sub_stages_facts(&stats, links, &Plain),
            sub_stages_tables(&stats, links, &Plain),
            sub_stages_height_px(&stats),
        );
    }
    for step in [Step::Month, Step::Day] {
        let courses = index.courses(workspace, &scope, step);
        let each = courses.each.iter().map(|(whose, _)| Some(whose));
        for whose in [None].into_iter().chain(each) {
            let course = Course {
                courses: &courses,
                whose,
                step,
            };
            put(
                "course",
                course_options(course, links, drawing),
                course_facts(course, links, &Plain),
                course_tables(course, links, &Plain),
                course_height_px(),
            );
        }
    }
    for by in By::ALL {
        let mut stats = index.comparison(workspace, &scope, by);
        stats.sort(Ranking::default(), &|a, b| a.cmp(b));
        for measure in Measure::ALL {
            put(
                "compare",
                compare_options(&stats, measure, links, drawing),
                compare_facts(&stats, links, &Plain),
                compare_tables(&stats, links, &Plain),
                compare_height_px(&stats),
            );
        }
    }
    (all, made.into_inner())
}

/// The demo's data.
pub fn sample_world() -> (Workspace, Now) {
    let today = Date::constant(2026, 11, 28);
    let now = Now {
        moment: Moment::noon_of(today),
        today,
    };
    let mut ids = IdSource::starting_at(1);
    let mut workspace = new_workspace(&mut ids);
    let mut context = Context {
        now: now.moment,
        today,
        ids: &mut ids,
    };
    let records = sample(&workspace, &mut context);
    let import = Command::Import(ImportKind::Sample, records);
    apply(&mut workspace, import, &mut context).unwrap();
    (workspace, now)
}

/// A process of three stages with a required sub-stage each, with deals of
/// all sorts.
fn small_world() -> Workspace {
    let mut own = process(1, "Default", &["Contact", "Offer", "Order"]);
    for stage in &mut own.stages {
        stage.sub_stages[0].required = true;
    }
    let day = Date::constant;
    let at = |deal: Deal, stages: usize, ticks: usize| moved(deal, stages, ticks);
    let won = |deal, on| closed(at(deal, 3, 3), Outcome::Won, on, None);
    let lost = |deal, on| closed(at(deal, 2, 1), Outcome::Lost, on, None);
    let expected = |mut deal: Deal, on| {
        deal.expected_close = Some(on);
        at_stage(at(deal, 2, 1), 101, Some(500))
    };
    let deals = vec![
        won(deal(1, 1, Some(120_000)), day(2024, 6, 11)),
        won(deal(2, 1, None), day(2024, 6, 12)),
        lost(deal(3, 1, Some(50_000)), day(2024, 6, 13)),
        expected(deal(4, 1, Some(80_000)), day(2024, 6, 10)),
        expected(deal(5, 1, Some(90_050)), day(2024, 8, 1)),
        expected(deal(6, 1, None), day(2024, 8, 2)),
        at_stage(deal(7, 1, Some(70_000)), 100, None),
        expected(deal(8, 2, Some(10_000)), day(2026, 8, 2)),
        deal(9, 2, Some(1)),
    ];
    workspace(vec![own, process(2, "Other", &["Start"])], deals)
}

/// A deal that has been in so many stages of its process, two days in each, and
/// has so many sub-stages ticked.
fn moved(mut deal: Deal, stages: usize, ticks: usize) -> Deal {
    let (id, start) = (deal.process, Moment::noon_of(deal.created));
    let progress = deal.progress.entry(id).or_default();
    let last = stages - 1;
    progress.stays = (0..stages)
        .map(|place| Stay {
            stage: StageId(id.0 * 100 + place as u64),
            entered: start.plus_minutes(2 * 24 * 60 * i64::try_from(place).unwrap()),
            left: (place < last)
                .then(|| start.plus_minutes(2 * 24 * 60 * (i64::try_from(place).unwrap() + 1))),
        })
        .collect();
    for place in 0..ticks {
        let tick = Tick {
            at: start,
            note: String::new(),
        };
        let id = SubStageId(id.0 * 100 + 50 + place as u64);
        progress.ticks.insert(id, tick);
    }
    deal
}

fn said(figure: &Figure) -> String {
    let mut out = format!("# {}\n", figure.name);
    for Fact { label, value, key } in &figure.facts {
        let key = key.as_deref().unwrap_or("-");
        out += &format!("{label}: {value}  {key}\n");
    }
    for table in &figure.tables {
        out += &format!("## {}\n{}\n", table.title, table.columns.join(" | "));
        for row in &table.rows {
            let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
            let keys: BTreeSet<&str> = row
                .cells
                .iter()
                .filter_map(|cell| cell.key.as_deref())
                .collect();
            out += &format!("{}\n", cells.join(" | "));
            keys.iter().for_each(|key| out += &format!("  {key}\n"));
        }
    }
    out
}

/// One figure of each kind: of the first process, the course by months, the
/// comparison of processes by value.
fn one_of_each(all: &[Figure]) -> Vec<&Figure> {
    let mut seen = BTreeSet::new();
    let mut first = all.iter().collect::<Vec<_>>();
    first.retain(|figure| seen.insert(figure.name.clone()));
    first
}

#[test]
fn the_sections_are_drawn_and_read_as_before() {
    let (all, _) = figures(&small_world(), Period::Last12Months, now());
    let first = one_of_each(&all);
    assert_eq!(first.len(), 7);
    let texts: Vec<String> = first.iter().map(|figure| said(figure)).collect();
    golden("section-figures.txt", &texts.join("\n"));
    for figure in first {
        let file = format!("section-{}.json", figure.name);
        golden(&file, &pretty(&figure.options));
    }
}

/// The keys of all parts of a drawing.
fn keys_of(options: &Value, found: &mut Vec<String>) {
    match options {
        Value::Object(entries) => {
            if let (Some(Value::String(id)), true) =
                (entries.get("id"), entries.contains_key("value"))
            {
                found.push(id.clone());
            }
            entries.values().for_each(|value| keys_of(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| keys_of(value, found)),
        _ => {}
    }
}

/// What a figure of deals says of how many they are, by the heading.
const COUNTS: [&str; 11] = [
    "Deals",
    "Created",
    "Won",
    "Lost",
    "Open at the end",
    "Left it",
    "In it now",
    "Won with it",
    "Lost with it",
    "Open deals without it",
    "Open deals",
];

#[test]
fn every_key_is_the_address_of_a_list_and_every_count_its_number() {
    let (sample, then) = sample_world();
    for (workspace, now) in [(small_world(), now()), (sample, then)] {
        let index = Index::new(&workspace);
        for period in [Period::Last12Months, Period::ThisQuarter, Period::All] {
            let (all, made) = figures(&workspace, period, now);
            let mut sizes = std::collections::BTreeMap::new();
            for (address, behind) in &made {
                let Route::Deals(view) = Route::parse(address) else {
                    panic!("{address} is no list");
                };
                assert_eq!(
                    (view.tab, &view.filter),
                    (behind.tab, &behind.filter),
                    "{address}"
                );
                sizes.entry(address.as_str()).or_insert_with(|| {
                    index
                        .listed(&workspace, &view.filter, view.tab, view.sort, now)
                        .len()
                });
            }
            let mut counted = 0;
            for figure in &all {
                let mut keys = Vec::new();
                keys_of(&figure.drawn(), &mut keys);
                assert!(keys.iter().all(|key| sizes[key.as_str()] > 0));
                for table in &figure.tables {
                    for row in &table.rows {
                        assert_eq!(row.cells.len(), table.columns.len(), "{}", table.title);
                        for (heading, cell) in table.columns.iter().zip(&row.cells) {
                            if !COUNTS.contains(&heading.as_str()) || cell.plain.is_none() {
                                continue;
                            }
                            let count: usize = cell.plain.as_ref().unwrap().parse().unwrap();
                            let listed = cell.key.as_ref().map_or(0, |key| sizes[key.as_str()]);
                            assert_eq!(count, listed, "{heading} of {}: {cell:?}", figure.name);
                            counted += count;
                        }
                    }
                }
            }
            assert!(counted > 20);
        }
    }
}

/// Worlds in which something is missing or far too large.
fn odd_worlds() -> Vec<(&'static str, Workspace)> {
    let forty: Vec<String> = (0..40).map(|at| format!("Stage {at}")).collect();
    let forty: Vec<&str> = forty.iter().map(String::as_str).collect();
    let long = "x".repeat(80);
    let names = [
        "{b}",
        "{c|x}",
        "<img src=x onerror=alert(1)>",
        &long,
        "x} {a0|$& y",
    ];
    let many = |deals: usize| (0..deals as u64).map(|id| deal(id, 1, Some(5_000)));
    let huge = deal(9_999, 1, Some(100_000_000_000_000));
    let dated = |id, created: Date, close: Date| {
        let mut deal = deal(id, 1, None);
        deal.created = created;
        deal.expected_close = Some(close);
        deal
    };
    let long_ago = Date::constant(1931, 5, 1);
    let ahead = Date::constant(2999, 1, 1);
    let one = |stages: &[&str], deals: Vec<Deal>| workspace(vec![process(1, "{a}", stages)], deals);
    vec![
        ("nothing", one(&["A"], Vec::new())),
        ("one deal", one(&["A"], vec![deal(1, 1, Some(1))])),
        (
            "no stages",
            one(
                &[],
                vec![
                    deal(1, 1, None),
                    closed(deal(2, 1, None), Outcome::Won, TODAY, None),
                    closed(deal(3, 1, None), Outcome::Lost, TODAY, None),
                ],
            ),
        ),
        (
            "forty stages",
            one(
                &forty,
                (0..40)
                    .map(|at| at_stage(deal(at, 1, Some(1)), 100 + at, None))
                    .collect(),
            ),
        ),
        (
            "one of a trillion",
            one(&["A", "B"], many(3_000).chain([huge]).collect()),
        ),
        (
            "long ago and ahead",
            one(
                &["A"],
                vec![
                    dated(1, long_ago, long_ago),
                    dated(2, TODAY, ahead),
                    closed(
                        dated(3, long_ago, TODAY),
                        Outcome::Won,
                        plus_days(TODAY, 400),
                        None,
                    ),
                    closed(deal(4, 1, None), Outcome::Lost, long_ago, None),
                ],
            ),
        ),
        (
            "odd names",
            workspace(
                vec![
                    process(1, "<b>{a|x}</b>", &names),
                    process(2, &long, &names),
                ],
                (0..5)
                    .map(|at| at_stage(deal(at, 1, None), 100 + at, None))
                    .chain([deal(9, 2, None)])
                    .collect(),
            ),
        ),
    ]
}

#[test]
fn whatever_is_missing_or_too_large_the_figures_stay_readable() {
    for (world, workspace) in odd_worlds() {
        for period in [Period::Last12Months, Period::All] {
            for figure in figures(&workspace, period, now()).0 {
                let options = figure.drawn();
                let height = figure.height_px;
                assert!(
                    (40..=2_400).contains(&height),
                    "{world}: {} {height}",
                    figure.name
                );
                let text = options.to_string();
                for wrong in ["NaN", "Infinity", "inf"] {
                    assert!(!text.contains(wrong), "{world}: {}", figure.name);
                }
                let mut found = Vec::new();
                templates(&options, &mut found);
                // Rich text of our own is the only one there is.
                for template in found {
                    let rest = template.replace("{all|", "").replace("{weighted|", "");
                    let rest: Vec<char> = rest.chars().collect();
                    let bare = rest
                        .windows(2)
                        .any(|pair| pair[0] == '{' && pair[1] != '\u{2060}');
                    assert!(!bare, "{world}: {template}");
                }
                for table in &figure.tables {
                    let cells = table.rows.iter().flat_map(|row| &row.cells);
                    let empty = cells.filter(|cell| cell.text.is_empty() && cell.plain.is_some());
                    assert_eq!(empty.count(), 0, "{world}: a dash stands where nothing is");
                }
            }
        }
    }
}

#[test]
fn one_deal_of_a_trillion_leaves_the_numbers_of_the_others_readable() {
    let (_, workspace) = odd_worlds().remove(4);
    let (all, _) = figures(&workspace, Period::All, now());
    let forecast = said(&all[0]);
    assert!(forecast.contains("€1000000150000.00"), "{forecast}");
    // Lengths are not exact there, texts are.
    let options = all[0].options.clone();
    assert!(options.contains("€1000000150k"), "{options}");
}

#[test]
fn amounts_say_how_many_deals_they_are_without() {
    let (all, _) = figures(&small_world(), Period::Last12Months, now());
    for figure in one_of_each(&all) {
        let told = said(figure).contains("without a value");
        let has_amounts = !["close", "time"].contains(&figure.name.as_str());
        let lacks_required = figure.name == "sub-stages";
        assert!(told == has_amounts || lacks_required, "{}", said(figure));
    }
}

#[test]
fn without_any_value_the_forecast_counts_deals() {
    let mut dated = deal(1, 1, None);
    dated.expected_close = Some(TODAY);
    let workspace = workspace(vec![process(1, "A", &["A"])], vec![dated, deal(2, 1, None)]);
    let (all, _) = figures(&workspace, Period::All, now());
    let options = &all[0].options;
    assert!(!options.contains('€'), "{options}");
    assert!(options.contains("1 deal"));
}

#[test]
fn a_share_of_few_deals_says_of_how_many() {
    let (all, _) = figures(&small_world(), Period::Last12Months, now());
    for name in ["compare", "sub-stages", "funnel"] {
        let figure = all.iter().find(|figure| figure.name == name).unwrap();
        assert!(
            said(figure).contains(" % of 3 deals") || said(figure).contains(" % of 2 deals"),
            "{}",
            said(figure)
        );
        let drawn = all.iter().filter(|figure| figure.name == name);
        let marked = drawn
            .into_iter()
            .any(|figure| figure.options.contains("deals\""));
        assert!(marked, "{name}");
    }
}

#[test]
fn a_figure_is_saved_as_numbers_that_machines_read() {
    let (all, _) = figures(&small_world(), Period::Last12Months, now());
    let of = |name: &str| {
        let figure = all.iter().find(|figure| figure.name == name).unwrap();
        tables_csv(&figure.tables)
    };
    let course = of("course");
    assert!(
        course.starts_with("\u{feff}Month,Created,Value created,Won"),
        "{course}"
    );
    assert!(course.contains("\r\n2024-06,9,"), "{course}");
    assert!(!course.contains('€') && !course.contains(','.to_string().repeat(40).as_str()));
    let time = of("time");
    assert!(time.contains("Contact,6,2.000,2.000,"), "{time}");
    let sub_stages = of("sub-stages");
    assert!(
        sub_stages.contains(",2,100.0,1,100.0,0.0\r\n"),
        "{sub_stages}"
    );
    // Two tables have their titles, and an empty line between them.
    assert!(sub_stages.contains("\r\n\r\nRequired sub-stages that open deals lack\r\n"));
    let odd = workspace(
        vec![process(1, "A", &["=1+1", "a,\"b"])],
        vec![deal(1, 1, None)],
    );
    let (all, _) = figures(&odd, Period::All, now());
    let funnel = all.iter().find(|figure| figure.name == "funnel").unwrap();
    let text = tables_csv(&funnel.tables);
    assert!(
        text.contains("\r\n'=1+1,0,,0.0,\r\n\"a,\"\"b\",0,"),
        "{text}"
    );
}

#[test]
fn what_has_no_room_is_said_in_the_figures() {
    let forty: Vec<String> = (0..60).map(|at| format!("Stage {at}")).collect();
    let forty: Vec<&str> = forty.iter().map(String::as_str).collect();
    let workspace = workspace(vec![process(1, "A", &forty)], vec![deal(1, 1, None)]);
    let (all, _) = figures(&workspace, Period::All, now());
    let stats = all
        .iter()
        .find(|figure| figure.name == "sub-stages")
        .unwrap();
    let names = stats.drawn()["yAxis"][0]["data"].as_array().unwrap().len();
    assert_eq!((names, stats.tables[0].rows.len()), (80, 60));
    let course = all.iter().filter(|figure| figure.name == "course");
    for figure in course {
        let drawn = figure.drawn()["xAxis"][0]["data"].as_array().unwrap().len();
        assert!(drawn <= 92 && drawn <= figure.tables[0].rows.len());
    }
}

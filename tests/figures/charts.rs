//! The options that charts are drawn from, and the figures beside them.
//!
//! After a wanted change of a chart: `UPDATE_GOLDEN=1 cargo test --test charts`,
//! then read the difference.

use crate::support::{
    TODAY, at_stage, briefs, closed, deal, process, with_lost_reasons, workspace,
};
use pipewright::chart::{
    CHART_MONTHS, Format, Palette, closed_facts, closed_options, closed_tables, open_facts,
    open_height_px, open_options, open_tables,
};
use pipewright::domain::read::stats::{
    ClosedStats, Month, OpenStats, closed_by_process, open_by_process,
};
use pipewright::domain::record::deal::Outcome;
use pipewright::domain::record::workspace::Workspace;
use pipewright::domain::value::money::{Total, plain_decimal};
use pipewright::domain::value::time::{Date, Moment, plus_days};
use serde_json::Value;

pub struct Plain;

impl Format for Plain {
    fn count(&self, count: usize) -> String {
        count.to_string()
    }
    fn money(&self, amount: Total) -> String {
        format!("€{}", plain_decimal(amount.minor(), 2))
    }
    fn short_money(&self, amount: Total) -> String {
        format!("€{}k", amount.minor() / 100_000)
    }
    fn percent(&self, permille: u16) -> String {
        format!("{}.{} %", permille / 10, permille % 10)
    }
    fn month(&self, month: Month) -> String {
        format!("{}/{}", month.month, month.year)
    }
    fn date(&self, date: Date) -> String {
        date.to_string()
    }
    fn tenths(&self, tenths: i64) -> String {
        plain_decimal(i128::from(tenths), 1)
    }
    fn plain_money(&self, amount: Total) -> String {
        plain_decimal(amount.minor(), 2)
    }
}

pub fn palette() -> Palette {
    let color = |name: &str| name.to_owned();
    Palette {
        text: color("black"),
        muted: color("gray"),
        line: color("silver"),
        surface: color("white"),
        accent: color("purple"),
        won: color("green"),
        lost: color("red"),
        outdated: color("tan"),
        processes: vec![color("blue"), color("teal"), color("navy")],
        font: color("sans-serif"),
    }
}

const NAMES: [&str; 7] = [
    "{b}",
    "{c|x}",
    "<img src=x onerror=alert(1)>",
    "eighty characters of a name that is as long as the rules of the domain permit it",
    "👩‍👩‍👧 family",
    "عرض السعر",
    "x} {a0|$& y",
];

fn open(workspace: &Workspace) -> OpenStats {
    open_by_process(workspace, briefs(workspace), Moment::noon_of(TODAY), TODAY).remove(0)
}

fn closed_stats(workspace: &Workspace) -> ClosedStats {
    closed_by_process(workspace, briefs(workspace)).remove(0)
}

fn open_sample() -> OpenStats {
    open(&workspace(
        vec![process(
            1,
            "Default",
            &["Contact", "Identify needs", "Offer"],
        )],
        vec![
            deal(1, 1, Some(120_000)),
            deal(2, 1, None),
            at_stage(deal(3, 1, Some(80_000)), 102, Some(500)),
        ],
    ))
}

fn closed_sample() -> ClosedStats {
    let day = Date::constant;
    closed_stats(&with_lost_reasons(
        workspace(
            vec![process(1, "Default", &["Contact", "Offer"])],
            vec![
                closed(
                    deal(1, 1, Some(100_000)),
                    Outcome::Won,
                    day(2024, 6, 11),
                    None,
                ),
                closed(
                    deal(2, 1, Some(50_000)),
                    Outcome::Lost,
                    day(2024, 6, 22),
                    Some(7),
                ),
                closed(deal(3, 1, None), Outcome::Won, day(2024, 8, 1), None),
            ],
        ),
        &[(7, "Price")],
    ))
}

pub fn golden(file: &str, actual: &str) {
    let path = format!("{}/tests/golden/{file}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, actual).unwrap();
    }
    let wanted = std::fs::read_to_string(&path).unwrap();
    assert_eq!(actual, wanted, "{file} differs");
}

pub fn pretty(options: &str) -> String {
    let value: Value = serde_json::from_str(options).unwrap();
    serde_json::to_string_pretty(&value).unwrap() + "\n"
}

#[test]
fn the_open_chart_is_drawn_as_before() {
    golden(
        "chart-open.json",
        &pretty(&open_options(&open_sample(), &palette(), &Plain, false)),
    );
}

#[test]
fn the_closed_chart_is_drawn_as_before() {
    golden(
        "chart-closed.json",
        &pretty(&closed_options(
            &closed_sample(),
            true,
            &palette(),
            &Plain,
            false,
        )),
    );
}

#[test]
fn the_figures_read_as_before() {
    let stats = open_sample();
    let open = (open_facts(&stats, &Plain), open_tables(&stats, &Plain));
    let stats = closed_sample();
    let closed = (
        closed_facts(&stats, &Plain),
        closed_tables(&stats, true, &Plain),
    );
    golden("chart-figures.txt", &format!("{open:#?}\n{closed:#?}\n"));
}

/// Every text of the options that ECharts reads as a template or as rich text.
pub fn templates(options: &Value, found: &mut Vec<String>) {
    match options {
        Value::Object(entries) => {
            for (key, value) in entries {
                match value {
                    Value::String(text) if key == "formatter" => found.push(text.clone()),
                    _ => templates(value, found),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| templates(value, found)),
        _ => {}
    }
}

#[test]
fn names_are_data_and_never_templates() {
    let deals = (0..7)
        .map(|place| at_stage(deal(place, 1, None), 100 + place, None))
        .collect();
    let stats = open(&workspace(vec![process(1, "{a}", &NAMES)], deals));
    let options: Value =
        serde_json::from_str(&open_options(&stats, &palette(), &Plain, true)).unwrap();
    let axis: Vec<&str> = options["yAxis"][0]["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|n| n.as_str().unwrap())
        .collect();
    assert_eq!(axis, NAMES, "an axis shows its names as they are");
    let mut found = Vec::new();
    templates(&options, &mut found);
    assert_eq!(found.len(), NAMES.len());
    for (template, name) in found.iter().zip(NAMES) {
        let shown = template.replace('\u{2060}', "").replace('\n', " ");
        assert!(shown.starts_with(name), "{template}");
        let bytes: Vec<char> = template.chars().collect();
        let bare = bytes
            .windows(2)
            .any(|pair| pair[0] == '{' && pair[1] != '\u{2060}');
        assert!(!bare, "{template}");
    }
}

#[test]
fn tooltips_are_drawn_on_the_canvas() {
    for options in [
        open_options(&open_sample(), &palette(), &Plain, true),
        closed_options(&closed_sample(), true, &palette(), &Plain, true),
    ] {
        let options: Value = serde_json::from_str(&options).unwrap();
        assert_eq!(options["tooltip"]["renderMode"], "richText");
        assert_eq!(options["animation"], false);
    }
}

#[test]
fn a_click_finds_the_stage_and_the_month() {
    let keys = |options: &str| -> Vec<String> {
        let options: Value = serde_json::from_str(options).unwrap();
        let series = options["series"].as_array().unwrap().last().unwrap();
        let data = series["data"].as_array().unwrap();
        data.iter()
            .map(|part| part["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let stats = open_sample();
    let tables = open_tables(&stats, &Plain);
    let rows: Vec<String> = tables[0]
        .rows
        .iter()
        .filter_map(|row| row.cells[0].key.clone())
        .collect();
    let stages: Vec<String> = stats
        .rows
        .iter()
        .map(|row| row.stage.id().unwrap().to_string())
        .collect();
    assert_eq!(
        keys(&open_options(&stats, &palette(), &Plain, true)),
        stages
    );
    assert_eq!(rows, stages);
    let months = keys(&closed_options(
        &closed_sample(),
        true,
        &palette(),
        &Plain,
        true,
    ));
    assert_eq!(months, ["2024-06", "2024-07", "2024-08"]);
}

#[test]
fn without_any_value_the_chart_shows_counts_alone() {
    let stats = open(&workspace(
        vec![process(1, "Imported", &["Prospecting", "Engaging"])],
        vec![deal(1, 1, None), at_stage(deal(2, 1, None), 101, None)],
    ));
    let options = open_options(&stats, &palette(), &Plain, true);
    assert!(!options.contains('€'), "{options}");
    let options: Value = serde_json::from_str(&options).unwrap();
    assert_eq!(options["series"][0]["data"], serde_json::json!([1, 1]));
    let facts = open_facts(&stats, &Plain);
    assert_eq!(facts.first().map(|fact| &*fact.value), Some("2"));
    assert!(!facts.iter().any(|fact| fact.label.contains("Value")));
}

#[test]
fn the_chart_shows_the_last_months_and_the_table_all() {
    let deals = (0..50)
        .map(|place| {
            let on = plus_days(TODAY, -31 * i64::try_from(place).unwrap());
            closed(deal(place, 1, None), Outcome::Lost, on, None)
        })
        .collect();
    let stats = closed_stats(&workspace(vec![process(1, "Default", &["A"])], deals));
    assert!(stats.months.len() >= 50);
    let options: Value =
        serde_json::from_str(&closed_options(&stats, true, &palette(), &Plain, true)).unwrap();
    let names = options["xAxis"][0]["data"].as_array().unwrap();
    assert_eq!(
        (names.len(), &names[CHART_MONTHS - 1]),
        (CHART_MONTHS, &Value::from("6/2024"))
    );
    let tables = closed_tables(&stats, true, &Plain);
    assert_eq!(tables[0].rows.len(), stats.months.len() + 1);
}

#[test]
fn a_long_value_is_short_beside_its_bar_and_exact_elsewhere() {
    let process = process(1, "Default", &["A", "B"]);
    let deals = vec![
        deal(1, 1, Some(12_345_678_900)),
        at_stage(deal(2, 1, Some(1_50)), 101, None),
    ];
    let stats = open(&workspace(vec![process], deals));
    let options: Value =
        serde_json::from_str(&open_options(&stats, &palette(), &Plain, true)).unwrap();
    let labels = &options["yAxis"][1]["data"];
    assert_eq!(labels, &serde_json::json!(["1 · €123456k", "1 · €1.50"]));
    let first = &options["series"][1]["data"][0]["tooltip"]["formatter"];
    assert!(
        first.as_str().unwrap().contains("Value €123456789.00"),
        "{first}"
    );
}

#[test]
fn options_name_the_same_series_whatever_the_outcomes() {
    let only_won = vec![closed(deal(1, 1, None), Outcome::Won, TODAY, None)];
    let stats = closed_stats(&workspace(vec![process(1, "Default", &["A"])], only_won));
    let options: Value =
        serde_json::from_str(&closed_options(&stats, true, &palette(), &Plain, true)).unwrap();
    let series = options["series"].as_array().unwrap();
    let ids: Vec<&str> = series
        .iter()
        .map(|series| series["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["won", "lost", "outdated", "parts"]);
    assert_eq!(options["legend"]["data"].as_array().unwrap().len(), 1);
}

#[test]
fn few_stages_share_one_height_and_many_can_still_be_read() {
    let of = |stages: usize| {
        let names: Vec<String> = (0..stages).map(|at| format!("Stage {at}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let process = process(1, "Default", &names);
        open_height_px(&open(&workspace(vec![process], vec![deal(1, 1, None)])))
    };
    let few: Vec<u32> = (1..=4).map(of).collect();
    assert!(few.iter().all(|height_px| *height_px == few[0]), "{few:?}");
    for stages in [6_u32, 12, 30] {
        let height_px = of(stages as usize);
        assert!(height_px >= stages * 19, "{stages} in {height_px}");
    }
}

//! The page Statistics: every figure leads to its deals, and what is chosen
//! stays in the address.

use std::collections::BTreeSet;
use std::fs;

use browser_tests::{Page, Visit, any, containing, visit};
use serde_json::json;

use crate::steps::{load_sample, open, reload};

const SECTIONS: [&str; 6] = [
    "forecast",
    "funnel",
    "time",
    "sub-stages",
    "course",
    "compare",
];

/// Opens a section with the tables of all its figures.
fn open_figures(page: &Page, section: &str) {
    open(
        page,
        &format!("#/statistics/{section}?period=all"),
        "Statistics",
    );
    let figures = page.by_role("figure", any());
    figures.first().expect_present();
    for at in 0..figures.texts().len() {
        figures.nth(at).by_role("button", "Show figures").click();
    }
}

/// The numbers of deals in the tables of the page, with the list each leads to:
/// of each table, the first in each column that has any.
fn counts(page: &Page) -> Vec<(String, usize, String)> {
    let script = "const found = [];
        for (const table of document.querySelectorAll('figure table, table.compared')) {
            const heads = [...table.querySelectorAll('thead th')].map((it) => it.textContent);
            // Whole days are no deals.
            const is_other = (at) => /average|median|percentile|days|value/i.test(heads[at]);
            const taken = new Set();
            for (const link of table.querySelectorAll('a[href^=\"#/deals/\"]')) {
                const cell = link.closest('td');
                if (!cell || taken.has(cell.cellIndex) || is_other(cell.cellIndex) || !/^[\\d,]+$/.test(link.textContent)) continue;
                taken.add(cell.cellIndex);
                found.push([link.getAttribute('href'), link.textContent.replaceAll(',', ''),
                    table.textContent.slice(0, 40)]);
            }
        }
        return found;";
    let found = page.evaluate(script, &[]);
    let found = found.as_array().unwrap().iter();
    found
        .map(|it| {
            let text = |at: usize| it[at].as_str().unwrap().to_owned();
            (text(0), text(1).parse().unwrap(), text(2))
        })
        .collect()
}

/// How many deals the list shows that one is at.
fn listed(page: &Page) -> usize {
    let table = page.by_role("table", containing(" deals")).first();
    let rows: usize = table.attribute("aria-rowcount").parse().unwrap();
    rows - 1
}

#[test]
fn every_number_leads_to_a_list_of_just_so_many_deals() {
    visit(|page| {
        load_sample(page);
        let mut seen = BTreeSet::new();
        for section in SECTIONS {
            open_figures(page, section);
            let counts = counts(page);
            assert!(counts.len() >= 2, "{section}: {counts:?}");
            for (address, count, table) in counts {
                if !seen.insert(address.clone()) {
                    continue;
                }
                open(page, &address, "Deals");
                page.wait_until(&format!("{count} deals at {address} ({table})"), || {
                    listed(page) == count
                });
            }
        }
        assert!(seen.len() > 30, "{}", seen.len());
    });
}

/// Where a part of the drawing of the first figure stands in the window: so far
/// from its left and its top, in pixels.
fn point_in_drawing(page: &Page, left: u32, top: u32) -> (u32, u32) {
    let script = "const box = document.querySelector('figure canvas').getBoundingClientRect();
        return [Math.round(box.left), Math.round(box.top)];";
    let corner = page.evaluate(script, &[]);
    let at = |place: usize| u32::try_from(corner[place].as_i64().unwrap()).unwrap();
    (at(0) + left, at(1) + top)
}

const IS_DRAWN: &str = "
    const canvas = document.querySelector('figure canvas');
    const { width, height } = canvas ?? {};
    return Boolean(canvas) && canvas.getContext('2d').getImageData(0, 0, width, height).data.some(Boolean);";

#[test]
fn a_click_on_a_bar_leads_to_its_deals() {
    visit(|page| {
        load_sample(page);
        open(page, "#/statistics/funnel?period=all", "Statistics");
        let figure = page.by_role("figure", containing(": funnel")).first();
        figure.by_role("button", "Save").expect_enabled(true);
        page.wait_until("it is drawn", || {
            page.evaluate(IS_DRAWN, &[]) == json!(true)
        });
        page.settle();
        // The bar of the first stage, which every deal has reached.
        let (x, y) = point_in_drawing(page, 260, 8);
        page.click_at(x, y);
        page.expect_heading("Deals");
        assert!(page.route().contains("reached="), "{}", page.route());
        let reached = listed(page);
        page.back();
        page.expect_heading("Statistics");
        let row = figure.by_role("button", "Show figures");
        row.click();
        let count = page.evaluate(
            "return document.querySelector('figure table tbody td').textContent;",
            &[],
        );
        assert_eq!(count.as_str().unwrap(), reached.to_string());
    });
}

#[test]
fn the_overview_answers_and_leads_on() {
    visit(|page| {
        load_sample(page);
        page.by_role("navigation", "Main")
            .by_role("link", "Statistics")
            .click();
        page.expect_heading("Statistics");
        page.expect_route("#/statistics/overview");
        assert_eq!(page.title(), "Statistics - Pipewright");
        for answer in [
            "Open value",
            "Weighted value",
            "Past due",
            "Won",
            "Win rate",
            "Days to close",
            "Process with the best win rate",
            "Process with the worst win rate",
            "Work that tells won from lost",
        ] {
            page.by_role("heading", answer).expect_present();
        }
        page.expect_text("The period counts closing dates.");
        page.expect_accessible();
        page.by_role("heading", "Days to close")
            .by_role("link", "Days to close")
            .click();
        page.expect_route("#/statistics/time");
        page.by_role("navigation", "Statistics")
            .by_role("link", "Overview")
            .click();
        page.by_role("link", "142 deals").click();
        page.expect_heading("Deals");
        assert_eq!(listed(page), 142);
    });
}

#[test]
fn filters_and_period_go_along_from_section_to_section_and_over_a_reload() {
    visit(|page| {
        load_sample(page);
        open(page, "#/statistics/funnel", "Statistics");
        page.expect_text("counts the dates on which deals were created");
        page.select("Period", "All");
        page.by_role("button", "Sales process").click();
        page.by_role("checkbox", "Key accounts").set_checked(true);
        page.press("Escape");
        page.by_role("figure", "Key accounts: funnel")
            .expect_present();
        page.by_role("figure", "Active sales: funnel")
            .expect_absent();
        let sections = page.by_role("navigation", "Statistics");
        sections.by_role("link", "Sub-stages").click();
        page.by_role("figure", "Key accounts: sub-stages")
            .expect_present();
        page.by_role("figure", any()).expect_count(1);
        page.expect_text("counts the closing dates of won and lost deals");
        reload(page);
        page.by_role("figure", any()).expect_count(1);
        page.field("Period").expect_value("all");
        page.select("Period", "From – to");
        page.field("From").fill("2020-01-01");
        page.field("To").fill("2020-12-31");
        page.press("Tab");
        page.wait_until("the days are in the address", || {
            page.route().contains("period=2020-01-01..2020-12-31")
        });
        sections.by_role("link", "Funnel").click();
        page.expect_text("No deal fits");
        page.by_role("button", "Clear filters").click();
        page.select("Period", "All");
        page.by_role("figure", containing(": funnel"))
            .expect_count(3);
    });
}

#[test]
fn time_is_cut_as_chosen_and_comparisons_are_sorted_by_their_headings() {
    visit(|page| {
        load_sample(page);
        open(page, "#/statistics/course?period=year", "Statistics");
        let course = page.by_role("figure", "Course");
        course.by_role("button", "Show figures").click();
        let steps = page.by_role("navigation", "Steps");
        steps.by_role("link", "Quarter").click();
        let year = page.evaluate("return new Date().getFullYear();", &[]);
        let quarter = format!("Q1 {year}");
        course.expect_text(&quarter);
        steps.by_role("link", "Week").click();
        course.expect_no_text(&quarter);

        page.by_role("navigation", "Statistics")
            .by_role("link", "Compare")
            .click();
        page.by_role("navigation", "Compare")
            .by_role("link", "Owners")
            .click();
        page.expect_present("figure", "Comparison by owner");
        let table = page.by_role("table", "Side by side");
        let won = table.by_role("link", "Won");
        let sorted = |how: &str| {
            let script = "return document.querySelectorAll('table.compared th')[4].ariaSort;";
            page.evaluate(script, &[]).as_str() == Some(how)
        };
        won.click();
        page.wait_until("the heading says so", || sorted("descending"));
        let column = "return [...document.querySelectorAll('table.compared tbody tr:not(.total)')]
            .map((row) => Number(row.cells[4].textContent));";
        let numbers = |page: &Page| -> Vec<u64> {
            let numbers = page.evaluate(column, &[]);
            numbers
                .as_array()
                .unwrap()
                .iter()
                .map(|it| it.as_u64().unwrap())
                .collect()
        };
        page.wait_until("the most won come first", || {
            numbers(page).is_sorted_by(|a, b| a >= b)
        });
        won.click();
        page.wait_until("the fewest won come first", || numbers(page).is_sorted());
        assert!(sorted("ascending"));
    });
}

#[test]
fn every_section_is_accessible_with_its_figures_at_every_width() {
    for (width, height) in [(390, 844), (1440, 900)] {
        Visit::default().size(width, height).run(|page| {
            load_sample(page);
            for section in SECTIONS {
                open_figures(page, section);
                page.expect_accessible();
                let wider = page.evaluate(
                    "const root = document.documentElement; return root.scrollWidth - root.clientWidth;",
                    &[],
                );
                assert_eq!(wider, 0, "{section} at {width}");
            }
        });
    }
}

#[test]
fn a_section_is_printed_with_its_numbers_and_how_they_are_counted() {
    visit(|page| {
        load_sample(page);
        open(page, "#/statistics/funnel?period=all", "Statistics");
        page.by_role("figure", containing(": funnel"))
            .first()
            .by_role("button", "Save")
            .expect_enabled(true);
        for &paper in page.papers() {
            let printed = page.print(paper);
            assert_eq!(printed.count("Statistics: Funnel"), 1);
            assert_eq!(printed.count("Key accounts: funnel"), 1);
            assert_eq!(printed.count("Search deals"), 0);
        }
        open(page, "#/statistics", "Statistics");
        page.by_role("heading", "Open value").expect_present();
        assert_eq!(page.print(page.papers()[0]).count("Open value"), 1);
    });
}

#[test]
fn a_figure_is_saved_as_numbers_and_as_pictures() {
    visit(|page| {
        load_sample(page);
        open(page, "#/statistics/compare?by=owner", "Statistics");
        let figure = page.by_role("figure", "Comparison by owner");
        let save = |kind: &str| {
            figure.by_role("button", "Save").click();
            page.by_role("menuitem", kind).click();
        };
        save("CSV");
        let csv = fs::read_to_string(page.download("Comparison by owner.csv")).unwrap();
        assert!(csv.contains("Owner,Open deals,Value"), "{csv}");
        assert!(csv.contains("Mara Ellison,"), "{csv}");
        assert!(!csv.contains('€'), "numbers for machines: {csv}");
        page.wait_until("it is drawn", || {
            page.evaluate("return document.querySelector('figure canvas');", &[])
                .is_object()
        });
        save("SVG");
        let svg = fs::read_to_string(page.download("Comparison by owner.svg")).unwrap();
        assert!(
            svg.contains("<svg") && svg.contains("Comparison by owner"),
            "{svg}"
        );
        save("PNG");
        let png = fs::read(page.download("Comparison by owner.png")).unwrap();
        assert!(png.starts_with(b"\x89PNG"));
    });
}

#[test]
fn without_deals_it_says_what_it_is_for() {
    visit(|page| {
        open(page, "#/statistics", "Statistics");
        page.expect_text("Nothing to count yet");
        page.by_role("link", "Go to the deals").click();
        page.expect_heading("Deals");
        open(page, "#/statistics/nonsense", "Not found");
    });
}

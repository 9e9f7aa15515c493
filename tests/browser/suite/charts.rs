//! The charts of the Deals page: they fold, say how they count, and never push
//! the list away.

use std::fmt::Write as _;
use std::fs;

use browser_tests::{Page, Visit, any, containing, visit};

use crate::steps::{expect_listed, five_deals, load_sample, lose, more, open, open_deal, reload};

const FIGURE: &str = "Default: open deals by stage";

#[test]
fn folded_charts_are_not_there_and_stay_folded() {
    visit(|page| {
        five_deals(page);
        open(page, "#/deals/open", "Deals");
        page.by_role("figure", FIGURE).expect_present();
        let charts = page.by_role("button", "Charts");
        assert_eq!(charts.attribute("aria-expanded"), "true");
        charts.click();
        // What is folded is not only hidden.
        page.wait_until("nothing is drawn", || {
            page.evaluate("return document.querySelector('figure');", &[])
                .is_null()
        });
        assert_eq!(charts.attribute("aria-expanded"), "false");
        page.expect_absent("button", "How it is counted");
        page.expect_accessible();
        for route in ["#/deals/closed", "#/customers", "#/deals/open"] {
            page.goto(route);
        }
        reload(page);
        page.expect_present("region", "Charts");
        page.expect_absent("figure", FIGURE);
        page.by_role("button", "Charts").click();
        page.by_role("figure", FIGURE)
            .by_role("button", "Save")
            .expect_enabled(true);
        reload(page);
        page.expect_present("figure", FIGURE);
    });
}

/// How many pixels of the drawing of the first figure have the colour of its
/// process, as the style sheet has it.
const DRAWN: &str = "
    const canvas = document.querySelector('figure canvas');
    if (!canvas) return 0;
    const probe = document.createElement('span');
    probe.className = 'process-color-0';
    probe.style.setProperty('color', 'var(--process)');
    document.body.append(probe);
    const [r, g, b] = getComputedStyle(probe).color.match(/\\d+/g).map(Number);
    probe.remove();
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
        const far = Math.abs(data[at] - r) + Math.abs(data[at + 1] - g) + Math.abs(data[at + 2] - b);
        if (far < 12) count += 1;
    }
    return count;";

const WIPE: &str = "
    for (const canvas of document.querySelectorAll('figure canvas')) {
        canvas.getContext('2d').clearRect(0, 0, canvas.width, canvas.height);
    }";

#[test]
fn bars_are_drawn_in_the_colour_of_their_process_whatever_is_filtered() {
    visit(|page| {
        five_deals(page);
        let is_drawn = || page.evaluate(DRAWN, &[]).as_u64().unwrap() > 1_000;
        // What was drawn before does not count.
        let wipe = || page.evaluate(WIPE, &[]);
        open(page, "#/deals/open", "Deals");
        page.by_role("figure", FIGURE).expect_present();
        page.wait_until("bars of the process are there", is_drawn);
        wipe();
        open(page, "#/deals/open?value_min=1", "Deals");
        page.within("Summary").expect_text("Filtered");
        page.wait_until("bars of what is left are there", is_drawn);
        wipe();
        page.resize(400, 800);
        page.by_role("button", "Charts").expect_present();
        page.wait_until("bars are there in a narrow window", is_drawn);
        page.resize(1440, 900);
        open(page, "#/statistics/funnel", "Statistics");
        page.wait_until("the funnel is drawn", is_drawn);
    });
}

#[test]
fn on_a_phone_they_are_folded_until_they_are_asked_for() {
    Visit::default().size(390, 844).run(|page| {
        load_sample(page);
        open(page, "#/deals/open", "Deals");
        page.expect_absent("figure", containing(": open deals by stage"));
        page.by_role("button", "Charts").click();
        let first = page
            .by_role("figure", containing(": open deals by stage"))
            .first();
        first.by_role("button", "Save").expect_enabled(true);
        reload(page);
        first.expect_present();
    });
}

#[test]
fn how_it_is_counted_is_told_once_for_each_tab() {
    visit(|page| {
        load_sample(page);
        open(page, "#/deals/open", "Deals");
        let charts = page.within("Charts");
        charts.expect_no_text("value × chance");
        let how = page.by_role("button", "How it is counted");
        how.expect_count(1);
        how.click();
        charts.expect_text("Weighted value is value × chance");
        charts.expect_text("whose expected close is past");
        page.expect_accessible();
        page.by_role("link", containing("Closed deals")).click();
        charts.expect_text("won ÷ (won + lost)");
        charts.expect_no_text("value × chance");
        how.click();
        charts.expect_no_text("won ÷ (won + lost)");
    });
}

/// How tall the charts are, in pixels, and how much wider the page is than the window.
fn sizes(page: &Page) -> (u64, u64) {
    page.settle();
    let script = "const root = document.documentElement;
        return [Math.round(document.querySelector('.charts').getBoundingClientRect().height),
            root.scrollWidth - root.clientWidth];";
    let sizes = page.evaluate(script, &[]);
    (sizes[0].as_u64().unwrap(), sizes[1].as_u64().unwrap())
}

#[test]
fn the_figures_take_the_place_of_the_drawing() {
    visit(|page| {
        load_sample(page);
        open(page, "#/deals/closed", "Deals");
        let figure = page.by_role("figure", containing(": closed deals")).first();
        figure.by_role("button", "Save").expect_enabled(true);
        let before = sizes(page);
        figure.by_role("button", "Show figures").click();
        figure.by_role("table", "Deals by month").expect_present();
        let (height_px, wider_px) = sizes(page);
        assert!(
            height_px <= before.0 + 80,
            "{height_px} instead of {before:?}"
        );
        assert_eq!(wider_px, 0);
        page.expect_accessible();
        figure.by_role("button", "Show figures").click();
        figure.by_role("table", "Deals by month").expect_absent();
        assert_eq!(sizes(page), before);
    });
}

#[test]
fn a_dozen_processes_push_the_list_no_further_down_than_three() {
    visit(|page| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deals.csv");
        let mut text = "Deal,Pipeline,Stage,Amount\n".to_owned();
        for deal in 0..24 {
            let stage = ["Contact", "Offer"][deal / 12];
            writeln!(text, "Deal {deal},Pipeline {},{stage},100", deal % 12).unwrap();
        }
        fs::write(&file, text).unwrap();
        load_sample(page);
        let before = sizes(page);
        open(page, "#/deals/open", "Deals");
        page.choose_file("File of deals (CSV)", &file);
        page.by_role("button", "Import 24 deals").click();
        page.expect_text("24 deals imported");
        page.by_role("figure", containing(": open deals by stage"))
            .expect_count(15);
        let after = sizes(page);
        assert!(
            after.0 <= before.0 && after.1 == 0,
            "{after:?} after {before:?}"
        );
        // What lies outside is reached, and drawn when it is.
        let last = page.by_role("figure", "Pipeline 11: open deals by stage");
        last.by_role("button", "Show figures").focus();
        last.by_role("button", "Save").expect_enabled(true);
    });
}

/// Five deals, of which two of the process "Default" are lost and one is
/// outdated.
fn three_closed(page: &Page) {
    five_deals(page);
    lose(page, "Lamps", "2026-01-05");
    lose(page, "Desks", "2026-01-20");
    open_deal(page, "Chairs");
    more(page, "Mark as outdated").click();
    let outdated = page.by_role("dialog", "Mark as outdated");
    outdated.field("Reason").choose("Put off");
    outdated.by_role("button", "Mark as outdated").click();
    page.expect_present("button", "Reopen");
    open(page, "#/deals/closed?sort=name", "Deals");
}

const CLOSED: &str = "Default: closed deals";

#[test]
fn figures_of_closed_deals_pick_just_the_deals_they_count() {
    visit(|page| {
        three_closed(page);
        let figure = page.by_role("figure", CLOSED);
        figure.by_role("button", "Show figures").click();
        let all = ["Chairs", "Desks", "Lamps"];
        let picked = [
            (containing("Lost: 2"), vec!["Desks", "Lamps"]),
            ("Too expensive".into(), vec!["Desks", "Lamps"]),
            ("Identify needs".into(), vec!["Desks"]),
            (containing("Outdated: 1"), vec!["Chairs"]),
        ];
        for (name, deals) in picked {
            let button = figure.by_role("button", name);
            button.click();
            expect_listed(page, "Closed deals", &deals);
            page.expect_accessible();
            // Once more, and they are all there again.
            button.click();
            expect_listed(page, "Closed deals", &all);
        }
        // Nothing is won, and there is nothing to pick.
        figure.by_role("button", containing("Won")).expect_absent();
    });
}

#[test]
fn a_month_is_picked_within_the_dates_that_are_on() {
    visit(|page| {
        three_closed(page);
        let figure = page.by_role("figure", CLOSED);
        let show = || {
            let show = figure.by_role("button", "Show figures");
            if show.attribute("aria-expanded") == "false" {
                show.click();
            }
        };
        open(page, "#/deals/closed?from=2026-01-10", "Deals");
        show();
        figure.by_role("button", "Jan 2026").click();
        expect_listed(page, "Closed deals", &["Desks"]);
        // Of deals that were created in a range, no month is offered.
        open(page, "#/deals/closed?from=2020-01-01&date=created", "Deals");
        show();
        let months = figure.by_role("table", "Deals by month");
        months.expect_text("Jan 2026 0 – 2");
        months.by_role("button", any()).expect_absent();
    });
}

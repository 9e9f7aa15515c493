//! Names of all kinds: shown as typed, everywhere, and never run or cut the page.

use browser_tests::{Page, Visit, any, visit};
use serde_json::json;

use crate::steps::{add_deal, expect_saved, filter_by, open, reload, tick, unfold_charts};

/// A tag that would run a script if it were ever taken for HTML.
const TAG: &str = "<img src=x onerror=alert(1)>";
/// Right to left, with a mark that would turn what follows.
const RIGHT_TO_LEFT: &str = "مشروع الميناء الكبير (2)";
const EMOJI: &str = "👩🏽‍🚒 Fire 🔥 & <b>Flames</b>";

/// Eighty characters without a space.
fn long() -> String {
    "Donaudampfschifffahrtsgesellschaft"
        .repeat(3)
        .chars()
        .take(80)
        .collect()
}

fn names() -> [String; 4] {
    [
        TAG.to_owned(),
        RIGHT_TO_LEFT.to_owned(),
        EMOJI.to_owned(),
        long(),
    ]
}

/// The page is no wider than the window, and no script of a name has run.
#[track_caller]
fn expect_fits(page: &Page) {
    page.wait_until("the page is no wider than the window", || {
        page.evaluate(
            "return document.documentElement.scrollWidth <= innerWidth;",
            &[],
        ) == json!(true)
    });
    // An open alert would have failed the script above; an image would be asked for.
    assert_eq!(
        page.evaluate("return document.querySelectorAll('img, b').length;", &[]),
        json!(0)
    );
}

fn add_process(page: &Page, name: &str) {
    open(page, "#/settings/deals/processes/new", "New process");
    page.field("Process name").fill(name);
    page.by_role("button", "Add stage").click();
    page.field("Stage name").fill(name);
    page.by_role("button", "Add sub-stage").click();
    page.field("Sub-stage name").fill(name);
    expect_fits(page);
    page.by_role("button", "Save").click();
    page.expect_present("button", format!("Edit {name}"));
    expect_fits(page);
}

fn walk(name: &str) -> impl FnOnce(&Page) {
    let name = name.to_owned();
    move |page: &Page| {
        let name = name.as_str();
        add_process(page, name);
        add_deal(
            page,
            name,
            &[
                ("Customer", name),
                ("Segment", name),
                ("Category", name),
                ("Owner", name),
                ("Source", name),
                ("Value", "1000000000000"),
                ("Notes", name),
                ("Sales process", name),
            ],
        );
        let region = page.within("Sales process");
        region.by_role("heading", name).first().expect_present();
        tick(page, name, true);
        expect_fits(page);
        // All that was typed is shown as it was typed.
        for part in ["Details", "History"] {
            page.within(part).expect_text(name);
        }
        page.by_role("button", "Mark as lost").click();
        expect_fits(page);
        page.press("Escape");

        open(page, "#/deals/open", "Deals");
        page.by_role("link", name).expect_present();
        unfold_charts(page);
        let figure = page.by_role("figure", format!("{name}: open deals by stage"));
        figure.by_role("button", "Save").expect_enabled(true);
        figure.by_role("button", "Show figures").click();
        figure.by_role("button", name).expect_present();
        expect_fits(page);
        page.field("Search deals").fill(name);
        page.by_role("link", name).expect_present();
        filter_by(page, "Sales process", &[name]);
        page.by_role("link", name).expect_present();
        page.by_role("button", format!("Remove Sales process: {name}"))
            .expect_present();
        expect_fits(page);
        page.press("Control+k");
        page.field("Command or name").fill(name);
        // The deal, its customer and its process.
        page.by_role("option", browser_tests::containing(name))
            .expect_count(3);
        expect_fits(page);
        page.press("Escape");

        open(page, "#/customers", "Customers");
        page.by_role("link", name).click();
        page.expect_heading(name);
        page.within("Contact details").expect_text(name);
        expect_fits(page);
        open(page, "#/settings/lists", "Account settings");
        page.by_role("group", "Segments").expect_text(name);
        expect_fits(page);
        expect_saved(page);
        page.goto("#/deals/open");
        reload(page);
        page.by_role("link", name).click();
        page.expect_heading(name);
        expect_fits(page);
    }
}

#[test]
fn a_tag_is_shown_as_typed() {
    Visit::default().size(390, 844).run(walk(TAG));
}

#[test]
fn right_to_left_is_shown_as_typed() {
    Visit::default().size(390, 844).run(walk(RIGHT_TO_LEFT));
}

#[test]
fn emoji_are_shown_as_typed() {
    Visit::default().size(390, 844).run(walk(EMOJI));
}

#[test]
fn eighty_characters_without_a_space_are_shown() {
    Visit::default().size(390, 844).run(walk(&long()));
}

#[test]
fn all_of_them_together_fit_at_any_width() {
    visit(|page| {
        for name in names() {
            add_process(page, &name);
            add_deal(
                page,
                &name,
                &[
                    ("Customer", &name),
                    ("Value", "1000000000000"),
                    ("Sales process", &name),
                ],
            );
        }
        for width in [390, 768, 1440] {
            page.resize(width, 844);
            for (route, heading) in [
                ("#/deals/open", "Deals"),
                ("#/deals/new", "Add deal"),
                ("#/customers", "Customers"),
                ("#/settings/deals", "Account settings"),
                ("#/settings/data", "Account settings"),
            ] {
                open(page, route, heading);
                expect_fits(page);
            }
        }
        open(page, "#/deals/open", "Deals");
        let shown = page.by_role("table", "Open deals").by_role("link", any());
        for name in names() {
            assert!(shown.texts().contains(&name), "{name}");
        }
    });
}

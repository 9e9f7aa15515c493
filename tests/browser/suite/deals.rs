//! The list of deals: summary, charts, filters, search, order, saved views.

use browser_tests::{Page, visit};

use crate::steps::{expect_listed, filter_by, five_deals, lose, open, reload};

fn list_of_five(page: &Page) {
    five_deals(page);
    open(page, "#/deals/open", "Deals");
    page.within("Summary").expect_text("Open deals 5 ");
}

const DEFAULT_FIGURE: &str = "Default: open deals by stage";
const KEY_FIGURE: &str = "Key accounts: open deals by stage";

#[test]
fn the_summary_counts_all_and_each_process_has_its_chart() {
    visit(|page| {
        list_of_five(page);
        let summary = page.within("Summary");
        summary.expect_text("Total value €73,500.50 1 without a value");
        // 15 percent of 2,500.
        summary.expect_text("Weighted value €375");
        page.by_role("figure", DEFAULT_FIGURE)
            .expect_text("Deals 3");
        let figure = page.by_role("figure", KEY_FIGURE);
        figure.expect_text("Value €70,000.50");
        // The drawing is there, and so is its table for those who can't see it.
        figure.by_role("button", "Save").expect_enabled(true);
        figure.by_role("table", "Deals by stage").expect_absent();
        figure.by_role("button", "Show figures").click();
        let table = figure.by_role("table", "Deals by stage");
        table.expect_text("Account plan 2 €70,000.50");
        table.expect_text("Total 2 €70,000.50");
        figure.by_role("button", "Save").click();
        page.by_role("menuitem", "PNG").click();
        let picture = page.download("Key accounts - open deals by stage.png");
        assert!(picture.metadata().unwrap().len() > 1000);
    });
}

#[test]
fn the_filter_of_the_process_narrows_list_and_charts_and_is_in_the_address() {
    visit(|page| {
        list_of_five(page);
        filter_by(page, "Sales process", &["Key accounts"]);
        let expect_narrowed = |page: &Page| {
            expect_listed(page, "Open deals", &["Harbour", "Tower"]);
            page.by_role("figure", KEY_FIGURE).expect_present();
            page.by_role("figure", DEFAULT_FIGURE).expect_absent();
            let summary = page.within("Summary");
            summary.expect_text("Filtered.");
            summary.expect_text("Open deals 2 of 5");
            summary.expect_text("Total value €70,000.50 of €73,500.50");
        };
        expect_narrowed(page);
        let address = page.route();
        let other = page.new_tab();
        other.goto(&address);
        expect_narrowed(&other);
        other.close();
        // Back is a way out of a filter too.
        page.back();
        page.expect_route("#/deals/open");
        page.by_role("figure", DEFAULT_FIGURE).expect_present();
        page.within("Summary").expect_no_text("Filtered.");
    });
}

#[test]
fn while_closed_deals_are_filtered_each_figure_has_that_of_all_behind_it() {
    visit(|page| {
        five_deals(page);
        lose(page, "Tower", "2026-01-05");
        lose(page, "Chairs", "2026-01-20");
        open(page, "#/deals/closed", "Deals");
        let summary = page.within("Summary");
        summary.expect_text("Lost 2 €51,000");
        summary.expect_text("Win rate 0% of 2 deals 0% of 2 deals by value");
        filter_by(page, "Sales process", &["Key accounts"]);
        summary.expect_text("Lost 1 of 2 · €50,000 of €51,000");
        summary.expect_text("Win rate 0% of 1 deal all: 0% of 2 deals");
        summary.expect_text("0% of 1 deal by value, all: 0% of 2 deals");
        page.resize(390, 844);
        page.settle();
        let wider = "const root = document.documentElement;
            return root.scrollWidth - root.clientWidth;";
        assert_eq!(page.evaluate(wider, &[]), 0);
        // Both tabs together do the same.
        page.resize(1440, 900);
        open(page, "#/deals/all", "Deals");
        filter_by(page, "Sales process", &["Key accounts"]);
        summary.expect_text("Lost 1 of 2 · €50,000 of €51,000");
    });
}

#[test]
fn a_stage_of_the_chart_opens_its_deals() {
    visit(|page| {
        list_of_five(page);
        let figure = page.by_role("figure", DEFAULT_FIGURE);
        figure.by_role("button", "Show figures").click();
        figure.by_role("button", "Identify needs").click();
        expect_listed(page, "Open deals", &["Desks"]);
        page.within("Summary").expect_text("Open deals 1 of 5");
        page.by_role("button", "Clear filters").click();
        page.within("Summary").expect_text("Open deals 5 ");
        filter_by(page, "Stage", &["Account plan"]);
        expect_listed(page, "Open deals", &["Harbour", "Tower"]);
    });
}

#[test]
fn search_takes_no_heed_of_case_and_accents() {
    visit(|page| {
        list_of_five(page);
        for (text, found) in [
            ("MULLER sohne", "Chairs"),
            ("cafe zoe", "Lamps"),
            ("tow", "Tower"),
        ] {
            page.field("Search deals").fill(text);
            expect_listed(page, "Open deals", &[found]);
        }
        // With what is typed the address is good for a reload.
        reload(page);
        page.field("Search deals").expect_value("tow");
        expect_listed(page, "Open deals", &["Tower"]);
        page.field("Search deals").fill("nothing like it");
        page.expect_text("No deal fits");
        page.by_role("button", "Show all deals").click();
        page.within("Summary").expect_text("Open deals 5 ");
        page.field("Search deals").expect_value("");
    });
}

#[test]
fn the_headings_sort_and_say_so() {
    visit(|page| {
        list_of_five(page);
        let heading = |name: &str| page.by_role("columnheader", name);
        let order = |name: &str, direction: &str| {
            page.wait_until(&format!("{name} sorts {direction}"), || {
                heading(name).attribute("aria-sort") == direction
            });
        };
        heading("Value").by_role("button", "Value").click();
        order("Value", "descending");
        // A value that is not known is neither great nor small: it comes last.
        let by_value = ["Tower", "Harbour", "Desks", "Chairs", "Lamps"];
        expect_listed(page, "Open deals", &by_value);
        heading("Value").by_role("button", "Value").click();
        order("Value", "ascending");
        expect_listed(
            page,
            "Open deals",
            &["Chairs", "Desks", "Harbour", "Tower", "Lamps"],
        );
        heading("Name").by_role("button", "Name").click();
        order("Name", "ascending");
        order("Value", "none");
        let by_name = ["Chairs", "Desks", "Harbour", "Lamps", "Tower"];
        expect_listed(page, "Open deals", &by_name);
        reload(page);
        order("Name", "ascending");
        expect_listed(page, "Open deals", &by_name);
    });
}

#[test]
fn a_view_is_saved_and_chosen_again() {
    visit(|page| {
        list_of_five(page);
        filter_by(page, "Sales process", &["Key accounts"]);
        page.by_role("columnheader", "Value")
            .by_role("button", "Value")
            .click();
        let menu = page.by_role("button", "Views");
        menu.click();
        page.by_role("menuitem", "Save this view…").click();
        let dialog = page.by_role("dialog", "Save this view");
        dialog.by_role("button", "Save").click();
        // Without a name it stays, with the focus where it is missing.
        dialog.field("View name").expect_focused();
        dialog.field("View name").fill("Large ones");
        dialog.by_role("button", "Save").click();
        page.expect_absent("dialog", "Save this view");
        menu.expect_focused();

        page.by_role("button", "Clear filters").click();
        page.within("Summary").expect_text("Open deals 5 ");
        reload(page);
        menu.click();
        page.by_role("menuitem", "Large ones").click();
        expect_listed(page, "Open deals", &["Tower", "Harbour"]);
        menu.click();
        page.by_role("menuitemradio", "Large ones")
            .expect_checked(true);
        page.by_role("menuitem", "Delete views…").click();
        let dialog = page.by_role("dialog", "Delete views");
        dialog.by_role("button", "Delete Large ones").click();
        dialog
            .by_role("listitem", browser_tests::any())
            .expect_absent();
        dialog.by_role("button", "Done").click();
        page.by_role("button", "Undo").first().click();
        menu.click();
        page.by_role("menuitemradio", "Large ones").expect_present();
    });
}

#[test]
fn selected_deals_are_deleted_together() {
    visit(|page| {
        list_of_five(page);
        page.by_role("checkbox", "Select Lamps").click();
        page.by_role("checkbox", "Select Tower").click();
        let bar = page.by_role("group", "Selected deals");
        bar.expect_text("2 deals selected");
        bar.by_role("button", "Delete").click();
        page.by_role("dialog", "Delete 2 deals?")
            .by_role("button", "Delete")
            .click();
        page.within("Summary").expect_text("Open deals 3 ");
        page.expect_absent("link", "Tower");
        page.within("Messages").by_role("button", "Undo").click();
        page.within("Summary").expect_text("Open deals 5 ");
        page.expect_present("link", "Tower");
    });
}

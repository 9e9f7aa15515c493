//! The board: columns with exact heads, cards of what is in view alone, and
//! the sub-stages that are ticked on them.

use std::fmt::Write as _;
use std::fs;
use std::time::Duration;

use browser_tests::{Locator, Page, Visit, any, containing, visit};
use serde_json::{Value, json};

use crate::steps::{expect_listed, filter_by, filters, five_deals, load_sample, open, reload};

const BOARD: &str = "#/deals/open?layout=board";

fn board(page: &Page) -> Locator {
    page.by_role("region", "Board")
}

fn board_of_five(page: &Page) {
    five_deals(page);
    open(page, BOARD, "Deals");
    board(page).expect_present();
}

/// The names of the columns, in their order.
fn columns(page: &Page) -> Vec<String> {
    let script = "return [...document.querySelectorAll('[aria-label=Board] [role=group]')]
        .map((column) => column.getAttribute('aria-label'));";
    let names = page.evaluate(script, &[]);
    serde_json::from_value(names).unwrap()
}

#[track_caller]
fn expect_columns(page: &Page, names: &[&str]) {
    page.wait_until(&format!("the columns {names:?}"), || columns(page) == names);
}

#[test]
fn a_column_per_stage_says_what_all_its_deals_come_to() {
    visit(|page| {
        five_deals(page);
        open(page, "#/deals/open", "Deals");
        page.by_role("button", "Board").click();
        page.expect_route(BOARD);
        expect_columns(
            page,
            &[
                "Collect information, 2 deals, €1,000",
                "Contact, 0 deals, €0",
                "Identify needs, 1 deal, €2,500",
                "Offer, 0 deals, €0",
            ],
        );
        let column = page.by_role("group", containing("Identify needs"));
        column.expect_text("Weighted value €375");
        let card = column.by_role("article", "Desks");
        card.by_role("link", "Desks").expect_present();
        card.expect_text("€2,500");
        card.expect_text("15%");
        card.expect_text("No next step");
        page.by_role("group", containing("Contact"))
            .expect_text("No deals here");
        // What is not known is not nothing.
        filter_by(page, "Stage", &["Collect information"]);
        page.field("Search deals").fill("lamps");
        page.by_role("group", "Collect information, 1 deal, no value")
            .expect_present();
        page.by_role("button", "Clear filters").click();
        // Another process, and back to the table.
        page.select("Sales process of the board", "Key accounts");
        page.by_role("group", containing("2 deals, €70,000.50"))
            .expect_present();
        page.expect_route(BOARD);
        reload(page);
        page.by_role("group", containing("2 deals, €70,000.50"))
            .expect_present();
        page.by_role("button", "Table").click();
        page.expect_route("#/deals/open");
        let pressed = page.by_role("button", "Table").attribute("aria-pressed");
        assert_eq!(pressed, "true");
        // A closed deal is in no stage.
        open(page, "#/deals/closed", "Deals");
        page.expect_absent("button", "Board");
    });
}

#[test]
fn the_filtered_process_is_shown_and_another_one_takes_its_place() {
    visit(|page| {
        board_of_five(page);
        filter_by(page, "Sales process", &["Key accounts"]);
        page.by_role("article", "Tower").expect_present();
        let switch = page.field("Sales process of the board");
        page.expect_absent("article", "Desks");
        page.select("Sales process of the board", "Default");
        page.by_role("article", "Desks").expect_present();
        filters(page)
            .by_role("button", "Sales process: Default")
            .expect_present();
        page.back();
        page.by_role("article", "Tower").expect_present();
        switch.expect_present();
    });
}

#[test]
fn every_head_is_the_sum_that_the_table_has_under_any_filter() {
    visit(|page| {
        load_sample(page);
        open(page, BOARD, "Deals");
        for search in ["", "line"] {
            if !search.is_empty() {
                page.field("Search deals").fill(search);
                page.within("Summary").expect_text("Filtered.");
            }
            page.wait_until("the board is there", || columns(page).len() > 3);
            let columns = columns(page);
            let process = page.evaluate(
                "const box = document.querySelector('.board-process');
                 return box.selectedOptions[0].textContent;",
                &[],
            );
            let process = process.as_str().unwrap().to_owned();
            for column in &columns {
                let (stage, rest) = column.split_once(", ").unwrap();
                let (count, value) = rest.split_once(", ").unwrap();
                page.by_role("button", "Table").click();
                filter_by(page, "Sales process", &[&process]);
                filter_by(page, "Stage", &[stage]);
                let summary = page.within("Summary");
                let count = count.split(' ').next().unwrap();
                summary.expect_text(&format!("Open deals {count} "));
                if value != "no value" {
                    summary.expect_text(&format!("Total value {value} "));
                }
                let address = format!("{BOARD}&q={search}");
                page.goto(address.trim_end_matches("&q="));
                board(page).expect_present();
            }
        }
    });
}

#[test]
fn a_note_typed_on_the_board_is_not_lost_without_a_question() {
    visit(|page| {
        board_of_five(page);
        let button = page.by_role("button", "Sub-stages of Chairs");
        button.click();
        let panel = page.by_role("group", "Sub-stages of Chairs");
        let write = || {
            panel
                .by_role("button", "Note: Look into the company")
                .click();
            panel.field("Note").expect_focused();
            panel.field("Note").fill("Two sites");
        };
        write();
        let ask = page.by_role("dialog", "Discard what you changed?");
        let keep = || {
            ask.expect_text("What you typed here is not saved yet.");
            ask.by_role("button", "Keep editing").click();
            ask.expect_absent();
            panel.field("Note").expect_value("Two sites");
        };
        panel.field("Note").press("Escape");
        keep();
        panel
            .by_role("checkbox", "Look into the company")
            .press("Escape");
        keep();
        button.click();
        keep();
        page.by_role("heading", "Deals").click();
        panel.field("Note").expect_value("Two sites");
        page.by_role("link", "Customers").click();
        let leave = page.by_role("dialog", "Leave without saving?");
        leave.by_role("button", "Stay").click();
        panel.field("Note").expect_value("Two sites");

        // Discarded, the panel makes room for what was asked for.
        page.by_role("button", "Sub-stages of Lamps").press("Enter");
        ask.by_role("button", "Discard").click();
        panel.expect_absent();
        let other = page.by_role("group", "Sub-stages of Lamps");
        other.expect_present();
        page.press("Escape");
        other.expect_absent();
        button.click();
        write();
        panel.field("Note").press("Escape");
        ask.by_role("button", "Discard").click();
        panel.field("Note").expect_absent();
        panel.expect_present();
        write();
        panel.by_role("button", "Tick with this note").click();
        panel.expect_text("Two sites");
        page.press("Escape");
        panel.expect_absent();
        button.expect_focused();
        page.by_role("link", "Customers").click();
        page.expect_heading("Customers");
    });
}

/// How much of the current stage of "Chairs" is done, as its card says.
#[track_caller]
fn expect_ticked(page: &Page, ticked: &str) {
    let button = page.by_role("button", "Sub-stages of Chairs");
    page.wait_until(ticked, || button.attribute("title") == ticked);
}

#[test]
fn sub_stages_are_ticked_on_the_card() {
    visit(|page| {
        board_of_five(page);
        let button = page.by_role("button", "Sub-stages of Chairs");
        button.click();
        let panel = page.by_role("group", "Sub-stages of Chairs");
        panel.expect_text("Collect information");
        panel
            .by_role("checkbox", "Look into the company")
            .set_checked(true);
        let card = page.by_role("article", "Chairs");
        card.expect_text("5%");
        expect_ticked(page, "1/3 ticked");
        page.by_role("group", containing("Collect information"))
            .expect_text("Weighted value €50");
        page.press("Escape");
        panel.expect_absent();
        button.expect_focused();
        page.by_role("button", "Undo").first().click();
        expect_ticked(page, "0/3 ticked");
        // Another press of the button closes it too; it is none by the second
        // half of a double click.
        button.click();
        panel.by_role("heading", any()).click();
        button.click_slowly();
        panel.expect_absent();
        // What is noted with a tick is asked for, and proposed again.
        button.click();
        panel
            .by_role("button", "Note: Look into the company")
            .click();
        panel.field("Note").fill("They make chairs");
        panel.by_role("button", "Tick with this note").click();
        expect_ticked(page, "1/3 ticked");
        panel
            .by_role("checkbox", "Look into the company")
            .set_checked(false);
        panel
            .by_role("button", "Note: Look into the company")
            .click();
        panel.field("Note").expect_value("They make chairs");
    });
}

#[test]
fn a_folded_column_still_says_its_sum_and_stays_folded() {
    visit(|page| {
        board_of_five(page);
        page.by_role("button", "Fold Collect information").click();
        page.expect_absent("article", "Chairs");
        let expect_folded = || {
            let column = page.by_role("group", "Collect information, 2 deals, €1,000");
            column.expect_text("2");
            column.expect_text("€1,000");
            page.expect_absent("article", "Chairs");
        };
        expect_folded();
        reload(page);
        expect_folded();
        page.by_role("article", "Desks").expect_present();
        page.by_role("button", "Unfold Collect information").click();
        page.by_role("article", "Chairs").expect_present();
    });
}

#[test]
fn cards_are_selected_and_changed_together() {
    visit(|page| {
        board_of_five(page);
        page.by_role("checkbox", "Select Chairs").click();
        page.by_role("checkbox", "Select Desks").click();
        let bar = page.by_role("group", "Selected deals");
        bar.expect_text("2 deals selected");
        // What the board does not show is not selected.
        page.select("Sales process of the board", "Key accounts");
        bar.expect_absent();
    });
}

/// Imports so many deals of one stage.
fn crowd(page: &Page, deals: usize) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deals.csv");
    let mut text = "name,customer,owner,stage,value\n".to_owned();
    for deal in 0..deals {
        writeln!(
            text,
            "Deal-{deal:05},Acme,Ana Bell,Contact,{}",
            deals - deal
        )
        .unwrap();
    }
    fs::write(&file, text).unwrap();
    open(page, "#/deals/open", "Deals");
    page.choose_file("File of deals (CSV)", &file);
    page.by_role("button", containing("Import 1,200 deals"))
        .click();
    page.set_patience(Duration::from_secs(60));
    page.expect_text("1,200 deals imported");
    open(page, BOARD, "Deals");
    board(page).expect_present();
}

fn cards(page: &Page) -> u64 {
    let script = "return document.querySelectorAll('article').length;";
    page.evaluate(script, &[]).as_u64().unwrap()
}

/// Scrolls the column of the crowd by this share of its height.
fn scroll(page: &Page, share: f64) {
    let script = "const body = document.querySelectorAll('.board-body')[1];
        body.scrollTop = body.scrollHeight * arguments[0];";
    page.evaluate(script, &[json!(share)]);
}

#[test]
fn of_a_thousand_cards_those_in_view_are_in_the_page() {
    visit(|page| {
        crowd(page, 1_200);
        let column = page.by_role("group", "Contact, 1,200 deals, €720,600");
        column.by_role("article", "Deal-00000").expect_present();
        assert!(cards(page) < 20, "{} cards", cards(page));
        scroll(page, 1.0);
        let last = column.by_role("article", "Deal-01199");
        last.expect_present();
        assert_eq!(last.attribute("aria-posinset"), "1200");
        assert_eq!(last.attribute("aria-setsize"), "1200");
        assert!(cards(page) < 20, "{} cards", cards(page));
    });
}

#[test]
fn back_from_a_deal_leads_to_the_board_as_it_was_left() {
    visit(|page| {
        crowd(page, 1_200);
        page.resize(700, 800);
        let aside = "document.querySelector('.board-track').scrollLeft = 150;";
        page.evaluate(aside, &[]);
        scroll(page, 0.5);
        let middle = |page: &Page| -> Value {
            page.evaluate(
                "const body = document.querySelectorAll('.board-body')[1];
                 const { top } = body.getBoundingClientRect();
                 const cards = [...body.querySelectorAll('article')];
                 const seen = cards.find((card) => card.getBoundingClientRect().top > top);
                 return seen?.getAttribute('aria-label') ?? null;",
                &[],
            )
        };
        page.wait_until("the middle is there", || middle(page).is_string());
        page.settle();
        let name = middle(page);
        let name = name.as_str().unwrap();
        let link = page.by_role("link", name);
        // The focus may scroll a little.
        link.focus();
        let scrolled = |page: &Page| -> Value {
            let script = "return [document.querySelector('.board-track').scrollLeft,
                Math.round(document.querySelectorAll('.board-body')[1].scrollTop)];";
            page.evaluate(script, &[])
        };
        page.settle();
        let before = scrolled(page);
        page.press("Enter");
        page.expect_heading(name);
        // The list leads on from here, in the order of the board.
        page.expect_text("of 1,200");
        page.back();
        page.expect_heading("Deals");
        link.expect_focused();
        page.wait_until("the board is where it was", || scrolled(page) == before);
        assert!(before[0].as_i64() > Some(100), "{before}");
        assert!(before[1].as_i64() > Some(10_000), "{before}");
    });
}

#[test]
fn the_board_ends_above_the_navigation() {
    visit(|page| {
        board_of_five(page);
        for width in [390, 768] {
            page.resize(width, 900);
            page.wait_until(&format!("it ends above, {width} pixels wide"), || {
                let room = page.evaluate(
                    "const end = document.querySelector('.board-track').getBoundingClientRect().bottom;
                     return document.querySelector('nav').getBoundingClientRect().top - end;",
                    &[],
                );
                (0.0..100.0).contains(&room.as_f64().unwrap())
            });
        }
    });
}

#[test]
fn on_a_phone_one_column_fills_the_width() {
    Visit::default().size(390, 844).run(|page| {
        load_sample(page);
        open(page, BOARD, "Deals");
        board(page).expect_text("1 of 5");
        let widths = "const track = document.querySelector('.board-track');
            const column = track.firstElementChild.getBoundingClientRect();
            return [column.width / track.clientWidth, track.clientWidth / innerWidth];";
        let widths = page.evaluate(widths, &[]);
        assert!(widths[0].as_f64().unwrap() > 0.9, "{widths}");
        assert!(widths[1].as_f64().unwrap() > 0.85, "{widths}");
        page.select("Stage in view", "Identify needs");
        board(page).expect_text("3 of 5");
        page.by_role("group", containing("Identify needs"))
            .by_role("article", any())
            .first()
            .expect_present();
        let seen = "const column = document.querySelectorAll('.board-column')[2];
            return Math.abs(column.getBoundingClientRect().left) < 40;";
        page.wait_until("it is in view", || page.evaluate(seen, &[]) == json!(true));
    });
}

#[test]
fn the_board_is_printed_as_the_list_that_it_shows() {
    visit(|page| {
        board_of_five(page);
        let paper = page.print((21.0, 29.7));
        for name in ["Chairs", "Lamps", "Tower", "Harbour", "Desks"] {
            assert!(paper.count(name) >= 1, "{name}");
        }
        assert_eq!(paper.count("Fold"), 0);
        page.by_role("button", "Table").click();
        let by_value = &["Desks", "Harbour", "Tower", "Lamps", "Chairs"];
        expect_listed(page, "Open deals", by_value);
    });
}

/// Both themes of what is shown now.
#[track_caller]
fn expect_accessible(page: &Page) {
    for dark in [false, true] {
        page.set_color_scheme(dark);
        page.wait_until("nothing moves", || {
            let script = "return document.getAnimations().every((a) => a.playState !== 'running');";
            page.evaluate(script, &[]) == true
        });
        page.expect_accessible();
    }
}

fn walk(page: &Page) {
    load_sample(page);
    open(page, BOARD, "Deals");
    page.by_role("article", any()).first().expect_present();
    expect_accessible(page);
    page.by_role("button", containing("Sub-stages of"))
        .first()
        .click();
    expect_accessible(page);
    page.press("Escape");
    page.by_role("button", containing("Fold ")).first().click();
    page.by_role("checkbox", containing("Select "))
        .first()
        .click();
    expect_accessible(page);
}

#[test]
fn the_board_is_for_everyone() {
    visit(walk);
}

#[test]
fn the_board_is_for_everyone_on_a_phone() {
    let phone = Visit::default().size(390, 844);
    phone.run(walk);
}

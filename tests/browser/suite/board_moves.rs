//! Cards are moved about the board: by mouse, by touch, by keys, by a menu.

use browser_tests::{Locator, Page, any, containing, visit};
use serde_json::json;

use crate::steps::{add_deal, open, open_deal, panel, reload, tick};

/// Three deals in the first stage of Default, on the board.
#[track_caller]
fn three_cards(page: &Page) {
    for (name, value) in [("Chairs", "3000"), ("Lamps", "2000"), ("Desks", "1000")] {
        add_deal(page, name, &[("Value", value)]);
    }
    open_board(page);
}

#[track_caller]
fn open_board(page: &Page) {
    open(page, "#/deals/open?layout=board", "Deals");
    page.within("Board").expect_present();
}

/// The column of a stage.
fn column(page: &Page, stage: &str) -> Locator {
    page.within("Board")
        .by_role("group", containing(format!("{stage}, ")))
}

fn card(page: &Page, deal: &str) -> Locator {
    page.within("Board").by_role("article", deal)
}

/// The name on a card: what is gripped, and what has the focus.
fn link(page: &Page, deal: &str) -> Locator {
    card(page, deal).by_role("link", deal)
}

#[track_caller]
fn expect_cards(page: &Page, stage: &str, deals: &[&str]) {
    column(page, stage)
        .by_role("link", any())
        .expect_texts(deals);
}

/// What Undo would take back.
fn next_undo(page: &Page) -> String {
    page.by_role("button", "Undo").first().attribute("title")
}

/// What is said aloud on the board, and in messages.
#[track_caller]
fn expect_said(page: &Page, words: &str) {
    page.expect_text(words);
}

fn drop_area(page: &Page, name: &str) -> Point {
    page.wait_until("the areas have come in", || {
        page.evaluate("return document.getAnimations().length;", &[]) == json!(0)
    });
    let areas = "[...document.querySelectorAll('.move-end')]";
    middle_of(
        page,
        &format!("{areas}.find((area) => area.innerText.trim() === '{name}')"),
    )
}

/// The names on the cards, as a script finds them.
const LINKS: &str = "[...document.querySelectorAll('article a')]";

/// The middle of the element that an expression gives.
fn middle_of(page: &Page, element: &str) -> Point {
    let script = format!(
        "const {{ left, top, width, height }} = {element}.getBoundingClientRect();
         return [left + width / 2, top + height / 2];"
    );
    let found = page.evaluate(&script, &[]);
    let px = |at: usize| found[at].as_f64().unwrap() as u32;
    (px(0), px(1))
}

type Point = (u32, u32);

fn is_carrying(page: &Page) -> bool {
    page.evaluate("return document.querySelector('.move-ends') !== null;", &[]) == json!(true)
}

#[track_caller]
fn expect_nothing_carried(page: &Page) {
    page.wait_until("nothing is carried", || !is_carrying(page));
    let left = page.evaluate(
        "return document.querySelectorAll('.move-picture, .move-carried, .move-carrying, .move-goal').length;",
        &[],
    );
    assert_eq!(left, json!(0));
}

#[test]
fn a_card_is_dragged_to_another_stage_and_back_by_undo() {
    visit(|page| {
        three_cards(page);
        expect_cards(page, "Collect information", &["Chairs", "Lamps", "Desks"]);
        link(page, "Lamps").drag_to(&column(page, "Identify needs"));
        page.expect_text("Moved to Identify needs");
        expect_cards(page, "Identify needs", &["Lamps"]);
        expect_cards(page, "Collect information", &["Chairs", "Desks"]);
        expect_nothing_carried(page);
        // A drag is no click on the name.
        page.expect_heading("Deals");
        page.by_role("button", "Undo").first().click();
        page.expect_text("Undone: Move to stage");
        expect_cards(page, "Collect information", &["Chairs", "Lamps", "Desks"]);
        page.by_role("button", "Redo").click();
        expect_cards(page, "Identify needs", &["Lamps"]);
        reload(page);
        expect_cards(page, "Identify needs", &["Lamps"]);
        link(page, "Lamps").click();
        page.expect_heading("Lamps");
        page.within("History")
            .expect_text("Moved to stage Identify needs");
    });
}

#[test]
fn a_card_dropped_where_it_was_or_nowhere_stays() {
    visit(|page| {
        three_cards(page);
        let before = next_undo(page);
        link(page, "Lamps").drag_to(&column(page, "Collect information"));
        expect_nothing_carried(page);
        link(page, "Lamps").drag_to(&page.by_role("heading", "Deals"));
        expect_nothing_carried(page);
        link(page, "Lamps").carry_over("mouse", &column(page, "Offer"));
        assert!(is_carrying(page));
        page.press("Escape");
        expect_nothing_carried(page);
        page.let_go("mouse");
        expect_cards(page, "Collect information", &["Chairs", "Lamps", "Desks"]);
        page.expect_heading("Deals");
        assert_eq!(next_undo(page), before);
        page.expect_no_text("Moved to");
    });
}

#[test]
fn a_move_back_says_what_it_unticks_as_the_profile_does() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        tick(page, "Hold the meeting", true);
        open_board(page);
        let from = column(page, "Identify needs");
        from.by_role("link", "Chairs")
            .drag_to(&column(page, "Collect information"));
        page.expect_text("Moved back to Collect information: 1 sub-stage of later stages unticked");
        page.by_role("button", "Undo").first().click();
        open_deal(page, "Chairs");
        panel(page)
            .by_role("checkbox", "Hold the meeting")
            .expect_checked(true);
    });
}

#[test]
fn a_finger_takes_a_card_after_a_press_and_scrolls_before() {
    visit(|page| {
        three_cards(page);
        link(page, "Lamps").drag_by_touch_to(&column(page, "Contact"));
        page.expect_text("Moved to Contact");
        expect_cards(page, "Contact", &["Lamps"]);
        page.expect_heading("Deals");
        let before = next_undo(page);
        // A finger that moves at once scrolls, and takes nothing.
        let at = middle_of(
            page,
            &format!("{LINKS}.find((link) => link.innerText === 'Chairs')"),
        );
        page.swipe(at, (at.0, at.1.saturating_sub(120)));
        expect_cards(page, "Collect information", &["Chairs", "Desks"]);
        expect_nothing_carried(page);
        assert_eq!(next_undo(page), before);
    });
}

#[test]
fn the_menu_of_a_card_is_closed_by_its_button_too() {
    visit(|page| {
        three_cards(page);
        let button = page.by_role("button", "Move Lamps");
        let menu = page.by_role("menu", "Move Lamps");
        button.click_slowly();
        menu.expect_present();
        button.click_slowly();
        menu.expect_absent();
        button.click_slowly();
        menu.expect_present();
        page.by_role("heading", "Deals").click();
        menu.expect_absent();
    });
}

#[test]
fn cards_are_moved_by_keys_alone() {
    visit(|page| {
        three_cards(page);
        link(page, "Lamps").focus();
        page.press("Space");
        expect_said(page, "Picked up Lamps, in Collect information.");
        page.press("ArrowRight");
        expect_said(page, "Contact, 2 of 7");
        page.press("ArrowRight");
        expect_said(page, "Identify needs, 3 of 7");
        page.press("Space");
        page.expect_text("Moved to Identify needs");
        expect_cards(page, "Identify needs", &["Lamps"]);
        link(page, "Lamps").expect_focused();
        // Put back.
        page.press("Space");
        page.press("End");
        expect_said(page, "Outdated, 7 of 7");
        page.press("Escape");
        expect_said(page, "Lamps stays in Identify needs.");
        expect_nothing_carried(page);
        link(page, "Lamps").expect_focused();
        // From card to card.
        page.press("ArrowLeft");
        link(page, "Chairs").expect_focused();
        page.press("ArrowDown");
        link(page, "Desks").expect_focused();
        page.press("Enter");
        page.expect_heading("Desks");
    });
}

#[test]
fn the_menu_of_a_card_moves_it_and_marks_where_it_is() {
    visit(|page| {
        three_cards(page);
        card(page, "Desks").by_role("button", "Move Desks").click();
        let menu = page.by_role("menu", "Move Desks");
        menu.by_role("menuitemradio", "Collect information")
            .expect_checked(true);
        for item in [
            "Contact",
            "Identify needs",
            "Mark as won",
            "Mark as outdated",
        ] {
            menu.by_role("menuitem", item).expect_present();
        }
        page.press("Escape");
        menu.expect_absent();
        card(page, "Desks")
            .by_role("button", "Move Desks")
            .expect_focused();
        page.press("Enter");
        menu.by_role("menuitem", "Offer").click();
        page.expect_text("Moved to Offer");
        expect_cards(page, "Offer", &["Desks"]);
        link(page, "Desks").expect_focused();
        card(page, "Desks").by_role("button", "Move Desks").click();
        menu.by_role("menuitem", "Mark as lost").click();
        page.by_role("dialog", "Mark as lost")
            .by_role("button", "Cancel")
            .click();
        expect_cards(page, "Offer", &["Desks"]);
    });
}

#[test]
fn selected_cards_go_as_one_step() {
    visit(|page| {
        three_cards(page);
        for name in ["Chairs", "Desks"] {
            card(page, name)
                .by_role("checkbox", format!("Select {name}"))
                .click();
        }
        page.expect_text("2 deals selected");
        link(page, "Chairs").carry_over("mouse", &column(page, "Contact"));
        let picture = page.evaluate(
            "return document.querySelector('.move-picture').innerText;",
            &[],
        );
        assert!(picture.as_str().unwrap().contains("2 deals"), "{picture}");
        page.let_go("mouse");
        page.expect_text("2 deals moved to Contact");
        expect_cards(page, "Contact", &["Chairs", "Desks"]);
        page.expect_no_text("2 deals selected");
        page.by_role("button", "Undo").first().click();
        expect_cards(page, "Collect information", &["Chairs", "Lamps", "Desks"]);
        page.by_role("button", "Redo").click();
        expect_cards(page, "Contact", &["Chairs", "Desks"]);
        // One that is not selected goes alone; the bar moves what is.
        card(page, "Chairs")
            .by_role("checkbox", "Select Chairs")
            .click();
        link(page, "Lamps").drag_to(&column(page, "Offer"));
        page.expect_text("Moved to Offer");
        page.expect_text("1 deal selected");
        let bar = page.by_role("group", "Selected deals");
        bar.by_role("button", "Move to stage").click();
        page.by_role("menuitem", "Offer").click();
        expect_cards(page, "Offer", &["Chairs", "Lamps"]);
        // The selection is that of the table.
        card(page, "Desks")
            .by_role("checkbox", "Select Desks")
            .click();
        page.by_role("button", "Table").click();
        page.by_role("table", "Open deals")
            .by_role("checkbox", "Select Desks")
            .expect_checked(true);
    });
}

#[test]
fn a_card_dropped_on_lost_asks_first() {
    visit(|page| {
        three_cards(page);
        let before = next_undo(page);
        let drop_on = |name: &str| {
            link(page, "Lamps").carry_over("mouse", &column(page, "Contact"));
            let area = drop_area(page, name);
            page.press("Escape");
            page.let_go("mouse");
            link(page, "Lamps").drag_to_point(area);
        };
        drop_on("Lost");
        let dialog = page.by_role("dialog", "Mark as lost");
        dialog.by_role("button", "Cancel").click();
        dialog.expect_absent();
        expect_cards(page, "Collect information", &["Chairs", "Lamps", "Desks"]);
        assert_eq!(next_undo(page), before);
        drop_on("Lost");
        dialog.field("Reason").focus();
        page.press("ArrowDown");
        dialog.by_role("button", "Mark as lost").click();
        page.expect_text("1 deal marked as lost");
        expect_cards(page, "Collect information", &["Chairs", "Desks"]);
        page.by_role("button", "Undo").first().click();
        expect_cards(page, "Collect information", &["Chairs", "Lamps", "Desks"]);
    });
}

#[test]
fn what_ends_in_the_middle_of_a_drag_ends_well() {
    visit(|page| {
        three_cards(page);
        let carry = || {
            link(page, "Desks").carry_over("mouse", &column(page, "Contact"));
            assert!(is_carrying(page));
        };
        // The deal goes: Undo takes back that it was added.
        carry();
        page.press("Control+z");
        page.expect_text("“Desks” is not on this board any more");
        expect_nothing_carried(page);
        page.let_go("mouse");
        expect_cards(page, "Collect information", &["Chairs", "Lamps"]);
        page.press("Shift+Control+z");
        expect_cards(page, "Collect information", &["Chairs", "Lamps", "Desks"]);
        // The window loses the pointer.
        carry();
        page.evaluate("window.dispatchEvent(new Event('blur'));", &[]);
        expect_nothing_carried(page);
        page.let_go("mouse");
        // The screen goes.
        carry();
        page.evaluate("history.back();", &[]);
        page.expect_heading("Desks");
        page.let_go("mouse");
        expect_nothing_carried(page);
        open_board(page);
        carry();
        page.evaluate("location.hash = '#/customers';", &[]);
        page.expect_heading("Customers");
        page.let_go("mouse");
        open_board(page);
        expect_cards(page, "Collect information", &["Chairs", "Lamps", "Desks"]);
    });
}

#[test]
fn two_tabs_move_the_same_card() {
    visit(|one| {
        three_cards(one);
        let two = one.new_tab();
        open_board(&two);
        card(&two, "Lamps").by_role("button", "Move Lamps").click();
        two.by_role("menuitem", "Contact").click();
        expect_cards(&two, "Contact", &["Lamps"]);
        expect_cards(one, "Contact", &["Lamps"]);
        // Both carry it: the later one stands, and says so.
        link(one, "Lamps").focus();
        one.press("Space");
        one.press("ArrowRight");
        card(&two, "Lamps").by_role("button", "Move Lamps").click();
        two.by_role("menuitem", "Offer").click();
        expect_cards(&two, "Offer", &["Lamps"]);
        expect_cards(one, "Offer", &["Lamps"]);
        one.press("Space");
        one.expect_text("Moved to Identify needs. Another tab had moved it to Offer meanwhile");
        expect_cards(&two, "Identify needs", &["Lamps"]);
        two.by_role("button", "Undo").first().click();
        two.expect_text("Another tab has changed the same since");
        // One deletes what the other carries.
        link(one, "Lamps").focus();
        one.press("Space");
        two.goto("#/deals/open");
        two.by_role("table", "Open deals")
            .by_role("checkbox", "Select Lamps")
            .click();
        two.by_role("group", "Selected deals")
            .by_role("button", "Delete")
            .click();
        two.by_role("dialog", any())
            .by_role("button", "Delete")
            .click();
        one.expect_text("“Lamps” is not on this board any more");
        expect_nothing_carried(one);
    });
}

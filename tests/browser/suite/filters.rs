//! Filters of any number of values, their chips, and what is selected in a
//! list that is filtered.

use browser_tests::{Page, Visit, any, visit};
use serde_json::json;

use crate::steps::{
    add_deal, add_process_like, expect_listed, filter_by, filters, load_sample, open, reload,
};

/// Four deals of three owners and nobody, one of them in another process.
fn four_deals(page: &Page) {
    add_process_like(page, "Key accounts");
    let key = ("Sales process", "Key accounts");
    add_deal(page, "Chairs", &[("Owner", "Ann")]);
    add_deal(page, "Lamps", &[("Owner", "Ben")]);
    add_deal(page, "Tower", &[("Owner", "Cem"), key]);
    add_deal(page, "Desks", &[]);
    open(page, "#/deals/open", "Deals");
    page.within("Summary").expect_text("Open deals 4 ");
}

fn chips(page: &Page) -> Vec<String> {
    let chips = page.by_role("group", "Filters that are on");
    if chips.texts().is_empty() {
        return Vec::new();
    }
    chips.by_role("button", any()).texts()
}

#[test]
fn any_of_the_values_of_a_kind_fits_and_all_kinds_must() {
    visit(|page| {
        four_deals(page);
        filter_by(page, "Owner", &["Ann", "Cem", "No owner"]);
        expect_listed(page, "Open deals", &["Desks", "Tower", "Chairs"]);
        filters(page)
            .by_role("button", "Owner: Ann, Cem, No owner")
            .expect_text("Owner: Ann +2");
        assert_eq!(chips(page), ["Owner: Ann", "Owner: Cem", "Owner: No owner"]);
        filter_by(page, "Sales process", &["Default"]);
        expect_listed(page, "Open deals", &["Desks", "Chairs"]);
        page.within("Summary").expect_text("Open deals 2 of 4");
        // The address has it all, for another tab and after a reload.
        let address = page.route();
        let other = page.new_tab();
        other.goto(&address);
        expect_listed(&other, "Open deals", &["Desks", "Chairs"]);
        other.close();
        reload(page);
        expect_listed(page, "Open deals", &["Desks", "Chairs"]);
        // What was chosen in one go is one step back.
        page.back();
        expect_listed(page, "Open deals", &["Desks", "Tower", "Chairs"]);
        page.back();
        page.expect_route("#/deals/open");
        filters(page).by_role("button", "Owner").expect_present();
    });
}

#[test]
fn a_chip_takes_its_value_off_and_the_focus_goes_to_the_next() {
    visit(|page| {
        four_deals(page);
        filter_by(page, "Owner", &["Ann", "Ben", "No owner"]);
        let chip = |value: &str| page.by_role("button", format!("Remove Owner: {value}"));
        chip("Ben").focus();
        page.press("Enter");
        chip("No owner").expect_focused();
        expect_listed(page, "Open deals", &["Desks", "Chairs"]);
        page.press("Enter");
        chip("Ann").expect_focused();
        page.press("Enter");
        // From the bar, which has it now, Tab leads into it.
        filters(page).expect_focused();
        page.press("Tab");
        page.field("Search deals").expect_focused();
        page.expect_route("#/deals/open");
        page.expect_absent("group", "Filters that are on");

        filter_by(page, "Owner", &["Ann", "Ben"]);
        // The second click of a double click was meant for the first chip.
        chip("Ann").double_click();
        expect_listed(page, "Open deals", &["Lamps"]);
        page.by_role("button", "Clear filters").click();
        page.expect_route("#/deals/open");
        page.by_role("button", "Clear filters").expect_absent();
    });
}

#[test]
fn the_list_of_values_goes_by_keyboard_and_gives_the_focus_back() {
    visit(|page| {
        four_deals(page);
        let button = filters(page).by_role("button", "Owner");
        button.focus();
        assert_eq!(button.attribute("aria-expanded"), "false");
        page.press("Enter");
        let list = page.by_role("group", "Owner");
        let check = |name: &str| list.by_role("checkbox", name);
        check("Ann").expect_focused();
        assert_eq!(button.attribute("aria-expanded"), "true");
        page.press("Space");
        expect_listed(page, "Open deals", &["Chairs"]);
        // The list stays, and so does the place in it.
        check("Ann").expect_focused();
        check("Ann").expect_checked(true);
        page.press("ArrowDown");
        check("Ben").expect_focused();
        page.press("Tab");
        check("Cem").expect_focused();
        page.press("Space");
        expect_listed(page, "Open deals", &["Tower", "Chairs"]);
        page.press("ArrowUp");
        check("Ben").expect_focused();
        page.press("Escape");
        list.expect_absent();
        filters(page)
            .by_role("button", "Owner: Ann, Cem")
            .expect_focused();
        // Nothing is left open behind the focus.
        page.press("Enter");
        check("Ann").expect_focused();
        page.field("Search deals").focus();
        list.expect_absent();
    });
}

#[test]
fn a_long_list_has_a_box_to_find_in_it() {
    visit(|page| {
        load_sample(page);
        filters(page).by_role("button", "Stage").click();
        let list = page.by_role("group", "Stage");
        let find = list.by_role("searchbox", "Find in stage");
        find.expect_focused();
        let offered = list.by_role("checkbox", any());
        let all = offered.texts().len();
        find.fill("plan");
        offered.expect_count(1);
        page.press("ArrowDown");
        list.by_role("checkbox", "Account plan").expect_focused();
        page.press("Space");
        filters(page)
            .by_role("button", "Stage: Account plan")
            .expect_present();
        find.fill("nothing like it");
        list.expect_text("Nothing is called so");
        find.fill("");
        offered.expect_count(all);
        page.expect_accessible();
        // With a process chosen, its stages alone are offered.
        page.press("Escape");
        page.by_role("button", "Clear filters").click();
        filter_by(page, "Sales process", &["Active sales"]);
        filters(page).by_role("button", "Stage").click();
        list.by_role("checkbox", "Account plan").expect_absent();
        list.by_role("checkbox", "Stage unknown").expect_present();
    });
}

#[test]
fn a_view_of_several_values_is_saved_and_an_old_one_still_right() {
    visit(|page| {
        four_deals(page);
        filter_by(page, "Owner", &["Ben"]);
        // Such was an address before a filter took more than one.
        let old = page.route();
        assert!(old.starts_with("#/deals/open?owner=") && !old.contains(','));
        filter_by(page, "Owner: Ben", &["No owner"]);
        page.by_role("button", "Views").click();
        page.by_role("menuitem", "Save this view…").click();
        let dialog = page.by_role("dialog", "Save this view");
        dialog.field("View name").fill("Ben or nobody");
        dialog.by_role("button", "Save").click();
        dialog.expect_absent();
        page.goto(&old);
        expect_listed(page, "Open deals", &["Lamps"]);
        page.by_role("button", "Views").click();
        page.by_role("menuitem", "Ben or nobody").click();
        expect_listed(page, "Open deals", &["Desks", "Lamps"]);
        // Who takes over from Ben takes his place in the view.
        open(page, "#/settings/lists", "Account settings");
        page.by_role("button", "Delete Ben").click();
        page.select("Replace by", "Ann");
        page.by_role("dialog", browser_tests::containing("Ben"))
            .by_role("button", "Delete")
            .click();
        page.by_role("button", "Delete Ben").expect_absent();
        open(page, "#/deals/open", "Deals");
        page.by_role("button", "Views").click();
        page.by_role("menuitem", "Ben or nobody").click();
        expect_listed(page, "Open deals", &["Desks", "Lamps", "Chairs"]);
    });
}

/// Opens the dialog that gives the selected deals an owner.
fn ask_owner(page: &Page) {
    page.by_role("group", "Selected deals")
        .by_role("button", "Change…")
        .click();
    page.by_role("menuitem", "Owner…").click();
}

#[test]
fn a_selection_never_reaches_what_the_filter_hides() {
    visit(|page| {
        four_deals(page);
        for name in ["Chairs", "Lamps", "Tower"] {
            page.by_role("checkbox", format!("Select {name}")).click();
        }
        let bar = page.by_role("group", "Selected deals");
        bar.expect_text("3 deals selected");
        filter_by(page, "Owner", &["Cem", "No owner"]);
        expect_listed(page, "Open deals", &["Desks", "Tower"]);
        bar.expect_text("1 deal selected");
        ask_owner(page);
        let dialog = page.by_role("dialog", "Change owner");
        dialog.field("Owner").choose("Ben");
        dialog.by_role("button", "Change 1 deal").click();
        page.expect_text("1 deal changed");
        expect_listed(page, "Open deals", &["Desks"]);
        bar.expect_absent();
        page.by_role("button", "Clear filters").click();
        filter_by(page, "Owner", &["Ben"]);
        expect_listed(page, "Open deals", &["Tower", "Lamps"]);
        bar.expect_absent();
        // What undo brings back is not selected again.
        page.by_role("button", "Undo").first().click();
        expect_listed(page, "Open deals", &["Lamps"]);
        bar.expect_absent();
    });
}

#[test]
fn what_another_tab_takes_out_of_the_list_is_not_changed_with_the_selection() {
    visit(|page| {
        four_deals(page);
        filter_by(page, "Owner", &["Ann", "Ben"]);
        page.by_role("checkbox", "Select all").set_checked(true);
        ask_owner(page);
        let dialog = page.by_role("dialog", "Change owner");
        dialog.field("Owner").choose("Cem");
        dialog.by_role("button", "Change 2 deals").expect_present();
        let other = page.new_tab();
        open(&other, "#/deals/open", "Deals");
        other.by_role("checkbox", "Select Lamps").click();
        ask_owner(&other);
        other.field("Owner").choose("No owner");
        other.by_role("button", "Change 1 deal").click();
        other.expect_text("1 deal changed");
        // The dialog says what it does now, and does that.
        dialog.by_role("button", "Change 1 deal").click();
        page.expect_text("1 deal changed");
        page.by_role("button", "Clear filters").click();
        filter_by(page, "Owner", &["No owner"]);
        expect_listed(page, "Open deals", &["Desks", "Lamps"]);
    });
}

/// The top and the height of the bar of filters, in CSS pixels.
fn bar(page: &Page) -> (f64, f64) {
    page.settle();
    let place = page.evaluate(
        "const { top, height } = document.querySelector('[role=search]').getBoundingClientRect();
         return [top, height];",
        &[],
    );
    (place[0].as_f64().unwrap(), place[1].as_f64().unwrap())
}

#[test]
fn the_bar_stays_in_reach_and_in_one_line_on_a_wide_screen() {
    Visit::default().size(1440, 900).run(|page| {
        load_sample(page);
        page.goto("#/deals/closed");
        filters(page).by_role("button", "Status").expect_present();
        let (_, height_px) = bar(page);
        assert!(height_px < 56.0, "{height_px} are more than a line");
        filter_by(page, "Status", &["Won", "Lost"]);
        filter_by(page, "Sales process", &["Active sales", "Key accounts"]);
        // Chips take a line more.
        let (_, height_px) = bar(page);
        assert!(height_px < 96.0, "{height_px} are more than two lines");
        page.evaluate("scrollTo(0, 2000);", &[]);
        let (top_px, height_px) = bar(page);
        assert!((top_px - 52.0).abs() < 1.0, "it stands at {top_px}");
        // The heads of the table stand below it, and its lists above them.
        let heads = page.evaluate(
            "return document.querySelector('table[aria-rowcount] th').getBoundingClientRect().top;",
            &[],
        );
        assert!((heads.as_f64().unwrap() - top_px - height_px).abs() < 2.0);
        filters(page).by_role("button", "Owner").click();
        let is_seen = page.evaluate(
            "const box = document.querySelector('[role=group][aria-label=Owner] input');
             const { left, top, width, height } = box.getBoundingClientRect();
             return document.elementFromPoint(left + width / 2, top + height / 2) === box;",
            &[],
        );
        assert_eq!(is_seen, json!(true));
    });
}

/// What a press closes is closed when the press is over, and moves nothing away
/// from under it.
#[test]
fn on_a_phone_a_slow_press_reaches_the_filter_below_an_open_one() {
    Visit::default().size(390, 844).run(|page| {
        load_sample(page);
        page.by_role("button", "Filters").click();
        let filters = page.by_role("search", "Filters");
        filters.by_role("button", "Owner").click_slowly();
        page.by_role("group", "Owner").expect_present();
        filters.by_role("button", "Source").click_slowly();
        page.by_role("group", "Source").expect_present();
        page.by_role("group", "Owner").expect_absent();
        // So it is with the keyboard, without any press.
        filters.by_role("button", "Owner").focus();
        page.by_role("group", "Source").expect_absent();
        filters.by_role("button", "Owner").click_slowly();
        page.by_role("group", "Owner").expect_present();
        filters.by_role("button", "Owner").click_slowly();
        page.by_role("group", "Owner").expect_absent();
        filters.by_role("button", "Owner").click_slowly();
        page.by_role("heading", "Deals").click_slowly();
        page.by_role("group", "Owner").expect_absent();
        filters.by_role("button", "Source").expect_absent();
    });
}

#[test]
fn on_a_phone_one_button_opens_the_filters() {
    Visit::default().size(390, 844).run(|page| {
        load_sample(page);
        let filters = page.by_role("search", "Filters");
        let (_, height_px) = bar(page);
        assert!(height_px < 60.0, "{height_px} are more than a line");
        filters.by_role("button", "Owner").expect_absent();
        let button = page.by_role("button", "Filters");
        button.click();
        page.expect_accessible();
        filters.by_role("button", "Owner").click();
        page.by_role("group", "Owner")
            .by_role("checkbox", "No owner")
            .click();
        page.press("Escape");
        page.by_role("group", "Owner").expect_absent();
        page.press("Escape");
        button.expect_focused();
        filters.by_role("button", "Owner: No owner").expect_absent();
        let (_, height_px) = bar(page);
        assert!(height_px <= 100.0, "{height_px} are more than two lines");
        page.by_role("button", "Remove Owner: No owner").click();
        page.expect_route("#/deals/open");
    });
}

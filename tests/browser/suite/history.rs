//! The way back: to the list as it was left, and never into a form that is
//! done with.

use std::cell::RefCell;

use browser_tests::{Page, Visit, any, visit};
use serde_json::json;

use crate::steps::{add_deal, load_sample, more, open, panel, tick};

fn scrolled(page: &Page) -> i64 {
    let px = page.evaluate("return Math.round(scrollY);", &[]);
    px.as_i64().unwrap()
}

/// A deal in the middle of the window.
fn deal_in_view(page: &Page) -> String {
    let script =
        "const row = document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.closest('tr');
      const name = (row) => row?.querySelector('a')?.textContent.trim();
      // One that is alone with its name.
      const rows = row ? [...row.parentElement.rows].slice(row.sectionRowIndex) : [];
      return name(rows.find((one) => name(one)
        && [...row.parentElement.rows].filter((other) => name(other) === name(one)).length === 1));";
    // What is in the middle may change between two looks.
    let name = RefCell::new(None);
    page.wait_until("there is a row", || {
        let found = page.evaluate(script, &[]);
        name.replace(found.as_str().map(str::to_owned));
        name.borrow().is_some()
    });
    name.take().unwrap()
}

#[test]
fn back_from_a_deal_leads_to_the_list_as_it_was_left() {
    visit(|page| {
        load_sample(page);
        page.field("Search deals").fill("a");
        page.by_role("columnheader", "Value")
            .by_role("button", any())
            .click();
        page.evaluate("scrollTo(0, 3000);", &[]);
        let name = deal_in_view(page);
        let select = page.by_role("checkbox", format!("Select {name}").as_str());
        select.set_checked(true);
        page.expect_text("1 deal selected");
        let address = page.route();
        let link = page.by_role("link", name.as_str());
        link.focus();
        let top_px = scrolled(page);
        assert!(top_px > 1500, "scrolled to {top_px}");
        page.press("Enter");
        page.expect_heading(&name);
        assert_eq!(scrolled(page), 0);
        // Whatever is done there.
        page.by_role("link", "Edit deal").click();
        page.expect_heading("Edit deal");
        page.field("Notes").fill("They call back");
        page.by_role("button", "Save").click();
        page.expect_heading(&name);
        page.expect_text("They call back");

        page.back();
        page.expect_heading("Deals");
        page.expect_route(&address);
        page.wait_until("the list is where it was", || scrolled(page) == top_px);
        link.expect_focused();
        select.expect_checked(true);
        page.expect_text("1 deal selected");
        assert_eq!(scrolled(page), top_px);

        // The link above the heading leads to the same.
        page.press("Enter");
        page.expect_heading(&name);
        page.by_role("link", "Deals").nth(1).click();
        page.expect_route(&address);
        page.wait_until("the list is where it was", || scrolled(page) == top_px);
        select.expect_checked(true);
    });
}

#[test]
fn a_hand_that_scrolls_on_the_way_back_is_not_fought() {
    visit(|page| {
        load_sample(page);
        page.evaluate("scrollTo(0, 3000);", &[]);
        let name = deal_in_view(page);
        let link = page.by_role("link", name.as_str());
        link.focus();
        let top_px = scrolled(page);
        page.press("Enter");
        page.expect_heading(&name);
        // As soon as the list is where it was, while its rows are still made.
        let script = "const [top, done] = arguments;
            const scroll = () => {
                if (Math.abs(scrollY - top) > 1) return requestAnimationFrame(scroll);
                const wheel = new WheelEvent('wheel', { deltaY: -200, bubbles: true });
                document.body.dispatchEvent(wheel);
                scrollTo(0, top - 200);
                done();
            };
            addEventListener('hashchange', () => requestAnimationFrame(scroll), { once: true });
            history.back();";
        page.evaluate_async(script, &[json!(top_px)]);
        link.expect_focused();
        assert_eq!(scrolled(page), top_px - 200);
    });
}

#[test]
fn a_new_screen_is_at_its_top_before_anyone_can_scroll() {
    Visit::default().size(1440, 500).run(|page| {
        load_sample(page);
        // Frames that come late, as on a busy machine.
        let hold = "const held = [];
            window.requestAnimationFrame = (act) => held.push(act);
            window.drawHeld = () => held.splice(0).forEach((act) => act(performance.now()));";
        page.evaluate(hold, &[]);
        page.by_role("link", "Add deal").first().click();
        page.expect_heading("Add deal");
        page.evaluate("scrollTo(0, 200); window.drawHeld();", &[]);
        assert_eq!(scrolled(page), 200);
    });
}

#[test]
fn an_address_typed_after_going_back_begins_at_its_top() {
    visit(|page| {
        load_sample(page);
        open(page, "#/customers", "Customers");
        open(page, "#/deals/closed", "Deals");
        page.evaluate("scrollTo(0, 600);", &[]);
        assert_eq!(scrolled(page), 600);
        page.back();
        page.expect_heading("Customers");
        // It takes the place that the closed deals had in the history.
        open(page, "#/deals/open", "Deals");
        page.by_role("heading", "Deals").expect_focused();
        assert_eq!(scrolled(page), 0);
    });
}

#[test]
fn a_key_that_is_held_in_the_search_costs_no_address_and_no_way_back() {
    visit(|page| {
        open(page, "#/deals/open", "Deals");
        add_deal(page, "Chairs", &[]);
        page.by_role("link", "Deals").first().click();
        page.expect_heading("Deals");
        let search = page.field("Search deals");
        search.fill("chairs");
        page.expect_route("#/deals/open?q=chairs");
        // More letters than browsers take addresses in ten seconds.
        let hold = "const [last] = arguments;
            const field = document.activeElement;
            const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
            for (let letters = 1; letters <= 240; letters += 1) {
                set.call(field, 'x'.repeat(letters % 120));
                field.dispatchEvent(new InputEvent('input', { bubbles: true }));
            }
            set.call(field, last);
            field.dispatchEvent(new InputEvent('input', { bubbles: true }));";
        search.focus();
        page.evaluate(hold, &[json!("chair")]);
        let found = page.by_role("link", "Chairs");
        found.click();
        page.expect_heading("Chairs");
        let deal = page.route();
        assert!(
            deal.starts_with("#/deals/") && deal != "#/deals/open?q=chair",
            "{deal}"
        );
        page.back();
        page.expect_heading("Deals");
        page.expect_route("#/deals/open?q=chair");
        search.expect_value("chair");

        // It comes by itself, too.
        search.focus();
        page.evaluate(hold, &[json!("chairs")]);
        page.expect_route("#/deals/open?q=chairs");
        page.reload();
        search.expect_value("chairs");
    });
}

#[test]
fn another_way_to_the_list_begins_at_its_top() {
    visit(|page| {
        load_sample(page);
        page.evaluate("scrollTo(0, 3000);", &[]);
        let name = deal_in_view(page);
        page.by_role("link", name.as_str()).click();
        page.expect_heading(&name);
        page.by_role("link", "Customers").click();
        page.expect_heading("Customers");
        page.by_role("link", "Deals").click();
        page.expect_heading("Deals");
        page.by_role("heading", "Deals").expect_focused();
        assert_eq!(scrolled(page), 0);
    });
}

#[test]
fn back_never_leads_into_a_form_that_is_done_with() {
    visit(|page| {
        open(page, "#/deals/open", "Deals");
        add_deal(page, "Chairs", &[]);
        page.by_role("link", "Edit deal").click();
        page.field("Name").fill("Forty chairs");
        page.by_role("button", "Save").click();
        page.expect_heading("Forty chairs");
        // At once, while the browser is on its way.
        page.by_role("link", "Edit deal").click();
        page.expect_heading("Edit deal");
        page.by_role("button", "Cancel").click();
        page.expect_heading("Forty chairs");
        page.back();
        page.expect_heading("Deals");

        // A form that was loaded again knows where it came from.
        page.by_role("link", "Forty chairs").click();
        page.by_role("link", "Edit deal").click();
        page.expect_heading("Edit deal");
        page.reload();
        page.expect_heading("Edit deal");
        page.field("Name").fill("Fifty chairs");
        page.by_role("button", "Save").click();
        page.expect_heading("Fifty chairs");
        page.back();
        page.expect_heading("Deals");

        // What is deleted is not in the way either.
        page.by_role("link", "Fifty chairs").click();
        more(page, "Delete").click();
        page.by_role("dialog", "Delete this deal?")
            .by_role("button", "Delete")
            .click();
        page.expect_heading("Deals");
        page.expect_route("#/deals/open");
    });
}

#[test]
fn back_passes_the_forms_of_customers_processes_and_rules() {
    visit(|page| {
        open(page, "#/customers", "Customers");
        page.by_role("link", "Add customer").click();
        page.field("Name").fill("Oak Ltd");
        page.by_role("button", "Save").click();
        page.expect_heading("Oak Ltd");
        page.by_role("link", "Edit customer").click();
        page.field("Telephone").fill("123");
        page.by_role("button", "Save").click();
        page.expect_heading("Oak Ltd");
        page.back();
        page.expect_heading("Customers");
        open(page, "#/settings/deals", "Account settings");
        page.by_role("link", "Add process").click();
        page.expect_heading("New process");
        page.field("Process name").fill("Renewal");
        page.by_role("button", "Save").click();
        page.expect_heading("Account settings");
        page.by_role("button", "Edit Renewal").click();
        page.expect_heading("Edit process");
        page.by_role("button", "Cancel").click();
        page.expect_heading("Account settings");
        page.back();
        page.expect_heading("Customers");
    });
}

#[test]
fn steps_over_forms_leave_the_rest_of_the_history_as_it_is() {
    visit(|page| {
        open(page, "#/deals/open", "Deals");
        add_deal(page, "Chairs", &[]);
        tick(page, "Look into the company", true);
        page.by_role("link", "Edit deal").click();
        page.by_role("button", "Cancel").click();
        page.by_role("link", "Customers").click();
        page.expect_heading("Customers");
        page.back();
        page.expect_heading("Chairs");
        panel(page)
            .by_role("checkbox", "Look into the company")
            .expect_checked(true);
        page.evaluate("history.forward();", &[]);
        page.expect_heading("Customers");
        page.evaluate("history.go(-2);", &[]);
        page.expect_heading("Deals");
        assert_eq!(
            page.evaluate("return history.scrollRestoration;", &[]),
            json!("manual")
        );
    });
}

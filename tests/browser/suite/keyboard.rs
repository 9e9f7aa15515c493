//! Journeys by the keyboard alone.

use browser_tests::{Page, any, containing, visit};

use crate::steps::{add_deal, description, five_deals, open, panel};

/// Types into what has the focus.
fn type_text(page: &Page, text: &str) {
    for letter in text.chars() {
        let key = if letter == ' ' {
            "Space".to_owned()
        } else {
            letter.to_string()
        };
        page.press(&key);
    }
}

#[test]
fn the_first_key_leads_past_the_header() {
    visit(|page| {
        open(page, "#/customers", "Customers");
        page.press("Tab");
        page.by_role("link", "Skip to content").expect_focused();
        page.press("Enter");
        page.by_role("heading", "Customers").expect_focused();
        page.expect_route("#/customers");
    });
}

#[test]
fn a_deal_is_added_and_worked_without_a_mouse() {
    visit(|page| {
        open(page, "", "Deals");
        page.press("n");
        page.expect_heading("Add deal");
        page.field("Name").expect_focused();
        // Saved too early it stays, and says where.
        page.press("Enter");
        page.field("Name").expect_focused();
        assert_eq!(page.field("Name").attribute("aria-invalid"), "true");
        type_text(page, "Forty chairs");
        page.press("Tab");
        page.field("Customer").expect_focused();
        type_text(page, "Oak Ltd");
        page.press("Escape");
        // Escape has closed the list of names, and nothing is lost.
        page.field("Customer").expect_value("Oak Ltd");
        page.press("Tab");
        page.field("Segment").expect_focused();
        page.press("Tab");
        page.field("Value").expect_focused();
        type_text(page, "1234.5");
        page.press("Enter");
        page.expect_heading("Forty chairs");
        page.by_role("heading", "Forty chairs").expect_focused();
        page.expect_text("€1,234.50");

        let first = panel(page).by_role("checkbox", "Look into the company");
        for _ in 0..40 {
            page.press("Tab");
            if page.evaluate("return document.activeElement.type;", &[]) == "checkbox" {
                break;
            }
        }
        first.expect_focused();
        page.press("Space");
        first.expect_checked(true);
        // It keeps the focus.
        first.expect_focused();
        panel(page).expect_text("5% chance");

        panel(page)
            .by_role("button", "Move to stage")
            .press("Enter");
        page.by_role("menuitemradio", "Collect information")
            .expect_focused();
        page.press("ArrowDown");
        page.by_role("menuitem", "Contact").expect_focused();
        page.press("Escape");
        panel(page)
            .by_role("button", "Move to stage")
            .expect_focused();
        page.press("ArrowDown");
        page.press("End");
        page.by_role("menuitem", "Offer").expect_focused();
        page.press("Enter");
        panel(page).expect_text("Offer Current stage");
        panel(page)
            .by_role("button", "Move to stage")
            .expect_focused();
    });
}

#[test]
fn the_palette_leads_anywhere() {
    visit(|page| {
        five_deals(page);
        open(page, "#/settings/general", "Account settings");
        page.press("Control+k");
        page.field("Command or name").expect_focused();
        type_text(page, "harb");
        page.by_role("option", containing("Harbour"))
            .expect_checked(true);
        page.press("Enter");
        page.expect_heading("Harbour");
        page.by_role("heading", "Harbour").expect_focused();
        // Opened and left, it gives the focus back.
        let edit = page.by_role("link", "Edit deal");
        edit.focus();
        page.press("Control+k");
        page.field("Command or name").expect_focused();
        page.press("Escape");
        page.expect_absent("dialog", "Commands");
        edit.expect_focused();
        page.press("Control+k");
        type_text(page, "closed deals");
        page.press("Enter");
        page.expect_route("#/deals/closed");
    });
}

#[test]
fn single_keys_work_outside_of_fields_only() {
    visit(|page| {
        five_deals(page);
        page.by_role("heading", "Desks").focus();
        page.press("/");
        page.expect_heading("Deals");
        let search = page.field("Search deals");
        search.expect_focused();
        type_text(page, "n/?");
        search.expect_value("n/?");
        page.expect_heading("Deals");
        page.by_role("heading", "Deals").focus();
        page.press("?");
        let shortcuts = page.by_role("dialog", "Keyboard shortcuts");
        shortcuts.expect_text("Search deals");
        page.press("n");
        shortcuts.expect_present();
        page.press("Escape");
        shortcuts.expect_absent();
        page.by_role("heading", "Deals").expect_focused();
        page.press("n");
        page.expect_heading("Add deal");
    });
}

#[test]
fn dialogs_take_the_focus_and_give_it_back() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        for name in ["Mark as won", "Mark as lost", "Set chance"] {
            let button = page.by_role("button", name);
            button.press("Enter");
            let dialog = page.by_role("dialog", any());
            dialog.expect_present();
            page.wait_until("the focus is in the dialog", || {
                let script = "return !!document.activeElement.closest('dialog');";
                page.evaluate(script, &[]) == true
            });
            page.press("Escape");
            dialog.expect_absent();
            button.expect_focused();
        }
        // What closes for good leaves the focus somewhere sensible too.
        page.by_role("button", "Mark as won").press("Enter");
        page.by_role("dialog", "Mark as won")
            .by_role("button", "Mark as won")
            .press("Enter");
        page.expect_present("button", "Reopen");
        page.wait_until("the focus is not lost", || {
            page.evaluate("return document.activeElement !== document.body;", &[]) == true
        });
    });
}

#[test]
fn the_focus_goes_to_the_heading_of_each_screen() {
    visit(|page| {
        open(page, "#/deals/open", "Deals");
        for (link, heading) in [
            ("Customers", "Customers"),
            ("Account settings", "Account settings"),
            ("Deals", "Deals"),
        ] {
            page.by_role("navigation", "Main")
                .by_role("link", link)
                .press("Enter");
            page.expect_heading(heading);
            page.by_role("heading", heading).first().expect_focused();
            assert_eq!(page.title(), format!("{heading} - Pipewright"));
        }
        page.goto("#/no/such/place");
        page.expect_heading("Not found");
        page.by_role("link", "Go to the deals").press("Enter");
        page.expect_heading("Deals");
    });
}

#[test]
fn changes_that_are_not_saved_ask_before_they_are_lost() {
    visit(|page| {
        open(page, "#/deals/open", "Deals");
        page.press("n");
        page.expect_heading("Add deal");
        page.field("Name").fill("Chairs");
        let customers = page
            .by_role("navigation", "Main")
            .by_role("link", "Customers");
        page.back();
        let question = page.by_role("dialog", "Leave without saving?");
        question.expect_present();
        page.press("Escape");
        question.expect_absent();
        page.field("Name").expect_value("Chairs");
        customers.press("Enter");
        question.by_role("button", "Stay").press("Enter");
        question.expect_absent();
        page.expect_route("#/deals/new");
        page.field("Name").expect_value("Chairs");
        customers.expect_focused();
        customers.press("Enter");
        question.by_role("button", "Leave").press("Enter");
        page.expect_heading("Customers");
        page.expect_route("#/customers");
        // Nothing typed, nothing asked.
        open(page, "#/settings/deals/processes/new", "New process");
        page.by_role("button", "Cancel").press("Enter");
        page.expect_heading("Account settings");
        page.expect_absent("dialog", any());
    });
}

#[test]
fn wrong_fields_are_tied_to_what_is_wrong_with_them() {
    visit(|page| {
        open(page, "#/deals/new", "Add deal");
        page.field("Name").fill("Chairs");
        page.field("Notes").fill("not to be lost");
        for wrong in ["-5", "1e99", "lots"] {
            page.field("Value").fill(wrong);
            page.field("Value").press("Enter");
            let value = page.field("Value");
            value.expect_focused();
            assert_eq!(value.attribute("aria-invalid"), "true", "{wrong}");
            let described = description(&value, page);
            assert!(!described.is_empty(), "{wrong}");
            value.expect_value(wrong);
        }
        page.field("Notes").expect_value("not to be lost");
        page.field("Value").fill("1 234,56");
        page.field("Value").press("Enter");
        page.expect_heading("Chairs");
        page.expect_text("€1,234.56");
    });
}

#[test]
fn what_goes_with_its_work_leaves_the_focus_to_the_heading() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        page.by_role("button", "Mark as won").press("Enter");
        page.by_role("dialog", "Mark as won")
            .by_role("button", "Mark as won")
            .press("Enter");
        page.by_role("button", "Reopen").press("Enter");
        page.by_role("button", "Mark as won").expect_present();
        page.by_role("heading", "Chairs").expect_focused();
        page.by_role("region", "Messages")
            .by_role("button", "Undo")
            .press("Enter");
        page.by_role("button", "Reopen").expect_present();
        page.by_role("heading", "Chairs").expect_focused();

        open(page, "#/deals/closed", "Deals");
        let heading = page.by_role("heading", "Deals").first();
        let select = page.by_role("checkbox", "Select Chairs");
        select.set_checked(true);
        page.by_role("button", "Clear selection").press("Enter");
        select.expect_checked(false);
        heading.expect_focused();
        open(page, "#/deals/closed?q=lamps", "Deals");
        page.by_role("button", "Show all deals").press("Enter");
        page.by_role("link", "Chairs").expect_present();
        heading.expect_focused();
    });
}

#[test]
fn a_dialog_keeps_the_focus_when_what_was_pressed_in_it_goes() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        open(page, "#/deals/open", "Deals");
        page.by_role("button", "Views").press("Enter");
        page.by_role("menuitem", "Save this view…").press("Enter");
        page.field("View name").fill("Mine");
        page.field("View name").press("Enter");
        page.by_role("button", "Views").press("Enter");
        page.by_role("menuitem", "Delete views…").press("Enter");
        let dialog = page.by_role("dialog", "Delete views");
        dialog.by_role("button", "Delete Mine").press("Enter");
        dialog.by_role("button", "Done").expect_focused();
    });
}

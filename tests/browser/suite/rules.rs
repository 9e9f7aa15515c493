//! Rules that suggest a process, the preview of a switch, and snoozing.

use browser_tests::{Page, Visit, any, visit};

use crate::steps::{more, of_process};

/// A process with one stage of these sub-stages.
fn add_process(page: &Page, name: &str, stage: &str, subs: &[&str]) {
    page.goto("#/settings/deals/processes/new");
    page.field("Process name").fill(name);
    page.by_role("button", "Add stage").click();
    page.field("Stage name").fill(stage);
    for (at, sub) in subs.iter().enumerate() {
        page.by_role("button", "Add sub-stage").click();
        page.field("Sub-stage name").nth(at).fill(sub);
    }
    page.by_role("button", "Save").click();
    page.expect_heading("Account settings");
}

fn add_entry(page: &Page, list: &str, entry: &str) {
    page.goto("#/settings/lists");
    let group = page.by_role("group", list);
    group.field(any()).first().fill(entry);
    group.by_role("button", "Add").click();
    group
        .by_role("button", format!("Delete {entry}"))
        .expect_present();
}

fn add_deal(page: &Page, name: &str, value: &str) {
    page.goto("#/deals/new");
    page.field("Name").fill(name);
    page.field("Value").fill(value);
    page.by_role("button", "Save").click();
    page.expect_heading(name);
}

/// Key accounts from a value of 20,000 on.
fn with_value_rule(page: &Page) {
    add_process(
        page,
        "Key accounts",
        "Plan",
        &["Meet the board", "Agree on terms"],
    );
    page.goto("#/settings/deals");
    page.by_role("link", "Choosing a process").click();
    page.expect_heading("Choosing a process");
    page.by_role("button", "Add rule").click();
    let rule = page.by_role("group", "Rule 1");
    rule.field("Value at least").fill("20000");
    rule.field("Then use").choose("Key accounts");
    page.by_role("button", "Save").click();
    page.expect_text("Rules saved");
}

#[test]
fn the_form_suggests_while_typing_and_never_forces() {
    visit(|page| {
        with_value_rule(page);
        page.goto("#/deals/new");
        page.field("Name").fill("Forty chairs");
        page.field("Value").fill("19999");
        page.expect_absent("button", "Use Key accounts");
        page.field("Value").fill("20,000");
        page.expect_text("Key accounts fits: value is at least €20,000");
        page.by_role("button", "Use Key accounts").click();
        page.expect_absent("button", "Use Key accounts");
        page.field("Value").fill("5");
        page.by_role("button", "Save").click();
        page.expect_heading("Forty chairs");
        page.within("Sales process").expect_text("Meet the board");
    });
}

#[test]
fn the_profile_suggests_until_it_is_dismissed() {
    visit(|page| {
        with_value_rule(page);
        add_deal(page, "Small", "100");
        page.expect_absent("button", "Use Key accounts");
        add_deal(page, "Large", "30000");
        let screen = page.by_role("main", any());
        screen.by_role("button", "Dismiss").click();
        page.expect_absent("button", "Use Key accounts");
        page.reload();
        page.expect_heading("Large");
        page.expect_absent("button", "Use Key accounts");

        add_deal(page, "Larger", "40000");
        page.by_role("button", "Use Key accounts").click();
        page.within("Sales process").expect_text("Meet the board");
        page.expect_absent("button", "Use Key accounts");
    });
}

#[test]
fn rules_count_their_deals_and_lead_to_them() {
    visit(|page| {
        with_value_rule(page);
        add_deal(page, "Small", "100");
        add_deal(page, "Large", "30000");
        page.goto("#/settings/deals/rules");
        page.expect_heading("Choosing a process");
        let rule = page.by_role("group", "Rule 1");
        rule.by_role("link", "1 in another process")
            .expect_present();
        rule.by_role("link", "1 open deal matches").click();
        page.expect_heading("Deals");
        page.expect_present("link", "Large");
        page.expect_absent("link", "Small");
        page.by_role("button", "Remove Rule: 1").click();
        page.expect_present("link", "Small");
    });
}

#[test]
fn rules_count_their_deals_before_they_are_saved() {
    visit(|page| {
        with_value_rule(page);
        add_deal(page, "Small", "100");
        add_deal(page, "Large", "30000");
        page.goto("#/settings/deals/rules");
        let first = page.by_role("group", "Rule 1");
        first
            .by_role("link", "1 open deal matches")
            .expect_present();
        page.by_role("button", "Add rule").click();
        let second = page.by_role("group", "Rule 2");
        second.field("Value below").fill("1000");
        second.by_role("button", "1 open deal matches").click();
        let deals = page.by_role("dialog", "Deals that rule 2 fits");
        deals.expect_text("Small");
        deals.expect_no_text("Large");
        page.expect_accessible();
        deals.by_role("button", "Close").first().click();
        deals.expect_absent();
        // What is as saved still leads to the list.
        first
            .by_role("link", "1 open deal matches")
            .expect_present();
        first.field("Value at least").fill("50");
        first
            .by_role("button", "2 open deals match")
            .expect_present();
        second.expect_text("0 open deals match");
        page.by_role("button", "Save").click();
        page.expect_text("Rules saved");
        first.by_role("link", "2 open deals match").expect_present();
    });
}

#[test]
fn rules_are_ordered_tried_out_and_checked() {
    visit(|page| {
        add_entry(page, "Owners", "Anna");
        with_value_rule(page);
        page.by_role("button", "Add rule").click();
        let second = page.by_role("group", "Rule 2");
        second.field("Then use").choose("Default");
        page.by_role("button", "Save").click();
        page.expect_text("Choose at least one condition");
        second.by_role("checkbox", "Anna").set_checked(true);
        page.expect_no_text("Choose at least one condition");

        let try_out = page.within("Try it out");
        try_out.field("Owner").choose("Anna");
        try_out.field("Value").fill("50000");
        try_out.expect_text("This deal would be suggested Key accounts");
        second.by_role("button", "Move rule up").click();
        try_out.expect_text("This deal would be suggested Default");
        try_out.expect_text("Rule 1 fits: owner is Anna");
        page.by_role("button", "Save").click();
        page.expect_text("Rules saved");
        page.reload();
        page.by_role("group", "Rule 1")
            .by_role("checkbox", "Anna")
            .expect_checked(true);
        page.by_role("group", "Rule 2")
            .field("Value at least")
            .expect_value("20000.00");

        let first = page.by_role("group", "Rule 1");
        first.by_role("button", "Delete rule").click();
        page.by_role("button", "Cancel").click();
        page.expect_heading("Account settings");
        page.by_role("link", "Choosing a process").click();
        page.expect_present("group", "Rule 2");
    });
}

#[test]
fn an_entry_that_a_rule_alone_names_can_be_replaced() {
    visit(|page| {
        add_entry(page, "Owners", "Anna");
        add_entry(page, "Owners", "Bob");
        with_value_rule(page);
        let rule = page.by_role("group", "Rule 1");
        rule.by_role("checkbox", "Anna").set_checked(true);
        page.by_role("button", "Save").click();
        page.expect_text("Rules saved");
        page.goto("#/settings/lists");
        page.by_role("button", "Delete Anna").click();
        let ask = page.by_role("dialog", "Delete “Anna”");
        ask.expect_text("1 rule.");
        page.select("Replace by", "Bob");
        ask.by_role("button", "Delete").click();
        page.by_role("button", "Delete Anna").expect_absent();
        page.goto("#/settings/deals/rules");
        page.by_role("group", "Rule 1")
            .by_role("checkbox", "Bob")
            .expect_checked(true);
    });
}

#[test]
fn a_value_that_rules_ask_for_is_established_early_with_one_click() {
    visit(|page| {
        add_process(page, "Plain", "Talk", &["Meet"]);
        of_process(page, "Plain", "Make default");
        with_value_rule(page);
        let advice = page.by_role("button", "Add “Establish the value”");
        advice.click();
        advice.expect_absent();
        page.goto("#/deals/new");
        page.field("Name").fill("Forty chairs");
        page.by_role("button", "Save").click();
        page.within("Sales process")
            .expect_text("Establish the value");
    });
}

#[test]
fn names_in_rules_and_suggestions_are_shown_as_typed() {
    visit(|page| {
        let odd = "<img src=x onerror=alert(1)>";
        let long = "W".repeat(80);
        add_entry(page, "Categories", odd);
        add_process(page, &long, "Plan", &["Meet"]);
        page.goto("#/settings/deals/rules");
        page.by_role("button", "Add rule").click();
        page.by_role("checkbox", odd).set_checked(true);
        page.by_role("button", "Save").click();
        page.expect_text("Rules saved");
        page.goto("#/deals/new");
        page.field("Name").fill("Forty chairs");
        page.field("Category").fill(odd);
        page.expect_text(&format!("fits: category is {odd}"));
        for width in [360, 390, 768, 1440] {
            page.resize(width, 900);
            let fits = "const e = document.documentElement; return e.scrollWidth <= e.clientWidth;";
            page.wait_until("the form fits its window", || {
                page.evaluate(fits, &[]) == serde_json::json!(true)
            });
        }
        page.by_role("button", format!("Use {long}"))
            .expect_present();
    });
}

#[test]
fn a_switch_is_previewed_and_carries_ticks_over_only_on_request() {
    visit(|page| {
        add_process(page, "One", "Talk", &["Find the budget", "Meet"]);
        add_process(page, "Two", "Deal", &["Find the budget", "Sign"]);
        page.goto("#/deals/new");
        page.field("Name").fill("Forty chairs");
        page.select("Sales process", "One");
        page.by_role("button", "Save").click();
        page.by_role("checkbox", "Find the budget")
            .set_checked(true);
        page.by_role("link", "Edit deal").click();
        page.select("Sales process", "Two");
        page.expect_text("One: 1 of 2 ticked, kept. Two starts with nothing ticked.");
        let carry = page.by_role("checkbox", "Carry over 1 tick of the same sub-stage");
        carry.expect_checked(false);
        carry.set_checked(true);
        page.by_role("button", "Save").click();
        page.expect_heading("Forty chairs");
        let panel = page.within("Sales process");
        panel
            .by_role("checkbox", "Find the budget")
            .expect_checked(true);
        panel.by_role("checkbox", "Sign").expect_checked(false);
        panel.expect_text("Parked processes");
    });
}

#[test]
fn a_deal_can_rest_and_be_woken() {
    visit(|page| {
        add_deal(page, "Forty chairs", "100");
        more(page, "Snooze").click();
        let dialog = page.by_role("dialog", "Snooze");
        dialog.field("Until").fill("2020-01-01");
        dialog.by_role("button", "Snooze").click();
        dialog.expect_text("The date must be later than today.");
        dialog.field("Until").expect_focused();
        dialog.field("Until").fill("2090-01-31");
        dialog.field("Reason").fill("They decide later");
        dialog.by_role("button", "Snooze").click();
        dialog.expect_absent();
        page.expect_text("They decide later");
        page.by_role("button", "End snooze").click();
        page.expect_absent("button", "End snooze");
    });
}

#[test]
fn the_rules_page_and_a_suggestion_are_accessible_in_both_themes() {
    for dark in [false, true] {
        let visit = if dark {
            Visit::default().dark()
        } else {
            Visit::default()
        };
        visit.run(|page| {
            with_value_rule(page);
            page.expect_accessible();
            add_deal(page, "Large", "30000");
            page.expect_present("button", "Use Key accounts");
            page.expect_accessible();
        });
    }
}

//! Closing deals, and reopening them.

use browser_tests::{Locator, Page, any, visit};

use crate::steps::{
    description, expect_listed, filter_by, five_deals, more, open, open_deal, panel, reload,
};

fn dialog(page: &Page, name: &str) -> Locator {
    page.by_role("dialog", name)
}

#[test]
fn won_asks_for_what_is_required() {
    visit(|page| {
        five_deals(page);
        open_deal(page, "Tower");
        page.by_role("button", "Mark as won").click();
        let won = dialog(page, "Mark as won");
        for name in [
            "Win a sponsor",
            "Hand over the proposal",
            "Sign the contract",
        ] {
            won.by_role("checkbox", name).expect_checked(false);
        }
        won.by_role("button", "Mark as won").click();
        won.expect_text(
            "Before “Tower” can be won, these must be done: \
             “Win a sponsor”, “Hand over the proposal”, “Sign the contract”.",
        );
        won.by_role("checkbox", "Win a sponsor").expect_focused();
        for name in [
            "Win a sponsor",
            "Hand over the proposal",
            "Sign the contract",
        ] {
            won.by_role("checkbox", name).set_checked(true);
        }
        won.by_role("button", "Mark as won").click();
        let note = won.field("Note: Win a sponsor");
        note.expect_focused();
        assert_eq!(description(&note, page), "“Win a sponsor” needs a note.");
        page.expect_accessible();
        note.fill("The head of building");
        won.field("Comment").fill("At last");
        won.by_role("button", "Mark as won").click();
        page.expect_absent("dialog", "Mark as won");

        // Closed: the ticks are shown and can't be changed.
        page.expect_present("button", "Reopen");
        page.expect_absent("button", "Mark as won");
        panel(page).expect_text("100% chance · 3 of 15 ticked");
        panel(page).expect_text("The head of building");
        let sponsor = panel(page).by_role("checkbox", "Win a sponsor");
        sponsor.expect_checked(true);
        sponsor.expect_enabled(false);
        panel(page)
            .by_role("checkbox", "Run a pilot")
            .expect_enabled(false);
        page.expect_absent("button", "Move to stage");

        // It is in the other tab, with a chart of its process.
        open(page, "#/deals/open", "Deals");
        page.within("Summary").expect_text("Open deals 4 ");
        page.expect_absent("link", "Tower");
        page.by_role("link", "Closed deals").click();
        expect_listed(page, "Closed deals", &["Tower"]);
        let summary = page.within("Summary");
        summary.expect_text("Won 1 €50,000");
        summary.expect_text("Win rate 100%");
        page.by_role("figure", "Key accounts: closed deals")
            .expect_present();
        page.expect_absent("figure", "Default: closed deals");

        // Reopened it is back, as it was but for what was ticked.
        reload(page);
        page.by_role("link", "Tower").click();
        page.by_role("button", "Reopen").click();
        panel(page).expect_text("26% chance · 3 of 15 ticked");
        sponsor.expect_enabled(true);
        let history = page.within("History");
        history.expect_text("Reopened (was won)");
        history.expect_text("At last");
        open(page, "#/deals/open", "Deals");
        page.within("Summary").expect_text("Open deals 5 ");
        page.by_role("figure", "Key accounts: open deals by stage")
            .expect_text("Deals 2");
        page.by_role("link", "Closed deals").click();
        page.expect_text("No closed deals yet");
    });
}

#[test]
fn lost_asks_for_a_reason() {
    visit(|page| {
        five_deals(page);
        open_deal(page, "Lamps");
        page.by_role("button", "Mark as lost").click();
        let lost = dialog(page, "Mark as lost");
        lost.field("Date").fill("2999-01-01");
        lost.by_role("button", "Mark as lost").click();
        lost.expect_text("Give a date that is not in the future.");
        lost.expect_text("Choose a reason.");
        lost.field("Date").expect_focused();
        lost.field("Date").fill("2026-01-30");
        lost.by_role("button", "Mark as lost").click();
        lost.field("Reason").expect_focused();
        lost.field("Reason").choose("Too expensive");
        lost.by_role("button", "Mark as lost").click();
        page.expect_present("button", "Reopen");
        page.expect_text("Jan 30, 2026");
        page.within("Details").expect_text("Reason Too expensive");

        open(page, "#/deals/closed", "Deals");
        expect_listed(page, "Closed deals", &["Lamps"]);
        page.within("Summary").expect_text("Lost 1");
        let figure = page.by_role("figure", "Default: closed deals");
        figure.by_role("button", "Show figures").click();
        figure
            .by_role("table", "Reasons")
            .expect_text("Too expensive Lost 1");
        filter_by(page, "Status", &["Won"]);
        page.expect_text("No deal fits");
        filter_by(page, "Status: Won", &["Lost"]);
        expect_listed(page, "Closed deals", &["Lamps"]);
    });
}

#[test]
fn outdated_is_neither_won_nor_lost() {
    visit(|page| {
        five_deals(page);
        open_deal(page, "Harbour");
        more(page, "Mark as outdated").click();
        let outdated = dialog(page, "Mark as outdated");
        outdated.field("Reason").choose("Put off");
        outdated.by_role("button", "Mark as outdated").click();
        panel(page).expect_text("0% chance");
        open(page, "#/deals/closed", "Deals");
        let summary = page.within("Summary");
        summary.expect_text("Outdated 1 €20,000.50");
        summary.expect_text("Won 0");
        summary.expect_text("Win rate –");
        // One step takes it back.
        let header = page.by_role("banner", any());
        header.by_role("button", "Undo").click();
        page.expect_text("No closed deals yet");
        page.by_role("link", "Open deals").click();
        page.within("Summary").expect_text("Open deals 5 ");
    });
}

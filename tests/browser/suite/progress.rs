//! Ticking sub-stages, and changing the process and back.

use browser_tests::visit;

use crate::steps::{
    add_deal, change_process, description, expect_progress, five_deals, let_days_pass, open_deal,
    panel, reload, tick,
};

#[test]
fn sub_stages_are_ticked_in_any_order() {
    visit(|page| {
        add_deal(page, "Chairs", &[("Value", "1000")]);
        expect_progress(page, "0% chance · 0 of 11 ticked", "Collect information");
        tick(page, "Send the offer", true);
        expect_progress(page, "10% chance · 1 of 11 ticked", "Offer");
        tick(page, "Look into the company", true);
        expect_progress(page, "15% chance · 2 of 11 ticked", "Offer");
        // The chance falls, and the stage is the furthest one that holds a tick.
        tick(page, "Send the offer", false);
        expect_progress(page, "5% chance · 1 of 11 ticked", "Collect information");
        tick(page, "Hold the meeting", true);
        expect_progress(page, "20% chance · 2 of 11 ticked", "Identify needs");
        reload(page);
        expect_progress(page, "20% chance · 2 of 11 ticked", "Identify needs");
        page.within("History")
            .expect_text("Unticked: Send the offer");
    });
}

#[test]
fn the_note_of_a_tick_is_not_lost_without_a_question() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        panel(page)
            .by_role("button", "Note: Hold the meeting")
            .click();
        let note = panel(page).field("Note");
        note.fill("They want two sites");
        page.by_role("link", "Customers").click();
        let leave = page.by_role("dialog", "Leave without saving?");
        leave.by_role("button", "Stay").click();
        note.expect_value("They want two sites");
        note.press("Escape");
        let ask = page.by_role("dialog", "Discard what you changed?");
        ask.by_role("button", "Keep editing").click();
        note.expect_value("They want two sites");
        note.press("Control+Enter");
        panel(page).expect_text("They want two sites");
        note.expect_absent();
        // Nothing is asked where nothing was changed.
        panel(page)
            .by_role("button", "Note: Hold the meeting")
            .click();
        note.expect_value("They want two sites");
        note.press("Escape");
        note.expect_absent();
        panel(page)
            .by_role("checkbox", "Hold the meeting")
            .expect_focused();
        page.by_role("link", "Customers").click();
        page.expect_heading("Customers");
    });
}

#[test]
fn what_was_noted_is_proposed_when_a_sub_stage_is_ticked_again() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        let button = panel(page).by_role("button", "Note: Hold the meeting");
        button.click();
        let note = panel(page).field("Note");
        note.fill("They want two sites");
        note.press("Control+Enter");
        note.expect_absent();
        tick(page, "Hold the meeting", false);
        note.expect_absent();
        // It is ticked, and nothing is noted that one has not seen.
        tick(page, "Hold the meeting", true);
        note.expect_value("They want two sites");
        note.press("Escape");
        note.expect_absent();
        panel(page).expect_no_text("They want two sites");
        button.click();
        note.expect_value("They want two sites");
        note.press("Control+Enter");
        panel(page).expect_text("They want two sites");
    });
}

#[test]
fn a_note_that_is_typed_outlives_a_change_of_the_process() {
    visit(|page| {
        five_deals(page);
        open_deal(page, "Chairs");
        let other = page.new_tab();
        open_deal(&other, "Chairs");
        panel(page)
            .by_role("button", "Note: Look into the company")
            .click();
        let note = panel(page).field("Note");
        note.fill("Two sites");
        change_process(
            &other,
            "Key accounts",
            "Key accounts starts with nothing ticked.",
        );
        page.within("History").expect_text("Key accounts");
        note.expect_value("Two sites");
        note.press("Control+Enter");
        panel(page).expect_text("sub-stage is not there any more");
        note.expect_value("Two sites");
        note.press("Escape");
        page.by_role("dialog", "Discard what you changed?")
            .by_role("button", "Discard")
            .click();
        panel(page)
            .by_role("heading", "Key accounts")
            .expect_present();
    });
}

#[test]
fn a_deal_is_moved_forward_and_back() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        tick(page, "Look into the company", true);
        let move_to = |stage: &str, role: &str| {
            panel(page).by_role("button", "Move to stage").click();
            page.by_role(role, stage).click();
        };
        move_to("Offer", "menuitem");
        // It ticks nothing.
        expect_progress(page, "5% chance · 1 of 11 ticked", "Offer");
        tick(page, "Send the offer", true);
        tick(page, "Agree on a meeting", true);
        // Back, the sub-stages of the later stages are unticked; the history keeps them.
        move_to("Contact", "menuitem");
        expect_progress(page, "15% chance · 2 of 11 ticked", "Contact");
        panel(page)
            .by_role("checkbox", "Send the offer")
            .expect_checked(false);
        page.within("Messages").by_role("button", "Undo").click();
        expect_progress(page, "25% chance · 3 of 11 ticked", "Offer");
    });
}

#[test]
fn a_chance_is_typed_and_cleared() {
    visit(|page| {
        add_deal(page, "Chairs", &[("Value", "1000")]);
        tick(page, "Send the offer", true);
        panel(page).by_role("button", "Set chance").click();
        let dialog = page.by_role("dialog", "Set chance");
        dialog.field("Chance").fill("120");
        dialog.by_role("button", "Save").click();
        dialog.expect_text("Give a percentage from 0 to 100");
        dialog.field("Chance").fill("62.5");
        dialog.by_role("button", "Save").click();
        panel(page).expect_text("62.5% chance, typed");
        // It stands whatever is ticked.
        tick(page, "Send the offer", false);
        panel(page).expect_text("62.5% chance, typed");
        reload(page);
        panel(page).expect_text("62.5% chance, typed");
        panel(page).by_role("button", "Set chance").click();
        page.by_role("dialog", "Set chance")
            .by_role("button", "Clear")
            .click();
        panel(page).expect_text("0% chance ·");
    });
}

#[test]
fn changing_the_process_and_back_restores_the_ticks_with_their_dates() {
    visit(|page| {
        five_deals(page);
        open_deal(page, "Chairs");
        tick(page, "Send the offer", true);
        tick(page, "Look into the company", true);
        page.by_role("button", "Note: Send the offer").click();
        panel(page).field("Note").fill("By mail, to the board");
        page.by_role("button", "Tick with this note").click();
        page.expect_absent("button", "Tick with this note");
        let date_of =
            |sub_stage: &str| description(&panel(page).by_role("checkbox", sub_stage), page);
        let (offer, company) = (date_of("Send the offer"), date_of("Look into the company"));
        let_days_pass(page, 3);

        change_process(
            page,
            "Key accounts",
            "Default: 2 of 11 ticked, kept. Key accounts starts with nothing ticked.",
        );
        expect_progress(page, "0% chance · 0 of 15 ticked", "Account plan");
        panel(page).expect_text("Default 2 of 11 ticked");
        reload(page);
        expect_progress(page, "0% chance · 0 of 15 ticked", "Account plan");
        tick(page, "Hold a workshop", true);
        tick(page, "Write the account plan", true);
        expect_progress(page, "11% chance · 2 of 15 ticked", "Solution");
        let workshop = date_of("Hold a workshop");
        let_days_pass(page, 2);

        change_process(
            page,
            "Default",
            "Key accounts: 2 of 15 ticked, kept. Default goes on with 2 of 11 ticked, as it was left.",
        );
        expect_progress(page, "15% chance · 2 of 11 ticked", "Offer");
        panel(page).expect_text("By mail, to the board");
        assert_eq!(date_of("Send the offer"), offer);
        assert_eq!(date_of("Look into the company"), company);
        reload(page);
        expect_progress(page, "15% chance · 2 of 11 ticked", "Offer");
        assert_eq!(date_of("Send the offer"), offer);

        change_process(
            page,
            "Key accounts",
            "Key accounts goes on with 2 of 15 ticked",
        );
        expect_progress(page, "11% chance · 2 of 15 ticked", "Solution");
        assert_eq!(date_of("Hold a workshop"), workshop);
        assert_ne!(workshop.lines().next(), offer.lines().next());
        reload(page);
        panel(page)
            .by_role("checkbox", "Hold a workshop")
            .expect_checked(true);
        page.within("History")
            .expect_text("Sales process: Default → Key accounts");
    });
}

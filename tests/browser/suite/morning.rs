//! A morning with the sample data: what is due, calls that are noted, cards
//! that move; all of it taken back, done again, and there after a reload.

use browser_tests::{Locator, Page, any, containing, visit};

use crate::steps::{load_sample, open, reload};

const TODAY: &str = "#/deals/open?next=overdue,today&sort=mine";
const BOARD: &str = "#/deals/open?layout=board";

/// What a morning changes, as the screens tell it.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    today: String,
    columns: Vec<String>,
    noted: String,
}

impl Seen {
    /// Looks at what is due, at the board, and at what was noted.
    #[track_caller]
    fn now(page: &Page) -> Self {
        open(page, TODAY, "Deals");
        let today = summary(page);
        open(page, "#/deals/open?q=two+references", "Deals");
        let noted = summary(page);
        open(page, BOARD, "Deals");
        let groups = page.within("Board").by_role("group", containing(" deal"));
        groups.first().expect_present();
        let columns = page.evaluate(
            "const groups = document.querySelectorAll('[aria-label=Board] [role=group]');
             return [...groups].map((group) => group.getAttribute('aria-label')).join('; ');",
            &[],
        );
        Self {
            today,
            columns: columns
                .as_str()
                .unwrap()
                .split("; ")
                .map(str::to_owned)
                .collect(),
            noted,
        }
    }
}

fn summary(page: &Page) -> String {
    page.within("Summary").expect_text("Filtered.");
    page.within("Summary").text()
}

fn card(page: &Page, deal: &str) -> Locator {
    page.within("Board").by_role("article", deal).first()
}

/// Opens the first deal that is due, does its step, sets another one and notes
/// something.
#[track_caller]
fn do_the_first(page: &Page, note: &str) {
    open(page, TODAY, "Deals");
    let table = page.by_role("table", "Open deals");
    table.by_role("link", any()).first().click();
    let step = page.within("Next step");
    step.by_role("button", "Done").click();
    step.field("Next step").expect_focused();
    step.field("Next step").fill("Send what was promised");
    step.by_role("button", "In a week").click();
    step.by_role("button", "Save").click();
    step.expect_text("Send what was promised");
    let history = page.within("History");
    history.field("Note").fill(note);
    history.by_role("button", "Add note").click();
    history.expect_text(note);
}

/// What can be taken back still.
fn next_undo(page: &Page) -> String {
    page.by_role("button", "Undo").first().attribute("title")
}

/// Takes back, or does again, until nothing is left; how many steps it was.
#[track_caller]
fn all_the_way(page: &Page, button: &str, but: &str) -> usize {
    let button = page.by_role("button", button).first();
    let mut steps = 0;
    while button.attribute("disabled").is_empty() && !button.attribute("title").contains(but) {
        // It waits for a step before, which may have moved what is to be clicked.
        button.click();
        steps += 1;
        assert!(steps < 40, "no end of it");
    }
    steps
}

/// The names of the first cards in the column of a stage.
#[track_caller]
fn cards_in(page: &Page, stage: &str) -> Vec<String> {
    let column = page
        .within("Board")
        .by_role("group", containing(format!("{stage}, ")));
    column.by_role("link", any()).first().expect_present();
    column.by_role("link", any()).texts()
}

#[test]
fn a_morning_is_taken_back_and_done_again_and_is_there_after_a_reload() {
    visit(|page| {
        load_sample(page);
        let before = Seen::now(page);
        page.press("Control+k");
        page.field("Command or name").fill("Today");
        let offered = page.by_role("listbox", "Commands");
        offered
            .by_role("option", containing("Today"))
            .first()
            .click();
        page.expect_route(TODAY);
        for note in [
            "Called. Wants two references.",
            "Left a message.\nTries again at noon.",
            "Met at the fair, see https://example.com/stand",
        ] {
            do_the_first(page, note);
        }

        // Two cards by keys, one by a finger.
        open(page, BOARD, "Deals");
        page.select("Sales process of the board", "Active sales");
        for _ in 0..2 {
            let name = cards_in(page, "Research").swap_remove(0);
            card(page, &name).by_role("link", name.as_str()).focus();
            for key in ["Space", "ArrowRight", "Space"] {
                page.press(key);
            }
            page.expect_text("Moved to First contact");
            page.wait_until("it is in the next column", || {
                cards_in(page, "First contact").contains(&name)
            });
        }
        let name = cards_in(page, "Identify needs").swap_remove(0);
        let offer = page.within("Board").by_role("group", containing("Offer, "));
        card(page, &name)
            .by_role("link", name.as_str())
            .drag_by_touch_to(&offer);
        page.expect_text("Moved to Offer");

        // One is lost, at the second thought.
        let name = cards_in(page, "Offer").swap_remove(0);
        for sure in [false, true] {
            card(page, &name)
                .by_role("button", format!("Move {name}"))
                .click();
            page.by_role("menuitem", containing("Mark as lost")).click();
            let dialog = page.by_role("dialog", "Mark as lost");
            if sure {
                dialog.field("Reason").choose("Too expensive");
                dialog.by_role("button", "Mark as lost").click();
                page.expect_text("1 deal marked as lost");
            } else {
                dialog.by_role("button", "Cancel").click();
                card(page, &name).expect_present();
            }
            dialog.expect_absent();
        }

        let after = Seen::now(page);
        assert_ne!(before, after);
        let steps = all_the_way(page, "Undo", "Load sample data");
        assert_eq!(steps, 3 * 3 + 3 + 1, "{}", next_undo(page));
        assert_eq!(Seen::now(page), before);
        assert_eq!(all_the_way(page, "Redo", "nothing has this name"), steps);
        assert_eq!(Seen::now(page), after);
        reload(page);
        assert_eq!(Seen::now(page), after);
    });
}

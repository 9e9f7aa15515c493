//! What is left when the program breaks: a plain panel, and the saved data.

use browser_tests::{Page, any, visit};
use serde_json::{Value, json};

use crate::steps::{add_deal, expect_saved};

const TITLE: &str = "Something broke. Your saved data is safe.";

#[test]
fn a_panic_shows_a_way_out() {
    visit(|page| {
        page.goto("");
        page.expect_heading("Deals");
        page.expect_absent("alertdialog", TITLE);
        page.evaluate("pipewrightPanic('the reason');", &[]);
        let panel = page.by_role("alertdialog", TITLE);
        panel.expect_text("the reason");
        panel.by_role("heading", TITLE).expect_focused();
        page.expect_no_text("What was changed last");
        page.expect_accessible();
        panel.by_role("button", "Reload").click();
        page.expect_absent("alertdialog", TITLE);
        page.expect_heading("Deals");
    });
}

#[test]
fn all_saved_data_can_be_downloaded_after_a_panic() {
    visit(|page| {
        page.set_local_storage("pipewright/main/settings", "{\"currency\":\"EUR\"}");
        page.set_local_storage("another-program", "not ours");
        page.goto("");
        page.evaluate("pipewrightPanic('the reason');", &[]);
        page.by_role("button", "Download my data").click();
        let text = std::fs::read_to_string(page.download("pipewright-rescue.json")).unwrap();
        let saved: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            saved.get("pipewright/main/settings"),
            Some(&json!("{\"currency\":\"EUR\"}"))
        );
        assert_eq!(saved.get("another-program"), None);
    });
}

#[test]
fn a_trap_of_the_wasm_is_noticed_without_its_help() {
    visit(|page| {
        page.goto("");
        page.expect_heading("Deals");
        page.press("Tab");
        trap(page);
        page.by_role("alertdialog", TITLE)
            .expect_text("unreachable");
    });
}

#[test]
fn a_trap_before_anyone_has_done_anything_starts_the_page_again_but_once() {
    visit(|page| {
        page.goto("");
        page.expect_heading("Deals");
        page.evaluate(
            "document.body.append(Object.assign(document.createElement('h2'), { textContent: 'Before' }));",
            &[],
        );
        page.expect_present("heading", "Before");
        trap(page);
        page.expect_absent("heading", "Before");
        page.expect_heading("Deals");
        page.expect_absent("alertdialog", TITLE);
        trap(page);
        page.by_role("alertdialog", TITLE)
            .expect_text("unreachable");
    });
}

#[test]
fn a_start_that_traps_is_made_once_more() {
    visit(|page| {
        page.allow_console_error("unreachable");
        page.run_before_start(
            "const count = Number(sessionStorage.getItem('starts')) + 1;
             sessionStorage.setItem('starts', count);
             const fail = async () => { throw new WebAssembly.RuntimeError('unreachable'); };
             if (count !== 2) WebAssembly.instantiate = WebAssembly.instantiateStreaming = fail;",
        );
        page.goto("");
        page.expect_heading("Deals");
        page.evaluate("sessionStorage.removeItem('pipewright/again');", &[]);
        page.evaluate("sessionStorage.setItem('starts', 2);", &[]);
        page.reload();
        page.by_role(
            "alertdialog",
            "Pipewright did not start. Your saved data is safe.",
        )
        .expect_text("unreachable");
    });
}

#[test]
fn a_program_whose_memory_is_lost_says_so_and_writes_nothing() {
    visit(|page| {
        page.run_before_start(
            "for (const name of ['instantiate', 'instantiateStreaming']) {
                const make = WebAssembly[name];
                WebAssembly[name] = async (...with_what) => {
                    const made = await make.apply(WebAssembly, with_what);
                    const memory = (made.instance ?? made).exports.memory;
                    window.memory = memory ?? window.memory;
                    return made;
                };
            }",
        );
        add_deal(page, "Chairs", &[]);
        expect_saved(page);
        // What is remembered of the browser itself may come at any time.
        let stored = "const all = Object.entries(localStorage);
            return JSON.stringify(all.filter(([key]) => key.startsWith('pipewright/main/')).sort());";
        let before = page.evaluate(stored, &[]);
        page.allow_console_error("");
        page.evaluate("new Uint8Array(memory.buffer).fill(255);", &[]);
        page.press("n");
        page.expect_present("alertdialog", TITLE);
        page.by_role("button", "Reload").click();
        page.expect_heading("Chairs");
        assert_eq!(page.evaluate(stored, &[]), before);
    });
}

#[test]
fn what_a_script_throws_through_the_program_breaks_it() {
    visit(|page| {
        // By a script of the page: what others throw does not reach its handlers.
        page.run_before_start(
            "window.breakTheSaving = () => {
                const { setItem } = Storage.prototype;
                const { now } = Date;
                Storage.prototype.setItem = function (key, text) {
                    setItem.call(this, key, text);
                    if (key.startsWith('pipewright/main')) Date.now = () => {
                        Date.now = now;
                        throw new Error('in the midst of saving');
                    };
                };
            };",
        );
        add_deal(page, "Chairs", &[]);
        expect_saved(page);
        page.allow_console_error("in the midst of saving");
        page.evaluate("breakTheSaving();", &[]);
        page.by_role("link", "Edit deal").click();
        page.field("Notes").fill("They call back");
        page.by_role("button", "Save").click();
        page.by_role("alertdialog", TITLE)
            .expect_text("in the midst of saving");
        page.by_role("button", "Reload").click();
        page.expect_heading("Chairs");
        page.expect_text("They call back");
    });
}

#[test]
fn what_scripts_of_others_throw_while_it_is_at_work_is_none_of_its_failures() {
    visit(|page| {
        page.run_before_start(
            "addEventListener('focus', () => { throw new Error('of others'); }, true);",
        );
        page.allow_console_error("of others");
        add_deal(page, "Chairs", &[]);
        page.by_role("button", "Mark as lost").click();
        page.expect_present("dialog", any());
        page.press("Escape");
        page.press("Control+k");
        page.expect_present("dialog", any());
        page.press("Escape");
        expect_saved(page);
        page.expect_absent("alertdialog", TITLE);
    });
}

/// Lets the wasm seem to have trapped.
fn trap(page: &Page) {
    page.allow_console_error("unreachable");
    // Only what a script of the page throws reaches its handlers whole.
    page.evaluate(
        "const error = new window.WebAssembly.RuntimeError('unreachable');
         window.dispatchEvent(new window.ErrorEvent('error', { error, message: error.message }));",
        &[],
    );
}

#[test]
fn after_a_panic_it_is_said_what_is_there_and_what_can_t_be_undone_any_more() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        page.by_role("link", "Edit deal").click();
        page.field("Name").fill("Forty chairs");
        page.by_role("button", "Save").click();
        page.expect_heading("Forty chairs");
        expect_saved(page);
        page.evaluate("pipewrightPanic('the reason');", &[]);
        page.expect_no_text("What was changed last");
        page.by_role("button", "Reload").click();
        page.expect_heading("Forty chairs");
        let said = "All that was saved is here. \
                    What could be undone can't be any more: Edit deal, Add deal.";
        page.expect_text(said);
        page.by_role("button", "Undo").expect_enabled(false);
        page.expect_accessible();
        page.by_role("link", "snapshots").expect_present();
        page.by_role("button", "Dismiss").click();
        page.expect_no_text("Something broke");
        // Told once: the next load has no such reason.
        page.reload();
        page.expect_heading("Forty chairs");
        page.expect_no_text("Something broke");
    });
}

#[test]
fn what_is_changed_in_the_moment_of_a_panic_is_not_called_safe() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        expect_saved(page);
        // Within one task, in which nothing is drawn.
        page.evaluate(
            "document.querySelector('button[aria-label=Undo]').click();
             pipewrightPanic('the reason');",
            &[],
        );
        let unsaved = "What was changed last is not saved, and may be lost.";
        page.by_role("alertdialog", TITLE).expect_text(unsaved);
        page.by_role("button", "Reload").click();
        page.expect_absent("alertdialog", TITLE);
    });
}

#[test]
fn a_page_that_did_not_start_loses_nothing_that_could_be_undone() {
    visit(|page| {
        page.goto("");
        page.expect_heading("Deals");
        page.take_away(".wasm");
        page.allow_console_error("404");
        page.reload();
        page.expect_present(
            "alertdialog",
            "Pipewright did not start. Your saved data is safe.",
        );
        let mark = page.evaluate("return sessionStorage.getItem('pipewright/broken');", &[]);
        assert_eq!(mark, Value::Null);
    });
}

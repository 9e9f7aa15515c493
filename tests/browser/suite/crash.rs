//! What is left when the program breaks: a plain panel, and the saved data.

use browser_tests::visit;
use serde_json::{Value, json};

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
        // Only what a script of the page throws reaches its handlers whole.
        page.evaluate(
            "const error = new window.WebAssembly.RuntimeError('unreachable');
             window.dispatchEvent(new window.ErrorEvent('error', { error, message: error.message }));",
            &[],
        );
        page.by_role("alertdialog", TITLE)
            .expect_text("unreachable");
    });
}

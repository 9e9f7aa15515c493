//! The page as it is delivered: it starts anywhere, and paints before the program
//! is there.

use browser_tests::{Visit, visit};
use serde_json::json;

#[test]
fn it_starts_at_the_root_of_a_server() {
    visit(|page| {
        page.goto("");
        page.expect_heading("Deals");
    });
}

#[test]
fn it_starts_under_a_path_and_keeps_a_deep_link() {
    Visit::default().under("/some/sub/path/").run(|page| {
        page.goto("#/deals/open");
        page.expect_heading("Deals");
        page.expect_route("#/deals/open");
    });
}

#[test]
fn the_shell_is_there_before_the_app() {
    visit(|page| {
        // Without the wasm only the shell can be what is seen.
        page.take_away(".wasm");
        page.allow_console_error("");
        page.goto("");
        page.wait_until("the shell is parsed", || {
            page.evaluate("return !!document.getElementById('shell');", &[]) == json!(true)
        });
        assert_eq!(page.title(), "Deals - Pipewright");
        page.expect_present(
            "alertdialog",
            "Pipewright did not start. Your saved data is safe.",
        );
    });
}

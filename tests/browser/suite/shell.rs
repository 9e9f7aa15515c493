//! The page as it is delivered: it starts anywhere, and asks nobody else.

use browser_tests::{Need, Page, Visit, visit};
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
fn it_asks_no_other_host() {
    visit(|page| {
        page.goto("");
        page.expect_heading("Deals");
        let addresses = requests(page);
        assert!(
            addresses.iter().any(|address| address.ends_with(".wasm")),
            "{addresses:?}"
        );
        assert!(
            addresses
                .iter()
                .all(|address| address.starts_with(page.base())),
            "{addresses:?}"
        );
    });
}

#[test]
fn the_security_policy_holds() {
    Visit::default().needs(Need::Violations).run(|page| {
        page.goto("");
        page.expect_heading("Deals");
        page.allow_console_error("Content Security Policy");
        page.evaluate(
            "const script = document.createElement('script');
             script.textContent = 'window.foreign = true;';
             document.head.append(script);",
            &[],
        );
        assert_eq!(
            page.evaluate("return window.foreign === undefined;", &[]),
            json!(true)
        );
        page.wait_until("the violation is reported", || {
            page.console()
                .iter()
                .any(|message| message.text.contains("Content Security Policy"))
        });
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

fn requests(page: &Page) -> Vec<String> {
    let entries = page.evaluate(
        "return performance.getEntriesByType('resource').map((entry) => entry.name);",
        &[],
    );
    entries
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap().to_owned())
        .collect()
}

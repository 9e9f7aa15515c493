//! What no page may do: the policy stops it, and in every browser the harness
//! sees it.

use browser_tests::{Page, Visit, visit};
use serde_json::json;

use crate::steps::open;

/// What someone else's text, script or page would try, and what is noted of it.
const ATTEMPTS: [(&str, &str); 12] = [
    (
        "put('a', { href: 'javascript:foreign = 1' }).click(); put('script', { textContent: 'foreign = 1' })",
        "script-src-elem) stopped inline",
    ),
    (
        "put('script', { src: 'http://localhost:8/script' })",
        "localhost:8/script",
    ),
    (
        "put('b', {}).setAttribute('onclick', 'foreign = 1'); last.click()",
        "script-src-attr",
    ),
    ("setTimeout(tryEval)", "stopped eval"),
    (
        "put('b', {}).setAttribute('style', 'color: red')",
        "style-src-attr",
    ),
    (
        "put('style', { textContent: 'b { color: red }' })",
        "style-src-elem",
    ),
    (
        "put('img', { src: 'http://localhost:8/picture' })",
        "localhost:8/picture",
    ),
    (
        "put('iframe', { src: 'http://localhost:8/frame' })",
        "frame-src",
    ),
    ("put('object', { data: './favicon.svg' })", "object-src"),
    ("put('base', { href: 'http://localhost:8/' })", "base-uri"),
    (
        "put('form', { action: 'http://localhost:8/' }).submit()",
        "form-action",
    ),
    (
        "fetch('http://localhost:8/data').catch(() => {})",
        "localhost:8/data",
    ),
];

#[track_caller]
fn attempt(page: &Page, attempt: &str) {
    page.evaluate(
        &format!(
            "let last;
             const put = (tag, about) => {{
               last = Object.assign(document.createElement(tag), about);
               document.body.append(last);
               return last;
             }};
             try {{ {attempt}; }} catch {{ }}"
        ),
        &[],
    );
}

#[track_caller]
fn start(page: &Page) {
    open(page, "", "Deals");
    assert_eq!(page.offences(), [""; 0]);
}

#[track_caller]
fn expect_offence(page: &Page, part: &str) {
    page.wait_until(&format!("{part:?} is noted"), || {
        page.offences().iter().any(|text| text.contains(part))
    });
}

#[test]
fn what_others_would_do_is_stopped_and_seen() {
    visit(|page| {
        // What the driver evaluates is not held to the policy, but this is.
        page.run_before_start("window.tryEval = () => { try { eval('foreign = 1'); } catch { } };");
        page.allow_console_error("");
        start(page);
        for (script, noted) in ATTEMPTS {
            attempt(page, script);
            expect_offence(page, noted);
        }
        page.allow_offence("");
        assert_eq!(page.evaluate("return window.foreign;", &[]), json!(null));
    });
}

#[test]
fn what_was_stopped_is_seen_after_a_reload_and_in_a_tab_that_is_closed() {
    visit(|page| {
        page.allow_console_error("Content Security Policy");
        start(page);
        let other = page.new_tab();
        start(&other);
        attempt(&other, ATTEMPTS[0].0);
        other.reload();
        other.expect_heading("Deals");
        other.close();
        expect_offence(page, ATTEMPTS[0].1);
        page.allow_offence(ATTEMPTS[0].1);
    });
}

#[test]
fn what_is_asked_for_outside_of_the_folder_is_seen() {
    Visit::default().under("/some/sub/path/").run(|page| {
        page.allow_console_error("404");
        start(page);
        attempt(page, "fetch('/some/other')");
        expect_offence(page, "fetch asked for http://127.0.0.1:");
        page.allow_offence("/some/other");
    });
}

#[test]
fn the_one_file_is_watched_as_well() {
    Visit::default().from_disk().run(|page| {
        page.allow_console_error("Content Security Policy");
        start(page);
        attempt(page, ATTEMPTS[0].0);
        expect_offence(page, ATTEMPTS[0].1);
        page.allow_offence(ATTEMPTS[0].1);
    });
}

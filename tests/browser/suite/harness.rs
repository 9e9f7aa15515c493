//! The harness itself, on a small page with the elements that the app's screens use.

use browser_tests::{Page, any, containing, visit};
use serde_json::json;

const ELEMENTS: &str = include_str!("samples.html");

/// Puts the elements in the place of the app.
fn samples(page: &Page) {
    page.goto("");
    page.expect_heading("Deals");
    let script = "document.body.innerHTML = arguments[0];
        document.getElementById('file').onchange = (e) => document.getElementById('keys').append(e.target.files[0].name);
        document.getElementById('board').onclick = (e) => e.target.setAttribute('aria-pressed', 'true');
        addEventListener('keydown', (e) => { if (e.ctrlKey && e.shiftKey) document.getElementById('keys').append(e.key); });";
    page.evaluate(script, &[json!(ELEMENTS)]);
    page.expect_heading("Samples");
}

#[test]
fn elements_are_found_by_role_and_name() {
    visit(|page| {
        samples(page);
        for (role, name) in [
            ("textbox", "Name"),
            ("textbox", "Notes"),
            ("textbox", "Expected close"),
            ("spinbutton", "Stale after (days)"),
            ("searchbox", "Search deals"),
            ("combobox", "Customer"),
            ("combobox", "Stage"),
            ("checkbox", "Required to win"),
            ("button", "Board"),
            ("button", "More"),
            ("link", "Add deal"),
            ("region", "Summary"),
            ("figure", "Default: open deals by stage"),
            ("navigation", "Main"),
            ("table", "Open deals"),
            ("columnheader", "Name"),
            ("group", "Rule 1"),
        ] {
            page.expect_present(role, name);
        }
        page.by_role("status", any()).first().expect_text("Saved");
        page.by_role("button", "Show figures").expect_count(2);
        page.within("Summary")
            .by_role("button", containing("figures"))
            .expect_present();
        page.by_role("group", "Rule 1")
            .by_role("listitem", any())
            .expect_count(2);
        assert_eq!(
            page.by_role("table", "Open deals")
                .attribute("aria-rowcount"),
            "2"
        );
        page.expect_absent("button", "Show");
        page.expect_absent("dialog", "Mark as lost");
        page.expect_no_text("Hidden text");
        page.evaluate("document.getElementById('dialog').showModal();", &[]);
        page.by_role("dialog", "Mark as lost")
            .by_role("button", "Cancel")
            .expect_present();
        // What lies behind an open dialog is out of reach.
        page.expect_absent("button", "Board");
    });
}

#[test]
fn fields_are_filled() {
    visit(|page| {
        samples(page);
        for (label, text) in [
            ("Name", "Forty chairs"),
            ("Notes", "First line\nsecond line"),
            ("Expected close", "2026-11-23"),
            ("Value", "1234.50"),
            ("Stale after (days)", "14"),
            ("Customer", "Ærø & Søn"),
            ("Search deals", "\u{1F6CB} sofas \u{5D0}\u{5D1}"),
        ] {
            page.field(label).fill(text);
            page.field(label).expect_value(text);
        }
        page.field("Name").fill("");
        page.field("Name").expect_value("");
        page.select("Stage", "Offer");
        page.field("Stage").expect_value("o");
        page.field("Required to win").set_checked(true);
        page.by_role("button", "Board").click();
        page.by_role("button", "Board").expect_checked(true);
        page.by_role("button", "Undo").expect_enabled(false);
        page.by_role("textbox", "Name").press("Control+Shift+z");
        page.by_role("status", any()).nth(1).expect_text("Z");
        page.by_role("link", "Add deal").click();
        page.expect_route("#/deals/new");
    });
}

#[test]
fn a_file_is_given_to_a_hidden_field() {
    visit(|page| {
        samples(page);
        let file = xtask::root().join("LICENSE-MIT");
        page.choose_file("Backup", &file);
        page.expect_text("LICENSE-MIT");
    });
}

#[test]
fn tabs_share_their_saved_data_and_have_the_size_asked_for() {
    visit(|page| {
        page.goto("");
        page.resize(390, 844);
        let other = page.new_tab();
        other.goto("");
        other.set_local_storage("pipewright/test", "from the other tab");
        page.wait_until("the one tab has what the other has saved", || {
            page.local_storage("pipewright/test").as_deref() == Some("from the other tab")
        });
        for tab in [page, &other] {
            assert_eq!(
                tab.evaluate("return [innerWidth, innerHeight];", &[]),
                json!([390, 844])
            );
        }
        other.close();
        page.expect_heading("Deals");
        page.set_color_scheme(true);
        assert_eq!(
            page.evaluate(
                "return matchMedia('(prefers-color-scheme: dark)').matches;",
                &[]
            ),
            json!(true)
        );
    });
}

#[test]
fn axe_finds_what_is_wrong() {
    visit(|page| {
        samples(page);
        page.evaluate(
            "document.body.insertAdjacentHTML('beforeend', '<img src=\"data:,\">');",
            &[],
        );
        let rules: Vec<String> = page
            .axe()
            .into_iter()
            .map(|violation| violation.rule)
            .collect();
        let is_there = xtask::axe::source().is_some();
        assert_eq!(
            rules.iter().any(|rule| rule == "image-alt"),
            is_there,
            "{rules:?}"
        );
    });
}

#[test]
fn each_visit_starts_with_nothing_saved() {
    for _ in 0..2 {
        visit(|page| {
            page.goto("");
            assert_eq!(page.local_storage("pipewright/test"), None);
            page.set_local_storage("pipewright/test", "left behind");
        });
    }
}

#[test]
fn things_are_dragged_by_mouse_and_by_touch() {
    visit(|page| {
        samples(page);
        page.evaluate(
            "const grip = document.getElementById('board');
             grip.style.touchAction = 'none';
             grip.onpointerdown = (e) => grip.setPointerCapture(e.pointerId);
             grip.onpointerup = (e) => {
               const under = document.elementsFromPoint(e.clientX, e.clientY).map((element) => element.tagName);
               if (under.includes('TABLE')) { document.getElementById('keys').append(`by ${e.pointerType}. `); }
             };",
            &[],
        );
        let (grip, table) = (
            page.by_role("button", "Board"),
            page.by_role("table", "Open deals"),
        );
        grip.drag_to(&table);
        page.expect_text("by mouse.");
        grip.drag_by_touch_to(&table);
        page.expect_text("by touch.");
    });
}

//! What this browser remembers of a person's ways: it is no data, and nothing
//! hangs on it.

use browser_tests::{Page, visit};
use serde_json::json;

use crate::steps::{add_deal, expect_saved, open, reload};

#[track_caller]
fn theme(page: &Page) -> serde_json::Value {
    page.evaluate("return document.documentElement.dataset.theme;", &[])
}

#[test]
fn a_chosen_theme_is_set_before_the_app_starts() {
    visit(|page| {
        page.set_local_storage("pipewright/preferences/theme", "\"dark\"");
        // Without the wasm nothing but the first script can have set it.
        page.take_away(".wasm");
        page.allow_console_error("");
        page.goto("");
        assert_eq!(theme(page), json!("dark"));
        assert_eq!(
            page.evaluate(
                "return getComputedStyle(document.documentElement).colorScheme;",
                &[]
            ),
            json!("dark")
        );
    });
}

#[test]
fn what_an_earlier_version_remembered_is_taken_over() {
    visit(|page| {
        page.set_local_storage("pipewright/theme", "dark");
        page.set_local_storage("pipewright/room", "5242880 false");
        page.set_local_storage("pipewright/persistence-asked", "1");
        open(page, "", "Deals");
        assert_eq!(theme(page), json!("dark"));
        reload(page);
        assert_eq!(theme(page), json!("dark"));
        let of_before = ["theme", "room", "persistence-asked"];
        assert!(
            of_before.map(|key| page.local_storage(&format!("pipewright/{key}")))
                == [const { None }; 3]
        );
        let asked = page.local_storage("pipewright/preferences/persistence-asked");
        assert_eq!(asked.as_deref(), Some("true"));
    });
}

#[test]
fn damaged_preferences_are_as_good_as_none() {
    visit(|page| {
        for key in [
            "theme",
            "charts-folded",
            "room",
            "persistence-asked",
            "columns-open",
        ] {
            page.set_local_storage(&format!("pipewright/preferences/{key}"), "{\"?");
        }
        open(page, "", "Deals");
        add_deal(page, "Chairs", &[]);
        expect_saved(page);
        open(page, "#/settings/data", "Account settings");
        // Nor are they data that can't be read.
        page.expect_no_text("could not be read");
        open(page, "#/settings/general", "Account settings");
        page.by_role("radio", "Dark").click();
        reload(page);
        assert_eq!(theme(page), json!("dark"));
    });
}

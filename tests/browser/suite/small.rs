//! Small windows: a page that is magnified four times has 320 by 225 pixels.

use browser_tests::{Page, Visit, any};
use serde_json::{Value, json};

use crate::steps::{load_sample, more};

/// What reaches beyond the right edge of the page.
const BEYOND: &str = "
  const page = document.scrollingElement;
  if (page.scrollWidth <= innerWidth) return [];
  const scrolls = (e) => e && e !== document.body && (getComputedStyle(e).overflowX !== 'visible' || scrolls(e.parentElement));
  return [...document.body.querySelectorAll('*')]
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !scrolls(e.parentElement))
    .map((e) => `${e.tagName}.${e.className}`).slice(0, 5).concat(`${page.scrollWidth}px`);";

/// The share of the window that is covered by what does not scroll with it.
const COVERED: &str = "
  const stays = (e) => {
    if (!e) return false;
    const { position, top } = getComputedStyle(e);
    const sticks = position === 'sticky' && Math.abs(e.getBoundingClientRect().top - parseFloat(top)) < 1;
    return position === 'fixed' || sticks || stays(e.parentElement);
  };
  let covered = 0;
  for (let y = 0; y < innerHeight; y += 3) covered += stays(document.elementFromPoint(innerWidth / 2, y)) ? 3 : 0;
  return covered / innerHeight;";

#[track_caller]
fn check(page: &Page, route: &str) {
    page.goto(route);
    page.wait_until("there is a heading", || {
        page.evaluate("return document.querySelectorAll('h1').length === 1;", &[]) == json!(true)
    });
    check_here(page, route);
}

#[track_caller]
fn check_here(page: &Page, what: &str) {
    page.settle();
    assert_eq!(
        page.evaluate(BEYOND, &[]),
        json!([]),
        "{what} scrolls sideways"
    );
    for share in [0.0, 0.5, 1.0] {
        page.evaluate(
            "scrollTo(0, document.scrollingElement.scrollHeight * arguments[0]);",
            &[json!(share)],
        );
        page.settle();
        let covered = page.evaluate(COVERED, &[]).as_f64().unwrap();
        assert!(
            covered < 1.0 / 3.0,
            "{what}: {covered} is covered at {share}"
        );
    }
}

#[test]
fn at_320_by_225_nothing_scrolls_sideways_and_the_bars_leave_room() {
    Visit::default().size(320, 225).run(|page| {
        load_sample(page);
        page.by_role("button", "Dismiss").expect_absent();
        let first = |selector: &str| -> Value {
            page.evaluate(
                "return document.querySelector(arguments[0]).getAttribute('href');",
                &[json!(selector)],
            )
        };
        let deal = first("table a[href^='#/deals/']")
            .as_str()
            .unwrap()
            .to_owned();
        check(page, "#/customers");
        let customer = first("table a[href^='#/customers/']")
            .as_str()
            .unwrap()
            .to_owned();
        page.goto("#/settings/deals");
        page.by_role("button", "Edit Active sales").click();
        page.expect_heading("Edit process");
        let process = page.route();
        for route in [
            "#/deals/open",
            "#/deals/open?layout=board",
            "#/deals/closed",
            "#/deals/new",
            &deal,
            &format!("{deal}/edit"),
            &customer,
            &format!("{customer}/edit"),
            "#/customers/new",
            "#/settings/general",
            "#/settings/deals",
            "#/settings/deals/processes/new",
            &process,
            "#/settings/deals/rules",
            "#/settings/deals/guide",
            "#/settings/lists",
            "#/settings/data",
            "#/nowhere",
        ] {
            check(page, route);
        }
        page.goto("#/deals/open");
        page.by_role("checkbox", "Select all").set_checked(true);
        page.by_role("group", "Selected deals").expect_present();
        check_here(page, "a selection");
        page.goto(&deal);
        more(page, "Snooze").click();
        page.by_role("dialog", any()).expect_present();
        assert_eq!(
            page.evaluate(BEYOND, &[]),
            json!([]),
            "a dialog scrolls sideways"
        );
    });
}

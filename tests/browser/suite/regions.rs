//! Numbers and dates of other regions among English texts.

use browser_tests::{Page, any, containing, visit};
use serde_json::json;

use crate::steps::{load_sample, open};

/// Makes it the browser's own language and region.
fn live_in(page: &Page, locale: &str) {
    page.run_before_start(&format!(
        "for (const kind of ['NumberFormat', 'DateTimeFormat']) {{
           const Plain = Intl[kind];
           Intl[kind] = function (tag, options) {{ return new Plain(tag ?? '{locale}', options); }};
         }}"
    ));
}

/// The months in the tables of figures of the closed deals.
fn months(page: &Page, locale: &str) -> Vec<String> {
    live_in(page, locale);
    load_sample(page);
    open(page, "#/deals/closed", "Deals");
    let figure = page.by_role("figure", containing(": closed deals")).first();
    figure.by_role("button", "Show figures").click();
    figure.by_role("table", any()).first().expect_present();
    let names = page.evaluate(
        "return [...document.querySelectorAll('figure table')][0].innerText.split('\\n').map((row) => row.split('\\t')[0]);",
        &[],
    );
    let names = names.as_array().unwrap().iter();
    names
        .map(|name| name.as_str().unwrap().replace(['\u{2068}', '\u{2069}'], ""))
        .collect()
}

/// The months of a year as a region calls them.
fn called(page: &Page, locale: &str) -> Vec<String> {
    let script = "return [...Array(12).keys()].map((month) => new Intl.DateTimeFormat(arguments[0],
      { month: 'short', year: 'numeric', calendar: 'gregory', timeZone: 'UTC' }).format(Date.UTC(2026, month, 1)).replace(/[0-9\\u0660-\\u0669\\u06f0-\\u06f9]/g, ''));";
    let names = page.evaluate(script, &[json!(locale)]);
    let names = names.as_array().unwrap().iter();
    names
        .map(|name| name.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn months_are_those_that_are_counted_by() {
    for locale in ["fa-IR", "th-TH"] {
        visit(|page| {
            let shown = months(page, locale);
            let known = called(page, locale);
            let bare = |text: &str| text.chars().filter(|c| !c.is_numeric()).collect::<String>();
            let found = shown
                .iter()
                .filter(|name| known.contains(&bare(name)))
                .count();
            assert!(found > 5, "{shown:?} are no months of {known:?}");
        });
    }
}

#[test]
fn count_and_amount_keep_their_order() {
    visit(|page| {
        live_in(page, "ar-EG");
        load_sample(page);
        open(page, "#/deals/closed", "Deals");
        // Where the letters stand on the screen, from left to right.
        let script = "
          const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
          const wrong = []; let seen = 0;
          while (walker.nextNode()) {
            const text = walker.currentNode, at = text.data.indexOf(' · ');
            if (at < 1 || !/[\\u0660-\\u0669]/.test(text.data) || !text.parentElement.offsetParent) continue;
            const left = (from, to) => { const range = document.createRange(); range.setStart(text, from); range.setEnd(text, to); return range.getBoundingClientRect().left; };
            seen += 1;
            if (left(0, at) > left(at + 3, text.data.length)) wrong.push(text.data);
          }
          return [seen, wrong];";
        page.wait_until("there are figures", || {
            page.evaluate(script, &[])[0].as_u64() > Some(0)
        });
        assert_eq!(page.evaluate(script, &[])[1], json!([]));
    });
}

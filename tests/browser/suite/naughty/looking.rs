//! That a look at a page sees what is wrong with it.

use browser_tests::visit;
use serde_json::json;

use super::{look, watch};
use crate::steps::open;

/// Puts elements at the beginning of the page, each within the one before it
/// where that is said.
const PUT: &str = "
    const put = (tag, text, css, parent = document.querySelector('main')) => {
      const element = document.createElement(tag);
      element.append(text);
      element.style.cssText = css;
      parent.prepend(element);
      return element;
    };";

/// What is done to a page, and what is told of it.
const WRONGS: [(&str, &str); 7] = [
    ("put('marquee', 'x', '');", "a text has become <marquee"),
    ("put('p', 'x', 'inline-size: 3000px', document.body);", "wide, the window"),
    (
        "put('p', 'x', 'position: relative; z-index: 9; block-size: 300px; margin-block-end: -300px');",
        "is covered by",
    ),
    (
        "const box = put('div', '', ''); put('p', 'another', '', box);
         put('p', 'one text', 'margin-block-end: -1.4em', box);",
        "lies over",
    ),
    (
        "const box = put('div', '', 'inline-size: 60px; overflow: hidden; white-space: nowrap');
         put('button', 'x', '', box); put('span', 'x', 'display: inline-block; inline-size: 90px', box);",
        "out of reach",
    ),
    (
        "const table = put('table', '', ''); const body = put('tbody', '', '', table);
         put('tr', '', 'display: block; block-size: 20px', body); put('tr', '', 'display: block; block-size: 40px', body); put('tr', '', '', body).className = 'row-spacer';",
        "rows of one list are",
    ),
    ("alert(1);", "a script ran: alert(1)"),
];

#[test]
fn what_is_wrong_with_a_page_is_seen() {
    visit(|page| {
        watch(page);
        open(page, "#/deals/open", "Deals");
        for (wrong, told) in WRONGS {
            page.reload();
            page.expect_heading("Deals");
            look(page);
            let faults = page.evaluate(&format!("{PUT} {wrong} return naughtyLook();"), &[]);
            let is_told = faults
                .as_array()
                .into_iter()
                .flatten()
                .any(|fault| fault.as_str().is_some_and(|fault| fault.contains(told)));
            assert!(is_told, "{wrong} {faults}");
        }
        page.evaluate("sessionStorage.clear();", &[]);
        assert_eq!(page.evaluate("return naughtyLook().length;", &[]), json!(0));
    });
}

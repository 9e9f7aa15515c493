//! Naughty strings as addresses, and within them.

use browser_tests::visit;

use super::{Goal, go_to, look, strings, watch};
use crate::steps::{expect_saved, load_sample};

/// A text as a part of an address, each byte of it by its number.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Each string in one of the places that a list's address has: encoded as it
/// should be, or as it is.
fn filtering(all: &[String]) -> Vec<Goal> {
    const KEYS: [&str; 9] = [
        "search",
        "owner",
        "stage",
        "sort",
        "columns",
        "layout",
        "value-from",
        "from",
        "process",
    ];
    let of_list = all.chunks(KEYS.len()).enumerate().map(|(at, some)| {
        let parts = some.iter().enumerate().map(|(place, text)| {
            let key = KEYS[(place + at) % KEYS.len()];
            let value = if at % 2 == 0 {
                encoded(text)
            } else {
                text.clone()
            };
            format!("{key}={value}")
        });
        let parts: Vec<String> = parts.collect();
        let tab = ["open", "closed", "all"][at % 3];
        (format!("#/deals/{tab}?{}", parts.join("&")), None)
    });
    of_list.collect()
}

/// A share of the strings, as they are, where an address has words of its own.
fn leading_nowhere(all: &[String]) -> Vec<Goal> {
    let some = all.iter().enumerate().filter(|(at, _)| at % 5 == 0);
    let addresses = some.map(|(at, text)| match at / 5 % 6 {
        0 => format!("#{text}"),
        1 => format!("#/deals/{text}"),
        2 => format!("#/customers?search={}", encoded(text)),
        3 => format!("#/settings/{text}/{}", encoded(text)),
        4 => format!("#/statistics/{text}?period={text}"),
        _ => format!("#/deals/open?{text}={}", encoded(text)),
    });
    addresses.map(|address| (address, None)).collect()
}

#[test]
fn naughty_addresses_lead_to_a_page_that_stands() {
    let all = strings();
    visit(|page| {
        watch(page);
        load_sample(page);
        expect_saved(page);
        go_to(page, &filtering(&all));
        go_to(page, &leading_nowhere(&all));
        // The part of an address that goes to the server.
        for text in all.iter().filter(|text| text.contains("alert")).take(3) {
            page.goto(&format!("?{}#/deals/open?search={text}", encoded(text)));
            page.expect_heading("Deals");
            look(page);
        }
    });
}

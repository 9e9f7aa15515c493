//! What is in view when the Deals page opens, without scrolling: the list, for
//! it is what people work in.

use browser_tests::{Page, Visit};
use serde_json::json;

use crate::steps::open;

/// Counts the rows of the list that can be seen whole: nothing lies over them.
const IN_VIEW: &str = r"
    const seen = (row, x, y) => row.contains(document.elementFromPoint(x, y));
    return [...document.querySelectorAll('.deal-table tbody .row')].filter((row) => {
        const box = row.getBoundingClientRect();
        const middle = box.left + box.width / 2;
        return box.height > 0 && seen(row, middle, box.top + 2) && seen(row, middle, box.bottom - 2);
    }).length;
";

#[track_caller]
fn expect_in_view(width: u32, height: u32, least: u64) {
    Visit::default().size(width, height).run(|page: &Page| {
        open(page, "?demo#/deals/open", "Deals");
        page.by_role("table", "Open deals").expect_present();
        wait_for(page, IN_VIEW, least);
    });
}

/// Waits until so many are in view, with the page at its top.
#[track_caller]
fn wait_for(page: &Page, count: &str, least: u64) {
    page.wait_until("as many as fit are in view", || {
        page.evaluate(count, &[]).as_u64().unwrap() >= least
    });
    assert_eq!(page.evaluate("return scrollY;", &[]), json!(0));
}

/// Counts the cards of the board of which at least half can be seen.
const CARDS_IN_VIEW: &str = r"
    return [...document.querySelectorAll('article')].filter((card) => {
        const box = card.getBoundingClientRect();
        const middle = [box.left + box.width / 2, box.top + box.height / 2];
        return box.height > 0 && card.contains(document.elementFromPoint(...middle));
    }).length;
";

#[test]
fn the_cards_of_the_board_are_in_view_on_a_screen_and_on_a_phone() {
    for (width, height, least) in [(1440, 900, 8), (390, 844, 1)] {
        Visit::default().size(width, height).run(|page: &Page| {
            open(page, "?demo#/deals/open?layout=board", "Deals");
            page.by_role("region", "Board").expect_present();
            wait_for(page, CARDS_IN_VIEW, least);
        });
    }
}

#[test]
fn five_deals_are_in_view_on_a_screen() {
    expect_in_view(1440, 900, 5);
}

#[test]
fn the_first_deal_is_in_view_on_a_phone() {
    expect_in_view(390, 844, 1);
}

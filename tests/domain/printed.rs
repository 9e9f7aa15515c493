//! Which deals of a list come on paper (§14).

use pipewright::domain::read::printed::{MOST, Printed};
use pipewright::domain::value::id::DealId;

fn list(deals: usize) -> Vec<DealId> {
    (0..deals as u64).rev().map(DealId).collect()
}

#[test]
fn a_list_is_printed_whole_in_its_order_up_to_two_thousand_deals() {
    for deals in [0, 1, MOST - 1, MOST] {
        let list = list(deals);
        let printed = Printed::of(&list);
        assert_eq!(printed.deals, list);
        assert!(!printed.is_cut());
    }
    let list = list(MOST + 1);
    let printed = Printed::of(&list);
    assert_eq!((printed.deals, printed.of), (&list[..2_000], 2_001));
    assert!(printed.is_cut());
}

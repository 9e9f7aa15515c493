//! Sorting and gathering by one piece of code for all types.
//!
//! The standard library makes a sort of its own for every type and every key,
//! and another one for each map or set that something is collected into: sixty
//! of them were a twentieth of the program that a visitor loads. What is sorted
//! in a moment is sorted here; what has tens of thousands of items on the path
//! of a click still brings its own.

use std::cmp::Ordering;

/// Sorts; what is equal stays in its order.
///
/// ```
/// use pipewright::domain::value::order::sort_by;
/// let mut names = ["Oak Ltd", "Acorn", "Elm & Sons"];
/// sort_by(&mut names, &|a, b| a.len().cmp(&b.len()));
/// assert_eq!(names, ["Acorn", "Oak Ltd", "Elm & Sons"]);
/// ```
pub fn sort_by<T>(items: &mut [T], compare: &dyn Fn(&T, &T) -> Ordering) {
    let mut order = order_of(items.len(), &|a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    // Item by item to where it belongs, along each circle of those that change places.
    for start in 0..order.len() {
        let mut at = start;
        while let Some(slot) = order.get_mut(at) {
            let from = std::mem::replace(slot, at);
            if from == start || from == at {
                break;
            }
            items.swap(at, from);
            at = from;
        }
    }
}

/// Sorts by the order that the items have of themselves.
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, &T::cmp);
}

/// The places in the order of what stands at them.
fn order_of(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|a, b| compare(*a, *b));
    order
}

/// Iterators whose items can be gathered.
pub trait Gather: Iterator + Sized {
    /// Puts the items one by one into a new map or set, where `collect` would
    /// sort them first.
    fn gather<C: Default + Extend<Self::Item>>(self) -> C {
        let mut all = C::default();
        all.extend(self);
        all
    }
}

impl<I: Iterator> Gather for I {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(items in prop::collection::vec((0..8u8, any::<u8>()), 0..40)) {
            let (mut ours, mut plain) = (items.clone(), items);
            sort_by(&mut ours, &|a, b| a.0.cmp(&b.0));
            plain.sort_by_key(|item| item.0);
            prop_assert_eq!(ours, plain);
        }
    }
}

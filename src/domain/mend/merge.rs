//! One thing that two tabs have changed: what becomes of it.
//!
//! A form holds what it started from. Where it is saved and another tab has
//! saved meanwhile, only what was changed in the form is changed, and what
//! both have changed is named (§11.5).

mod process;
mod rules;

pub use process::process;
pub use rules::rules;

/// Merges one field: takes the value of the side that changed it. Where both
/// did, and differently, that of this tab stands, and the second part is true.
///
/// ```
/// use pipewright::domain::mend::merge::field;
///
/// assert_eq!(field(&1, &1, &2), (2, false));
/// assert_eq!(field(&1, &3, &1), (3, false));
/// assert_eq!(field(&1, &3, &2), (3, true));
/// ```
pub fn field<T: PartialEq + Clone>(base: &T, here: &T, there: &T) -> (T, bool) {
    let value = if here == base { there } else { here };
    let both = here != base && there != base && here != there;
    (value.clone(), both)
}

/// What is said of fields that both have changed; none where there are none.
pub fn told(fields: &[String]) -> Option<String> {
    let (last, others) = fields.split_last()?;
    let names = if others.is_empty() {
        last.clone()
    } else {
        format!("{} and {last}", others.join(", "))
    };
    Some(format!(
        "Another tab has changed this too: {names}. What stands here counts."
    ))
}

/// Merges lists of things with ids; `one` merges a thing that both sides have.
/// What either side has added stays. What this tab has taken out is out; what
/// the other has taken out is out unless this tab has changed it. The order is
/// that of the side that changed it, and this tab's where both did.
fn list<T, Id>(
    [base, here, there]: [&[T]; 3],
    id: impl Fn(&T) -> Id,
    mut one: impl FnMut([&T; 3]) -> T,
) -> Vec<T>
where
    T: PartialEq + Clone,
    Id: PartialEq,
{
    let find = |list: &'_ [T], wanted: &Id| list.iter().position(|item| id(item) == *wanted);
    let get = |list: &[T], wanted: &Id| find(list, wanted).and_then(|at| list.get(at).cloned());
    let mut merged = |wanted: &Id| {
        let found = [base, here, there].map(|list| get(list, wanted));
        match found {
            [Some(base), Some(here), Some(there)] => Some(one([&base, &here, &there])),
            [Some(base), Some(here), None] => (here != base).then_some(here),
            [Some(_), None, _] => None,
            [None, here, there] => here.or(there),
        }
    };
    let is_ordered_anew = {
        let known = |list: &[T], of: &[T]| -> Vec<usize> {
            let places = list.iter().filter_map(|item| find(of, &id(item)));
            places.collect()
        };
        !known(here, base).is_sorted()
    };
    let (first, second) = if is_ordered_anew {
        (here, there)
    } else {
        (there, here)
    };
    let mut ids: Vec<Id> = first.iter().map(&id).collect();
    let mut after = 0;
    for item in second {
        let wanted = id(item);
        match ids.iter().position(|known| *known == wanted) {
            Some(at) => after = at + 1,
            None => {
                ids.insert(after, wanted);
                after += 1;
            }
        }
    }
    ids.iter().filter_map(&mut merged).collect()
}

//! Rules that two tabs have edited.

use super::{field, list};
use crate::domain::record::rule::Rule;

/// What becomes of the rules, and what both have changed.
pub fn rules(rules: [&[Rule]; 3]) -> (Vec<Rule>, Vec<String>) {
    let [_, here, _] = rules;
    let place = |rule: &Rule| here.iter().position(|other| other.id == rule.id);
    let mut both = Vec::new();
    let merged = list(
        rules,
        |rule| rule.id,
        |versions| {
            let [_, here, _] = versions;
            let mut clashes = false;
            let rule = Rule {
                id: here.id,
                segments: merge(versions.map(|rule| &rule.segments), &mut clashes),
                categories: merge(versions.map(|rule| &rule.categories), &mut clashes),
                owners: merge(versions.map(|rule| &rule.owners), &mut clashes),
                value_at_least: merge(versions.map(|rule| &rule.value_at_least), &mut clashes),
                value_below: merge(versions.map(|rule| &rule.value_below), &mut clashes),
                then: merge(versions.map(|rule| &rule.then), &mut clashes),
            };
            if clashes && let Some(place) = place(here) {
                both.push(format!("Rule {}", place + 1));
            }
            rule
        },
    );
    (merged, both)
}

fn merge<T: PartialEq + Clone>([base, here, there]: [&T; 3], clashes: &mut bool) -> T {
    let (value, both) = field(base, here, there);
    *clashes |= both;
    value
}

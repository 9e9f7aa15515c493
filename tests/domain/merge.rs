//! What becomes of what two tabs have changed (§11.5).

use std::collections::BTreeSet;

use pipewright::domain::change::draft::{ProcessDraft, StageDraft, SubStageDraft};
use pipewright::domain::mend::merge::{field, process, rules, told};
use pipewright::domain::record::process::Color;
use pipewright::domain::record::rule::Rule;
use pipewright::domain::value::id::{EntryId, ProcessId, RuleId, StageId, SubStageId};
use pipewright::domain::value::money::Money;
use proptest::prelude::*;

fn sub(id: u64, name: &str, weight: u16) -> SubStageDraft {
    SubStageDraft {
        id: SubStageId::from(id),
        name: name.to_owned(),
        hint: String::new(),
        weight: weight.to_string(),
        required: false,
        note_required: false,
        establishes_value: false,
    }
}

/// Stages named by one letter each, with a sub-stage of the same letter.
fn draft(name: &str, stages: &str) -> ProcessDraft {
    let stage = |letter: char| StageDraft {
        id: StageId::from(u64::from(letter)),
        name: letter.to_string(),
        hint: String::new(),
        chance: String::new(),
        stale: String::new(),
        sub_stages: vec![sub(u64::from(letter), &letter.to_string(), 10)],
    };
    ProcessDraft {
        id: ProcessId::from(1),
        name: name.to_owned(),
        color: Color(0),
        archived: false,
        stages: stages.chars().map(stage).collect(),
    }
}

fn stages(draft: &ProcessDraft) -> String {
    draft
        .stages
        .iter()
        .map(|stage| stage.name.as_str())
        .collect()
}

/// The stages that come of a base, and what is here and there.
#[track_caller]
fn check_stages(base: &str, here: &str, there: &str, wanted: &str) {
    let [base, here, there] = [base, here, there].map(|stages| draft("Sales", stages));
    let (merged, both) = process([&base, &here, &there]);
    assert_eq!(stages(&merged), wanted);
    assert_eq!(both, Vec::<String>::new());
}

#[test]
fn a_field_is_that_of_the_side_that_changed_it() {
    assert_eq!(field(&"a", &"a", &"a"), ("a", false));
    assert_eq!(field(&"a", &"b", &"a"), ("b", false));
    assert_eq!(field(&"a", &"a", &"c"), ("c", false));
    assert_eq!(field(&"a", &"b", &"c"), ("b", true));
    // Both have come to the same.
    assert_eq!(field(&"a", &"b", &"b"), ("b", false));
}

#[test]
fn stages_added_moved_and_taken_out_come_together() {
    check_stages("ABC", "ABC", "ABC", "ABC");
    check_stages("ABC", "ABCD", "ABC", "ABCD");
    check_stages("ABC", "ABC", "XABC", "XABC");
    check_stages("ABC", "ADBC", "ABCX", "ADBCX");
    check_stages("ABC", "AC", "ABC", "AC");
    check_stages("ABC", "ABC", "AC", "AC");
    check_stages("ABC", "AC", "AB", "A");
    check_stages("ABC", "CBA", "ABCX", "CXBA");
    check_stages("ABC", "ABC", "CAB", "CAB");
    // Both have moved them: here counts.
    check_stages("ABC", "CBA", "BAC", "CBA");
    check_stages("", "A", "B", "AB");
}

#[test]
fn what_was_changed_here_is_not_taken_out_there() {
    let base = draft("Sales", "AB");
    let mut here = base.clone();
    here.stages[1].hint = "Ask twice".to_owned();
    let there = draft("Sales", "A");
    let (merged, _) = process([&base, &here, &there]);
    assert_eq!(stages(&merged), "AB");
    // And what was taken out here stays out.
    let (merged, _) = process([&base, &there, &here]);
    assert_eq!(stages(&merged), "A");
}

#[test]
fn fields_of_a_process_that_both_have_changed_are_named() {
    let base = draft("Sales", "AB");
    let (mut here, mut there) = (base.clone(), base.clone());
    here.name = "Our sales".to_owned();
    here.stages[0].hint = "Here".to_owned();
    here.stages[1].sub_stages[0].weight = "20".to_owned();
    there.color = Color(3);
    there.stages[0].hint = "There".to_owned();
    there.stages[0].chance = "30".to_owned();
    there.stages[1].sub_stages[0].weight = "30".to_owned();
    there.stages[1].sub_stages[0].required = true;
    let (merged, both) = process([&base, &here, &there]);
    assert_eq!(
        (merged.name.as_str(), merged.color),
        ("Our sales", Color(3))
    );
    let first = &merged.stages[0];
    assert_eq!((first.hint.as_str(), first.chance.as_str()), ("Here", "30"));
    let sub = &merged.stages[1].sub_stages[0];
    assert_eq!((sub.weight.as_str(), sub.required), ("20", true));
    assert_eq!(both, ["Hint of “A”", "Weight of “B”"]);
    assert_eq!(
        told(&both).unwrap(),
        "Another tab has changed this too: Hint of “A” and Weight of “B”. What stands here counts."
    );
    assert_eq!(told(&[]), None);
}

fn rule(id: u64, at_least: i64) -> Rule {
    Rule {
        id: RuleId::from(id),
        segments: BTreeSet::new(),
        categories: BTreeSet::new(),
        owners: BTreeSet::new(),
        value_at_least: Money::from_minor(at_least),
        value_below: None,
        then: ProcessId::from(1),
    }
}

#[test]
fn rules_come_together_by_their_conditions() {
    let base = [rule(1, 10), rule(2, 20)];
    let mut here = base.to_vec();
    here[1].value_at_least = Money::from_minor(30);
    let mut there = base.to_vec();
    there[1].owners = BTreeSet::from([EntryId::from(7)]);
    there.push(rule(3, 5));
    let (merged, both) = rules([&base, &here, &there]);
    assert_eq!(merged.len(), 3);
    assert_eq!(merged[1].value_at_least, here[1].value_at_least);
    assert_eq!(merged[1].owners, there[1].owners);
    assert_eq!(both, Vec::<String>::new());
    there[1].value_at_least = None;
    let (merged, both) = rules([&base, &here, &there]);
    assert_eq!(merged[1].value_at_least, here[1].value_at_least);
    assert_eq!(both, ["Rule 2"]);
}

fn any_stages() -> impl Strategy<Value = String> {
    let letters = Just("ABCDEF".chars().collect::<Vec<_>>()).prop_shuffle();
    (letters, 0..=6usize).prop_map(|(letters, count)| letters.into_iter().take(count).collect())
}

proptest! {
    #[test]
    fn the_side_that_alone_changed_something_counts(base in any_stages(), here in any_stages()) {
        let [base, here] = [base, here].map(|stages| draft("Sales", &stages));
        prop_assert_eq!(&process([&base, &here, &base]).0, &here);
        prop_assert_eq!(&process([&base, &base, &here]).0, &here);
        prop_assert_eq!(&process([&base, &here, &here]).0, &here);
    }

    #[test]
    fn nothing_that_was_added_is_lost_and_nothing_is_there_twice(
        base in any_stages(), here in any_stages(), there in any_stages(),
    ) {
        let drafts = [&base, &here, &there].map(|stages| draft("Sales", stages));
        let [was, is_here, is_there] = &drafts;
        let merged = stages(&process([was, is_here, is_there]).0);
        for letter in "ABCDEF".chars() {
            let count = merged.matches(letter).count();
            let sides = [&base, &here, &there].map(|stages| stages.contains(letter));
            let wanted = match sides {
                [true, here, there] => here && there,
                [false, here, there] => here || there,
            };
            prop_assert_eq!(count, usize::from(wanted), "{} in {}", letter, merged);
        }
    }
}

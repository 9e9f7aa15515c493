//! The guide to several processes, by example: what it proposes, what it
//! refuses, and what comes of it.

use std::collections::BTreeSet;

use pipewright::domain::change::command::Command;
use pipewright::domain::change::set_up::Standing;
use pipewright::domain::read::suggestion::Rules;
use pipewright::domain::record::check::check;
use pipewright::domain::record::list::ListKind;
use pipewright::domain::record::rule::Facts;
use pipewright::domain::start::guide::{
    Case, Decider, Guide, Origin, Outcome, Place, Problems, Step,
};
use pipewright::domain::start::templates::Template;
use pipewright::domain::value::id::ProcessId;
use pipewright::domain::value::money::Money;
use pipewright::domain::value::typed::Marks;

use crate::support::desk::process;
use crate::support::{World, draft};

fn guide(world: &World, decider: Decider) -> Guide {
    let mut guide = Guide::default();
    guide.decide(&world.workspace, decider);
    guide
}

fn names(guide: &Guide) -> Vec<&str> {
    guide
        .processes
        .iter()
        .map(|row| row.name.as_str())
        .collect()
}

fn problems(guide: &Guide, world: &World) -> Problems {
    guide.problems(&world.workspace, Marks::POINT)
}

/// The places that are wrong.
fn wrong(guide: &Guide, world: &World) -> Vec<Place> {
    problems(guide, world).into_keys().collect()
}

fn outcome(guide: &Guide, world: &mut World) -> Outcome {
    let money = |value: Money| value.to_plain(2).trim_end_matches(".00").to_owned();
    world
        .ask(|workspace, context| guide.outcome(workspace, Marks::POINT, context, &money))
        .unwrap()
}

/// Carries the answers out and checks that the account is whole.
fn set_up(guide: &Guide, world: &mut World) {
    let plan = world
        .ask(|workspace, context| guide.read(workspace, Marks::POINT, context))
        .unwrap();
    world.run(Command::SetUpProcesses(plan)).unwrap();
    check(&world.workspace).unwrap();
}

/// Each rule as its process and what it asks for.
fn rules(outcome: &Outcome) -> Vec<String> {
    let rules = outcome.rules.iter();
    rules
        .map(|rule| format!("{}: {}", rule.then.name, rule.asks))
        .collect()
}

fn name_row(guide: &mut Guide, at: usize, name: &str) -> u32 {
    guide.processes[at].name = name.to_owned();
    guide.processes[at].row
}

/// The process that is suggested for a value.
fn suggested(world: &World, value: i64) -> Option<ProcessId> {
    let facts = Facts {
        value: Money::from_minor(value * 100),
        ..Facts::default()
    };
    let workspace = &world.workspace;
    let answer = Rules::new(workspace, &workspace.rules).answer(&facts)?;
    Some(answer.process)
}

#[test]
fn a_fresh_account_is_set_up_by_segment_in_a_few_answers() {
    let mut world = World::new();
    let mut guide = guide(&world, Decider::Segment);
    assert_eq!(names(&guide), ["Default", "Key accounts"]);
    let row = guide.add_process();
    guide.start_from(&world.workspace, row, Origin::Template(Template::Renewal));
    assert_eq!(names(&guide), ["Default", "Key accounts", "Renewal"]);
    name_row(&mut guide, 1, "Corporations");
    name_row(&mut guide, 2, "Public sector");
    // There is no segment yet: the new processes are named after theirs.
    guide.propose_entries(&world.workspace);
    assert_eq!(problems(&guide, &world), Problems::new());

    let result = outcome(&guide, &mut world);
    let shown: Vec<_> = result
        .branches
        .iter()
        .map(|branch| {
            let name = branch.process.name.as_str();
            (
                name,
                branch.cases.join(", "),
                branch.is_new,
                branch.is_default,
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("Corporations", "Corporations".to_owned(), true, false),
            ("Public sector", "Public sector".to_owned(), true, false),
            ("Default", String::new(), false, true),
        ]
    );
    assert_eq!(
        rules(&result),
        [
            "Corporations: segment is Corporations",
            "Public sector: segment is Public sector",
        ]
    );
    let before = world.workspace.clone();
    set_up(&guide, &mut world);
    assert_eq!(world.workspace.processes.len(), 3);
    assert_eq!(world.workspace.rules.len(), 2);
    assert_eq!(world.workspace.default_process(), before.default_process());
    assert!(world.process("Corporations").stages.len() > 3);
    // Each has a colour of its own.
    let colors: BTreeSet<u8> = world
        .workspace
        .processes
        .values()
        .map(|p| p.color.0)
        .collect();
    assert_eq!(colors.len(), 3);
}

#[test]
fn a_few_entries_get_a_process_each_and_many_do_not() {
    let mut world = World::new();
    for name in ["Shops", "Renewal"] {
        world.entry(ListKind::Segments, name);
    }
    let few = guide(&world, Decider::Segment);
    assert_eq!(names(&few), ["Default", "Shops", "Renewal"]);
    assert_eq!(few.processes[2].origin, Origin::Template(Template::Renewal));
    let result = outcome(&few, &mut world);
    assert_eq!(
        rules(&result),
        ["Shops: segment is Shops", "Renewal: segment is Renewal"]
    );
    for number in 0..38 {
        world.entry(ListKind::Segments, &format!("Segment {number}"));
    }
    let many = guide(&world, Decider::Segment);
    assert_eq!(names(&many), ["Default", "Key accounts"]);
    assert_eq!(many.cases(&world.workspace).len(), 40);
    assert_eq!(wrong(&many, &world), [Place::Leads]);
}

#[test]
fn proposals_follow_what_decides_until_they_are_touched() {
    let world = World::new();
    let mut guide = guide(&world, Decider::Segment);
    guide.decide(&world.workspace, Decider::Category);
    assert_eq!(names(&guide), ["Default", "Renewal"]);
    name_row(&mut guide, 1, "Service contracts");
    guide.decide(&world.workspace, Decider::Value);
    assert_eq!(names(&guide), ["Default", "Service contracts"]);
}

#[test]
fn how_a_deal_began_is_left_to_a_person() {
    let mut world = World::new();
    let default = world.workspace.default_process();
    let mut guide = guide(&world, Decider::Beginning);
    assert_eq!(names(&guide), ["Active sales", "Offer inquiry"]);
    let result = outcome(&guide, &mut world);
    assert_eq!(rules(&result), [""; 0]);
    // The first default would stand beside them for nothing.
    assert_eq!(result.archived.unwrap().as_str(), "Default");
    set_up(&guide, &mut world);
    assert!(world.workspace.processes[&default].archived);
    assert_eq!(
        world.workspace.default_process(),
        world.process("Active sales").id
    );
    // What deals use is not archived.
    let mut world = World::new();
    world.add(draft("Chairs", default));
    assert_eq!(guide.left_over(&world.workspace), None);
    guide.decide(&world.workspace, Decider::Beginning);
    assert_eq!(outcome(&guide, &mut world).archived, None);
}

#[test]
fn values_are_parted_by_limits_and_the_default_learns_them_early() {
    let mut world = World::new();
    let plain = process(&mut world, "Plain: Talk[t50] Sign[s50]");
    let plain_id = plain.id;
    world.run(Command::SaveProcess(plain)).unwrap();
    world.run(Command::MakeDefault(plain_id)).unwrap();
    let mut guide = guide(&world, Decider::Value);
    let large = guide.add_process();
    name_row(&mut guide, 2, "Large");
    assert_eq!(names(&guide), ["Default", "Plain", "Large"]);
    assert_eq!(wrong(&guide, &world), [Place::Limit(1), Place::Limit(2)]);
    guide.limits = vec!["20,000".to_owned(), "20000".to_owned()];
    assert_eq!(wrong(&guide, &world), [Place::Limit(2)]);
    guide.limits[1] = "5000".to_owned();
    assert_eq!(wrong(&guide, &world), [Place::Limit(2)]);
    guide.limits[1] = "100,000.50".to_owned();
    assert_eq!(problems(&guide, &world), Problems::new());
    guide.limits[0] = "0".to_owned();
    assert_eq!(wrong(&guide, &world), [Place::Limit(1)]);
    guide.limits[0] = "20,000".to_owned();

    let result = outcome(&guide, &mut world);
    assert_eq!(
        rules(&result),
        [
            "Default: value is below 20000",
            "Plain: value is at least 20000 and value is below 100000.50",
            "Large: value is at least 100000.50",
        ]
    );
    assert_eq!(result.branches[1].cases, ["from 20000 to below 100000.50"]);
    let gets: Vec<_> = result.branches.iter().map(|branch| branch.gets).collect();
    assert_eq!(gets, [None, Some("Establish the value"), None]);
    set_up(&guide, &mut world);
    let subs = world.process("Plain").stages[0].sub_stages.iter();
    let establishing = subs.filter(|sub| sub.establishes_value);
    assert_eq!(establishing.count(), 1);
    let (default, large_id) = (world.process("Default").id, world.process("Large").id);
    assert_eq!(suggested(&world, 19_999), Some(default));
    assert_eq!(suggested(&world, 20_000), Some(plain_id));
    assert_eq!(suggested(&world, 200_000), Some(large_id));

    // Neighbours that lead to the same process are one rule.
    guide.leads.insert(Case::Band(1), Some(large));
    let plan = world
        .ask(|workspace, context| {
            let mut again = guide.clone();
            name_row(&mut again, 2, "Larger");
            again.read(workspace, Marks::POINT, context)
        })
        .unwrap();
    assert_eq!(plan.rules.len(), 2);
}

#[test]
fn where_everything_leads_to_one_process_there_is_nothing_to_decide() {
    let mut world = World::new();
    world.entry(ListKind::Owners, "Anna");
    world.entry(ListKind::Owners, "Ben");
    for decider in [Decider::Owner, Decider::Category, Decider::Value] {
        let mut guide = guide(&world, decider);
        guide.limits = vec!["100".to_owned(), "200".to_owned()];
        let first = guide.processes[0].row;
        for case in guide.cases(&world.workspace) {
            guide.leads.insert(case, Some(first));
        }
        assert_eq!(wrong(&guide, &world), [Place::Leads], "{decider:?}");
        for case in guide.cases(&world.workspace) {
            guide.leads.insert(case, None);
        }
        assert_eq!(wrong(&guide, &world), [Place::Leads], "{decider:?}");
    }
    // All values to one process, and those without a value to another.
    let mut guide = guide(&world, Decider::Value);
    guide.limits = vec!["100".to_owned()];
    let second = guide.processes[1].row;
    guide.leads.insert(Case::Band(0), Some(second));
    let result = outcome(&guide, &mut world);
    assert_eq!(rules(&result), ["Key accounts: value is at least 0"]);
    guide.default = Some(second);
    assert_eq!(wrong(&guide, &world), [Place::Leads]);
}

#[test]
fn wrong_names_and_starts_are_told_at_their_fields() {
    let mut world = World::new();
    let archived = process(&mut world, "Old: Talk[t50]");
    let old = archived.id;
    world.run(Command::SaveProcess(archived)).unwrap();
    let mut guide = guide(&world, Decider::Value);
    assert_eq!(names(&guide), ["Default", "Old"]);
    world.run(Command::Archive(old, true)).unwrap();
    guide.limits = vec!["100".to_owned(); 4];
    let row = guide.processes[1].row;
    let is_wrong =
        |guide: &Guide, world: &World, place: Place| problems(guide, world).contains_key(&place);
    // It was archived meanwhile; then it is gone.
    let text = &problems(&guide, &world)[&Place::Origin(row)];
    assert_eq!(text, "“Old” is archived and can't be chosen any more.");
    let mut gone = world.clone();
    gone.run(Command::DeleteProcess(old)).unwrap();
    let text = &problems(&guide, &gone)[&Place::Origin(row)];
    assert_eq!(text, "“Old” is not there any more. Choose another start.");
    // An archived process keeps its name.
    guide.start_from(&world.workspace, row, Origin::Empty);
    name_row(&mut guide, 1, " old ");
    assert!(is_wrong(&guide, &world, Place::Name(row)));
    for (name, fits) in [
        ("", false),
        (" \u{200b} ", false),
        ("DEFAULT", false),
        (&"é".repeat(81), false),
        (&"é".repeat(80), true),
    ] {
        name_row(&mut guide, 1, name);
        assert_eq!(is_wrong(&guide, &world, Place::Name(row)), !fits, "{name}");
    }
    // A process that takes part may hand its name on.
    name_row(&mut guide, 0, "Small");
    name_row(&mut guide, 1, "Default");
    assert_eq!(problems(&guide, &world), Problems::new());
    set_up(&guide, &mut world);
    assert_eq!(world.process("Default").stages.len(), 0);
    assert_eq!(world.process("Small").stages.len(), 4);
    // The same process twice, and one alone.
    let default = Origin::Existing(world.workspace.default_process());
    guide.start_from(&world.workspace, row, default);
    guide.processes[0].origin = default;
    assert!(is_wrong(&guide, &world, Place::Origin(row)));
    guide.remove_process(row);
    assert!(is_wrong(&guide, &world, Place::Processes));
    assert_eq!(wrong(&Guide::default(), &world)[0].step(), Step::Decider);
}

#[test]
fn rules_that_are_there_stay_unless_it_is_chosen() {
    let mut world = World::new();
    let mut guide = guide(&world, Decider::Value);
    guide.limits = vec!["100".to_owned()];
    set_up(&guide, &mut world);
    let there = world.workspace.rules.clone();
    assert_eq!(there.len(), 2);
    // What is there already is not asked for twice.
    let mut again = self::guide(&world, Decider::Value);
    again.limits = vec!["100".to_owned()];
    set_up(&again, &mut world);
    assert_eq!(world.workspace.rules, there);

    again.limits = vec!["500".to_owned()];
    let order = |guide: &Guide, world: &mut World| {
        let result = outcome(guide, world);
        let marks: Vec<bool> = result.rules.iter().map(|rule| rule.is_new).collect();
        // The picture shows the rules that were there where they lead to.
        for branch in &result.branches {
            for place in &branch.earlier_rules {
                let rule = &result.rules[place - 1];
                assert!(!rule.is_new && rule.then.id == branch.process.id);
            }
        }
        let pictured: usize = result.branches.iter().map(|b| b.earlier_rules.len()).sum();
        assert_eq!(pictured, marks.iter().filter(|is_new| !**is_new).count());
        (marks, result.rules_gone)
    };
    assert_eq!(
        order(&again, &mut world),
        (vec![false, false, true, true], 0)
    );
    again.standing = Standing::Before;
    assert_eq!(
        order(&again, &mut world),
        (vec![true, true, false, false], 0)
    );
    again.standing = Standing::Instead;
    assert_eq!(order(&again, &mut world), (vec![true, true], 2));
    set_up(&again, &mut world);
    assert_eq!(world.workspace.rules.len(), 2);
    assert!(
        world
            .workspace
            .rules
            .iter()
            .all(|rule| !there.contains(rule))
    );
}

#[test]
fn what_another_tab_has_made_of_a_process_is_kept() {
    let mut world = World::new();
    let id = world.workspace.default_process();
    let mut guide = guide(&world, Decider::Beginning);
    let row = guide.processes[0].row;
    guide.start_from(&world.workspace, row, Origin::Existing(id));
    let mut edited = (*world.workspace.processes[&id]).clone();
    edited.name = crate::support::name("Standard");
    edited.stages.truncate(2);
    world.run(Command::SaveProcess(edited)).unwrap();
    set_up(&guide, &mut world);
    assert_eq!(world.process("Standard").stages.len(), 2);
    // A new entry that is there by now is that one.
    let mut guide = self::guide(&world, Decider::Segment);
    guide.propose_entries(&world.workspace);
    let entry = guide.add_entry(&world.workspace, "Shops").unwrap();
    let second = guide.processes[1].row;
    guide.leads.insert(Case::New(entry), Some(second));
    assert!(guide.add_entry(&world.workspace, " SHOPS ").is_err());
    assert!(guide.add_entry(&world.workspace, " ").is_err());
    let shops = world.entry(ListKind::Segments, "shops");
    set_up(&guide, &mut world);
    let rule = &world.workspace.rules[0];
    assert!(rule.segments.contains(&shops));
}

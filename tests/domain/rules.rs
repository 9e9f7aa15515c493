//! Rules that suggest a process, and what comes along when it is changed
//! (§4.3, §4.5 to §4.7), by example.

use std::collections::BTreeSet;

use pipewright::domain::change::command::{Choice, Command, DealDraft, ListEdit};
use pipewright::domain::change::early_value::{lacks_early_value, with_early_value};
use pipewright::domain::change::switch::preview;
use pipewright::domain::read::suggestion::{
    Because, RuleUse, TypedFacts, suggest, suggest_for, uses,
};
use pipewright::domain::record::list::ListKind;
use pipewright::domain::record::rule::{Facts, Rule};
use pipewright::domain::value::id::{DealId, EntryId, IdSource, ProcessId, RuleId};
use pipewright::domain::value::money::Money;

use crate::support::desk::{Desk, process};
use crate::support::plain::all_briefs;
use crate::support::{World, draft, form_of};

fn money(units: i64) -> Money {
    Money::from_minor(units * 100).unwrap()
}

fn rule(number: u64, then: ProcessId) -> Rule {
    Rule {
        id: RuleId(number),
        segments: BTreeSet::new(),
        categories: BTreeSet::new(),
        owners: BTreeSet::new(),
        value_at_least: None,
        value_below: None,
        then,
    }
}

/// A world with processes Default, Large and Small, a segment, a category and
/// an owner.
struct Shop {
    world: World,
    large: ProcessId,
    small: ProcessId,
    retail: EntryId,
    chairs: EntryId,
    anna: EntryId,
}

impl Shop {
    fn new() -> Self {
        let mut world = World::new();
        for line in ["Large: Plan[x20] Sign[y80]", "Small: Sell[s10]"] {
            let process = process(&mut world, line);
            world.run(Command::SaveProcess(process)).unwrap();
        }
        let retail = world.entry(ListKind::Segments, "Retail");
        let chairs = world.entry(ListKind::Categories, "Chairs");
        let anna = world.entry(ListKind::Owners, "Anna");
        Self {
            large: world.process("Large").id,
            small: world.process("Small").id,
            world,
            retail,
            chairs,
            anna,
        }
    }

    fn save(&mut self, rules: Vec<Rule>) {
        self.world.run(Command::SaveRules(rules)).unwrap();
    }

    fn deal(&mut self, change: impl FnOnce(&mut DealDraft)) -> DealId {
        let mut form = draft("Deal", self.world.workspace.default_process());
        change(&mut form);
        self.world.add(form)
    }

    /// The suggested process by name.
    fn suggested(&self, deal: DealId) -> Option<String> {
        let workspace = &self.world.workspace;
        let suggestion = suggest_for(workspace, self.world.deal(deal))?;
        Some(workspace.processes[&suggestion.process].name.to_string())
    }

    /// How much each rule is used, in the order of the rules' ids.
    fn uses(&self) -> Vec<RuleUse> {
        let workspace = &self.world.workspace;
        let uses = uses(workspace, &workspace.rules, all_briefs(workspace));
        uses.values().copied().collect()
    }

    fn refusal(&mut self, rules: Vec<Rule>) -> String {
        let refused = self.world.run(Command::SaveRules(rules)).unwrap_err();
        refused.to_string()
    }
}

#[test]
fn each_kind_of_condition_suggests_and_changes_with_the_deal() {
    let mut shop = Shop::new();
    let (retail, chairs, anna) = (shop.retail, shop.chairs, shop.anna);
    let of = |change: fn(&mut Rule, EntryId), id| (change, id);
    let kinds = [
        of(|rule, id| rule.segments = [id].into(), retail),
        of(|rule, id| rule.categories = [id].into(), chairs),
        of(|rule, id| rule.owners = [id].into(), anna),
    ];
    let plain = shop.deal(|_| {});
    let full = shop.deal(|form| {
        form.customer = Choice::New("Shop".into());
        form.segment = Choice::Existing(retail);
        form.category = Choice::Existing(chairs);
        form.owner = Choice::Existing(anna);
    });
    for (change, id) in kinds {
        let mut rule = rule(1, shop.large);
        change(&mut rule, id);
        shop.save(vec![rule]);
        assert_eq!(shop.suggested(plain), None);
        assert_eq!(shop.suggested(full).as_deref(), Some("Large"));
    }
    let mut form = form_of(shop.world.deal(full));
    form.owner = Choice::None;
    shop.world.run(Command::EditDeal(full, form)).unwrap();
    assert_eq!(shop.suggested(full), None);
    let process = shop.world.deal(full).process;
    assert_eq!(process, shop.world.workspace.default_process());
}

#[test]
fn values_have_a_least_and_a_limit_and_unknown_fits_neither() {
    let mut shop = Shop::new();
    let least = Rule {
        value_at_least: Some(money(20_000)),
        ..rule(1, shop.large)
    };
    let below = Rule {
        value_below: Some(money(20_000)),
        ..rule(2, shop.small)
    };
    shop.save(vec![least, below]);
    for (value, wanted) in [
        (None, None),
        (Some(0), Some("Small")),
        (Some(19_999), Some("Small")),
        (Some(20_000), Some("Large")),
    ] {
        let deal = shop.deal(|form| form.value = value.map(money));
        assert_eq!(shop.suggested(deal).as_deref(), wanted, "{value:?}");
    }
}

#[test]
fn all_conditions_must_hold_and_the_first_rule_wins() {
    let mut shop = Shop::new();
    let both = Rule {
        owners: [shop.anna].into(),
        value_at_least: Some(money(100)),
        ..rule(1, shop.large)
    };
    let owner = Rule {
        owners: [shop.anna].into(),
        ..rule(2, shop.small)
    };
    shop.save(vec![both, owner.clone()]);
    let anna = shop.anna;
    let cheap = shop.deal(|form| form.owner = Choice::Existing(anna));
    let dear = shop.deal(|form| {
        form.owner = Choice::Existing(anna);
        form.value = Some(money(100));
    });
    assert_eq!(shop.suggested(cheap).as_deref(), Some("Small"));
    assert_eq!(shop.suggested(dear).as_deref(), Some("Large"));
    let used = shop.uses();
    let one = RuleUse {
        deals: 1,
        elsewhere: 1,
    };
    assert_eq!(used, [one, one]);

    shop.save(vec![owner]);
    let deals = [cheap].into();
    let process = shop.small;
    let change = Command::ChangeProcess { deals, process };
    shop.world.run(change).unwrap();
    let used = shop.uses();
    let of = RuleUse {
        deals: 2,
        elsewhere: 1,
    };
    assert_eq!(used, [of]);
}

#[test]
fn a_suggestion_says_why() {
    let mut shop = Shop::new();
    let rule = Rule {
        categories: [shop.chairs].into(),
        value_at_least: Some(money(20_000)),
        ..rule(1, shop.large)
    };
    shop.save(vec![rule]);
    let workspace = &shop.world.workspace;
    let typed = TypedFacts {
        category: " chairs ",
        value: Some(money(30_000)),
        ..TypedFacts::default()
    };
    let facts = Facts::typed(workspace, typed);
    let found = suggest(
        workspace,
        &facts,
        workspace.default_process(),
        &BTreeSet::new(),
    );
    let because = found.unwrap().because;
    assert_eq!(because.len(), 2);
    let words = |because: Because| {
        let (what, value) = because.words(workspace, |money| money.to_plain(2));
        format!("{what} {value}")
    };
    let said: Vec<String> = because.into_iter().map(words).collect();
    assert_eq!(said, ["category is Chairs", "value is at least 20000.00"]);
}

#[test]
fn a_typed_customer_brings_its_segment_and_a_new_one_the_typed_segment() {
    let mut shop = Shop::new();
    let retail = shop.retail;
    shop.deal(|form| {
        form.customer = Choice::New("Shop".into());
        form.segment = Choice::Existing(retail);
    });
    let segment = |customer, segment| {
        let typed = TypedFacts {
            customer,
            segment,
            ..TypedFacts::default()
        };
        Facts::typed(&shop.world.workspace, typed).segment
    };
    assert_eq!(segment("shop", ""), Some(retail));
    assert_eq!(segment("Other", "retail"), Some(retail));
    assert_eq!(segment("Other", "unheard of"), None);
    assert_eq!(segment("", "retail"), None);
}

#[test]
fn a_dismissed_suggestion_stays_away_for_that_deal_and_process() {
    let mut shop = Shop::new();
    let anna = shop.anna;
    let one = Rule {
        owners: [anna].into(),
        ..rule(1, shop.large)
    };
    shop.save(vec![one.clone()]);
    let deal = shop.deal(|form| form.owner = Choice::Existing(anna));
    let other = shop.deal(|form| form.owner = Choice::Existing(anna));
    let touched = shop.world.deal(deal).touched;
    shop.world.wait(60);
    let process = shop.large;
    shop.world
        .run(Command::DismissSuggestion { deal, process })
        .unwrap();
    assert_eq!(shop.world.deal(deal).touched, touched);
    assert_eq!(shop.suggested(deal), None);
    // On the form it is no change either.
    let mut form = form_of(shop.world.deal(other));
    form.dismissed.insert(shop.small);
    shop.world.run(Command::EditDeal(other, form)).unwrap();
    assert_eq!(shop.world.deal(other).touched, touched);
    assert!(shop.world.deal(other).dismissed.contains(&shop.small));
    assert_eq!(shop.suggested(other).as_deref(), Some("Large"));
    shop.save(vec![Rule {
        then: shop.small,
        ..one
    }]);
    assert_eq!(shop.suggested(deal).as_deref(), Some("Small"));
}

#[test]
fn rules_to_archived_or_empty_processes_rest() {
    let mut shop = Shop::new();
    let empty = process(&mut shop.world, "Empty:");
    let empty_id = empty.id;
    shop.world.run(Command::SaveProcess(empty)).unwrap();
    let anna = shop.anna;
    let of = |number, then| Rule {
        owners: [anna].into(),
        ..rule(number, then)
    };
    let rules = [empty_id, shop.large, shop.small];
    shop.save((1..).zip(rules).map(|(n, then)| of(n, then)).collect());
    let deal = shop.deal(|form| form.owner = Choice::Existing(anna));
    assert_eq!(shop.suggested(deal).as_deref(), Some("Large"));
    shop.world.run(Command::Archive(shop.large, true)).unwrap();
    assert_eq!(shop.suggested(deal).as_deref(), Some("Small"));
}

#[test]
fn what_a_rule_names_can_not_be_deleted() {
    let mut shop = Shop::new();
    let rule = Rule {
        segments: [shop.retail].into(),
        ..rule(1, shop.large)
    };
    shop.save(vec![rule]);
    let delete = Command::EditList(ListKind::Segments, ListEdit::Delete(shop.retail));
    let refused = shop.world.run(delete).unwrap_err();
    let words = "“Retail” can't be deleted: it is used by 1 rule.";
    assert_eq!(refused.to_string(), words);
    let refused = shop.world.run(Command::DeleteProcess(shop.large));
    let words = "“Large” can't be deleted: it is used by 1 rule.";
    assert_eq!(refused.unwrap_err().to_string(), words);
    shop.save(Vec::new());
    shop.world.run(Command::DeleteProcess(shop.large)).unwrap();
}

#[test]
fn rules_that_fit_everything_or_nothing_are_refused() {
    let mut shop = Shop::new();
    let blank = rule(1, shop.large);
    let words = "Rule 1 has no condition: it would fit every deal.";
    assert_eq!(shop.refusal(vec![blank.clone()]), words);
    let never = Rule {
        value_at_least: Some(money(5)),
        value_below: Some(money(5)),
        ..blank.clone()
    };
    let words = "Rule 1 fits no value: its limit below must be the greater one.";
    assert_eq!(shop.refusal(vec![never]), words);
    let lost = Rule {
        owners: [EntryId(u64::MAX)].into(),
        ..blank
    };
    let words = "Rule 1 refers to an owner that is not there.";
    assert_eq!(shop.refusal(vec![lost]), words);
}

#[test]
fn the_value_should_be_known_early_where_rules_ask_for_it() {
    let mut world = World::new();
    let mut default = process(&mut world, "Default: A[a1] B[b1] C[c1] D[d1$]");
    default.id = world.workspace.default_process();
    world.run(Command::SaveProcess(default.clone())).unwrap();
    let by_value = Rule {
        value_at_least: Some(money(1)),
        ..rule(1, default.id)
    };
    assert!(!lacks_early_value(&world.workspace, &[]));
    assert!(lacks_early_value(
        &world.workspace,
        std::slice::from_ref(&by_value)
    ));
    let mut ids = IdSource::starting_at(9_000);
    let better = with_early_value(&default, &mut ids);
    assert_eq!(better.total_weight(), default.total_weight());
    world.run(Command::SaveProcess(better.clone())).unwrap();
    assert!(!lacks_early_value(&world.workspace, &[by_value]));
    assert_eq!(with_early_value(&better, &mut ids), better);
}

const PAIR: &str = "From: Find[a10,b10] Close[b20,c30]\nTo: Find[a5,n5*] Late[c5,b5] More[m1]";

fn switch(desk: &mut Desk, carry_over: bool) {
    let process = desk.world.process("To").id;
    let form = DealDraft {
        process,
        carry_over,
        ..form_of(desk.deal())
    };
    desk.world.run(Command::EditDeal(desk.id, form)).unwrap();
}

#[test]
fn ticks_come_along_only_when_asked_for_and_only_where_they_belong() {
    let mut desk = Desk::after(PAIR, "tick a = by phone; tick c");
    let b = desk.process().stages[1].sub_stages[0].id;
    let tick = |deal, sub_stage| Command::Tick {
        deal,
        sub_stage,
        note: String::new(),
    };
    desk.world.run(tick(desk.id, b)).unwrap();
    let to = desk.world.process("To").id;
    let shown = preview(&desk.world.workspace, desk.deal(), to).unwrap();
    assert_eq!(
        (shown.kept, shown.there, shown.carried()),
        ((3, 4), (0, 5), 2)
    );
    let carried: Vec<_> = shown.stages.iter().flat_map(|s| &s.carried).collect();
    assert_eq!(
        carried.iter().map(|n| n.as_str()).collect::<Vec<_>>(),
        ["a", "c"]
    );

    let mut plain = Desk {
        world: desk.world.clone(),
        id: desk.id,
    };
    switch(&mut plain, false);
    assert_eq!(plain.state(), "Find 0%");

    desk.world.wait(600);
    let left = desk.progress();
    switch(&mut desk, true);
    assert!(desk.state().starts_with("Late"), "{}", desk.state());
    let here = desk.progress();
    let (_, a) = desk.process().sub_stages().next().unwrap();
    let from = left.ticks.values().next().unwrap();
    assert_eq!(&here.ticks[&a.id], from);
    // b stands twice where it came from, and n asks for a note.
    assert_eq!(here.ticks.len(), 2);
}

#[test]
fn what_is_ticked_there_already_stays_as_it_is() {
    let mut desk = Desk::after(PAIR, "to To; tick a = there; to From; tick a = here");
    switch(&mut desk, true);
    let notes: Vec<_> = desk
        .progress()
        .ticks
        .into_iter()
        .map(|(_, tick)| tick.note)
        .collect();
    assert_eq!(notes, ["there"]);
}

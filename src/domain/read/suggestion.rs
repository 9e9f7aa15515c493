//! The process that rules suggest for a deal (§4.5 to §4.7). They
//! never force one.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::domain::read::brief::Brief;
use crate::domain::record::deal::Deal;
use crate::domain::record::list::ListKind;
use crate::domain::record::process::Process;
use crate::domain::record::rule::{Facts, RULE_LISTS, Rule};
use crate::domain::record::workspace::{Setup, Workspace};
use crate::domain::value::alphabet::Alphabet;
use crate::domain::value::id::{EntryId, ProcessId, RuleId};
use crate::domain::value::money::Money;
use crate::domain::value::order::Gather;
use crate::domain::value::text::name_key;

/// The texts of a form that rules look at. A name that is in no list yet
/// counts as none.
#[derive(Debug, Clone, Copy, Default)]
pub struct TypedFacts<'a> {
    /// The customer's name.
    pub customer: &'a str,
    /// The segment's name, where the customer is a new one.
    pub segment: &'a str,
    /// The category's name.
    pub category: &'a str,
    /// The owner's name.
    pub owner: &'a str,
    /// The value.
    pub value: Option<Money>,
}

/// One reason for a suggestion: a condition that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// The value of a list is this one.
    Entry(ListKind, EntryId),
    /// The value is at least this.
    AtLeast(Money),
    /// The value is below this.
    Below(Money),
}

/// A process that a rule suggests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The rule.
    pub rule: RuleId,
    /// The place of the rule, from 1.
    pub number: usize,
    /// The process.
    pub process: ProcessId,
    /// Why.
    pub because: Vec<Because>,
}

/// The open deals that a rule is the first to fit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RuleUse {
    /// How many there are.
    pub deals: usize,
    /// How many of them run through another process than it suggests.
    pub elsewhere: usize,
}

impl Facts {
    /// The facts of a deal.
    pub fn of(workspace: &Setup, deal: &Deal) -> Self {
        Self {
            segment: workspace.segment_of(deal),
            category: deal.category,
            owner: deal.owner,
            value: deal.value,
        }
    }

    /// The facts as a form has them.
    pub fn typed(workspace: &Setup, typed: TypedFacts<'_>) -> Self {
        let entry = |kind: ListKind, name: &str| workspace.list(kind).find(name).map(|e| e.id);
        let key = name_key(typed.customer);
        let known = (!key.is_empty()).then(|| {
            let mut customers = workspace.customers.values();
            customers.find(|customer| customer.name.has_key(&key))
        });
        let segment = match known {
            Some(Some(customer)) => customer.segment,
            Some(None) => entry(ListKind::Segments, typed.segment),
            None => None,
        };
        Self {
            segment,
            category: entry(ListKind::Categories, typed.category),
            owner: entry(ListKind::Owners, typed.owner),
            value: typed.value,
        }
    }
}

impl Because {
    /// The condition in words: what holds, and the name or amount, which the
    /// caller shows in its own way.
    pub fn words(self, workspace: &Setup, money: impl Fn(Money) -> String) -> (String, String) {
        match self {
            Self::Entry(kind, id) => (
                format!("{} is", kind.singular()),
                workspace.entry_name(kind, Some(id)).to_owned(),
            ),
            Self::AtLeast(value) => ("value is at least".to_owned(), money(value)),
            Self::Below(value) => ("value is below".to_owned(), money(value)),
        }
    }
}

/// Whether a rule that suggests the process rests: no deal should be sent to
/// a process that is archived or has no stages yet. A resting rule is passed
/// over, as if it were not there.
pub fn rests(process: Option<&Process>) -> bool {
    process.is_none_or(|process| process.archived || process.stages.is_empty())
}

/// The rules in force, ready to be tried on many deals.
#[derive(Debug)]
pub struct Rules<'a> {
    /// With their places, from 1.
    awake: Vec<(usize, &'a Rule)>,
}

impl<'a> Rules<'a> {
    /// Those of the rules that do not rest.
    pub fn new(workspace: &Setup, rules: &'a [Rule]) -> Self {
        let awake = |rule: &Rule| !rests(workspace.processes.get(&rule.then).map(AsRef::as_ref));
        let rules = rules.iter().enumerate().map(|(at, rule)| (at + 1, rule));
        Self {
            awake: rules.filter(|(_, rule)| awake(rule)).collect(),
        }
    }

    /// The first rule that fits, with its place from 1.
    pub fn first(&self, facts: &Facts) -> Option<(usize, &'a Rule)> {
        self.awake
            .iter()
            .find(|(_, rule)| rule.fits(facts))
            .copied()
    }

    /// What the first rule that fits says, whatever process there is now.
    pub fn answer(&self, facts: &Facts) -> Option<Suggestion> {
        let (number, rule) = self.first(facts)?;
        Some(Suggestion {
            rule: rule.id,
            number,
            process: rule.then,
            because: because(rule, facts),
        })
    }
}

/// The process suggested for a deal with these facts that runs through
/// `present`: that of the first rule that fits, unless it is the present one
/// or was dismissed. Later rules do not take the place of a dismissed one.
pub fn suggest(
    workspace: &Setup,
    facts: &Facts,
    present: ProcessId,
    dismissed: &BTreeSet<ProcessId>,
) -> Option<Suggestion> {
    let answer = Rules::new(workspace, &workspace.rules).answer(facts)?;
    (answer.process != present && !dismissed.contains(&answer.process)).then_some(answer)
}

/// The process suggested for a deal as it is; none for a closed one.
pub fn suggest_for(workspace: &Setup, deal: &Deal) -> Option<Suggestion> {
    let facts = deal.is_open().then(|| Facts::of(workspace, deal))?;
    suggest(workspace, &facts, deal.process, &deal.dismissed)
}

/// Of each of these rules, how many of the deals are open and it is the first
/// to fit.
pub fn uses(
    workspace: &Workspace,
    rules: &[Rule],
    deals: impl IntoIterator<Item: Borrow<Brief>>,
) -> BTreeMap<RuleId, RuleUse> {
    let awake = Rules::new(workspace, rules);
    let none = rules.iter().map(|rule| (rule.id, RuleUse::default()));
    let mut uses: BTreeMap<RuleId, RuleUse> = none.gather();
    for deal in deals {
        let deal = deal.borrow();
        let first = deal.is_open().then(|| awake.first(&deal.facts())).flatten();
        if let Some((used, rule)) =
            first.and_then(|(_, rule)| Some((uses.get_mut(&rule.id)?, rule)))
        {
            used.deals += 1;
            used.elsewhere += usize::from(deal.process != rule.then);
        }
    }
    uses
}

/// The open deals that one of these rules is the first to fit, by name;
/// `elsewhere`: only those in another process than it suggests.
pub fn fitting(
    workspace: &Workspace,
    rules: &[Rule],
    id: RuleId,
    elsewhere: bool,
    alphabet: &Alphabet,
) -> Vec<Arc<Deal>> {
    let awake = Rules::new(workspace, rules);
    let open = workspace.deals.values().filter(|deal| deal.is_open());
    let fits = |deal: &&Arc<Deal>| {
        let first = awake.first(&Facts::of(workspace, deal));
        first.is_some_and(|(_, rule)| rule.id == id && !(elsewhere && rule.then == deal.process))
    };
    let mut found: Vec<Arc<Deal>> = open.filter(fits).cloned().collect();
    found.sort_by_cached_key(|deal| alphabet.key(deal.name.as_str()));
    found
}

/// The conditions of a rule that hold, in the order they are shown.
fn because(rule: &Rule, facts: &Facts) -> Vec<Because> {
    let entries = RULE_LISTS.iter().filter_map(|kind| {
        let id = facts.entry(*kind)?;
        rule.names_entry(*kind, id)
            .then_some(Because::Entry(*kind, id))
    });
    entries
        .chain(rule.value_at_least.map(Because::AtLeast))
        .chain(rule.value_below.map(Because::Below))
        .collect()
}

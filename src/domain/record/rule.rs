//! Rules that suggest a process (SEMANTICS 4.5 to 4.7). They never force one.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::read::brief::{Brief, briefs};
use crate::domain::record::deal::Deal;
use crate::domain::record::list::ListKind;
use crate::domain::record::process::Process;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::alphabet::Alphabet;
use crate::domain::value::error::DomainError;
use crate::domain::value::id::{EntryId, ProcessId, RuleId};
use crate::domain::value::money::Money;
use crate::domain::value::text::name_key;

/// A rule: where all of its conditions hold, it suggests a process.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rule {
    /// Its id.
    pub id: RuleId,
    /// The customer's segment is one of these; empty is no condition.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub segments: BTreeSet<EntryId>,
    /// The category is one of these; empty is no condition.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub categories: BTreeSet<EntryId>,
    /// The owner is one of these; empty is no condition.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub owners: BTreeSet<EntryId>,
    /// The value is known and at least this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_at_least: Option<Money>,
    /// The value is known and below this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_below: Option<Money>,
    /// The process it suggests.
    pub then: ProcessId,
}

/// The lists that rules ask for, in the order they are shown.
pub const RULE_LISTS: [ListKind; 3] = [ListKind::Segments, ListKind::Categories, ListKind::Owners];

/// What rules look at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    /// The customer's segment.
    pub segment: Option<EntryId>,
    /// The category.
    pub category: Option<EntryId>,
    /// The owner.
    pub owner: Option<EntryId>,
    /// The value; none means unknown, which fits no condition on the value.
    pub value: Option<Money>,
}

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
    pub fn of(workspace: &Workspace, deal: &Deal) -> Self {
        Self {
            segment: workspace.segment_of(deal),
            category: deal.category,
            owner: deal.owner,
            value: deal.value,
        }
    }

    /// The facts as a form has them.
    pub fn typed(workspace: &Workspace, typed: TypedFacts<'_>) -> Self {
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

    fn entry(&self, kind: ListKind) -> Option<EntryId> {
        match kind {
            ListKind::Segments => self.segment,
            ListKind::Categories => self.category,
            ListKind::Owners => self.owner,
            _ => None,
        }
    }
}

impl Because {
    /// The condition in words: what holds, and the name or amount, which the
    /// caller shows in its own way.
    pub fn words(self, workspace: &Workspace, money: impl Fn(Money) -> String) -> (String, String) {
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

impl Rule {
    /// The entries of a list that it asks for; empty is no condition.
    pub fn entries(&self, kind: ListKind) -> &BTreeSet<EntryId> {
        static NONE: BTreeSet<EntryId> = BTreeSet::new();
        match kind {
            ListKind::Segments => &self.segments,
            ListKind::Categories => &self.categories,
            ListKind::Owners => &self.owners,
            _ => &NONE,
        }
    }

    /// The same to be changed; none for a list that no rule asks for.
    pub fn entries_mut(&mut self, kind: ListKind) -> Option<&mut BTreeSet<EntryId>> {
        match kind {
            ListKind::Segments => Some(&mut self.segments),
            ListKind::Categories => Some(&mut self.categories),
            ListKind::Owners => Some(&mut self.owners),
            _ => None,
        }
    }

    /// Whether it asks for that entry of that list, among others.
    pub fn names_entry(&self, kind: ListKind, id: EntryId) -> bool {
        self.entries(kind).contains(&id)
    }

    /// Whether it has a condition on the value.
    pub fn asks_for_a_value(&self) -> bool {
        self.value_at_least.is_some() || self.value_below.is_some()
    }

    /// Whether it has no condition at all.
    pub fn is_blank(&self) -> bool {
        !self.asks_for_a_value() && RULE_LISTS.iter().all(|kind| self.entries(*kind).is_empty())
    }

    /// Whether no value can fit it.
    pub fn is_impossible(&self) -> bool {
        let least = self.value_at_least.map_or(0, Money::minor);
        self.value_below.is_some_and(|below| below.minor() <= least)
    }

    /// Whether all of its conditions hold.
    pub fn fits(&self, facts: &Facts) -> bool {
        RULE_LISTS.iter().all(|kind| {
            let wanted = self.entries(*kind);
            wanted.is_empty() || facts.entry(*kind).is_some_and(|id| wanted.contains(&id))
        }) && self
            .value_at_least
            .is_none_or(|least| facts.value.is_some_and(|value| value >= least))
            && self
                .value_below
                .is_none_or(|below| facts.value.is_some_and(|value| value < below))
    }

    /// The conditions that hold, in the order they are shown.
    fn because(&self, facts: &Facts) -> Vec<Because> {
        let entries = RULE_LISTS.iter().filter_map(|kind| {
            let id = facts.entry(*kind)?;
            self.names_entry(*kind, id)
                .then_some(Because::Entry(*kind, id))
        });
        entries
            .chain(self.value_at_least.map(Because::AtLeast))
            .chain(self.value_below.map(Because::Below))
            .collect()
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
    pub fn new(workspace: &Workspace, rules: &'a [Rule]) -> Self {
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
            because: rule.because(facts),
        })
    }
}

/// The process suggested for a deal with these facts that runs through
/// `present`: that of the first rule that fits, unless it is the present one
/// or was dismissed. Later rules do not take the place of a dismissed one.
pub fn suggest(
    workspace: &Workspace,
    facts: &Facts,
    present: ProcessId,
    dismissed: &BTreeSet<ProcessId>,
) -> Option<Suggestion> {
    let answer = Rules::new(workspace, &workspace.rules).answer(facts)?;
    (answer.process != present && !dismissed.contains(&answer.process)).then_some(answer)
}

/// The process suggested for a deal as it is; none for a closed one.
pub fn suggest_for(workspace: &Workspace, deal: &Deal) -> Option<Suggestion> {
    let facts = deal.is_open().then(|| Facts::of(workspace, deal))?;
    suggest(workspace, &facts, deal.process, &deal.dismissed)
}

/// The open deals that each of these rules is the first to fit.
pub fn uses(workspace: &Workspace, rules: &[Rule]) -> BTreeMap<RuleId, RuleUse> {
    let deals = workspace.deals.values().map(AsRef::as_ref);
    uses_of(workspace, rules, briefs(workspace, deals))
}

/// [`uses`] among deals in brief.
pub fn uses_of(
    workspace: &Workspace,
    rules: &[Rule],
    deals: impl IntoIterator<Item: Borrow<Brief>>,
) -> BTreeMap<RuleId, RuleUse> {
    let awake = Rules::new(workspace, rules);
    let none = rules.iter().map(|rule| (rule.id, RuleUse::default()));
    let mut uses: BTreeMap<RuleId, RuleUse> = none.collect();
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

/// Checks what rules must be by themselves.
///
/// # Errors
/// A rule without a condition, or one that no value can fit.
pub fn check_conditions(rules: &[Rule]) -> Result<(), DomainError> {
    for (at, rule) in rules.iter().enumerate() {
        let number = at + 1;
        if rule.is_blank() {
            return Err(DomainError::RuleWithoutCondition { number });
        }
        if rule.is_impossible() {
            return Err(DomainError::RuleRange { number });
        }
    }
    Ok(())
}

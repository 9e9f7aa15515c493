//! The rules as they are typed, right or wrong.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::mend::merge::rules;
use crate::domain::read::suggestion::RuleUse;
use crate::domain::record::list::ListKind;
use crate::domain::record::rule::Rule;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::id::{EntryId, ProcessId, RuleId};
use crate::ui::app::{App, amount_text};
use crate::ui::parts::settled;
use crate::ui::prelude::*;
use crate::web::dom;

/// One rule as it is typed.
#[derive(Clone, Copy, PartialEq)]
pub struct RuleState {
    /// Its id.
    pub id: RuleId,
    segments: RwSignal<BTreeSet<EntryId>>,
    categories: RwSignal<BTreeSet<EntryId>>,
    owners: RwSignal<BTreeSet<EntryId>>,
    /// The least value.
    pub at_least: RwSignal<String>,
    /// The limit below which the value must be.
    pub below: RwSignal<String>,
    /// The process it suggests.
    pub then: RwSignal<ProcessId>,
}

/// What is wrong with a rule, by field.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RuleProblems {
    /// The least value.
    pub at_least: Option<String>,
    /// The limit.
    pub below: Option<String>,
    /// The rule as a whole.
    pub other: Option<String>,
}

impl RuleState {
    fn of(workspace: &Workspace, rule: &Rule) -> Self {
        let amount = |value| RwSignal::new(amount_text(workspace, value));
        Self {
            id: rule.id,
            segments: RwSignal::new(rule.segments.clone()),
            categories: RwSignal::new(rule.categories.clone()),
            owners: RwSignal::new(rule.owners.clone()),
            at_least: amount(rule.value_at_least),
            below: amount(rule.value_below),
            then: RwSignal::new(rule.then),
        }
    }

    /// The chosen entries of a list.
    pub fn entries(self, kind: ListKind) -> RwSignal<BTreeSet<EntryId>> {
        match kind {
            ListKind::Segments => self.segments,
            ListKind::Categories => self.categories,
            _ => self.owners,
        }
    }

    /// The rule that is typed; follows it.
    pub fn read(self, app: App) -> Result<Rule, RuleProblems> {
        let mut problems = RuleProblems::default();
        let mut amount = |text: String, at: fn(&mut RuleProblems) -> &mut Option<String>| {
            let typed = app.typed_amount(&text).unwrap_or_else(|error| {
                *at(&mut problems) = Some(error.to_string());
                None
            });
            typed.map(|typed| typed.amount)
        };
        let value_at_least = amount(self.at_least.get(), |problems| &mut problems.at_least);
        let value_below = amount(self.below.get(), |problems| &mut problems.below);
        let rule = Rule {
            id: self.id,
            segments: self.segments.get(),
            categories: self.categories.get(),
            owners: self.owners.get(),
            value_at_least,
            value_below,
            then: self.then.get(),
        };
        if problems != RuleProblems::default() {
            return Err(problems);
        }
        if rule.is_blank() {
            problems.other = Some(
                "Choose at least one condition: without any it would fit every deal.".to_owned(),
            );
        } else if rule.is_impossible() {
            problems.below = Some("Give more than the least value: no value fits.".to_owned());
        }
        if problems == RuleProblems::default() {
            Ok(rule)
        } else {
            Err(problems)
        }
    }
}

/// The page's draft: Save applies all of it as one step, Cancel nothing.
#[derive(Clone, Copy)]
pub struct State {
    app: App,
    /// The rules, in order.
    pub rules: RwSignal<Vec<RuleState>>,
    /// The rules that can be read, in order.
    pub readable: Memo<Vec<Rule>>,
    /// How many open deals each of them is the first to fit.
    pub uses: Memo<BTreeMap<RuleId, RuleUse>>,
    /// The rules as they are saved.
    saved: Memo<Vec<Rule>>,
    /// The rules that the draft started from.
    base: StoredValue<Vec<Rule>>,
    /// Something is not as it is saved.
    pub dirty: Memo<bool>,
    /// Save was tried: what is wrong is shown.
    pub tried: RwSignal<bool>,
    /// What has just happened, for who can't see it.
    pub said: RwSignal<String>,
}

impl State {
    /// The rules as they are saved.
    pub fn new(app: App) -> Self {
        let rules = RwSignal::new(app.store.peek(states));
        let saved = memo(move || app.store.setup(|w| Vec::clone(&w.rules)));
        let read = move || {
            rules.with(|rules| {
                let read = rules.iter().map(|rule| rule.read(app));
                read.collect::<Vec<_>>()
            })
        };
        let readable = memo(move || read().into_iter().flatten().collect::<Vec<_>>());
        let dirty = memo(move || {
            rules.with(Vec::len) != readable.with(Vec::len) || readable.get() != saved.get()
        });
        let counted = settled(readable);
        let uses = memo(move || {
            counted.with(|rules| {
                app.store
                    .index(|index, workspace| index.rule_uses(workspace, rules))
            })
        });
        let base = StoredValue::new(saved.get_untracked());
        // Undo and Redo change the saved rules: a draft without changes follows.
        Effect::new(move |before: Option<Vec<Rule>>| {
            let now = saved.get();
            let is_clean = before.is_some_and(|before| {
                before != now
                    && readable.with_untracked(|draft| *draft == before)
                    && rules.with_untracked(Vec::len) == before.len()
            });
            if is_clean {
                base.set_value(now.clone());
                rules.set(app.store.peek(states));
            }
            now
        });
        Self {
            app,
            rules,
            readable,
            uses,
            saved,
            base,
            dirty,
            tried: RwSignal::new(false),
            said: RwSignal::new(String::new()),
        }
    }

    /// What is wrong with a rule, once Save was tried; follows both.
    pub fn problems(self, rule: RuleState) -> RuleProblems {
        if !self.tried.get() {
            return RuleProblems::default();
        }
        rule.read(self.app).err().unwrap_or_default()
    }

    /// Whether the deals that a rule fits are those it fits as saved: neither
    /// it nor a rule before it was changed. Follows the draft.
    pub fn fits_as_saved(self, id: RuleId) -> bool {
        let Some(place) = self.place_of(id) else {
            return false;
        };
        self.saved.with(|saved| {
            self.readable.with(|draft| {
                let before = draft.get(..=place);
                before.is_some() && before == saved.get(..=place)
            })
        })
    }

    /// All rules, where every one can be read, with what another tab has made
    /// of them since; and those that both have changed.
    pub fn merged(self) -> Option<(Vec<Rule>, Vec<String>)> {
        let here = self.readable.get_untracked();
        if here.len() != self.rules.with_untracked(Vec::len) {
            return None;
        }
        let there = self.saved.get_untracked();
        Some(self.base.with_value(|base| rules([base, &here, &there])))
    }

    /// The rules were saved: the draft starts anew from them.
    pub fn saved_now(self) {
        self.tried.set(false);
        self.base.set_value(
            self.app
                .store
                .peek(|workspace| Vec::clone(&workspace.rules)),
        );
        if self
            .readable
            .with_untracked(|here| self.base.with_value(|base| here != base))
        {
            self.rules.set(self.app.store.peek(states));
        }
    }

    /// Adds a rule that suggests the first process besides the default.
    pub fn add(self) {
        let Some(id) = self.app.store.fresh_id::<RuleId>() else {
            return;
        };
        let rule = self.app.store.peek(|workspace| {
            let default = workspace.default_process();
            let others = workspace.choosable_processes(None);
            let other = others.iter().find(|process| process.id != default);
            let rule = Rule {
                id,
                segments: BTreeSet::new(),
                categories: BTreeSet::new(),
                owners: BTreeSet::new(),
                value_at_least: None,
                value_below: None,
                then: other.map_or(default, |process| process.id),
            };
            RuleState::of(workspace, &rule)
        });
        self.rules.update(|rules| rules.push(rule));
        dom::focus_soon(format!("rule-{id}"));
    }

    /// Moves a rule up or down, and keeps the focus on the button.
    pub fn step(self, id: RuleId, up: bool) {
        let place = self.place(id);
        let to = if up {
            place.and_then(|place| place.checked_sub(1))
        } else {
            place.map(|place| place + 1)
        };
        let (Some(from), Some(to)) = (place, to) else {
            return;
        };
        if to >= self.rules.with_untracked(Vec::len) {
            return;
        }
        self.rules.update(|rules| rules.swap(from, to));
        self.said
            .set(format!("Rule {} is rule {} now", from + 1, to + 1));
        dom::focus_soon(format!("rule-{}-{id}", if up { "up" } else { "down" }));
    }

    /// Takes a rule out.
    pub fn delete(self, id: RuleId) {
        let Some(place) = self.place(id) else {
            return;
        };
        self.rules.update(|rules| {
            rules.remove(place);
        });
        self.said.set(format!("Rule {} deleted", place + 1));
        let next = self.rules.with_untracked(|rules| {
            let last = rules.len().checked_sub(1)?;
            rules.get(place.min(last)).map(|rule| rule.id)
        });
        dom::focus_soon(next.map_or("add-rule".to_owned(), |id| format!("rule-{id}")));
    }

    /// The place of a rule, from 0; follows the order.
    pub fn place_of(self, id: RuleId) -> Option<usize> {
        self.rules
            .with(|rules| rules.iter().position(|rule| rule.id == id))
    }

    fn place(self, id: RuleId) -> Option<usize> {
        untrack(|| self.place_of(id))
    }
}

fn states(workspace: &Workspace) -> Vec<RuleState> {
    let rules = workspace.rules.iter();
    rules.map(|rule| RuleState::of(workspace, rule)).collect()
}

//! The command of the guide: many parts, one step.

use std::collections::BTreeSet;

use super::Edit;
use crate::domain::change::command::{Choice, Context};
use crate::domain::change::early_value::{lacks_early_value, with_early_value};
use crate::domain::change::set_up::{Asks, PlannedProcess, PlannedRule, SetUp, Standing};
use crate::domain::record::process::Process;
use crate::domain::record::rule::Rule;
use crate::domain::value::error::DomainError;
use crate::domain::value::field::FieldName;
use crate::domain::value::text::Name;

impl Edit<'_> {
    pub(super) fn set_up(
        &mut self,
        plan: SetUp,
        context: &mut Context<'_>,
    ) -> Result<(), DomainError> {
        if plan.processes.is_empty() {
            return Err(DomainError::Nothing);
        }
        for (kind, name) in plan.entries {
            self.chosen_entry(kind, Choice::New(name), context)?;
        }
        // A new name of one that is there frees the one it had.
        let (there, new): (Vec<_>, Vec<_>) = plan
            .processes
            .into_iter()
            .partition(|process| matches!(process, PlannedProcess::Existing { .. }));
        for process in there.into_iter().chain(new) {
            self.put_planned(process, context)?;
        }
        self.make_default(plan.default)?;
        if let Some(id) = plan.archived {
            self.archive(id, true)?;
        }
        let mut rules = Vec::with_capacity(plan.rules.len());
        for rule in plan.rules {
            rules.push(self.planned_rule(rule, context)?);
        }
        self.save_rules(standing(&self.workspace.rules, rules, plan.standing))?;
        if plan.early_value && lacks_early_value(self.workspace, &self.workspace.rules) {
            let default = self.process(plan.default)?;
            self.save_process(with_early_value(&default, context.ids), context)?;
        }
        Ok(())
    }

    fn put_planned(
        &mut self,
        planned: PlannedProcess,
        context: &Context<'_>,
    ) -> Result<(), DomainError> {
        let process = match planned {
            PlannedProcess::New(process) => process,
            PlannedProcess::Existing { id, name } => {
                let there = self.process(id)?;
                if there.archived {
                    return Err(DomainError::Archived {
                        name: there.name.clone(),
                    });
                }
                let mut process = Process::clone(&there);
                if let Some(name) = name {
                    process.name = Name::new(&name, FieldName::ProcessName)?;
                }
                process
            }
        };
        self.save_process(process, context)
    }

    fn planned_rule(
        &mut self,
        planned: PlannedRule,
        context: &mut Context<'_>,
    ) -> Result<Rule, DomainError> {
        let mut rule = Rule {
            id: context.ids.fresh(),
            segments: BTreeSet::new(),
            categories: BTreeSet::new(),
            owners: BTreeSet::new(),
            value_at_least: None,
            value_below: None,
            then: planned.then,
        };
        match planned.asks {
            Asks::Value { at_least, below } => {
                rule.value_at_least = at_least;
                rule.value_below = below;
            }
            Asks::AnyOf { list, there, new } => {
                let there = there.into_iter().map(Choice::Existing);
                for choice in there.chain(new.into_iter().map(Choice::New)) {
                    let entry = self.chosen_entry(list, choice, context)?;
                    if let Some(entries) = rule.entries_mut(list) {
                        entries.extend(entry);
                    }
                }
            }
        }
        Ok(rule)
    }
}

/// The rules, with the new ones where they shall stand. What is asked for by
/// a rule that is there already is not asked for twice.
fn standing(there: &[Rule], mut new: Vec<Rule>, standing: Standing) -> Vec<Rule> {
    if standing == Standing::Instead {
        return new;
    }
    new.retain(|rule| {
        let same = |other: &Rule| {
            Rule {
                id: rule.id,
                ..other.clone()
            } == *rule
        };
        !there.iter().any(same)
    });
    match standing {
        Standing::Before => new.into_iter().chain(there.iter().cloned()).collect(),
        _ => there.iter().cloned().chain(new).collect(),
    }
}

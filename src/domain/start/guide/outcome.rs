//! What comes of the answers: the command itself is tried on a copy, so that
//! what is shown is what will be.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Decider, Guide, Problems};
use crate::domain::change::apply::apply;
use crate::domain::change::command::{Command, Context};
use crate::domain::change::early_value::ESTABLISH_VALUE;
use crate::domain::change::set_up::SetUp;
use crate::domain::read::suggestion::rests;
use crate::domain::record::note::Notes;
use crate::domain::record::process::Process;
use crate::domain::record::rule::{RULE_LISTS, Rule};
use crate::domain::record::workspace::{Setup, Workspace};
use crate::domain::value::id::ProcessId;
use crate::domain::value::money::Money;
use crate::domain::value::text::Name;
use crate::domain::value::typed::Marks;

/// What the account will have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The processes, each with what leads to it.
    pub branches: Vec<Branch>,
    /// All rules, in the order they are tried.
    pub rules: Vec<RuleInWords>,
    /// How many rules there were that are there no more.
    pub rules_gone: usize,
    /// The process that is archived.
    pub archived: Option<Name>,
    /// What stops it, though no field is wrong.
    pub refusal: Option<String>,
}

/// A process, with what leads to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The process as it will be.
    pub process: Arc<Process>,
    /// The cases that lead to it, in words.
    pub cases: Vec<String>,
    /// The places, from 1, of the rules that were there before and suggest it.
    pub earlier_rules: Vec<usize>,
    /// Everything else leads to it: it is the default.
    pub is_default: bool,
    /// It is not there yet.
    pub is_new: bool,
    /// The name that it has now, where that changes.
    pub was: Option<Name>,
    /// It gets a sub-stage that establishes the value early, of that name.
    pub gets: Option<&'static str>,
    /// Rules that suggest it rest, for it has no stages.
    pub rests: bool,
}

/// A rule in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleInWords {
    /// What it asks for.
    pub asks: String,
    /// The process it suggests.
    pub then: Arc<Process>,
    /// It is not there yet.
    pub is_new: bool,
}

impl Guide {
    /// What comes of the answers. Amounts are read by the marks of the region
    /// and written by `money`.
    ///
    /// # Errors
    /// Fields that are wrong: all of them.
    pub fn outcome(
        &self,
        workspace: &Workspace,
        marks: Marks,
        context: &mut Context<'_>,
        money: &dyn Fn(Money) -> String,
    ) -> Result<Outcome, Problems> {
        let plan = self.read(workspace, marks, context)?;
        // No deal has a part in it, and there may be many.
        let mut after = Workspace {
            setup: workspace.setup.clone(),
            deals: BTreeMap::new(),
            notes: Notes::default(),
        };
        let tried = apply(&mut after, Command::SetUpProcesses(plan.clone()), context);
        let refusal = tried.err().map(|error| error.to_string());
        let of = |id: ProcessId| workspace.processes.get(&id);
        let branches = plan.processes.iter().zip(&self.processes);
        let branches = branches.filter_map(|(planned, row)| {
            let process = after.processes.get(&planned.id())?;
            let before = of(process.id);
            let was = before.map(|before| before.name.clone());
            Some(Branch {
                process: process.clone(),
                cases: self.cases_of(&plan, workspace, row.row, process.id, money),
                earlier_rules: earlier_rules(workspace, &after, process.id),
                is_default: after.default_process() == process.id,
                is_new: before.is_none(),
                was: was.filter(|was| *was != process.name),
                gets: before
                    .is_some_and(|before| before.stages != process.stages)
                    .then_some(ESTABLISH_VALUE),
                rests: self.decider != Some(Decider::Beginning) && rests(Some(process)),
            })
        });
        // What is left for everything else is told last.
        let (last, mut branches): (Vec<Branch>, Vec<Branch>) = branches.partition(|branch| {
            branch.is_default && branch.cases.is_empty() && branch.earlier_rules.is_empty()
        });
        branches.extend(last);
        let rules = after.rules.iter().filter_map(|rule| {
            Some(RuleInWords {
                asks: words(rule, &after, money),
                then: after.processes.get(&rule.then)?.clone(),
                is_new: !workspace.rules.iter().any(|there| there.id == rule.id),
            })
        });
        let is_gone = |rule: &&Rule| !after.rules.iter().any(|now| now.id == rule.id);
        Ok(Outcome {
            branches,
            rules: rules.collect(),
            rules_gone: workspace.rules.iter().filter(is_gone).count(),
            archived: plan.archived.and_then(of).map(|p| p.name.clone()),
            refusal,
        })
    }

    /// What leads to a process, case by case.
    fn cases_of(
        &self,
        plan: &SetUp,
        workspace: &Setup,
        row: u32,
        process: ProcessId,
        money: &dyn Fn(Money) -> String,
    ) -> Vec<String> {
        match self.decider {
            Some(Decider::Value) => {
                let rules = plan.rules.iter().filter(|rule| rule.then == process);
                rules.map(|rule| rule.asks.span(money)).collect()
            }
            _ => {
                let cases = self.cases(workspace).into_iter();
                let theirs = cases.filter(|case| self.lead(workspace, *case) == Some(row));
                theirs
                    .map(|case| self.entry_name(workspace, case).to_owned())
                    .collect()
            }
        }
    }
}

/// The places of the rules that were there and suggest a process.
fn earlier_rules(before: &Setup, after: &Setup, process: ProcessId) -> Vec<usize> {
    let rules = after.rules.iter().zip(1..);
    let was_there = |rule: &Rule| before.rules.iter().any(|there| there.id == rule.id);
    let theirs = rules.filter(|(rule, _)| rule.then == process && was_there(rule));
    theirs.map(|(_, place)| place).collect()
}

/// What a rule asks for: "segment is Enterprise or Public and value is at
/// least 20,000".
fn words(rule: &Rule, workspace: &Setup, money: &dyn Fn(Money) -> String) -> String {
    let lists = RULE_LISTS.iter().filter_map(|kind| {
        let entries = rule.entries(*kind).iter();
        let names: Vec<&str> = entries
            .map(|id| workspace.entry_name(*kind, Some(*id)))
            .collect();
        (!names.is_empty()).then(|| format!("{} is {}", kind.singular(), names.join(" or ")))
    });
    let least = rule.value_at_least.map(money);
    let below = rule.value_below.map(money);
    let parts: Vec<String> = lists
        .chain(least.map(|value| format!("value is at least {value}")))
        .chain(below.map(|value| format!("value is below {value}")))
        .collect();
    parts.join(" and ")
}

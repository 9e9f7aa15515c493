//! The one door by which data changes.

mod closing;
mod customers;
mod deals;
mod import;
pub mod lists;
mod next_steps;
mod notes;
pub mod processes;
mod progress;
mod reshape;
mod rules;
mod set_up;
mod views;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::change::command::{Command, Context};
use crate::domain::record::customer::Customer;
use crate::domain::record::deal::Deal;
use crate::domain::record::list::{List, ListKind};
use crate::domain::record::process::Process;
use crate::domain::record::workspace::{Change, Changes, Key, Record, Workspace};
use crate::domain::value::error::DomainError;
use crate::domain::value::id::{CustomerId, DealId, ProcessId};

/// Does what the command asks, wholly or not at all.
///
/// The changes it returns name every record that is different now; their
/// [`Changes::inverse`], given to [`install`], takes the command back.
///
/// # Errors
/// The command breaks a rule; the workspace is as it was.
pub fn apply(
    workspace: &mut Workspace,
    command: Command,
    context: &mut Context<'_>,
) -> Result<Changes, DomainError> {
    let mut edit = Edit {
        workspace,
        before: BTreeMap::new(),
    };
    match edit.run(command, context) {
        Ok(()) => Ok(edit.finish()),
        Err(error) => {
            edit.roll_back();
            Err(error)
        }
    }
}

/// Installs changes made before: the inverse of a command for undo, the
/// command's own for redo.
///
/// # Errors
/// [`DomainError::Stale`] when one of the records is not what the changes
/// start from; the workspace is as it was.
pub fn install(workspace: &mut Workspace, changes: &Changes) -> Result<(), DomainError> {
    if changes
        .0
        .iter()
        .any(|change| workspace.get(change.key) != change.before)
    {
        return Err(DomainError::Stale);
    }
    for change in &changes.0 {
        workspace.set(change.key, change.after.clone());
    }
    Ok(())
}

/// A command at work: remembers what each record was before it was first touched.
struct Edit<'a> {
    workspace: &'a mut Workspace,
    before: BTreeMap<Key, Option<Record>>,
}

impl Edit<'_> {
    fn run(&mut self, command: Command, context: &mut Context<'_>) -> Result<(), DomainError> {
        match command {
            Command::AddDeal(draft) => self.add_deal(draft, context),
            Command::EditDeal(id, draft) => self.edit_deal(id, draft, context),
            Command::DuplicateDeal(id) => self.duplicate_deal(id, context),
            Command::DeleteDeals(ids) => self.delete_deals(&ids),
            Command::Tick {
                deal,
                sub_stage,
                note,
            } => self.tick(deal, sub_stage, &note, context),
            Command::Untick { deal, sub_stage } => self.untick(deal, sub_stage, context),
            Command::MoveToStage { deals, stage } => self.move_to_stage(&deals, stage, context),
            Command::SetChance { deal, chance } => self.set_chance(deal, chance, context),
            Command::ChangeProcess { deals, process } => {
                self.change_process(&deals, process, context)
            }
            Command::BulkEdit { deals, change } => self.bulk_edit(&deals, change, context),
            Command::DismissSuggestion { deal, process } => self.dismiss(deal, process),
            Command::Snooze {
                deals,
                until,
                reason,
            } => self.snooze(&deals, until, &reason, context),
            Command::SetNextStep { deals, step } => self.set_next_step(&deals, step, context),
            Command::DoNextStep(deals) => self.do_next_step(&deals, context),
            Command::AddNote { deal, text } => self.add_note(deal, &text, context),
            Command::EditNote { note, text } => self.edit_note(note, &text, context),
            Command::DeleteNote(note) => self.delete_note(note, context),
            Command::SaveRules(rules) => self.save_rules(rules),
            Command::Close { deals, closing } => self.close(&deals, &closing, context),
            Command::Reopen(deals) => self.reopen(&deals, context),
            Command::AddCustomer(draft) => self.add_customer(draft, context),
            Command::EditCustomer(id, draft) => self.edit_customer(id, draft, context),
            Command::DeleteCustomers(ids) => self.delete_customers(&ids, context),
            Command::SaveProcess(process) => self.save_process(process, context),
            Command::ReshapeProcess { process, map } => {
                self.reshape_process(process, &map, context)
            }
            Command::MergeProcesses(succession) | Command::ReplaceProcess(succession) => {
                self.succeed(&succession, context)
            }
            Command::DuplicateProcess(id) => self.duplicate_process(id, context),
            Command::MakeDefault(id) => self.make_default(id),
            Command::Archive(id, archived) => self.archive(id, archived),
            Command::DeleteProcess(id) => self.delete_process(id),
            Command::MoveProcess(id, place) => self.move_process(id, place),
            Command::SetUpProcesses(plan) => self.set_up(plan, context),
            Command::EditList(kind, change) => self.edit_list(kind, change, context),
            Command::SetCurrency(code) => self.set_currency(&code),
            Command::SetLocale(locale) => self.set_locale(locale),
            Command::SetMe(owner) => self.set_me(owner),
            Command::SaveView { name, address } => self.save_view(&name, address, context),
            Command::DeleteView(id) => self.delete_view(id),
            Command::Import(_, records) => self.import(records, context),
            Command::Restore(backup) => self.restore(*backup),
        }
    }

    fn set(&mut self, key: Key, record: Option<Record>) {
        let workspace = &mut *self.workspace;
        self.before.entry(key).or_insert_with(|| workspace.get(key));
        workspace.set(key, record);
    }

    fn put(&mut self, record: Record) {
        self.set(record.key(), Some(record));
    }

    fn put_deal(&mut self, deal: Deal) {
        self.put(Record::Deal(Arc::new(deal)));
    }

    fn deal(&self, id: DealId) -> Result<Arc<Deal>, DomainError> {
        self.workspace
            .deals
            .get(&id)
            .cloned()
            .ok_or(DomainError::Missing { what: "deal" })
    }

    fn customer(&self, id: CustomerId) -> Result<Arc<Customer>, DomainError> {
        self.workspace
            .customers
            .get(&id)
            .cloned()
            .ok_or(DomainError::Missing { what: "customer" })
    }

    fn process(&self, id: ProcessId) -> Result<Arc<Process>, DomainError> {
        let found = self.workspace.processes.get(&id).cloned();
        found.ok_or(DomainError::Missing {
            what: "sales process",
        })
    }

    fn put_list(&mut self, kind: ListKind, list: List) {
        self.put(Record::List(kind, Arc::new(list)));
    }

    fn finish(self) -> Changes {
        let workspace = self.workspace;
        let changes = self.before.into_iter().filter_map(|(key, before)| {
            let after = workspace.get(key);
            (before != after).then_some(Change { key, before, after })
        });
        Changes(changes.collect())
    }

    fn roll_back(self) {
        for (key, before) in self.before {
            self.workspace.set(key, before);
        }
    }
}

//! What is said to a person when a command is done.

use crate::domain::change::command::{Command, ImportKind, ListEdit};
use crate::domain::record::deal::{Event, What};
use crate::domain::record::workspace::{Change, Changes, Record};
use crate::domain::value::name::Name;
use crate::domain::value::text;

impl Command {
    /// What is said when it is done; none where the screen itself says enough.
    pub fn report(&self) -> Option<String> {
        let counted = |count: usize, done: &str| {
            let deals = text::counted(count, "deal");
            Some(format!("{deals} {done}"))
        };
        match self {
            Self::Tick { .. } | Self::Untick { .. } | Self::SetChance { .. } => None,
            Self::EditList(_, ListEdit::Move(..)) | Self::MoveProcess(..) => None,
            Self::AddDeal(_) => Some("Deal added".to_owned()),
            Self::EditDeal(..) => Some("Deal saved".to_owned()),
            Self::DuplicateDeal(_) => Some("Deal duplicated".to_owned()),
            Self::DeleteDeals(deals) => counted(deals.len(), "deleted"),
            // What became of the deals says it: `moved`.
            Self::MoveToStage { .. } => None,
            Self::ChangeProcess { deals, .. } => counted(deals.len(), "moved to another process"),
            Self::BulkEdit { deals, .. } => counted(deals.len(), "changed"),
            Self::DismissSuggestion { .. } => Some("Suggestion dismissed".to_owned()),
            Self::Snooze {
                deals,
                until: Some(_),
                ..
            } => counted(deals.len(), "snoozed"),
            Self::Snooze { deals, .. } => counted(deals.len(), "woken"),
            Self::SetNextStep { deals, step } => match (deals.len(), step) {
                (1, Some(_)) => Some("Next step set".to_owned()),
                (1, None) => Some("Next step dropped".to_owned()),
                (count, Some(_)) => counted(count, "given a next step"),
                (count, None) => counted(count, "left without a next step"),
            },
            Self::DoNextStep(deals) if deals.len() == 1 => Some("Next step done".to_owned()),
            Self::DoNextStep(deals) => {
                Some(format!("{} done", text::counted(deals.len(), "next step")))
            }
            Self::AddNote { .. } => Some("Note added".to_owned()),
            Self::EditNote { .. } => Some("Note saved".to_owned()),
            Self::DeleteNote(_) => Some("Note deleted".to_owned()),
            Self::SaveRules(_) => Some("Rules saved".to_owned()),
            Self::Close { deals, closing } => counted(
                deals.len(),
                &format!("marked as {}", closing.outcome.slug()),
            ),
            Self::Reopen(deals) => counted(deals.len(), "reopened"),
            Self::AddCustomer(_) => Some("Customer added".to_owned()),
            Self::EditCustomer(..) => Some("Customer saved".to_owned()),
            Self::DeleteCustomers(customers) => Some(format!(
                "{} deleted",
                text::counted(customers.len(), "customer")
            )),
            Self::MergeProcesses(_) => Some("Processes merged".to_owned()),
            Self::SaveProcess(process) | Self::ReshapeProcess { process, .. } => {
                Some(format!("Process “{}” saved", process.name))
            }
            Self::DuplicateProcess(_) => Some("Process duplicated".to_owned()),
            Self::MakeDefault(_) => Some("Default changed".to_owned()),
            Self::Archive(_, true) => Some("Process archived".to_owned()),
            Self::Archive(_, false) => Some("Process taken back from the archive".to_owned()),
            Self::DeleteProcess(_) | Self::ReplaceProcess(_) => Some("Process deleted".to_owned()),
            Self::SetUpProcesses(plan) => {
                let count = plan.processes.len();
                let s = if count == 1 { "" } else { "es" };
                Some(format!("{count} process{s} set up"))
            }
            Self::EditList(kind, ListEdit::Add(_)) => {
                Some(format!("New {} added", kind.singular()))
            }
            Self::EditList(_, ListEdit::Rename(..)) => Some("Renamed".to_owned()),
            Self::EditList(_, ListEdit::Delete(_) | ListEdit::Replace(..)) => {
                Some("Deleted".to_owned())
            }
            Self::SetCurrency(code) => Some(format!("Currency changed to {code}")),
            Self::SetLocale(_) | Self::SetMe(_) => Some("Settings saved".to_owned()),
            Self::SaveView { name, .. } => Some(format!("View “{name}” saved")),
            Self::DeleteView(_) => Some("View deleted".to_owned()),
            Self::Import(kind, records) => {
                let deals = records
                    .iter()
                    .filter(|r| matches!(r, Record::Deal(_)))
                    .count();
                let customers = records
                    .iter()
                    .filter(|r| matches!(r, Record::Customer(_)))
                    .count();
                Some(match kind {
                    ImportKind::Deals => {
                        format!("{} imported", text::counted(deals, "deal"))
                    }
                    ImportKind::Customers => {
                        format!("{} imported", text::counted(customers, "customer"))
                    }
                    ImportKind::Sample => format!("Sample data loaded: {deals} deals"),
                })
            }
            Self::Restore(_) => Some("Backup restored".to_owned()),
        }
    }
}

/// What is said when deals were moved to a stage: which, how many where they
/// are several, and what a move back has unticked (§3.5). None where none moved.
pub fn moved(changes: &Changes) -> Option<String> {
    let moves: Vec<(&Name, usize)> = changes.0.iter().filter_map(move_of).collect();
    let (to, _) = moves.first()?;
    let unticked: usize = moves.iter().map(|(_, unticked)| unticked).sum();
    let back = if unticked > 0 { " back" } else { "" };
    let moved = match moves.len() {
        1 => format!("Moved{back} to {to}"),
        count => format!("{} moved to {to}", text::counted(count, "deal")),
    };
    if unticked == 0 {
        return Some(moved);
    }
    let lost = text::counted(unticked, "sub-stage");
    Some(format!("{moved}: {lost} of later stages unticked"))
}

/// Where a change has moved a deal to, and how many sub-stages it has unticked.
fn move_of(change: &Change) -> Option<(&Name, usize)> {
    let (Some(Record::Deal(before)), Some(Record::Deal(after))) = (&change.before, &change.after)
    else {
        return None;
    };
    let new = after.history.get(before.history.len()..)?;
    let Some(What::Moved { to }) = new.last().map(|event| &event.what) else {
        return None;
    };
    let is_untick = |event: &&Event| matches!(event.what, What::Unticked { .. });
    Some((to, new.iter().filter(is_untick).count()))
}

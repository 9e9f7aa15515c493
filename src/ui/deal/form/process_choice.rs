//! The process of the deal whose form is shown: which can be chosen, and why another.

use super::fields::Fields;
use crate::domain::change::switch::{SwitchPreview, preview};
use crate::domain::read::suggestion::{Suggestion, suggest};
use crate::domain::record::workspace::Workspace;
use crate::domain::value::id::{DealId, ProcessId};
use crate::ui::app::App;
use crate::ui::parts::select::Choices;
use crate::ui::prelude::*;

/// What is to be said of the process of the deal, as the form stands.
#[derive(Clone, Copy)]
pub struct ProcessChoice {
    /// Those that can be chosen.
    pub processes: Memo<Choices>,
    /// There is something to choose.
    pub is_offered: Memo<bool>,
    /// What changing to the chosen one would do.
    pub switch: Memo<Option<SwitchPreview>>,
    /// The one that the rules suggest instead.
    pub suggestion: Memo<Option<Suggestion>>,
}

impl ProcessChoice {
    /// What it is while the form is typed.
    pub fn new(app: App, fields: Fields, deal: Option<DealId>) -> Self {
        let before = |w: &Workspace| {
            let deal = w.deals.get(&deal?)?;
            Some((deal.process, deal.is_open()))
        };
        let (present, is_open) = app.store.peek(before).unzip();
        let processes = memo(move || -> Choices {
            app.store.setup(|workspace| {
                let choosable = workspace.choosable_processes(present);
                let entries = choosable
                    .into_iter()
                    .map(|p| (p.id.to_string(), p.name.to_string()));
                vec![(None, entries.collect())]
            })
        });
        let is_offered = memo(move || {
            let is_any = processes.with(|groups| groups.iter().any(|(_, all)| all.len() > 1));
            is_any && is_open != Some(false)
        });
        let switch = memo(move || {
            let target: Option<ProcessId> = fields.process.get().parse().ok();
            let deal = app.store.deal(deal.filter(|_| target != present)?)?;
            app.store.setup(|setup| preview(setup, &deal, target?))
        });
        let suggestion = memo(move || {
            let chosen = fields.process.get().parse().ok();
            let chosen = chosen.filter(|_| is_offered.get())?;
            app.store.setup(|workspace| {
                if workspace.rules.is_empty() {
                    return None;
                }
                let facts = fields.facts(workspace);
                fields
                    .dismissed
                    .with(|dismissed| suggest(workspace, &facts, chosen, dismissed))
            })
        });
        Self {
            processes,
            is_offered,
            switch,
            suggestion,
        }
    }
}

//! What saving an edited process would do to the deals that run through it
//! (§2.7).

use std::borrow::Borrow;

use crate::domain::change::affected::{Leaving, leaving};
use crate::domain::change::reshape::{ProcessMap, carried};
use crate::domain::read::brief::Brief;
use crate::domain::record::process::Process;
use crate::domain::record::workspace::Workspace;

/// What an edit of a process does to its open deals.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Impact {
    /// Open deals that run through the process.
    pub open_deals: usize,
    /// How many of them would stand in another stage.
    pub stage_changes: usize,
    /// How many of them would have another chance.
    pub chance_changes: usize,
    /// What the edit takes away though deals use it: saving asks where they go.
    pub leaving: Leaving,
}

/// Compares those of the deals that are open and run through the process with
/// what they would be after the edit. In brief they are as they were before it.
/// Where something goes that they use, they go where it is proposed; where
/// nothing is, they count by what is left of their progress.
/// A process that is not there yet has no deals.
pub fn impact(
    workspace: &Workspace,
    edited: &Process,
    deals: impl IntoIterator<Item: Borrow<Brief>>,
) -> Impact {
    let mut impact = Impact::default();
    let Some(before) = workspace.processes.get(&edited.id) else {
        return impact;
    };
    impact.leaving = leaving(workspace, before, edited);
    let map = (!impact.leaving.is_empty()).then(|| ProcessMap::proposed(before, edited));
    for brief in deals {
        let brief = brief.borrow();
        if brief.process != edited.id || !brief.is_open() {
            continue;
        }
        let Some(deal) = workspace.deals.get(&brief.id) else {
            continue;
        };
        impact.open_deals += 1;
        let progress = deal.progress_in(edited.id);
        let carry = |map| carried(&progress, before, edited, map).ok();
        let moved = map.as_ref().and_then(carry);
        let after = moved.as_ref().map_or(&*progress, |moved| &moved.progress);
        impact.stage_changes += usize::from(brief.stage != after.current_stage(edited));
        impact.chance_changes += usize::from(brief.chance != after.chance(edited));
    }
    impact
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::domain::change::apply::apply;
    use crate::domain::change::command::{Command, Context};
    use crate::domain::start::sample::sample;
    use crate::domain::start::templates::new_workspace;
    use crate::domain::value::id::IdSource;
    use crate::domain::value::money::Chance;
    use crate::domain::value::time::{Date, Moment};

    fn sample_workspace() -> Workspace {
        let mut ids = IdSource::starting_at(1);
        let mut workspace = new_workspace(&mut ids);
        let today = Date::constant(2025, 6, 1);
        let mut context = Context {
            now: Moment::noon_of(today),
            today,
            ids: &mut ids,
        };
        for record in sample(&workspace, &mut context) {
            workspace.set(record.key(), Some(record));
        }
        workspace
    }

    fn of_all(workspace: &Workspace, edited: &Process) -> Impact {
        let deals = workspace.deals.values();
        impact(
            workspace,
            edited,
            deals.map(|deal| Brief::of(workspace, deal)),
        )
    }

    fn busiest(workspace: &Workspace) -> Arc<Process> {
        let open = |process: &Process| {
            let deals = workspace.deals.values();
            deals
                .filter(|d| d.is_open() && d.process == process.id)
                .count()
        };
        let processes = workspace.processes.values();
        processes.max_by_key(|p| open(p)).unwrap().clone()
    }

    #[test]
    fn an_edit_of_names_changes_no_deal() {
        let workspace = sample_workspace();
        let mut edited = Process::clone(&busiest(&workspace));
        edited.stages[0].hint = "Another hint".to_owned();
        let impact = of_all(&workspace, &edited);
        assert!(impact.open_deals > 0);
        assert_eq!((impact.stage_changes, impact.chance_changes), (0, 0));
        assert!(impact.leaving.is_empty());
    }

    #[test]
    fn a_chance_on_reaching_changes_the_chances_and_an_order_the_stages() {
        let workspace = sample_workspace();
        let process = busiest(&workspace);
        let mut surer = Process::clone(&process);
        for stage in &mut surer.stages {
            stage.chance = Some(Chance::CERTAIN);
        }
        let all = of_all(&workspace, &surer);
        assert!(all.chance_changes > 0 && all.chance_changes <= all.open_deals);
        assert_eq!(all.stage_changes, 0);
        let mut reversed = Process::clone(&process);
        reversed.stages.reverse();
        assert!(of_all(&workspace, &reversed).stage_changes > 0);
    }

    #[test]
    fn a_deal_whose_last_tick_goes_stays_where_it_is() {
        let workspace = sample_workspace();
        let process = busiest(&workspace);
        let mut edited = Process::clone(&process);
        for stage in &mut edited.stages {
            stage.sub_stages.clear();
        }
        let all = of_all(&workspace, &edited);
        assert!(!all.leaving.is_empty());
        assert_eq!(all.stage_changes, 0);
        // Saved, the deals are as was said.
        let mut after = workspace.clone();
        let map = ProcessMap::proposed(&process, &edited);
        let mut ids = IdSource::starting_at(u64::MAX / 2);
        let today = Date::constant(2025, 6, 1);
        let mut context = Context {
            now: Moment::noon_of(today),
            today,
            ids: &mut ids,
        };
        let process_after = edited.clone();
        let command = Command::ReshapeProcess {
            process: process_after,
            map,
        };
        apply(&mut after, command, &mut context).unwrap();
        let open = workspace.deals.values();
        let open = open.filter(|deal| deal.is_open() && deal.process == process.id);
        let others = open.filter(|deal| {
            let (then, now) = (&workspace.deals[&deal.id], &after.deals[&deal.id]);
            then.chance(&process) != now.chance(&edited)
        });
        assert_eq!(all.chance_changes, others.count());
    }

    #[test]
    fn what_deals_use_is_named_when_it_goes() {
        let workspace = sample_workspace();
        let process = busiest(&workspace);
        let mut emptied = Process::clone(&process);
        emptied.stages.clear();
        let leaving = of_all(&workspace, &emptied).leaving;
        assert_eq!(leaving.stages.len(), process.stages.len());
        assert_eq!(
            leaving.all,
            crate::domain::change::affected::of_process(&workspace, process.id)
        );
    }

    #[test]
    fn a_new_process_touches_nothing() {
        let workspace = sample_workspace();
        let mut other = Process::clone(&busiest(&workspace));
        other.id = u64::MAX.into();
        assert_eq!(of_all(&workspace, &other), Impact::default());
    }
}

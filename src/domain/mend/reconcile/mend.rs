//! Single records, mended.

use std::collections::BTreeSet;

use crate::domain::record::check::Known;
use crate::domain::record::deal::{Deal, Event, What};
use crate::domain::record::list::ListKind;
use crate::domain::record::process::{Process, Stage, first_double};
use crate::domain::record::progress::Tick;
use crate::domain::record::workspace::Key;
use crate::domain::value::id::{ProcessId, SubStageId};
use crate::domain::value::text::{MAX_NAME, MAX_TITLE, Name};
use crate::domain::value::time::is_plausible;

/// The deal without what was deleted while another tab worked on it: its
/// customer, its process (it goes on in the default one), stages and
/// sub-stages. The ticks are set aside in the history.
pub fn set_aside_the_deleted(
    deal: &Deal,
    known: &Known,
    deleted: &BTreeSet<Key>,
    default: impl FnOnce() -> Option<(ProcessId, Name)>,
) -> Deal {
    let mut met = deal.clone();
    met.customer = met
        .customer
        .filter(|id| !deleted.contains(&Key::Customer(*id)));
    let mut aside: Vec<(SubStageId, Tick)> = Vec::new();
    let is_gone = |process: ProcessId| {
        !known.has_process(process) && deleted.contains(&Key::Process(process))
    };
    met.progress.retain(|process, progress| {
        if is_gone(*process) {
            aside.extend(progress.ticks.iter().map(|(id, tick)| (*id, tick.clone())));
            return false;
        }
        true
    });
    for (process, progress) in &mut met.progress {
        if !known.has_process(*process) {
            continue;
        }
        progress.position = progress
            .position
            .filter(|stage| known.has_stage(*process, *stage));
        progress
            .stays
            .retain(|stay| known.has_stage(*process, stay.stage));
        progress.ticks.retain(|sub, tick| {
            let is_there = known.has_sub_stage(*process, *sub);
            if !is_there {
                aside.push((*sub, tick.clone()));
            }
            is_there
        });
    }
    let events = aside.into_iter().map(|(sub_stage, tick)| What::Unticked {
        sub_stage,
        name: name_in_history(deal, sub_stage),
        note: tick.note,
        stage: None,
    });
    let events: Vec<What> = events.collect();
    if is_gone(met.process)
        && let Some((id, to)) = default()
    {
        met.process = id;
        let from = last_process_name(deal);
        met.history.push(Event {
            at: deal.touched,
            what: What::ProcessChanged { from, to },
        });
    }
    met.history.extend(events.into_iter().map(|what| Event {
        at: deal.touched,
        what,
    }));
    met
}

/// What a sub-stage was called when it was ticked.
fn name_in_history(deal: &Deal, id: SubStageId) -> Name {
    let events = deal.history.iter().rev();
    let mut names = events.filter_map(|event| match &event.what {
        What::Ticked {
            sub_stage, name, ..
        } if *sub_stage == id => Some(name.clone()),
        _ => None,
    });
    names
        .next()
        .unwrap_or_else(|| Name::clamped("", MAX_NAME, "A deleted sub-stage"))
}

/// What the present process was called when the deal came to it.
fn last_process_name(deal: &Deal) -> Name {
    let events = deal.history.iter().rev();
    let mut names = events.filter_map(|event| match &event.what {
        What::ProcessChanged { to, .. } => Some(to.clone()),
        _ => None,
    });
    names
        .next()
        .unwrap_or_else(|| Name::clamped("", MAX_NAME, "A deleted sales process"))
}

/// The deal without its references to what is not there.
pub fn mend_deal(deal: &Deal, known: &Known, default: ProcessId) -> Deal {
    let mut deal = deal.clone();
    for kind in ListKind::ALL {
        let entry = deal.entry_mut(kind);
        if let Some(lost) = entry.filter(|id| !known.has_entry(kind, **id)) {
            *lost = None;
        }
    }
    if !known.has_process(deal.process) {
        deal.process = default;
    }
    deal.progress
        .retain(|process, _| known.has_process(*process));
    for (process, progress) in &mut deal.progress {
        progress.position = progress
            .position
            .filter(|stage| known.has_stage(*process, *stage));
        progress
            .stays
            .retain(|stay| known.has_stage(*process, stay.stage));
        progress
            .ticks
            .retain(|sub, _| known.has_sub_stage(*process, *sub));
    }
    deal.snooze = deal.snooze.filter(|snooze| is_plausible(snooze.until));
    deal.expected_close = deal.expected_close.filter(|date| is_plausible(*date));
    deal.next_step = deal.next_step.filter(|_| deal.closing.is_none());
    if let Some(step) = &mut deal.next_step {
        step.what = Name::clamped(step.what.as_str(), MAX_TITLE, "Next step");
        step.due = step.due.filter(|date| is_plausible(*date));
    }
    deal
}

/// Whether two stages, or two sub-stages of a stage, have the same name.
pub fn has_double_names(process: &Process) -> bool {
    let subs = |stage: &Stage| first_double(stage.sub_stages.iter().map(|s| &s.name)).is_some();
    first_double(process.stages.iter().map(|stage| &stage.name)).is_some()
        || process.stages.iter().any(subs)
}

/// Gives every stage, and every sub-stage within its stage, a name of its own.
/// Earlier versions told names apart that now count as equal.
pub fn free_stage_names(process: &mut Process) {
    let mut stages = BTreeSet::new();
    for stage in &mut process.stages {
        free_among(&mut stages, &mut stage.name);
        let mut subs = BTreeSet::new();
        for sub in &mut stage.sub_stages {
            free_among(&mut subs, &mut sub.name);
        }
    }
}

fn free_among(taken: &mut BTreeSet<String>, name: &mut Name) {
    let free = free_name(name, MAX_NAME, |name| taken.contains(&name.key()));
    taken.insert(free.key());
    *name = free;
}

/// The name, with a number behind it where it is taken or too long.
pub fn free_name(name: &Name, most: usize, taken: impl Fn(&Name) -> bool) -> Name {
    let mut free = Name::clamped(name.as_str(), most, "Recovered");
    let mut number = 1u32;
    while taken(&free) {
        number = number.saturating_add(1);
        let room = most.saturating_sub(12);
        let base: String = name.as_str().chars().take(room).collect();
        free = Name::clamped(&format!("{base} {number}"), most, "Recovered");
    }
    free
}

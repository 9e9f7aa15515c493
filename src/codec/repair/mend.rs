//! Single records, mended.

use crate::domain::check::Known;
use crate::domain::deal::Deal;
use crate::domain::id::{EntryId, ProcessId};
use crate::domain::list::ListKind;
use crate::domain::text::Name;
use crate::domain::time::is_plausible;

/// The deal without what it refers to and is not there.
pub fn mend_deal(deal: &Deal, known: &Known, default: ProcessId) -> Deal {
    let mut deal = deal.clone();
    let keep = |kind: ListKind, id: &mut Option<EntryId>| {
        if !known.has_entry(kind, *id) {
            *id = None;
        }
    };
    keep(ListKind::Categories, &mut deal.category);
    keep(ListKind::Owners, &mut deal.owner);
    keep(ListKind::Sources, &mut deal.source);
    if let Some(closing) = &mut deal.closing {
        keep(closing.outcome.reasons(), &mut closing.reason);
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
    deal
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

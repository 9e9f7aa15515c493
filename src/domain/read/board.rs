//! The board of a process: a column per stage, with its deals (§12).

use std::sync::Arc;

use crate::domain::read::brief::Brief;
use crate::domain::read::filter::{Filter, Pick};
use crate::domain::read::stats::{ByStage, StageRow};
use crate::domain::record::process::Process;
use crate::domain::record::workspace::Setup;
use crate::domain::value::id::{DealId, ProcessId};
use crate::domain::value::text::letters::upper;

/// A column: all the deals of a stage that the filters let through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardColumn {
    /// The stage, with what its deals add up to: exact, however many are drawn.
    pub head: StageRow,
    /// The deals, in the chosen order.
    pub deals: Arc<Vec<DealId>>,
}

/// The columns of a process, of its open deals in the chosen order: one per
/// stage in the order of the process, and one more while there are deals in
/// none of them.
pub fn board<'a>(
    process: &Process,
    deals: impl IntoIterator<Item = &'a Brief>,
) -> Vec<BoardColumn> {
    let mut heads = ByStage::new(process);
    let mut places: Vec<Vec<DealId>> = vec![Vec::new(); process.stages.len() + 1];
    for deal in deals {
        let place = heads.add(deal);
        if let Some(ids) = places.get_mut(place) {
            ids.push(deal.id);
        }
    }
    let columns = heads.rows().into_iter().zip(places);
    columns
        .map(|(head, ids)| BoardColumn {
            head,
            deals: Arc::new(ids),
        })
        .collect()
}

/// Which process the board shows (§12.1): one that is filtered by, by its own
/// or by a stage of it, else the last one looked at, else the default.
pub fn process_of(setup: &Setup, filter: &Filter, last: Option<ProcessId>) -> ProcessId {
    let mut named = setup
        .processes_in_order()
        .filter(|process| is_named(process, filter))
        .map(|process| process.id)
        .peekable();
    match named.peek().copied() {
        Some(first) => last
            .filter(|last| named.any(|id| id == *last))
            .unwrap_or(first),
        None => last
            .filter(|last| setup.processes.contains_key(last))
            .unwrap_or(setup.default_process()),
    }
}

/// Whether the filters ask for any process, so that another one is shown only
/// by another filter.
pub fn is_filtered_by_process(setup: &Setup, filter: &Filter) -> bool {
    let mut all = setup.processes.values();
    all.any(|process| is_named(process, filter))
}

fn is_named(process: &Process, filter: &Filter) -> bool {
    if !filter.process.is_empty() {
        return filter.process.has(&process.id);
    }
    let mut stages = process.stages.iter();
    !filter.stage.is_empty() && stages.any(|stage| filter.stage.has(&Pick::Is(stage.id)))
}

/// A name in its first letters, for where there is no room for more: of the
/// first word and of the last.
pub fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    let first = words.next();
    let letters = first.into_iter().chain(words.next_back());
    letters.map(upper).collect()
}

//! A page of noted entries as columns, since version 4.

use std::sync::Arc;

use super::bytes::{Damage, columns};
use super::revisions;
use super::tables::{IdsIn, IdsOut};
use super::times::Plus;
use super::words::{self, WordsIn};
use crate::codec::revision::Revision;
use crate::domain::record::note::Note;
use crate::domain::value::id::{DealId, NoteId};
use crate::domain::value::time::Moment;

/// Deals that are noted on are scattered over all, whose ids mostly follow on
/// each other: of an id only what is above these bits stands in a table.
const LOW_BITS: u32 = 16;

columns! {
    NotesOut, NotesIn:
    /// The number of entries, and the table of the upper parts of deals' ids.
    tables,
    /// The tables of revisions.
    revisions,
    /// Ids, each as what it is more than the one before.
    ids,
    /// The deal of each: the place of the upper part of its id in the table.
    deal_parts,
    /// See [`super::revisions`].
    revision_which,
    revision_tabs,
    revision_counters,
    /// When each was noted, in minutes after the one before.
    at,
    /// The texts: see [`super::words`].
    word_counts,
    /// The lower part of the deal's id, in a column for each of its two bytes.
    deal_high,
    deal_low,
    revision_high,
    revision_low,
    word_lengths,
    word_codes,
    word_low,
    word_high,
}

/// The columns of these entries, which must be sorted by their ids; `extra`
/// are more revisions to be told at the end.
pub fn write(notes: &[(Revision, &Note)], extra: &[Revision]) -> NotesOut {
    let deals = IdsOut::new(notes.iter().map(|(_, note)| note.deal.0 >> LOW_BITS));
    let mut columns = NotesOut::default();
    columns.tables.small(notes.len());
    deals.write(&mut columns.tables);
    let (mut id, mut at) = (0, Moment::default());
    for (_, note) in notes {
        columns.ids.number(note.id.0.wrapping_sub(id));
        let deal = note.deal.0;
        columns.deal_parts.small(deals.place(deal >> LOW_BITS));
        columns.deal_high.byte((deal >> 8) as u8);
        columns.deal_low.byte(deal as u8);
        columns.at.signed(note.at.0.wrapping_sub(at.0));
        (id, at) = (note.id.0, note.at);
    }
    let words = words::write(notes.iter().map(|(_, note)| note.text.as_str()));
    (columns.word_counts, columns.word_codes) = (words.counts, words.codes);
    (columns.word_lengths, columns.word_low) = (words.lengths, words.low);
    columns.word_high = words.high;
    let told = notes
        .iter()
        .map(|(revision, note)| (*revision, Some(note.at)));
    let told: Vec<_> = told
        .chain(extra.iter().map(|revision| (*revision, None)))
        .collect();
    revisions::write(
        &told,
        &mut revisions::Columns {
            table: &mut columns.revisions,
            which: &mut columns.revision_which,
            counters: &mut columns.revision_counters,
            tabs: &mut columns.revision_tabs,
            high: &mut columns.revision_high,
            low: &mut columns.revision_low,
        },
    );
    columns
}

/// An entry and its revision.
pub type ReadNote = (Revision, Arc<Note>);

/// The entries in their columns, and as many more revisions as `extra` says.
pub fn read(
    mut columns: NotesIn<'_>,
    extra: usize,
) -> Result<(Vec<ReadNote>, Vec<Revision>), Damage> {
    let count = columns.tables.small()?;
    let deals = IdsIn::read(&mut columns.tables)?;
    let mut texts = WordsIn::new([
        columns.word_counts,
        columns.word_codes,
        columns.word_lengths,
        columns.word_low,
        columns.word_high,
    ])?;
    let mut revisions = revisions::RevisionsReader::new(revisions::Columns {
        table: columns.revisions,
        which: columns.revision_which,
        counters: columns.revision_counters,
        tabs: columns.revision_tabs,
        high: columns.revision_high,
        low: columns.revision_low,
    })?;
    let mut notes = Vec::with_capacity(columns.ids.room_for(count));
    let (mut id, mut at) = (0u64, Moment::default());
    for _ in 0..count {
        id = id.wrapping_add(columns.ids.number()?);
        at = at.plus(columns.at.signed()?);
        let deal: u64 = deals.id(columns.deal_parts.small()?)?;
        let low = u16::from_be_bytes([columns.deal_high.byte()?, columns.deal_low.byte()?]);
        let note = Note {
            id: NoteId(id),
            deal: DealId(deal << LOW_BITS | u64::from(low)),
            at,
            text: texts.text()?,
        };
        notes.push((revisions.next(Some(at))?, Arc::new(note)));
    }
    let mut more = Vec::new();
    for _ in 0..extra {
        more.push(revisions.next(None)?);
    }
    let numbers = [
        columns.ids,
        columns.deal_parts,
        columns.deal_high,
        columns.deal_low,
        columns.at,
    ];
    let is_done = texts.is_done() && numbers.iter().all(|column| column.0.is_empty());
    is_done.then_some((notes, more)).ok_or(Damage::LONG)
}

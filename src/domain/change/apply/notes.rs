//! Commands on noted entries (§13.2). Each of them is a change of its deal by
//! a person, so the deal is touched; open or closed makes no difference.

use std::sync::Arc;

use super::Edit;
use crate::domain::change::command::Context;
use crate::domain::record::deal::Deal;
use crate::domain::record::note::Note;
use crate::domain::record::workspace::{Key, Record};
use crate::domain::value::error::DomainError;
use crate::domain::value::field::FieldName;
use crate::domain::value::id::{DealId, NoteId};
use crate::domain::value::text::{MAX_NOTED, clean_lines};

impl Edit<'_> {
    pub(super) fn add_note(
        &mut self,
        deal: DealId,
        text: &str,
        context: &mut Context<'_>,
    ) -> Result<(), DomainError> {
        let note = Note {
            id: context.ids.fresh(),
            deal,
            at: context.now,
            text: noted(text)?,
        };
        self.touch(deal, context)?;
        self.put(Record::Note(Arc::new(note)));
        Ok(())
    }

    pub(super) fn edit_note(
        &mut self,
        id: NoteId,
        text: &str,
        context: &Context<'_>,
    ) -> Result<(), DomainError> {
        let before = self.note(id)?;
        let text = noted(text)?;
        if text != before.text {
            self.touch(before.deal, context)?;
            self.put(Record::Note(Arc::new(Note {
                text,
                ..Note::clone(&before)
            })));
        }
        Ok(())
    }

    pub(super) fn delete_note(
        &mut self,
        id: NoteId,
        context: &Context<'_>,
    ) -> Result<(), DomainError> {
        let deal = self.note(id)?.deal;
        self.touch(deal, context)?;
        self.set(Key::Note(id), None);
        Ok(())
    }

    /// Takes out what was noted on a deal that goes.
    pub(super) fn delete_notes_of(&mut self, deal: DealId) {
        let notes: Vec<NoteId> = self.workspace.notes.of(deal).map(|note| note.id).collect();
        for id in notes {
            self.set(Key::Note(id), None);
        }
    }

    fn note(&self, id: NoteId) -> Result<Arc<Note>, DomainError> {
        let note = self.workspace.notes.get(id).cloned();
        note.ok_or(DomainError::Missing { what: "note" })
    }

    fn touch(&mut self, id: DealId, context: &Context<'_>) -> Result<(), DomainError> {
        let deal = Deal::clone(&*self.deal(id)?);
        self.put_touched(deal, context);
        Ok(())
    }
}

fn noted(text: &str) -> Result<String, DomainError> {
    let text = clean_lines(text, MAX_NOTED, FieldName::Note)?;
    match text.trim().is_empty() {
        true => Err(DomainError::Empty {
            what: FieldName::Note,
        }),
        false => Ok(text),
    }
}

//! How a saver meets what other tabs have written.

use std::collections::HashMap;

use super::{
    CodecError, Key, KeyValue, MARKS_KEPT_MS, PageCount, PortError, Record, Revision, Saver, Shelf,
    Trouble, Unsaved, Workspace, generation_of, generation_text, page, reconcile,
};
use crate::codec::record::to_json;
use crate::codec::stored::Stored;
use crate::domain::record::workspace::Changes;
use crate::domain::value::order::sort;
use crate::store::placement::Known;

/// What another tab's write means for this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// It is none of this account's records.
    Nothing,
    /// It was merged: [`Saver::take_in`] hands out what is new.
    Merged,
    /// Everything was erased: load again.
    Erased,
}

/// Tells texts apart: sixteen bytes at a time are multiplied to twice the
/// length and folded, so that no bit of them is without effect.
pub(super) fn fingerprint(text: &str) -> u64 {
    const ODD: [u64; 3] = [
        0xa076_1d64_78bd_642f,
        0xe703_7ed1_a0b4_28db,
        0x8ebc_6af0_9c88_c6e3,
    ];
    let fold = |one: u64, other: u64| {
        let product = u128::from(one) * u128::from(other);
        (product as u64) ^ (product >> 64) as u64
    };
    let [first, second, last] = ODD;
    let (chunks, rest) = text.as_bytes().as_chunks::<16>();
    let mix = |fingerprint: u64, chunk: &[u8; 16]| {
        let both = u128::from_le_bytes(*chunk);
        fold(
            both as u64 ^ first,
            (both >> 64) as u64 ^ second ^ fingerprint,
        )
    };
    let mut end = [0; 16];
    end.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    let fingerprint = mix(chunks.iter().fold(last, mix), &end);
    fold(fingerprint ^ first, text.len() as u64 ^ last)
}

impl Saver {
    /// Takes in what another tab has written under a key; none where it has
    /// taken the key out. Where that lacks what is known here to be later, the
    /// shelf is written again, unless what is stored by then has it all.
    ///
    /// The workspace must be the one whose changes were noted.
    pub fn receive(
        &mut self,
        key: &str,
        text: Option<&str>,
        workspace: &Workspace,
        now_ms: i64,
    ) -> Received {
        if self.is_locked {
            return Received::Nothing;
        }
        self.now_ms = now_ms;
        if key == self.space.generation_key() {
            let generation = text.and_then(generation_of).unwrap_or(0);
            if generation > self.generation {
                self.generation = generation;
                self.stop(Trouble::Erased);
                return Received::Erased;
            }
            if generation < self.generation {
                // An erasing that had not heard of a later one has written
                // over it: a write puts it back.
                self.owe(Shelf::Settings);
                self.retry(now_ms);
            }
            return Received::Nothing;
        }
        let Some(shelf) = self.space.shelf(key) else {
            self.receive_other(key, text);
            return Received::Nothing;
        };
        let was_saved = self.dirty.is_empty();
        match text.map(|text| self.merge(shelf, text, workspace)) {
            Some(Ok(())) => {}
            Some(Err(error)) => self.stop(error.into()),
            // No tab ever removes a page that has held something: it was lost,
            // and is written again. Of an account in which nobody has done
            // anything yet, an erasing has only now come to an end there.
            None => {
                self.seen.remove(&shelf);
                if self.placement.shelves().any(|used| used == shelf) && self.is_in_use() {
                    self.owe(shelf);
                }
            }
        }
        if was_saved && !self.dirty.is_empty() {
            self.unsaved_since = Some(Unsaved {
                first_ms: now_ms,
                last_ms: now_ms,
            });
        }
        Received::Merged
    }

    /// Whether anybody has changed, made or deleted something in this account.
    fn is_in_use(&self) -> bool {
        let holds_changes = |shelf: Shelf| {
            let mut living = self.placement.on(shelf);
            living.any(|key| self.placement.revision(key) != Revision::default())
                || self.placement.marks_on(shelf).next().is_some()
        };
        self.placement.shelves().any(holds_changes)
    }

    /// Takes note of what another tab has set aside, thrown away or counted.
    fn receive_other(&mut self, key: &str, text: Option<&str>) {
        if key == self.space.pages_key() {
            self.pages = text.and_then(PageCount::parse);
        } else if self.space.aside_shelf(key).is_some() {
            match text {
                Some(_) => self.asides.insert(key.to_owned()),
                None => self.asides.remove(key),
            };
        }
    }

    /// Looks at every key again, after a time in which the browser may have
    /// told nothing of other tabs.
    ///
    /// # Errors
    /// The storage can't be read.
    pub fn catch_up(
        &mut self,
        port: &dyn KeyValue,
        workspace: &Workspace,
        now_ms: i64,
    ) -> Result<Received, PortError> {
        let mut keys = port.keys(self.space.prefix())?;
        keys.extend(self.placement.shelves().map(|shelf| self.space.key(shelf)));
        keys.extend(self.asides.iter().cloned());
        sort(&mut keys);
        keys.dedup();
        // The generation first: it tells whether there is anything to merge.
        keys.push(self.space.generation_key());
        keys.reverse();
        let mut seen = Received::Nothing;
        for key in keys {
            match self.receive(&key, port.get(&key)?.as_deref(), workspace, now_ms) {
                Received::Erased => return Ok(Received::Erased),
                Received::Merged => seen = Received::Merged,
                Received::Nothing => {}
            }
        }
        Ok(seen)
    }

    /// The changes that make the workspace show what other tabs have done, and
    /// what fits again, or does not fit any more, because of what was noted.
    /// They are to be installed at once; there is nothing to note.
    pub fn take_in(&mut self, workspace: &Workspace) -> Changes {
        let news = std::mem::take(&mut self.news);
        if news.is_empty() {
            return Changes::default();
        }
        let deleted = self.placement.deleted();
        let changes = reconcile(workspace, &mut self.stored, &news, deleted, self.fresh);
        self.repaired.retain(|key| self.stored.contains_key(key));
        self.has_mended |= !self.stored.is_empty();
        changes
    }

    /// The revision of a record, or of its deletion; none where nothing is known of it.
    pub fn revision(&self, key: Key) -> Option<Revision> {
        self.placement.known(key).map(Known::revision)
    }

    /// A record as it is stored, or is to be.
    pub(super) fn record(&self, key: Key, workspace: &Workspace) -> Option<Record> {
        match self.stored.get(&key) {
            Some(stored) => stored.clone(),
            None => workspace.get(key),
        }
    }

    /// Whether the account is still the one that was loaded. One whose
    /// generation was lost gets it back.
    pub(super) fn meet_generation(&mut self, port: &dyn KeyValue) -> Result<bool, PortError> {
        let key = self.space.generation_key();
        let stored = port
            .get(&key)?
            .as_deref()
            .and_then(generation_of)
            .unwrap_or(0);
        if stored > self.generation {
            self.generation = stored;
            self.stop(Trouble::Erased);
            return Ok(false);
        }
        if stored < self.generation {
            port.set(&key, &generation_text(self.generation))?;
            self.dirty.extend(self.placement.shelves());
            self.edited.clear();
        }
        Ok(true)
    }

    /// Writes nothing any more, for this reason.
    pub(super) fn stop(&mut self, trouble: Trouble) {
        self.is_locked = true;
        self.trouble = Some(trouble);
    }

    /// Takes over what is later in a shelf's text, and finds what is earlier
    /// there than here: then the shelf is dirty.
    pub(super) fn merge(
        &mut self,
        shelf: Shelf,
        text: &str,
        workspace: &Workspace,
    ) -> Result<(), CodecError> {
        let fingerprint = fingerprint(text);
        if self.seen.get(&shelf) == Some(&fingerprint) {
            return Ok(());
        }
        let page = page::decode(shelf, text)?;
        self.seen.insert(shelf, fingerprint);
        if page.generation < self.generation && page.unread.is_empty() {
            // A tab that had not heard yet has written what was erased.
            self.owe(shelf);
            return Ok(());
        }
        let is_whole = page.unread.is_empty();
        if is_whole {
            // The text that was to be kept is not stored any more: another tab
            // has written over it, and has kept it before that.
            self.to_keep.remove(&shelf);
            self.lost.remove(&shelf);
        } else {
            self.to_keep.insert(shelf);
        }
        let pruned = page.pruned;
        let there = page.records.iter().map(|s| (s.record.key(), s.revision));
        let there = there.chain(page.removed.iter().copied()).collect();
        let is_news = self.take_over(shelf, page.records, page.removed, workspace);
        if is_news && self.own.contains(&shelf) {
            // Without locks, a write of this tab may have come after it and lie
            // over it. So the shelf is written again, unless what is stored by
            // then has everything.
            self.owe(shelf);
        }
        self.placement.see_pruned(shelf, pruned);
        self.find_earlier(shelf, &there, is_whole.then_some(pruned));
        Ok(())
    }

    /// Takes over the records and marks of a shelf's text that are later than
    /// what is known here; whether there were any. One that is not known and
    /// older than the marks that were forgotten was deleted.
    pub(super) fn take_over(
        &mut self,
        shelf: Shelf,
        records: Vec<Stored>,
        removed: Vec<(Key, Revision)>,
        workspace: &Workspace,
    ) -> bool {
        let mut is_news = false;
        let pruned = self.placement.pruned(shelf);
        for stored in records {
            let key = stored.record.key();
            self.clock.see(stored.revision);
            let is_unknown = self.placement.known(key).is_none();
            if is_unknown && (1..=pruned).contains(&stored.revision.millis) {
                self.owe(shelf);
            } else if self.is_later(key, stored.revision, &stored.record, workspace) {
                let extra = stored.extra;
                let before = self.placement.put_at(key, shelf, stored.revision, extra);
                self.follow(before, shelf);
                self.put_in_news(key, Some(stored.record));
                is_news = true;
            } else {
                self.settle_place(key, shelf, stored.revision);
            }
        }
        for (key, revision) in removed {
            self.clock.see(revision);
            if self
                .placement
                .known(key)
                .is_none_or(|known| known.revision() < revision)
            {
                let before = self.placement.bury_at(key, shelf, revision);
                self.follow(before, shelf);
                self.put_in_news(key, None);
                is_news = true;
            } else {
                self.settle_place(key, shelf, revision);
            }
        }
        if is_news {
            self.journal.forget_text(shelf);
        }
        is_news
    }

    pub(super) fn put_in_news(&mut self, key: Key, record: Option<Record>) {
        self.stored.insert(key, record);
        self.news.insert(key);
    }

    /// What lies on a shelf is not what its stored text says any more: it is to
    /// be written.
    pub(super) fn spoil(&mut self, shelf: Shelf) {
        self.journal.forget_text(shelf);
        self.owe(shelf);
    }

    /// Finds the records that are missing from a shelf's text, or are there in
    /// an earlier revision. Where marks were forgotten up to `pruned`, one
    /// that is older was deleted.
    fn find_earlier(&mut self, shelf: Shelf, there: &HashMap<Key, Revision>, pruned: Option<u64>) {
        let living: Vec<Key> = self.placement.on(shelf).collect();
        for key in living {
            let revision = self.placement.revision(key);
            match there.get(&key) {
                Some(there) if *there >= revision => {}
                None if pruned.is_some_and(|until| until > 0 && revision.millis <= until)
                    && !self.unwritten.contains(&key) =>
                {
                    self.placement.remove(key);
                    self.journal.forget_text(shelf);
                    self.put_in_news(key, None);
                }
                _ => self.owe(shelf),
            }
        }
        let now = u64::try_from(self.now_ms).unwrap_or(0);
        let is_missing = |(key, revision): (Key, Revision)| {
            let is_kept = revision.millis.saturating_add(MARKS_KEPT_MS) >= now;
            is_kept && there.get(&key).is_none_or(|there| *there < revision)
        };
        if self.placement.marks_on(shelf).any(is_missing) {
            self.owe(shelf);
        }
    }

    /// Of two copies in the same revision the one on the first shelf stays.
    fn settle_place(&mut self, key: Key, shelf: Shelf, revision: Revision) {
        let Some((known, at)) = self.placement.known(key).zip(self.placement.shelf_of(key)) else {
            return;
        };
        if at == shelf {
            return;
        }
        if known.revision() == revision && shelf < at {
            match known {
                Known::Living(_) => {
                    let extra = self.placement.extra(key).cloned();
                    self.placement.put_at(key, shelf, revision, extra);
                }
                Known::Deleted(_) => drop(self.placement.bury_at(key, shelf, revision)),
            }
            self.spoil(shelf);
            self.follow(Some(at), shelf);
        } else {
            self.owe(shelf);
        }
    }

    /// Whether a stored record takes the place of what is known here: where
    /// the revisions are the same, every tab takes the same one.
    fn is_later(
        &self,
        key: Key,
        revision: Revision,
        record: &Record,
        workspace: &Workspace,
    ) -> bool {
        let Some(known) = self.placement.known(key) else {
            return true;
        };
        if known.revision() != revision {
            return known.revision() < revision;
        }
        let here = self.record(key, workspace);
        if here.as_ref() == Some(record) {
            return false;
        }
        let json = |record: &Record| to_json(record).unwrap_or_default();
        here.is_none_or(|here| json(&here) < json(record))
    }
}

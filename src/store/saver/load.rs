//! How a saver begins: with what is stored.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    HybridClock, Journal, KeyValue, LoadError, PageCount, Placement, Report, Saver, Shelf, Space,
    Workspace, generation_of, merge, units,
};
use crate::codec::load::{Loaded, load};
use crate::domain::value::order::{Gather, sort};

impl Saver {
    /// Reads everything of a space; `fresh` makes the workspace of a new
    /// account, always the same one, and `tab` is a number drawn at random. Writes nothing.
    ///
    /// # Errors
    /// The storage can't be read, or a newer version has written it.
    pub fn load(
        port: &dyn KeyValue,
        space: Space,
        tab: u32,
        fresh: fn() -> Workspace,
    ) -> Result<(Workspace, Self, Report), LoadError> {
        Self::load_since(port, space, tab, fresh, 0)
    }

    /// Reads everything again after an erasing, here or in another tab.
    ///
    /// # Errors
    /// As for [`Saver::load`].
    pub fn reload(
        &self,
        port: &dyn KeyValue,
        tab: u32,
    ) -> Result<(Workspace, Self, Report), LoadError> {
        let mut loaded = Self::load_since(port, self.space, tab, self.fresh, self.generation)?;
        loaded.1.own.clone_from(&self.own);
        // An older format is kept aside at the start alone: afterwards nothing
        // would ever release a saver that waits for that.
        loaded.1.is_held &= self.is_held;
        loaded.1.journal.continue_as(&self.journal);
        if loaded.1.journal.is_on() {
            loaded.1.journal_own();
        }
        Ok(loaded)
    }

    /// Reads what is stored. The account's generation is `at_least` this one,
    /// which may not be stored yet.
    fn load_since(
        port: &dyn KeyValue,
        space: Space,
        tab: u32,
        fresh: fn() -> Workspace,
        at_least: u64,
    ) -> Result<(Workspace, Self, Report), LoadError> {
        let stored_generation = port.get(&space.generation_key())?;
        let stored_generation = stored_generation.as_deref().and_then(generation_of);
        let mut texts = Vec::new();
        let mut asides = BTreeSet::new();
        for key in port.keys(space.prefix())? {
            if let Some(shelf) = space.shelf(&key)
                && let Some(text) = port.get(&key)?
            {
                texts.push((shelf, text));
            } else if space.aside_shelf(&key).is_some() {
                asides.insert(key);
            }
        }
        sort(&mut texts);
        let stored: BTreeSet<Shelf> = texts.iter().map(|(shelf, _)| *shelf).gather();
        let pages = port.get(&space.pages_key())?;
        let pages = pages.as_deref().and_then(PageCount::parse);
        let lost = pages.unwrap_or_default().missing(&stored);
        let seen = texts
            .iter()
            .map(|(shelf, text)| (*shelf, merge::fingerprint(text)));
        let seen = seen.collect();
        let sizes = texts
            .iter()
            .map(|(shelf, text)| (*shelf, units(&space.key(*shelf)) + units(text)));
        let sizes = sizes.collect();
        let loaded = if stored.is_empty() {
            Loaded::new_account(fresh())
        } else {
            // This tab's copy of the storage, or the disk, may not have the
            // erasing yet that it was told of.
            load(&texts, stored_generation, at_least, fresh)?
        };
        let Loaded {
            generation,
            migrated_from,
            workspace,
            places,
            extras,
            removed,
            pruned,
            stored: stored_otherwise,
            repaired,
            set_aside,
            mut notes,
            to_keep,
            outdated,
        } = loaded;
        let generation = generation.max(stored_generation.unwrap_or(0)).max(at_least);
        let mut clock = HybridClock::new(tab);
        let known = places.values().chain(removed.values());
        known.for_each(|place| clock.see(place.revision));
        let is_new = places.is_empty() && set_aside.is_empty() && removed.is_empty();
        let mut saver = Self {
            space,
            clock,
            placement: Placement::new(places, extras, removed, pruned),
            dirty: BTreeSet::new(),
            edited: BTreeSet::new(),
            moved: BTreeMap::new(),
            leftovers: outdated.clone(),
            journal: Journal::default(),
            unwritten: BTreeSet::new(),
            refused: BTreeSet::new(),
            waiting: outdated,
            repaired,
            has_mended: !stored_otherwise.is_empty(),
            stored: stored_otherwise,
            news: BTreeSet::new(),
            seen,
            sizes,
            own: BTreeSet::new(),
            generation,
            fresh,
            now_ms: 0,
            to_keep,
            written_over: BTreeSet::new(),
            asides,
            lost,
            pages,
            trouble: None,
            is_held: migrated_from.is_some(),
            is_locked: false,
            unsaved_since: None,
        };
        stored
            .iter()
            .chain(&saver.lost)
            .for_each(|shelf| saver.placement.reserve(*shelf));
        // Pages of which nothing could be read are not among these, so that no
        // new record is put on them.
        let used: Vec<Shelf> = saver.placement.shelves().collect();
        for shelf in used {
            let size = saver.sizes.get(&shelf).copied().unwrap_or(0);
            saver.placement.see_characters(shelf, size);
        }
        for key in saver.placement.unknown(workspace.keys()) {
            saver.waiting.insert(saver.placement.place(key, 0));
        }
        if generation > stored_generation.unwrap_or(0) {
            // Two tabs have erased at a time: the later one counts everywhere.
            saver.dirty.append(&mut saver.waiting);
            saver.dirty.insert(Shelf::Settings);
            saver.retry(0);
        }
        let is_counted = pages.is_some();
        for (shelf, what) in [(Shelf::Views, "saved views"), (Shelf::Rules, "rules")] {
            if is_counted && !stored.contains(&shelf) {
                notes.push(format!("The {what} are gone from this browser's storage."));
            }
        }
        let report = Report {
            is_new,
            migrated_from,
            set_aside,
            set_aside_before: saver.asides.len(),
            notes,
        };
        Ok((workspace, saver, report))
    }
}

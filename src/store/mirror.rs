//! The reactive mirror of the workspace, and the one place that fans out a change.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use leptos::prelude::*;

use super::keeper::Keeper;
use super::undo::{Step, UndoStack};
use crate::domain::change::apply::{apply, install};
use crate::domain::change::command::{Command, Context};
use crate::domain::read::glance::Glance;
use crate::domain::read::index::Index;
use crate::domain::record::deal::Deal;
use crate::domain::record::workspace::{Change, Changes, Key, Record, Setup, Workspace};
use crate::domain::value::error::DomainError;
use crate::domain::value::id::{DealId, IdSource};
use crate::web::clock;
use crate::web::intl::collation;

/// The data of this tab: views read from it and send it commands.
#[derive(Clone, Copy)]
pub struct Store {
    inner: StoredValue<Inner, LocalStorage>,
    /// Says that any deal was touched.
    deals: RwSignal<()>,
    /// Says that anything but a deal was touched.
    setup: RwSignal<()>,
    /// Says that the steps of Undo and Redo have changed.
    steps: RwSignal<()>,
    /// Whether all data is there, and not only the first screen.
    whole: RwSignal<bool>,
    /// Writes what is touched to the storage.
    pub keeper: Keeper,
}

struct Inner {
    workspace: Workspace,
    /// Follows the workspace.
    index: Index,
    ids: IdSource,
    undo: UndoStack,
    /// One signal per deal that a view has looked at.
    watched: HashMap<DealId, ArcRwSignal<()>>,
}

impl Store {
    /// A store over a workspace that was loaded or is new.
    pub fn new(workspace: Workspace, ids: IdSource, keeper: Keeper) -> Self {
        Self::over(workspace, ids, keeper, true)
    }

    /// The same while a part of it is still on its way.
    pub fn in_part(workspace: Workspace, ids: IdSource, keeper: Keeper) -> Self {
        Self::over(workspace, ids, keeper, false)
    }

    /// A store over the first screen of a workspace: to be started over with
    /// all of it before anything is asked of it.
    pub fn at_a_glance(glance: Glance, ids: IdSource, keeper: Keeper) -> Self {
        let index = Index::of_glance(&glance);
        Self::with(index, glance.workspace, ids, keeper, false)
    }

    fn over(workspace: Workspace, ids: IdSource, keeper: Keeper, is_whole: bool) -> Self {
        let index = Index::new(&workspace).collated(collation);
        Self::with(index, workspace, ids, keeper, is_whole)
    }

    fn with(
        index: Index,
        workspace: Workspace,
        ids: IdSource,
        keeper: Keeper,
        is_whole: bool,
    ) -> Self {
        let inner = Inner {
            index,
            workspace,
            ids,
            undo: UndoStack::default(),
            watched: HashMap::new(),
        };
        Self {
            inner: StoredValue::new_local(inner),
            deals: RwSignal::new(()),
            setup: RwSignal::new(()),
            steps: RwSignal::new(()),
            whole: RwSignal::new(is_whole),
            keeper,
        }
    }

    /// What `aria-busy` is while only the first screen is there, and not all
    /// data; follows it.
    pub fn is_busy(self) -> Option<&'static str> {
        (!self.whole.get()).then_some("true")
    }

    /// Reads the workspace; the caller is told when any record changes.
    pub fn all<T>(self, read: impl FnOnce(&Workspace) -> T) -> T {
        self.deals.track();
        self.setup.track();
        self.peek(read)
    }

    /// Reads what the index knows of all deals; the caller is told when any
    /// record changes.
    pub fn index<T>(self, read: impl FnOnce(&Index, &Workspace) -> T) -> T {
        self.deals.track();
        self.setup.track();
        self.peek_index(read)
    }

    /// Reads what the index knows of all deals, once.
    pub fn peek_index<T>(self, read: impl FnOnce(&Index, &Workspace) -> T) -> T {
        self.inner
            .with_value(|inner| read(&inner.index, &inner.workspace))
    }

    /// Reads everything but the deals; the caller is told when any of it changes.
    pub fn setup<T>(self, read: impl FnOnce(&Setup) -> T) -> T {
        self.setup.track();
        self.peek(|workspace| read(workspace))
    }

    /// Reads the workspace once.
    pub fn peek<T>(self, read: impl FnOnce(&Workspace) -> T) -> T {
        self.inner.with_value(|inner| read(&inner.workspace))
    }

    /// One deal; the caller is told when it changes, and only then.
    pub fn deal(self, id: DealId) -> Option<Arc<Deal>> {
        self.about_deal(id, |workspace| workspace.deals.get(&id).cloned())
            .flatten()
    }

    /// Reads something about one deal; the caller is told when that or a note
    /// on it changes, and only then.
    pub fn about_deal<T>(self, id: DealId, read: impl FnOnce(&Workspace) -> T) -> Option<T> {
        let signal = self
            .inner
            .try_update_value(|inner| inner.watched.entry(id).or_default().clone())?;
        signal.track();
        Some(self.peek(read))
    }

    /// A new id.
    pub fn fresh_id<I: From<u64>>(self) -> Option<I> {
        self.inner.try_update_value(|inner| inner.ids.fresh())
    }

    /// Lends the workspace and a context, for work that prepares a command.
    pub fn with_context<T>(
        self,
        work: impl FnOnce(&Workspace, &mut Context<'_>) -> T,
    ) -> Option<T> {
        self.inner.try_update_value(|inner| {
            let mut context = Context {
                now: clock::now(),
                today: clock::today(),
                ids: &mut inner.ids,
            };
            work(&inner.workspace, &mut context)
        })
    }

    /// Does what a command asks, tells everyone whom it concerns, and
    /// remembers the step.
    ///
    /// # Errors
    /// The command breaks a rule; nothing was changed.
    pub fn dispatch(self, command: Command) -> Result<Changes, DomainError> {
        let name = command.name();
        let done = self.inner.try_update_value(|inner| {
            let mut context = Context {
                now: clock::now(),
                today: clock::today(),
                ids: &mut inner.ids,
            };
            let changes = apply(&mut inner.workspace, command, &mut context)?;
            inner.index.follow(&inner.workspace, &changes);
            if !changes.is_empty() {
                inner.undo.push(Step {
                    name,
                    changes: changes.clone(),
                });
            }
            Ok(changes)
        });
        let changes = done.unwrap_or(Err(DomainError::Nothing))?;
        self.fan_out(&changes);
        Ok(changes)
    }

    /// Takes back the last step; its name, or none where there is nothing.
    ///
    /// # Errors
    /// What the step changed has been changed since.
    pub fn undo(self) -> Result<Option<&'static str>, DomainError> {
        self.step(UndoStack::undo)
    }

    /// Does the step undone last again; its name, or none where there is none.
    ///
    /// # Errors
    /// What the step changed has been changed since.
    pub fn redo(self) -> Result<Option<&'static str>, DomainError> {
        self.step(UndoStack::redo)
    }

    /// The names of the steps that Undo and Redo would take; follows them.
    pub fn next_steps(self) -> (Option<&'static str>, Option<&'static str>) {
        self.steps.track();
        self.inner
            .with_value(|inner| (inner.undo.next_undo(), inner.undo.next_redo()))
    }

    /// The names of all steps that can be undone, the last one first; follows
    /// them.
    pub fn undoable(self) -> Vec<&'static str> {
        self.steps.track();
        self.inner.with_value(|inner| inner.undo.undoable())
    }

    /// The name of the step that Undo would take, where it can.
    pub fn undo_that_goes(self) -> Option<&'static str> {
        self.inner
            .with_value(|inner| inner.undo.undo_that_goes(&inner.workspace))
    }

    /// Replaces everything, for good: the one thing that can't be undone. Also
    /// makes a first screen whole.
    pub fn start_over(self, workspace: Workspace) {
        self.inner.update_value(|inner| {
            inner.index = Index::new(&workspace).collated(collation);
            inner.workspace = workspace;
            inner.undo.clear();
        });
        self.whole.set(true);
        self.deals.notify();
        self.setup.notify();
        self.steps.notify();
        let watched = self
            .inner
            .with_value(|inner| inner.watched.values().cloned().collect::<Vec<_>>());
        watched.iter().for_each(Notify::notify);
    }

    /// All is there that there will be.
    pub fn complete(self) {
        self.whole.set(true);
    }

    fn step(
        self,
        take: impl FnOnce(&mut UndoStack, &mut Workspace) -> Option<Result<Step, DomainError>>,
    ) -> Result<Option<&'static str>, DomainError> {
        let taken = self
            .inner
            .try_update_value(|inner| {
                let taken = take(&mut inner.undo, &mut inner.workspace);
                if let Some(Ok(step)) = &taken {
                    inner.index.follow(&inner.workspace, &step.changes);
                }
                taken
            })
            .flatten();
        self.steps.notify();
        let Some(step) = taken.transpose()? else {
            return Ok(None);
        };
        self.fan_out(&step.changes);
        Ok(Some(step.name))
    }

    /// Takes over what other tabs have changed, and tells everyone whom it
    /// concerns. It is no step of this tab, and is saved already.
    pub fn receive(self, changes: &Changes) {
        self.show(changes, UndoStack::share);
    }

    /// Shows what fits again, or does not fit any more, after a step of this
    /// tab. It is no step, and nothing of it is to be saved.
    pub fn mend(self, changes: &Changes) {
        self.show(changes, |undo| undo.mended(changes));
    }

    fn show(self, changes: &Changes, tell: impl FnOnce(&mut UndoStack)) {
        let taken = self.inner.try_update_value(|inner| {
            tell(&mut inner.undo);
            install(&mut inner.workspace, changes)?;
            inner.index.follow(&inner.workspace, changes);
            Ok::<(), DomainError>(())
        });
        // Changes are made from this very workspace, so they fit.
        if let Some(Ok(())) = taken {
            self.tell(changes);
        }
    }

    fn fan_out(self, changes: &Changes) {
        if changes.is_empty() {
            return;
        }
        self.keeper.note(self, changes);
        self.tell(changes);
    }

    fn tell(self, changes: &Changes) {
        let deals: BTreeSet<DealId> = changes.0.iter().filter_map(deal_of).collect();
        let watched = self.inner.with_value(|inner| {
            let watched = deals.iter().filter_map(|id| inner.watched.get(id).cloned());
            watched.collect::<Vec<_>>()
        });
        if !deals.is_empty() {
            self.deals.notify();
        }
        if changes
            .keys()
            .any(|key| !matches!(key, Key::Deal(_) | Key::Note(_)))
        {
            self.setup.notify();
        }
        watched.iter().for_each(Notify::notify);
        self.steps.notify();
    }
}

/// The deal that a change is one of, be it of the deal or of a note on it.
fn deal_of(change: &Change) -> Option<DealId> {
    match (change.key, &change.before, &change.after) {
        (Key::Deal(id), ..) => Some(id),
        (_, Some(Record::Note(note)), _) | (_, None, Some(Record::Note(note))) => Some(note.deal),
        _ => None,
    }
}

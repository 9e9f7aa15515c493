//! The steps that can be undone and redone.

use std::collections::VecDeque;

use crate::domain::change::apply::install;
use crate::domain::record::check::{Lost, News, fits_with};
use crate::domain::record::workspace::{Changes, Workspace};
use crate::domain::value::error::DomainError;

/// How many steps are kept; older ones can't be undone any more.
const MOST_STEPS: usize = 500;

/// How many steps are kept however much they changed.
const SURE_STEPS: usize = 100;

/// Beyond the sure ones, steps are kept while all of them together hold no more
/// changes of records than this, since each change keeps an old record in
/// memory.
const MOST_CHANGES: usize = 200_000;

/// One step: its name, and what it did.
#[derive(Debug, Clone)]
pub struct Step {
    /// The name of the command.
    pub name: &'static str,
    /// What it did.
    pub changes: Changes,
}

/// The steps of this session.
#[derive(Debug, Default)]
pub struct UndoStack {
    done: VecDeque<Step>,
    undone: Vec<Step>,
    /// Another tab has changed something since the first step.
    is_shared: bool,
    /// What steps of this tab have let go, because nothing named it any more:
    /// it comes back with what names it.
    lost: Lost,
}

impl UndoStack {
    /// Remembers a new step; what was undone before can't be redone any more.
    pub fn push(&mut self, step: Step) {
        self.undone.clear();
        self.done.push_back(step);
        let size = |step: &Step| step.changes.0.len();
        let mut held: usize = self.done.iter().map(size).sum();
        while self.done.len() > MOST_STEPS || (self.done.len() > SURE_STEPS && held > MOST_CHANGES)
        {
            held -= self.done.pop_front().as_ref().map_or(0, size);
        }
    }

    /// Another tab has changed something. From now on it is checked, before a
    /// step is installed, that everything it refers to is still there.
    pub fn share(&mut self) {
        self.is_shared = true;
    }

    /// A step of this tab has made others be shown otherwise, without anybody's
    /// having changed them: what stood in for something lost is gone where
    /// nothing names it any more.
    pub fn mended(&mut self, changes: &Changes) {
        self.lost.see(changes);
    }

    /// The name of the step that Undo takes back.
    pub fn next_undo(&self) -> Option<&'static str> {
        self.done.back().map(|step| step.name)
    }

    /// The same, but only where nothing of what it changed has been changed
    /// since.
    pub fn undo_that_goes(&self, workspace: &Workspace) -> Option<&'static str> {
        let step = self.done.back()?;
        let mut changes = step.changes.0.iter();
        let goes = changes.all(|change| workspace.get(change.key) == change.after);
        goes.then_some(step.name)
    }

    /// The names of all steps that can be undone, the last one first.
    pub fn undoable(&self) -> Vec<&'static str> {
        self.done.iter().rev().map(|step| step.name).collect()
    }

    /// The name of the step that Redo does again.
    pub fn next_redo(&self) -> Option<&'static str> {
        self.undone.last().map(|step| step.name)
    }

    /// Takes back the last step; none where there is nothing to take back.
    ///
    /// # Errors
    /// The records, or what they refer to, were changed since by another
    /// tab: the step is left out, the others remain.
    pub fn undo(&mut self, workspace: &mut Workspace) -> Option<Result<Step, DomainError>> {
        let step = self.done.pop_back()?;
        let inverse = step.changes.inverse();
        Some(self.install(workspace, &inverse).map(|()| {
            let name = step.name;
            self.undone.push(step);
            Step {
                name,
                changes: inverse,
            }
        }))
    }

    /// Does the step undone last again; none where there is none.
    ///
    /// # Errors
    /// As for [`UndoStack::undo`].
    pub fn redo(&mut self, workspace: &mut Workspace) -> Option<Result<Step, DomainError>> {
        let step = self.undone.pop()?;
        Some(self.install(workspace, &step.changes).map(|()| {
            self.done.push_back(step.clone());
            step
        }))
    }

    fn install(&self, workspace: &mut Workspace, changes: &Changes) -> Result<(), DomainError> {
        let news = || -> News {
            let all = changes.0.iter();
            all.map(|change| (change.key, change.after.clone()))
                .collect()
        };
        if self.is_shared && !fits_with(workspace, &news(), &self.lost) {
            return Err(DomainError::Stale);
        }
        install(workspace, changes)
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use super::*;
    use crate::domain::change::apply::apply;
    use crate::domain::change::command::{Choice, Command, Context, CustomerDraft, DealDraft};
    use crate::domain::record::workspace::{Change, Key, Record};
    use crate::domain::start::templates::new_workspace;
    use crate::domain::value::id::{DealId, IdSource};
    use crate::domain::value::time::{Date, Moment};

    fn step_of(changes: usize) -> Step {
        let change = Change {
            key: Key::Rules,
            before: None,
            after: None,
        };
        Step {
            name: "Edit",
            changes: Changes(vec![change; changes]),
        }
    }

    /// How many of so many steps are kept, each of so many changes.
    fn kept(steps: usize, changes: usize) -> usize {
        let mut stack = UndoStack::default();
        for _ in 0..steps {
            stack.push(step_of(changes));
        }
        stack.done.len()
    }

    #[test]
    fn the_steps_of_much_are_fewer_but_never_fewer_than_a_hundred() {
        assert_eq!(kept(600, 1), 500);
        assert_eq!(kept(400, 1_000), 200);
        assert_eq!(kept(210, 1_000), 200);
        assert_eq!(kept(101, 2_000), 100);
        assert_eq!(kept(130, 5_000), 100);
        assert_eq!(kept(90, 5_000), 90);
    }

    #[test]
    fn a_great_step_drops_old_ones_down_to_the_sure_ones() {
        let mut stack = UndoStack::default();
        for _ in 0..300 {
            stack.push(step_of(1));
        }
        stack.push(step_of(MOST_CHANGES));
        assert_eq!(stack.done.len(), SURE_STEPS);
        stack.push(step_of(1));
        assert_eq!(stack.done.len(), SURE_STEPS);
    }

    #[test]
    fn a_step_whose_customer_another_tab_has_deleted_is_refused() {
        let mut ids = IdSource::starting_at(1);
        let mut workspace = new_workspace(&mut ids);
        let mut stack = UndoStack::default();
        let run = |workspace: &mut Workspace, ids: &mut IdSource, command: Command| {
            let today = Date::constant(2026, 3, 2);
            let now = Moment::noon_of(today);
            let mut context = Context { now, today, ids };
            apply(workspace, command, &mut context).unwrap()
        };
        let name = "Babbage & Co".to_owned();
        let customer = CustomerDraft {
            name,
            ..CustomerDraft::default()
        };
        run(&mut workspace, &mut ids, Command::AddCustomer(customer));
        let id = *workspace.customers.keys().next().unwrap();
        let deal = DealDraft {
            name: "Chairs".to_owned(),
            customer: Choice::Existing(id),
            segment: Choice::None,
            category: Choice::None,
            owner: Choice::None,
            value: None,
            expected_close: None,
            source: Choice::None,
            process: workspace.default_process(),
            notes: String::new(),
            next_step: None,
            carry_over: false,
            dismissed: std::collections::BTreeSet::new(),
        };
        run(&mut workspace, &mut ids, Command::AddDeal(deal));
        let deals: BTreeSet<DealId> = workspace.deals.keys().copied().collect();
        let changes = run(&mut workspace, &mut ids, Command::DeleteDeals(deals));
        let name = "Delete deal";
        stack.push(Step { name, changes });
        let key = Record::Customer(Arc::clone(&workspace.customers[&id])).key();
        let before = workspace.get(key);
        let gone = Changes(vec![Change {
            key,
            before,
            after: None,
        }]);
        install(&mut workspace, &gone).unwrap();
        stack.share();
        let shown = workspace.clone();
        let refused = stack.undo(&mut workspace).unwrap().map(|step| step.name);
        assert_eq!(refused, Err(DomainError::Stale));
        assert_eq!(workspace, shown);
    }
}

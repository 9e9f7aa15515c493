//! The steps that can be undone and redone.

use std::collections::VecDeque;

use crate::domain::apply::install;
use crate::domain::error::DomainError;
use crate::domain::workspace::{Changes, Workspace};

/// How many steps are kept; older ones can't be undone any more.
const MOST_STEPS: usize = 500;

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
}

impl UndoStack {
    /// Remembers a new step; what was undone before can't be redone any more.
    pub fn push(&mut self, step: Step) {
        self.undone.clear();
        self.done.push_back(step);
        if self.done.len() > MOST_STEPS {
            self.done.pop_front();
        }
    }

    /// The name of the step that Undo takes back.
    pub fn next_undo(&self) -> Option<&'static str> {
        self.done.back().map(|step| step.name)
    }

    /// The name of the step that Redo does again.
    pub fn next_redo(&self) -> Option<&'static str> {
        self.undone.last().map(|step| step.name)
    }

    /// Takes back the last step; none where there is nothing to take back.
    ///
    /// # Errors
    /// The records were changed since by something else: the step is left
    /// out, the others remain.
    pub fn undo(&mut self, workspace: &mut Workspace) -> Option<Result<Step, DomainError>> {
        let step = self.done.pop_back()?;
        let inverse = step.changes.inverse();
        Some(install(workspace, &inverse).map(|()| {
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
        Some(install(workspace, &step.changes).map(|()| {
            self.done.push_back(step.clone());
            step
        }))
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

//! The sample data, put into an account that is still empty.

use super::app::App;
use crate::domain::change::command::{Command, ImportKind};
use crate::domain::start::sample::sample;

/// Loads the sample data as one undoable step.
pub fn load(app: App) {
    if let Some(records) = app.store.with_context(sample) {
        app.run(Command::Import(ImportKind::Sample, records));
    }
}

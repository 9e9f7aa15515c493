//! Records from outside: files, the sample data, backups.

use super::Edit;
use crate::domain::change::command::Context;
use crate::domain::record::check::check;
use crate::domain::record::workspace::{Record, Workspace};
use crate::domain::value::error::DomainError;

impl Edit<'_> {
    /// Adds and replaces records, as long as everything fits together after it.
    pub(super) fn import(
        &mut self,
        records: Vec<Record>,
        context: &Context<'_>,
    ) -> Result<(), DomainError> {
        let mut edited = Vec::new();
        for record in records {
            if let Record::Process(process) = &record
                && self.workspace.processes.contains_key(&process.id)
            {
                edited.push(process.clone());
            }
            self.put(record);
        }
        check(self.workspace)?;
        for process in edited {
            self.settle_deals_in(&process, context);
        }
        Ok(())
    }

    /// Replaces everything by the backup.
    pub(super) fn restore(&mut self, backup: Workspace) -> Result<(), DomainError> {
        check(&backup)?;
        let keys: Vec<_> = self
            .workspace
            .records()
            .map(|record| record.key())
            .collect();
        for key in keys {
            self.set(key, backup.get(key));
        }
        for record in backup.records() {
            self.put(record);
        }
        Ok(())
    }
}

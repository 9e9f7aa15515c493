//! Records from outside: files, the sample data, backups.

use super::Edit;
use crate::domain::check::check;
use crate::domain::error::DomainError;
use crate::domain::workspace::{Record, Workspace};

impl Edit<'_> {
    /// Adds and replaces records, as long as everything fits together after it.
    pub(super) fn import(&mut self, records: Vec<Record>) -> Result<(), DomainError> {
        for record in records {
            self.put(record);
        }
        check(self.workspace)
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

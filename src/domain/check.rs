//! Whether the records of a workspace fit together.

use super::error::DomainError;
use super::workspace::Workspace;

/// Checks that everything a record refers to is there.
///
/// # Errors
/// The first thing found that does not fit.
pub fn check(workspace: &Workspace) -> Result<(), DomainError> {
    if workspace
        .processes
        .contains_key(&workspace.default_process())
    {
        return Ok(());
    }
    Err(DomainError::Missing {
        what: "default process",
    })
}

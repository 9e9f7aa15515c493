//! The first screen as text, as it is kept beside the account.
//!
//! It holds nothing that is not stored elsewhere, and what can't be read or is
//! not of today is as good as none.

use serde::{Deserialize, Serialize};

use super::pack::{pack, unpack};
use super::{backup, shelf::Space};
use crate::domain::glance::{Figures, Glance};
use crate::domain::time::Date;

/// What the text starts with: another version of the program may mean another
/// thing by it.
const FORMAT: &str = "glance1:";

#[derive(Serialize, Deserialize)]
struct Kept {
    /// The date it was made: some figures are others on another day.
    on: Date,
    figures: Figures,
    /// The account, as a backup has it.
    account: String,
}

/// The key it is kept under.
pub fn key(space: Space) -> String {
    format!("{}glance", space.prefix())
}

/// The text of a first screen that was made on this date.
pub fn write(glance: Glance, on: Date) -> Option<String> {
    let kept = Kept {
        on,
        account: backup::write(&glance.workspace, ""),
        figures: glance.figures,
    };
    let json = serde_json::to_vec(&kept).ok()?;
    Some(format!("{FORMAT}{}", pack(&[json])))
}

/// The first screen of a text; none where it was not made on this date.
pub fn read(text: &str, today: Date) -> Option<Glance> {
    let json = unpack(text.strip_prefix(FORMAT)?).ok()?;
    let kept: Kept = serde_json::from_slice(&json).ok()?;
    let account = backup::read(kept.account.as_bytes()).ok()?;
    (kept.on == today).then_some(Glance {
        workspace: account.workspace,
        figures: kept.figures,
    })
}

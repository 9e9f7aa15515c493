//! The first screen as text, as it is kept beside the account.
//!
//! All of it is stored elsewhere too, so a text that can't be read is no loss:
//! it is treated as if there were none. Read on another day, it is without the
//! figures that depend on the day.

use serde::{Deserialize, Serialize};

use super::pack::{pack, unpack};
use super::{backup, shelf::Space};
use crate::domain::read::glance::{Figures, Glance};
use crate::domain::value::time::Date;

/// What the text starts with: another version of the program may mean another
/// thing by it.
const FORMAT: &str = "glance3:";

#[derive(Serialize, Deserialize)]
struct Kept {
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
        account: backup::write(&glance.workspace, ""),
        figures: glance.figures,
    };
    let json = serde_json::to_vec(&kept).ok()?;
    Some(format!("{FORMAT}{on}:{}", pack(&[json])))
}

/// Whether a text was made on this date.
pub fn is_of(text: &str, today: Date) -> bool {
    parts(text).is_some_and(|(on, _)| on == today)
}

/// The first screen of a text; none where it can't be read.
pub fn read(text: &str, today: Date) -> Option<Glance> {
    let (on, packed) = parts(text)?;
    let json = unpack(packed).ok()?;
    let kept: Kept = serde_json::from_slice(&json).ok()?;
    let account = backup::read(kept.account.as_bytes()).ok()?;
    let mut glance = Glance {
        workspace: account.workspace,
        figures: kept.figures,
    };
    if on != today {
        glance.figures.forget_ages();
    }
    Some(glance)
}

/// The date a text was made, and the rest of it.
fn parts(text: &str) -> Option<(Date, &str)> {
    let (on, packed) = text.strip_prefix(FORMAT)?.split_once(':')?;
    Some((on.parse().ok()?, packed))
}

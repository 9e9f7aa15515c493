//! Whether a row's deal is open, won or lost, and what tells so.

use super::super::dates;
use super::cells::RowCells;
use super::columns::Target;
use super::values::{StageMeaning, StatusMeaning};
use super::words;
use crate::domain::record::deal::Outcome;
use crate::domain::value::time::Date;

/// What tells how a deal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// The stage's word.
    Stage,
    /// The status.
    Status,
    /// A yes or no: won, closed, open.
    Flags,
    /// A date of winning or losing.
    Date,
    /// A reason for losing, and nothing else.
    LostReason,
    /// A closing date, and nothing else.
    ClosingDate,
    /// Nothing does.
    Nothing,
}

/// How a deal stands, and what tells so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    pub meaning: StatusMeaning,
    pub ground: Ground,
}

impl Verdict {
    fn new(meaning: StatusMeaning, ground: Ground) -> Self {
        Self { meaning, ground }
    }

    /// How it ended; none when it is open or no one knows.
    pub fn outcome(self) -> Option<Outcome> {
        match self.meaning {
            StatusMeaning::Closed(outcome) => Some(outcome),
            StatusMeaning::Open | StatusMeaning::Unknown => None,
        }
    }
}

/// The verdict of a row (§10.2): the stage's word, then the status,
/// then a yes or no, then a date of winning or losing, then a reason for
/// losing. That it is closed says nothing by itself. `stage` is what the row's
/// stage stands for, `status` what its status does.
pub(super) fn judge(
    cells: &RowCells<'_>,
    stage: Option<&StageMeaning>,
    status: Option<StatusMeaning>,
    today: Date,
) -> Verdict {
    use StatusMeaning::{Closed, Open, Unknown};
    match stage {
        Some(StageMeaning::Closed(outcome)) => {
            return Verdict::new(Closed(*outcome), Ground::Stage);
        }
        Some(StageMeaning::Open) if status != Some(Unknown) => {
            return Verdict::new(status.unwrap_or(Open), Ground::Stage);
        }
        _ => {}
    }
    if let Some(said @ (Open | Closed(_))) = status {
        return Verdict::new(said, Ground::Status);
    }
    let flag = |target| words::yes_or_no(cells.text(target));
    let closed = flag(Target::IsClosed).or(flag(Target::IsOpen).map(|open| !open));
    if flag(Target::IsLost) == Some(true) {
        return Verdict::new(Closed(Outcome::Lost), Ground::Flags);
    }
    match (flag(Target::IsWon), closed) {
        (Some(true), _) => return Verdict::new(Closed(Outcome::Won), Ground::Flags),
        (Some(false), Some(true)) => return Verdict::new(Closed(Outcome::Lost), Ground::Flags),
        (_, Some(false)) => return Verdict::new(Open, Ground::Flags),
        _ => {}
    }
    let date = |target| {
        let order = cells.order(target)?;
        dates::parse(cells.text(target), order)
    };
    let (won, lost) = (date(Target::WonOn), date(Target::LostOn));
    if won.is_some() || lost.is_some() {
        // The later one stands; a deal that was lost may have been won after all.
        let outcome = if won >= lost {
            Outcome::Won
        } else {
            Outcome::Lost
        };
        return Verdict::new(Closed(outcome), Ground::Date);
    }
    if !cells.text(Target::LostReason).is_empty() {
        return Verdict::new(cells.matching.by_lost_reason, Ground::LostReason);
    }
    if status == Some(Unknown) {
        return Verdict::new(Unknown, Ground::Status);
    }
    if stage == Some(&StageMeaning::Unknown) {
        return Verdict::new(Unknown, Ground::Stage);
    }
    if closed == Some(true) {
        return Verdict::new(Unknown, Ground::Flags);
    }
    // A stage that says open beats a column that is called closed.
    if stage.is_none() && date(Target::Closed).is_some_and(|on| on <= today) {
        return Verdict::new(cells.matching.by_closing_date, Ground::ClosingDate);
    }
    Verdict::new(Open, Ground::Nothing)
}

//! A kind of event and the detail that tells it from others of its kind, as a
//! number: three bits for the detail, five for the kind, and above them what
//! of the detail the three don't hold. All that version 3 knows is one byte.

use super::bytes::Damage;
use super::places::{Placed, places};

/// The kinds of events, without what differs from one to the next. The order
/// makes the table small.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Created,
    Imported,
    Ticked,
    Unticked,
    TickSetAside,
    Moved,
    ProcessChanged,
    Snoozed,
    ChanceSet,
    Edited,
    Closed,
    Reopened,
    NextStepSet,
    NextStepDone,
    NextStepDropped,
}

places! {
    Kind:
    Created = 0,
    Imported = 1,
    Ticked = 2,
    Unticked = 3,
    TickSetAside = 4,
    Moved = 5,
    ProcessChanged = 6,
    Snoozed = 7,
    ChanceSet = 8,
    Edited = 9,
    Closed = 10,
    Reopened = 11,
    NextStepSet = 12,
    NextStepDone = 13,
    NextStepDropped = 14,
}

const _: () = assert!(Kind::COUNT <= 32, "five bits hold 32 kinds");

/// The number of a kind with its detail.
pub fn of(kind: Kind, detail: u8) -> u64 {
    let [kind, detail] = [kind.place(), detail].map(u64::from);
    (detail >> 3) << 8 | kind << 3 | (detail & 7)
}

/// The kind and the detail that have a number.
pub fn read(code: u64) -> Result<(Kind, u8), Damage> {
    let detail = (code >> 8) << 3 | (code & 7);
    let kind = Kind::at((code >> 3 & 31) as u8)?;
    Ok((kind, u8::try_from(detail).map_err(|_| Damage::OUTSIDE)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_keeps_any_detail() {
        for kind in (0..=u8::MAX).filter_map(|place| Kind::at(place).ok()) {
            for detail in 0..=u8::MAX {
                assert_eq!(read(of(kind, detail)), Ok((kind, detail)));
            }
        }
        assert!(read(of(Kind::Edited, u8::MAX) + (1 << 13)).is_err());
    }

    #[test]
    fn what_version_3_knows_is_one_byte() {
        assert_eq!(of(Kind::Edited, 7), 9 << 3 | 7);
        assert_eq!(of(Kind::Reopened, 2), 11 << 3 | 2);
    }
}

//! Which of two versions of a record is the later one.

use serde::{Deserialize, Serialize};

/// When a record was last changed, and in which tab: ordered, so that of two
/// versions of one record every tab takes the same one for the later.
///
/// Written as `[milliseconds, counter, tab]`.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(from = "(u64, u32, u32)", into = "(u64, u32, u32)")]
pub struct Revision {
    /// Milliseconds since 1970, or later where clocks disagree.
    pub millis: u64,
    /// Counts changes within one millisecond.
    pub counter: u32,
    /// The tab's number, drawn at random.
    pub tab: u32,
}

impl From<(u64, u32, u32)> for Revision {
    fn from((millis, counter, tab): (u64, u32, u32)) -> Self {
        Self {
            millis,
            counter,
            tab,
        }
    }
}

impl From<Revision> for (u64, u32, u32) {
    fn from(revision: Revision) -> Self {
        (revision.millis, revision.counter, revision.tab)
    }
}

/// Makes revisions: each is later than any it has made or seen, whatever the
/// clock of the machine does.
#[derive(Debug, Clone)]
pub struct HybridClock {
    last: Revision,
    tab: u32,
}

impl HybridClock {
    /// A clock for one tab, with a number drawn at random.
    pub fn new(tab: u32) -> Self {
        Self {
            last: Revision::default(),
            tab,
        }
    }

    /// Takes note of a revision that another tab, or this one before, has made.
    pub fn see(&mut self, revision: Revision) {
        self.last = self.last.max(revision);
    }

    /// The next revision, where the machine's clock says `now_ms`.
    pub fn next(&mut self, now_ms: i64) -> Revision {
        let now = u64::try_from(now_ms).unwrap_or(0);
        let (millis, counter) = if now > self.last.millis {
            (now, 0)
        } else {
            match self.last.counter.checked_add(1) {
                Some(counter) => (self.last.millis, counter),
                None => (self.last.millis.saturating_add(1), 0),
            }
        };
        self.last = Revision {
            millis,
            counter,
            tab: self.tab,
        };
        self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn revisions_rise_even_when_the_clock_falls() {
        let mut clock = HybridClock::new(7);
        clock.see(Revision {
            millis: 5_000,
            counter: u32::MAX,
            tab: 9,
        });
        let mut last = Revision {
            millis: 5_000,
            counter: u32::MAX,
            tab: 9,
        };
        for now in [4_000, 4_000, -1, 5_001, 5_001, 9_000, 8_000] {
            let next = clock.next(now);
            assert!(next > last, "{next:?} after {last:?}");
            last = next;
        }
        assert_eq!(
            last,
            Revision {
                millis: 9_000,
                counter: 1,
                tab: 7
            }
        );
    }
}

//! Numbers that look random but are the same every time: the domain itself has
//! no randomness.

/// A splitmix64 generator.
pub(super) struct Random(pub(super) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to but not including `limit`; 0 where there is none.
    pub(super) fn below(&mut self, limit: i64) -> i64 {
        // The shift keeps it below 2^32, so it always fits.
        let drawn = i64::try_from(self.next() >> 32).unwrap_or_default();
        drawn.checked_rem(limit.max(1)).unwrap_or_default()
    }

    /// A number from `least` to `most`, both included.
    pub(super) fn between(&mut self, least: i64, most: i64) -> i64 {
        least + self.below(most - least + 1)
    }

    /// A number below `limit`, small ones more often than large ones.
    pub(super) fn low(&mut self, limit: i64) -> i64 {
        self.below(limit).min(self.below(limit))
    }

    /// True `percent` times of a hundred.
    pub(super) fn percent(&mut self, percent: i64) -> bool {
        self.below(100) < percent
    }

    /// One of the items; none where there are none.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let at = self.below(i64::try_from(items.len()).unwrap_or(i64::MAX));
        items.get(usize::try_from(at).unwrap_or_default())
    }

    /// `percent` times of a hundred one of the texts, else none.
    pub(super) fn text(&mut self, percent: i64, texts: &[&str]) -> String {
        let drawn = if self.percent(percent) {
            self.pick(texts)
        } else {
            None
        };
        drawn.copied().unwrap_or_default().to_owned()
    }
}

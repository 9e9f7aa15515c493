//! Which column of a file holds what, by the names of the columns.

use std::collections::BTreeMap;

use super::Table;
use crate::domain::text::fold;

/// The source column of each target that has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns<Target: Ord>(BTreeMap<Target, usize>);

impl<Target: Ord + Copy> Columns<Target> {
    /// Gives each target the first column that has one of its names, the names
    /// in order and parted by spaces, no column twice. `accepts` may refuse a column for its texts.
    pub(super) fn propose<'a>(
        table: &Table,
        targets: impl Iterator<Item = (Target, &'a str)>,
        accepts: impl Fn(Target, usize) -> bool,
    ) -> Self {
        let targets: Vec<_> = targets.collect();
        let whole: Vec<String> = table.headers().iter().map(|header| key(header)).collect();
        let short: Vec<String> = whole
            .iter()
            .map(|key| without_record(key).to_owned())
            .collect();
        let mut columns = BTreeMap::new();
        let mut taken = vec![false; whole.len()];
        // Whole names go first for every target, so that "Deal owner" does not
        // take what a column "Owner" holds.
        for keys in [&whole, &short] {
            for (target, names) in &targets {
                let found = names.split(' ').find_map(|name| {
                    let mut places = keys.iter().zip(&taken).enumerate();
                    places
                        .find(|(place, (key, taken))| {
                            key.as_str() == name && !**taken && accepts(*target, *place)
                        })
                        .map(|(place, _)| place)
                });
                if let Some(place) = found
                    && !columns.contains_key(target)
                {
                    columns.insert(*target, place);
                    taken
                        .iter_mut()
                        .skip(place)
                        .take(1)
                        .for_each(|taken| *taken = true);
                }
            }
        }
        Self(columns)
    }

    /// The source column of a target.
    pub fn get(&self, target: Target) -> Option<usize> {
        self.0.get(&target).copied()
    }

    /// Whether a target has a source column.
    pub fn has(&self, target: Target) -> bool {
        self.0.contains_key(&target)
    }

    /// The target that a source column feeds.
    pub fn target_of(&self, column: usize) -> Option<Target> {
        self.0
            .iter()
            .find(|(_, source)| **source == column)
            .map(|(target, _)| *target)
    }

    /// Gives a target another source column, or none; a column feeds one
    /// target only, so it is taken from the one it fed before.
    pub(super) fn set(&mut self, target: Target, column: Option<usize>) {
        match column {
            Some(column) => {
                self.0.retain(|_, source| *source != column);
                self.0.insert(target, column);
            }
            None => {
                self.0.remove(&target);
            }
        }
    }
}

/// A name of a column as it is compared: letters and digits only, without
/// regard to case and diacritics, without what stands in brackets.
pub fn key(header: &str) -> String {
    let mut depth = 0usize;
    let outside = header.chars().filter(|c| match c {
        '(' | '[' => {
            depth += 1;
            false
        }
        ')' | ']' => {
            depth = depth.saturating_sub(1);
            false
        }
        c => depth == 0 && c.is_alphanumeric(),
    });
    fold(&outside.collect::<String>())
}

/// `dealtitle` is `title`: exports that join several records name the record,
/// some of them twice.
pub(super) fn without_record(mut key: &str) -> &str {
    let records = ["deal", "opportunity", "szansa"];
    while let Some(rest) = records.iter().find_map(|record| key.strip_prefix(record)) {
        key = rest;
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::csv::UnicodeOnly;

    #[test]
    fn columns_are_compared_by_letters_and_digits() {
        assert_eq!(key("Deal - Title"), "dealtitle");
        assert_eq!(key("Probability (%)"), "probability");
        assert_eq!(key(" expected_close "), "expectedclose");
        assert_eq!(key("Wartość [PLN]"), "wartosc");
    }

    #[test]
    fn a_column_feeds_one_target() {
        let table = Table::read(b"Deal owner,Owner,Account\nx,y,z\n", &UnicodeOnly).unwrap();
        let targets: [(u8, &str); 3] = [(1, "owner"), (2, "account owner"), (3, "owner")];
        let mut columns = Columns::propose(&table, targets.into_iter(), |_, _| true);
        assert_eq!(
            [1, 2, 3].map(|target| columns.get(target)),
            [Some(1), Some(2), Some(0)]
        );
        columns.set(3, Some(1));
        assert_eq!(
            [1, 2, 3].map(|target| columns.get(target)),
            [None, Some(2), Some(1)]
        );
        assert_eq!(columns.target_of(0), None);
    }
}

//! Which column of a file holds what, by the names of the columns and by what
//! is in them.

use std::collections::BTreeMap;

use super::Table;
use super::profile::Profile;
use crate::domain::money::CURRENCIES;
use crate::domain::text::fold;

/// The source columns of each target that has any; where it has several, the
/// first text among them counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns<Target: Ord>(BTreeMap<Target, Vec<usize>>);

impl<Target: Ord + Copy> Columns<Target> {
    /// No target has a column.
    pub(super) fn none() -> Self {
        Self(BTreeMap::new())
    }

    /// Gives each target the first column that has one of its names, the names
    /// in order, no column twice. `accepts` may refuse a column for its texts;
    /// a column without any text comes after all others.
    pub(super) fn propose(
        table: &Table,
        profiles: &[Profile],
        targets: &[(Target, Vec<String>)],
        accepts: impl Fn(Target, &Profile) -> bool,
    ) -> Self {
        let whole: Vec<String> = table.headers().iter().map(|header| key(header)).collect();
        let short: Vec<String> = whole
            .iter()
            .map(|key| without_record(key).to_owned())
            .collect();
        let bare: Vec<String> = short
            .iter()
            .map(|key| without_currency(key).to_owned())
            .collect();
        let mut columns = Self::none();
        let mut taken = vec![false; whole.len()];
        for with_texts in [true, false] {
            // Whole names go first for every target, so that "Deal owner" does
            // not take what a column "Owner" holds.
            for keys in [&whole, &short, &bare] {
                for (target, names) in targets {
                    if columns.has(*target) {
                        continue;
                    }
                    let found = names.iter().find_map(|name| {
                        let mut places = keys.iter().zip(profiles).zip(&taken).enumerate();
                        places
                            .find(|(_, ((key, profile), taken))| {
                                *key == name
                                    && !**taken
                                    && with_texts == (profile.filled > 0)
                                    && accepts(*target, profile)
                            })
                            .map(|(place, _)| place)
                    });
                    if let Some(place) = found {
                        columns.0.insert(*target, vec![place]);
                        taken
                            .iter_mut()
                            .skip(place)
                            .take(1)
                            .for_each(|it| *it = true);
                    }
                }
            }
        }
        columns
    }

    /// The first source column of a target.
    pub fn get(&self, target: Target) -> Option<usize> {
        self.all(target).first().copied()
    }

    /// All source columns of a target, in the order in which they count.
    pub fn all(&self, target: Target) -> &[usize] {
        self.0.get(&target).map_or(&[], Vec::as_slice)
    }

    /// Whether a target has a source column.
    pub fn has(&self, target: Target) -> bool {
        self.0.contains_key(&target)
    }

    /// The target that a source column feeds.
    pub fn target_of(&self, column: usize) -> Option<Target> {
        self.0
            .iter()
            .find(|(_, sources)| sources.contains(&column))
            .map(|(target, _)| *target)
    }

    /// Gives a target another source column instead of those it has, or none;
    /// a column feeds one target only, so it is taken from the one it fed before.
    pub(super) fn set(&mut self, target: Target, column: Option<usize>) {
        self.0.remove(&target);
        if let Some(column) = column {
            self.add(target, column);
        }
    }

    /// Gives a target one more source column, which counts after the others.
    pub(super) fn add(&mut self, target: Target, column: usize) {
        self.remove(column);
        self.0.entry(target).or_default().push(column);
    }

    /// Takes a column from the target it feeds.
    pub(super) fn remove(&mut self, column: usize) {
        self.0.retain(|_, sources| {
            sources.retain(|source| *source != column);
            !sources.is_empty()
        });
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

/// `amountusd` is `amount`.
pub(super) fn without_currency(key: &str) -> &str {
    let code = key
        .len()
        .checked_sub(3)
        .and_then(|at| key.split_at_checked(at));
    let known = code.filter(|(_, code)| is_currency(code));
    known.map_or(key, |(rest, _)| rest)
}

fn is_currency(code: &str) -> bool {
    CURRENCIES
        .iter()
        .any(|known| known.code.eq_ignore_ascii_case(code))
}

/// The currency that the name of a column says its amounts are in, such as
/// "Amount (USD)", "amount_usd" or "Kwota [zł]".
pub fn currency_in(header: &str) -> Option<&'static str> {
    let words = header.split(|c: char| !c.is_alphabetic() && !"$€£¥".contains(c));
    let mut codes = words.filter(|word| is_currency(word) || word.chars().count() <= 2);
    codes.find_map(|word| {
        // A word of two letters may be a sign (zł), but one letter is none.
        let is_sign = word.chars().count() == 2 || word.chars().all(|c| !c.is_alphabetic());
        super::amounts::signs_of(word).filter(|_| is_currency(word) || is_sign)
    })
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
    fn the_currency_of_a_column_may_stand_in_its_name() {
        for (header, want) in [
            ("Amount (USD)", Some("USD")),
            ("amount_usd", Some("USD")),
            ("Kwota [zł]", Some("PLN")),
            ("Value in €", Some("EUR")),
            ("Amount", None),
            ("Total r", None),
            ("", None),
        ] {
            assert_eq!(currency_in(header), want, "{header}");
        }
    }

    #[test]
    fn a_column_feeds_one_target_and_a_target_may_have_several() {
        let table = Table::read(b"Deal owner,Owner,Account\nx,y,z\n", &UnicodeOnly).unwrap();
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let targets: [(u8, Vec<String>); 3] = [
            (1, names(&["owner"])),
            (2, names(&["account", "owner"])),
            (3, names(&["owner"])),
        ];
        let profiles = Profile::of_all(&table);
        let mut columns = Columns::propose(&table, &profiles, &targets, |_, _| true);
        assert_eq!(
            [1, 2, 3].map(|target| columns.get(target)),
            [Some(1), Some(2), Some(0)]
        );
        columns.set(3, Some(1));
        assert_eq!(
            [1, 2, 3].map(|target| columns.get(target)),
            [None, Some(2), Some(1)]
        );
        columns.add(2, 0);
        assert_eq!(columns.all(2), [2, 0]);
        assert_eq!(columns.target_of(0), Some(2));
        columns.remove(2);
        assert_eq!(columns.all(2), [0]);
    }
}

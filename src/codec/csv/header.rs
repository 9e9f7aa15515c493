//! Which column of a file holds what, by the names of the columns and by what
//! is in them.

use std::collections::BTreeMap;

use litemap::LiteMap;

use super::known_names::without_currency;
use super::names::{key, without_record};
use super::profile::Profile;
use super::table::Table;

/// The source columns of each target that has any; where it has several, the
/// first text among them counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns<Target: Ord>(LiteMap<Target, Vec<usize>>);

impl<Target: Ord + Copy> Columns<Target> {
    /// No target has a column.
    pub(super) fn none() -> Self {
        Self(LiteMap::new())
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
        let prefix = shared_prefix(table.headers());
        let own = |header: &String| {
            let rest = prefix.and_then(|prefix| header.strip_prefix(prefix));
            key(rest.unwrap_or(header))
        };
        let whole: Vec<String> = table.headers().iter().map(own).collect();
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
        for (_, sources) in self.0.iter_mut() {
            sources.retain(|source| *source != column);
        }
        self.0.retain(|_, sources| !sources.is_empty());
    }
}

/// What most names of a file begin with, up to a dash or colon: exports that
/// join several records name the record, in any language.
fn shared_prefix(headers: &[String]) -> Option<&str> {
    const LEAST: usize = 3;
    let prefixes = headers.iter().filter_map(|header| {
        let marks = [" - ", ": ", " : "].into_iter();
        let end = marks
            .filter_map(|mark| Some(header.find(mark)? + mark.len()))
            .min()?;
        header.get(..end)
    });
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    prefixes.for_each(|prefix| *counts.entry(prefix).or_default() += 1);
    let (prefix, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (count >= LEAST && count * 2 > headers.len()).then_some(prefix)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::csv::UnicodeOnly;

    #[test]
    fn the_record_that_all_names_begin_with_is_taken_off() {
        let names = |names: &[&str]| {
            names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>()
        };
        let headers = names(&[
            "Negocio - Título",
            "Negocio - Valor",
            "Negocio - Etapa",
            "Persona",
        ]);
        assert_eq!(shared_prefix(&headers), Some("Negocio - "));
        assert_eq!(shared_prefix(&names(&["A - B", "C", "D"])), None);
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

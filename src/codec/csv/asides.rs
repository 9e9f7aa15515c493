//! Rows below the header that are no records.
//!
//! A deal that is left out is lost, so a row is only set aside for something
//! that no deal has: a word for a sum beside nothing but numbers, numbers that
//! are sums, the texts of the header, a line without delimiters in a file
//! whose other lines all have them. A row with nothing but a name is a deal,
//! unless the file itself parts it from the deals.

use super::dates::is_plain_date;
use super::kinds::{hundredths, is_value};
use super::known_names::is_known_name;
use super::reading::Aside;
use super::sum_words::{begins_with_sum_word, is_footer, is_sum_word};
use super::table::{Row, Table};
use crate::domain::value::text::fold;

/// What is looked at in the rows of a table to find those that are no records.
struct Search<'a> {
    table: &'a Table,
    /// The rows that have an empty one before them; none where that is how the
    /// whole file is written.
    gaps: Vec<u32>,
    /// How many columns have a name or a text.
    width: usize,
    /// The columns that hold numbers or dates.
    values: Vec<bool>,
    /// The column of the first texts: of the name, as a rule.
    name: usize,
    /// A line without delimiters is no row, since all rows have all theirs.
    is_even: bool,
    /// No row among the others has nothing but a name. So a row that has nothing
    /// else, and is parted from them by an empty row, does not belong to them.
    are_full: bool,
    found: Vec<(u32, Aside)>,
}

/// How many rows are looked at to find out what the columns hold.
const SAMPLE: usize = 500;

/// The rows of a table that are no records, in order; `gaps` are the rows
/// before which there is an empty one.
pub fn find(table: &Table, mut gaps: Vec<u32>) -> Vec<(u32, Aside)> {
    if gaps.len() * 3 > table.len() && gaps.len() > 3 {
        gaps.clear();
    }
    let width = table.headers().len();
    let mut filled = vec![(0usize, 0usize); width];
    for row in table.rows().take(SAMPLE) {
        // Titles and notes would say that every first column holds texts.
        for (cell, (values, texts)) in row.cells().zip(&mut filled) {
            if is_value(cell) {
                *values += 1;
            } else if !cell.trim().is_empty() {
                *texts += 1;
            }
        }
    }
    let full = |row: &Row<'_>| row.len() > 1;
    let is_even = width > 2 && table.rows().filter(full).all(|row| row.len() + 1 >= width);
    let mut search = Search {
        table,
        gaps,
        width,
        name: filled
            .iter()
            .position(|(values, texts)| texts > values)
            .unwrap_or(0),
        values: filled
            .iter()
            .map(|(values, texts)| *values > texts * 2)
            .collect(),
        is_even,
        are_full: false,
        found: Vec::new(),
    };
    search.are_full = search.are_full();
    search.walk();
    search.footers();
    search.found
}

/// The rows since the last sum or title, added up as they come.
#[derive(Debug)]
struct Group {
    rows: i64,
    /// Every one of them has a name.
    are_named: bool,
    /// Of each column the sum of its numbers, in hundredths, and how many.
    sums: Vec<(i64, i64)>,
}

impl Default for Group {
    fn default() -> Self {
        Self {
            rows: 0,
            are_named: true,
            sums: Vec::new(),
        }
    }
}

impl Group {
    fn add(&mut self, row: Row<'_>, is_named: bool) {
        self.rows += 1;
        self.are_named &= is_named;
        for (column, cell) in row.cells().enumerate() {
            if self.sums.len() <= column {
                self.sums.push((0, 0));
            }
            if let (Some(number), Some(sum)) = (hundredths(cell), self.sums.get_mut(column)) {
                *sum = (sum.0.saturating_add(number), sum.1 + 1);
            }
        }
    }

    /// Every number of a row is the sum, the average or the count of those
    /// above it; the text at `but` does not count.
    fn adds_up(&self, row: Row<'_>, but: Option<usize>) -> bool {
        let mut sums = 0;
        for (column, text) in texts(row).filter(|(column, _)| Some(*column) != but) {
            let Some(number) = hundredths(text) else {
                return false;
            };
            let (sum, count) = self.sums.get(column).copied().unwrap_or_default();
            let is_average = |count: i64| {
                let product = number.saturating_mul(count);
                count > 0 && product.saturating_sub(sum).saturating_abs() <= count
            };
            let is_count = number == count * 100 || number == self.rows * 100;
            if number != sum && !is_average(count) && !is_average(self.rows) && !is_count {
                return false;
            }
            sums += usize::from(count > 0);
        }
        self.rows > 0 && sums > 0
    }
}

impl Search<'_> {
    fn walk(&mut self) {
        let rows = self.table.len();
        let mut group = Group::default();
        let mut index = 0;
        while index < rows {
            let Some(row) = self.table.row(index) else {
                break;
            };
            if self.is_header(row) {
                if self.is_table_again(index) {
                    self.put(index, Aside::HeaderAgain);
                    (index + 1..rows).for_each(|row| self.put(row, Aside::TableAgain));
                    return;
                }
                self.put(index, Aside::HeaderAgain);
                group = Group::default();
            } else if self.is_other_header(row) {
                (index..rows).for_each(|row| self.put(row, Aside::OtherTable));
                return;
            } else if self.is_sum(row, &group) {
                self.put(index, Aside::Sum);
                group = Group::default();
            } else if self.is_group_title(row) {
                self.put(index, Aside::GroupTitle);
                group = Group::default();
            } else {
                group.add(row, self.has_name(row));
            }
            index += 1;
        }
    }

    /// Whether all rows up to the last one with several texts have at least
    /// three, but for those that an empty row parts from the one above.
    fn are_full(&self) -> bool {
        const LEAST: usize = 3;
        let count = |row: Row<'_>| texts(row).take(LEAST).count();
        let sample = || self.table.rows().take(SAMPLE);
        let last = sample().filter(|row| count(*row) > 1).last();
        let body = || sample().take(last.map_or(0, |last| last.index() + 1));
        let is_bare = |row: Row<'_>| self.is_even && row.len() == 1;
        let is_full = |row: Row<'_>| {
            count(row) == LEAST
                || is_bare(row)
                || (count(row) == 1 && self.is_after_gap(row.index()))
                || self.is_sum(row, &Group::default())
        };
        body().filter(|row| count(*row) == LEAST).count() > 1 && body().all(is_full)
    }

    fn put(&mut self, index: usize, aside: Aside) {
        self.found.push((index as u32, aside));
    }

    fn is_aside(&self, index: usize) -> bool {
        self.found
            .binary_search_by_key(&(index as u32), |(row, _)| *row)
            .is_ok()
    }

    fn is_after_gap(&self, index: usize) -> bool {
        self.gaps.binary_search(&(index as u32)).is_ok()
    }

    /// Every text of the row is the name of its column, and no name is missing.
    fn is_header(&self, row: Row<'_>) -> bool {
        let mut texts = texts(row);
        let is_name = |(column, text): (usize, &str)| {
            let header = self.table.headers().get(column);
            header.is_some_and(|header| {
                !header.is_empty() && (header == text || fold(header) == fold(text))
            })
        };
        // One text alone may be a deal that is called "Name".
        texts.next().is_some_and(is_name)
            && texts.next().is_some_and(is_name)
            && texts.all(is_name)
            && self::texts(row).count() == self.names()
    }

    fn names(&self) -> usize {
        let headers = self.table.headers().iter();
        headers.filter(|header| !header.is_empty()).count()
    }

    /// The rows below are those above once more; some may be written in
    /// another way.
    fn is_table_again(&self, header: usize) -> bool {
        let rows = self.table.len();
        if header == 0 || rows != header * 2 + 1 {
            return false;
        }
        let same = |place: &usize| {
            let above = self.table.row(*place).map(texts);
            let below = self.table.row(header + 1 + place).map(texts);
            above
                .zip(below)
                .is_some_and(|(above, below)| above.eq(below))
        };
        let again = (0..header).filter(same).count();
        again * 10 >= header * 9
    }

    /// The row names the columns of another table: with the names of this
    /// one's, or below an empty row with names that are known, or with texts
    /// where this table has numbers and dates.
    fn is_other_header(&self, row: Row<'_>) -> bool {
        const LEAST: usize = 2;
        let headers = self.table.headers();
        let is_ours = |text: &str| headers.iter().any(|header| header == text);
        let is_below_gap = self.is_after_gap(row.index());
        // Few rows are below a gap or begin like the header.
        let first = texts(row).next();
        let is_candidate = is_below_gap || first.is_some_and(|(_, text)| is_ours(text));
        if !is_candidate || texts(row).any(|(_, text)| is_value(text) && !is_ours(text)) {
            return false;
        }
        let all = texts(row).count();
        let ours = texts(row).filter(|(_, text)| is_ours(text)).count();
        let known = || texts(row).filter(|(_, text)| is_known_name(text)).count();
        let strange = texts(row)
            .filter(|(column, _)| self.values.get(*column) == Some(&true))
            .count();
        let has_rows = row.index() + 1 < self.table.len();
        (ours > LEAST && ours * 4 >= all * 3)
            || (is_below_gap && known() >= LEAST && known() * 2 >= all)
            || (is_below_gap && strange >= LEAST && strange * 2 >= all && has_rows)
    }

    /// The row's name has a letter: a code such as A-102 is a name.
    fn has_name(&self, row: Row<'_>) -> bool {
        row.cell(self.name).chars().any(char::is_alphabetic)
    }

    /// A word for a sum beside nothing but numbers, or numbers that are the
    /// sums or averages of the rows since the last group. A row with a date is
    /// a deal, whatever it is called.
    fn is_sum(&self, row: Row<'_>, group: &Group) -> bool {
        if texts(row).any(|(_, text)| is_plain_date(text)) {
            return false;
        }
        let mut words = texts(row).filter(|(_, text)| !is_value(text));
        match (words.next(), words.next()) {
            (Some((place, word)), None) => {
                is_sum_word(word) || begins_with_sum_word(word) && group.adds_up(row, Some(place))
            }
            // Rows of a table of numbers have no text either.
            (None, _) => group.are_named && !self.has_name(row) && group.adds_up(row, None),
            _ => false,
        }
    }

    /// One text that heads a group: the header comes again below it, or a
    /// group has ended above it, or it is a line without delimiters.
    fn is_group_title(&self, row: Row<'_>) -> bool {
        let Some(text) = self.only_text(row) else {
            return false;
        };
        let index = row.index();
        let Some(next) = self
            .table
            .row(index + 1)
            .filter(|next| self.only_text(*next).is_none())
        else {
            return false;
        };
        let follows_a_sum = index.checked_sub(1).is_some_and(|above| {
            let above = self
                .found
                .binary_search_by_key(&(above as u32), |(row, _)| *row);
            above.is_ok_and(|place| matches!(self.found.get(place), Some((_, Aside::Sum))))
        });
        let is_bare = self.is_even && row.len() == 1;
        self.is_header(next)
            || (self.are_full && self.is_after_gap(index) && !self.is_after_gap(index + 1))
            || follows_a_sum
            || is_bare
            || is_counted(text)
    }

    /// The text of a row that has no other, in a table of three columns or more.
    fn only_text<'r>(&self, row: Row<'r>) -> Option<&'r str> {
        let mut texts = texts(row);
        let (_, text) = texts.next().filter(|_| self.width > 2)?;
        texts
            .next()
            .is_none()
            .then_some(text)
            .filter(|text| !is_value(text))
    }

    /// The last rows, where they have one text each and something parts them
    /// from the deals: an empty row, the lack of delimiters, or what they say.
    fn footers(&mut self) {
        let is_single = |row: Row<'_>| {
            let count = texts(row).count();
            count == 1 || (count == 2 && row.len() < self.width && self.is_even)
        };
        let rows = self.table.len();
        let last = (0..rows).rev().find(|index| {
            let row = self.table.row(*index);
            !self.is_aside(*index) && !row.is_some_and(is_single)
        });
        let first = last.map_or(rows, |last| last + 1);
        let mut is_below_gap = false;
        let mut footers = Vec::new();
        for index in first..rows {
            let Some(row) = self.table.row(index) else {
                continue;
            };
            is_below_gap |= self.is_after_gap(index);
            // A short row of two texts may be a deal.
            let is_bare = self.is_even && row.len() < self.width && texts(row).nth(1).is_none();
            let text = texts(row).next().map_or("", |(_, text)| text);
            let is_note =
                (is_below_gap && self.are_full) || is_bare || (self.width > 2 && is_footer(text));
            if self.width > 2 && is_note && !self.is_aside(index) {
                footers.push((index as u32, Aside::Footer));
            }
        }
        self.found.extend(footers);
        self.found.sort_unstable_by_key(|(index, _)| *index);
    }
}

/// The texts of a row and their columns.
fn texts<'a>(row: Row<'a>) -> impl Iterator<Item = (usize, &'a str)> {
    let cells = row.cells().map(str::trim).enumerate();
    cells.filter(|(_, text)| !text.is_empty())
}

/// "Stage: Proposal (3 records)": a group that a report counts.
fn is_counted(text: &str) -> bool {
    let Some(inside) = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('))
    else {
        return false;
    };
    let mut words = inside.1.split_whitespace();
    let is_number = words.next().is_some_and(|word| word.parse::<u32>().is_ok());
    is_number && words.count() <= 1 && text.contains(':')
}

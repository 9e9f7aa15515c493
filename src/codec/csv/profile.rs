//! What is in a column, whatever its name says.

use std::collections::HashSet;

use super::amounts::{AmountForm, Amounts, signs_of};
use super::chances::percent;
use super::dates;
use super::deals::words;
use super::escape::unescape;
use super::lexicon::{self, CUSTOMER_COLUMNS, DEAL_COLUMNS};
use super::names::key;
use super::nothing::is_nothing;
use super::table::Table;

/// How many rows are looked at at the most.
const ROWS: usize = 1000;
/// How many different texts of a column are looked at.
const TEXTS: usize = 100;

/// How many texts of a column look like what, among those that are looked at.
/// Rows that are proposed to be left out do not count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    /// Texts that stand for something.
    pub filled: usize,
    /// Different ones.
    pub distinct: usize,
    /// Amounts.
    pub amounts: usize,
    /// Amounts with decimals or a currency.
    pub money: usize,
    /// Shares with the sign of percent.
    pub percents: usize,
    /// Dates, bare numbers that may be dates included.
    pub dates: usize,
    /// Dates beyond doubt.
    pub plain_dates: usize,
    /// A yes or a no.
    pub yes_or_no: usize,
    /// Ids that machines make.
    pub ids: usize,
    /// Words for the status of a deal.
    pub statuses: usize,
    /// Names of stages that are well known.
    pub steps: usize,
    /// Codes or signs of currencies.
    pub currencies: usize,
    /// Names of companies, by what they end with.
    pub companies: usize,
    /// Two or three words with capitals and no digits.
    pub persons: usize,
}

/// What a column looks like whose name says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looks {
    /// Amounts of money.
    Money,
    /// Dates.
    Dates,
    /// Names of persons.
    Persons,
    /// Names of companies.
    Companies,
}

impl Looks {
    /// In words, after "looks like".
    pub fn title(self) -> &'static str {
        match self {
            Self::Money => "amounts",
            Self::Dates => "dates",
            Self::Persons => "persons",
            Self::Companies => "companies",
        }
    }
}

impl Profile {
    /// The profile of every column of a table.
    pub fn of_all(table: &Table) -> Vec<Self> {
        let mut amounts = Amounts::default();
        let columns = table.headers().len();
        (0..columns)
            .map(|column| Self::of(table, column, &mut amounts))
            .collect()
    }

    fn of(table: &Table, column: usize, amounts: &mut Amounts) -> Self {
        let mut profile = Self::default();
        let mut seen = HashSet::new();
        for row in table.records(|_| false).take(ROWS) {
            let text = unescape(row.cell(column)).trim();
            if is_nothing(text) || amounts.is_nothing(text) {
                continue;
            }
            profile.filled += 1;
            if seen.insert(text) {
                profile.look_at(text, amounts);
            }
            if seen.len() == TEXTS {
                break;
            }
        }
        profile.distinct = seen.len();
        profile
    }

    /// Counts a text, once for all that are the same.
    fn look_at(&mut self, text: &str, amounts: &mut Amounts) {
        let amount = amounts.read(text, AmountForm::Point).ok();
        let amount = amount.or_else(|| amounts.read(text, AmountForm::Comma).ok());
        self.amounts += usize::from(amount.is_some());
        // 12.50, 12 EUR, 12k.
        let is_marked = text.contains(['.', ',']) || text.chars().any(char::is_alphabetic);
        self.money += usize::from(amount.is_some_and(|it| is_marked || it.signs.is_some()));
        self.percents += usize::from(text.ends_with('%') && percent(text).is_some());
        let plain = dates::is_plain_date(text);
        self.plain_dates += usize::from(plain);
        self.dates +=
            usize::from(plain || dates::parse(text, dates::DateOrder::YearFirst).is_some());
        self.yes_or_no += usize::from(words::yes_or_no(text).is_some());
        self.ids += usize::from(is_id(text));
        self.statuses += usize::from(words::word(text).is_some());
        self.steps += usize::from(words::rank(text).is_some());
        self.currencies += usize::from(text.len() <= 8 && signs_of(text).is_some());
        self.companies += usize::from(is_company(text));
        self.persons += usize::from(is_person(text));
    }

    /// All texts are yes or no.
    pub fn is_yes_or_no(&self) -> bool {
        self.filled > 0 && self.yes_or_no == self.distinct
    }

    /// Most texts are ids that machines make.
    pub fn is_ids(&self) -> bool {
        self.ids * 2 > self.distinct
    }

    fn most(&self, part: usize) -> bool {
        self.distinct > 0 && part * 5 >= self.distinct * 4
    }

    /// What a column of this name and content looks like, if it looks like
    /// something that a deal has.
    pub fn looks(&self, header: &str) -> Option<Looks> {
        let key = key(header);
        let is_named = |table, section| lexicon::keys(table, section).contains(&key);
        let names_person = ["user", "by", "owner", "person", "manager", "agent", "rep"];
        let names_person = || {
            let mut words = header.split(|c: char| !c.is_alphanumeric());
            words.any(|word| names_person.iter().any(|it| word.eq_ignore_ascii_case(it)))
        };
        if self.distinct == 0 || self.is_ids() || self.is_yes_or_no() {
            None
        } else if self.most(self.plain_dates) {
            Some(Looks::Dates)
        } else if self.most(self.amounts)
            && (self.money * 3 >= self.distinct || is_named(DEAL_COLUMNS, "value"))
        {
            Some(Looks::Money)
        } else if self.companies * 3 >= self.distinct || is_named(DEAL_COLUMNS, "customer") {
            Some(Looks::Companies)
        } else if self.most(self.persons)
            && (names_person()
                || is_named(DEAL_COLUMNS, "owner")
                || is_named(DEAL_COLUMNS, "person")
                || is_named(CUSTOMER_COLUMNS, "name"))
        {
            Some(Looks::Persons)
        } else {
            None
        }
    }

    /// What a column without a name looks like.
    pub fn looks_by_itself(&self) -> Option<Looks> {
        self.looks("")
            .or_else(|| self.most(self.persons).then_some(Looks::Persons))
    }
}

/// Those of a table's columns that look like something, where `is_free`.
pub fn unused(
    table: &Table,
    profiles: &[Profile],
    is_free: impl Fn(usize) -> bool,
) -> Vec<(usize, Looks)> {
    let columns = profiles.iter().zip(table.headers()).enumerate();
    let free = columns.filter(|(column, _)| is_free(*column));
    free.filter_map(|(column, (profile, header))| Some((column, profile.looks(header)?)))
        .collect()
}

/// Whether a text is a GUID, or a long run of letters and digits that is no
/// word.
fn is_id(text: &str) -> bool {
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let marks = text.len() - letters - digits;
    let is_one_word = text.bytes().all(|byte| byte.is_ascii_graphic());
    let hex = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_guid = text.len() == 36 && text.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
    is_one_word
        && (is_guid && text.split('-').all(hex)
            || digits >= 9 && letters > 0 && marks * 4 < text.len()
            || text.len() >= 15 && digits >= 3 && letters >= 3 && marks <= 1
            || letters == 0 && marks == 0 && digits >= 9)
}

fn is_company(text: &str) -> bool {
    const ENDS: [&str; 36] = [
        "inc",
        "inc.",
        "ltd",
        "ltd.",
        "llc",
        "plc",
        "gmbh",
        "ag",
        "kg",
        "se",
        "sa",
        "s.a.",
        "sas",
        "s.a.s.",
        "sarl",
        "srl",
        "s.r.l.",
        "spa",
        "s.p.a.",
        "bv",
        "b.v.",
        "nv",
        "n.v.",
        "o.o.",
        "s.r.o.",
        "a.s.",
        "corp",
        "corp.",
        "corporation",
        "co",
        "co.",
        "company",
        "group",
        "oy",
        "ab",
        "ооо",
    ];
    let mut words = text.split(' ').rev();
    let last = words.next().unwrap_or_default().to_lowercase();
    words.next().is_some() && ENDS.contains(&last.as_str())
}

fn is_person(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let is_name = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word
                .chars()
                .all(|c| c.is_alphabetic() || "-'’.".contains(c))
    };
    (2..=3).contains(&words.len()) && words.iter().all(is_name) && !is_company(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::csv::UnicodeOnly;

    #[test]
    fn ids_are_told_from_names() {
        for text in [
            "f1c0a1d2-0000-4000-8000-000000000001",
            "zcrm_4876876000000489001",
            "006Hs00001AbCdEfGh",
            "4876876000000",
        ] {
            assert!(is_id(text), "{text}");
        }
        for text in ["Alpha", "Roof 2026", "GTX-2000", "3001", "K2-12345", "a1b2"] {
            assert!(!is_id(text), "{text}");
        }
    }

    #[test]
    fn a_column_looks_like_what_is_in_it() {
        let table = Table::read(
            "Modified,Net,Who (by),Firm,Age\n\
             2026-10-02 09:11:00,1 200.50,Ann Lee,Alpha Ltd,5\n\
             2026-10-03 09:11:00,90.00,Bo Chen,Beta GmbH,7\n"
                .as_bytes(),
            &UnicodeOnly,
        );
        let table = table.unwrap();
        let looks: Vec<_> = Profile::of_all(&table)
            .iter()
            .zip(table.headers())
            .map(|(profile, header)| profile.looks(header))
            .collect();
        assert_eq!(
            looks,
            [
                Some(Looks::Dates),
                Some(Looks::Money),
                Some(Looks::Persons),
                Some(Looks::Companies),
                None
            ]
        );
    }
}

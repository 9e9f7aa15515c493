//! Amounts of a file. Which mark stands before the decimals is found out from
//! the whole column.

mod affix;
mod decimal;

use std::collections::HashMap;

use self::affix::Affix;
pub use self::affix::{currency_of, signs_of};
pub use self::decimal::Decimal;
use crate::domain::value::money::Currency;

/// How a column of amounts is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AmountForm {
    /// 1,234.56 or 1 234.56.
    Point,
    /// 1.234,56 or 1 234,56.
    Comma,
}

impl AmountForm {
    /// Both forms, as a choice is offered.
    pub const ALL: [AmountForm; 2] = [Self::Point, Self::Comma];

    /// An example of it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Point => "1,234.56",
            Self::Comma => "1.234,56",
        }
    }

    fn marks(self) -> (char, char) {
        match self {
            Self::Point => ('.', ','),
            Self::Comma => (',', '.'),
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }
}

/// Why a text is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// It is no number, or its groups of digits are not of three.
    #[error("this is no amount")]
    NotANumber,
    /// It is below 0.
    #[error("a value can't be negative")]
    Negative,
    /// It is more than a value may be.
    #[error("a value is at most 1,000,000,000,000")]
    TooLarge,
}

/// An amount as it stands in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The number.
    pub number: Decimal,
    /// The codes of the currencies that the sign beside it may stand for,
    /// parted by spaces; none where there is no sign.
    pub signs: Option<&'static str>,
}

/// Reads the amounts of a file; what stands beside the digits is worked out
/// once for each text of it.
#[derive(Debug, Clone, Default)]
pub struct Amounts(HashMap<String, Option<Affix>>);

impl Amounts {
    fn affix(&mut self, text: &str) -> Option<Affix> {
        let text = text.trim();
        if text.is_empty() {
            return Some(Affix::default());
        }
        if let Some(known) = self.0.get(text) {
            return *known;
        }
        let affix = Affix::of(text);
        self.0.insert(text.to_owned(), affix);
        affix
    }

    /// Reads an amount of the column's form, with a currency, a multiplier or
    /// well-known words beside it, in brackets, or with a power of ten. An
    /// amount that can only be of the other form is read as that.
    ///
    /// # Errors
    /// It is no number, or negative, or too large.
    ///
    /// ```
    /// use pipewright::codec::csv::amounts::{AmountForm, Amounts};
    /// let minor = |text| {
    ///     let read = Amounts::default().read(text, AmountForm::Comma).unwrap();
    ///     read.number.to_money(2).unwrap().0.minor()
    /// };
    /// assert_eq!(minor("1.234,50 €"), 123_450);
    /// assert_eq!(minor("12k"), 1_200_000);
    /// ```
    pub fn read(&mut self, text: &str, form: AmountForm) -> Result<Written, AmountError> {
        let parts = AmountParts::of(text).ok_or(AmountError::NotANumber)?;
        let before = self.affix(parts.before).ok_or(AmountError::NotANumber)?;
        let after = self.affix(parts.after).ok_or(AmountError::NotANumber)?;
        let (whole, fraction) = split(&parts.core, form)
            .or_else(|| {
                let other = form.other();
                split(&parts.core, other)
                    .filter(|_| evidence(&parts.core, 2) == Some((other, true)))
            })
            .ok_or(AmountError::NotANumber)?;
        let number = Decimal::new(&whole, fraction).ok_or(AmountError::TooLarge)?;
        let power = parts.power + before.times + after.times;
        let number = number.times_ten_to(power).ok_or(AmountError::TooLarge)?;
        // A dash behind a comma stands for no cents: 12,-.
        let dash_for_cents = after.negative && parts.core.ends_with(['.', ',']);
        let negative =
            before.negative || after.negative && !dash_for_cents || before.bracket && after.bracket;
        if negative && !number.is_zero() {
            return Err(AmountError::Negative);
        }
        Ok(Written {
            number,
            signs: before.signs.or(after.signs),
        })
    }

    /// Whether a text has no number, but a currency or a dash at the most:
    /// `- €`.
    pub fn is_nothing(&mut self, text: &str) -> bool {
        !text.bytes().any(|byte| byte.is_ascii_digit())
            && self.affix(text).is_some_and(|affix| affix.times == 0)
            && text.contains(['-', '–', '—'])
    }
}

/// The form that the texts of a column prove; where they prove none or both
/// alike, a point before the decimals. `decimals` are those of the currency.
pub fn detect<'a>(texts: impl Iterator<Item = &'a str>, currency: Currency) -> AmountForm {
    // What may be a group of three digits only decides where nothing is proved.
    let (mut proofs, mut guesses) = ((0usize, 0usize), (0usize, 0usize));
    for text in texts {
        let parts = AmountParts::of(text);
        let said = parts.and_then(|parts| evidence(&parts.core, currency.decimals));
        let Some((form, is_proof)) = said else {
            continue;
        };
        let counts = if is_proof { &mut proofs } else { &mut guesses };
        match form {
            AmountForm::Point => counts.0 += 1,
            AmountForm::Comma => counts.1 += 1,
        }
    }
    let (point, comma) = if proofs.0 == proofs.1 {
        guesses
    } else {
        proofs
    };
    if comma > point {
        AmountForm::Comma
    } else {
        AmountForm::Point
    }
}

/// Whether the texts of a column prove a comma before the decimals, and none
/// a point.
pub fn proves_comma<'a>(texts: impl Iterator<Item = &'a str>) -> bool {
    let said = texts.filter_map(|text| evidence(&AmountParts::of(text)?.core, 2));
    let mut proofs = said.filter(|(_, is_proof)| *is_proof).peekable();
    proofs.peek().is_some() && proofs.all(|(form, _)| form == AmountForm::Comma)
}

/// What one amount says about its form, and whether that is beyond doubt.
fn evidence(core: &str, decimals: u8) -> Option<(AmountForm, bool)> {
    let of = |mark: char| {
        if mark == '.' {
            AmountForm::Point
        } else {
            AmountForm::Comma
        }
    };
    let place = core.rfind(['.', ','])?;
    let (before, rest) = core.split_at_checked(place)?;
    let mark = rest.chars().next()?;
    let behind = rest.len() - 1;
    if before.contains(mark) {
        return Some((of(mark).other(), true));
    }
    let could_be_a_group = behind == 3 && (1..=3).contains(&before.len()) && before != "0";
    if before.contains(['.', ',']) || !could_be_a_group {
        return Some((of(mark), true));
    }
    // One mark and three digits: a group, unless the currency has such decimals.
    let form = if decimals == 3 && mark == '.' {
        of(mark)
    } else {
        of(mark).other()
    };
    Some((form, false))
}

/// The digits of an amount, and what stands around them.
struct AmountParts<'a> {
    before: &'a str,
    /// Digits, points and commas.
    core: String,
    /// The power of ten behind an E.
    power: i32,
    after: &'a str,
}

impl<'a> AmountParts<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let is_digit = |c: char| c.is_ascii_digit();
        let first = text.find(is_digit)?;
        // A point may stand before the first digit: .5
        let start = match text.get(..first) {
            Some(before) if before.ends_with(['.', ',']) => first - 1,
            _ => first,
        };
        let (before, rest) = text.split_at_checked(start)?;
        let is_inside =
            |c: char| is_digit(c) || matches!(c, '.' | ',' | '\'' | '’' | '٬') || c.is_whitespace();
        let end = rest.find(|c| !is_inside(c)).unwrap_or(rest.len());
        let (inside, mut after) = rest.split_at_checked(end)?;
        if !well_spaced(inside) {
            return None;
        }
        let core: String = inside
            .chars()
            .filter(|c| is_digit(*c) || matches!(c, '.' | ','))
            .collect();
        // "kr. 500" leaves its point before, and "12,-" its comma inside.
        let before = if core.starts_with('.') && before.ends_with(char::is_alphabetic) {
            return Self::of(text.get(first..)?).map(|parts| Self { before, ..parts });
        } else {
            before
        };
        let mut power = 0;
        if let Some(exponent) = after.strip_prefix(['e', 'E']) {
            let unsigned = exponent.trim_start_matches(['+', '-']);
            let digits = unsigned.find(|c| !is_digit(c)).unwrap_or(unsigned.len());
            let length = exponent.len() - unsigned.len() + digits;
            if let Some((number, rest)) = exponent.split_at_checked(length).filter(|_| digits > 0) {
                power = number
                    .parse()
                    .ok()
                    .filter(|power: &i32| power.abs() <= 30)?;
                after = rest;
            }
        }
        Some(Self {
            before,
            core,
            power,
            after,
        })
    }
}

/// The digits before and after the decimal mark, if the groups are right.
fn split(core: &str, form: AmountForm) -> Option<(String, &str)> {
    let (decimal, group) = form.marks();
    let (whole, fraction) = core.split_once(decimal).unwrap_or((core, ""));
    if fraction.contains(['.', ',']) || !well_grouped(whole, group) {
        return None;
    }
    let plain: String = whole.chars().filter(|c| *c != group).collect();
    (!plain.is_empty() || !fraction.is_empty()).then_some((plain, fraction))
}

/// Whether blanks and apostrophes stand between groups of three digits and
/// nowhere else. Elsewhere they would part two numbers, and a cell with two
/// numbers is no amount.
fn well_spaced(inside: &str) -> bool {
    let is_blank = |c: char| c.is_whitespace() || matches!(c, '\'' | '’' | '٬');
    let mut groups = inside.trim_end().split(is_blank);
    let first = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    if rest.peek().is_none() {
        return true;
    }
    let are_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let mut good = !inside.contains(['\n', '\r']) && are_digits(first) && first.len() <= 3;
    while let Some(group) = rest.next() {
        let whole = match rest.peek() {
            Some(_) => group,
            None => group.split(['.', ',']).next().unwrap_or_default(),
        };
        good &= whole.len() == 3 && are_digits(whole);
    }
    good
}

/// Whether the last group has three digits, and those before it two or three
/// (as in India). A number that begins with 0 has no groups.
fn well_grouped(whole: &str, group: char) -> bool {
    let mut groups = whole.split(group).rev();
    let last = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    if rest.peek().is_none() {
        return true;
    }
    let mut good = last.len() == 3;
    while let Some(part) = rest.next() {
        let is_first = rest.peek().is_none();
        let least = if is_first { 1 } else { 2 };
        good &= (least..=3).contains(&part.len()) && !(is_first && part.starts_with('0'));
    }
    good
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::value::money::{Money, currency};

    fn minor(text: &str, form: AmountForm) -> Result<i64, AmountError> {
        let read = Amounts::default().read(text, form)?;
        Ok(read.number.to_money(2)?.0.minor())
    }

    #[test]
    fn the_form_comes_from_the_whole_column() {
        use AmountForm::{Comma, Point};
        let (euro, dinar) = (currency("EUR").unwrap(), currency("KWD").unwrap());
        for (column, form) in [
            (&["1,234.56", "7"][..], Point),
            (&["1.234,56", "1.000"], Comma),
            (&["1 234,56"], Comma),
            (&["1,2E+04"], Comma),
            (&["1.234.567"], Comma),
            (&["1,234,567"], Point),
            (&["1,234"], Point),
            (&["1.234"], Comma),
            (&["5,5", "1.234"], Comma),
            (&["12.5", "1,234"], Point),
            (&["12000.000000"], Point),
            (&["1.5", "2.125", "3.375", "4.625"], Point),
            (&["550", "", "n/a"], Point),
            (&["€ 1.234,5", "USD 2.000"], Comma),
        ] {
            assert_eq!(detect(column.iter().copied(), euro), form, "{column:?}");
        }
        assert_eq!(detect(["1.250"].into_iter(), dinar), Point);
    }

    #[test]
    fn amounts_are_read_with_what_stands_beside_them() {
        use AmountForm::{Comma, Point};
        for (text, form, want) in [
            ("1,234.56", Point, 123_456),
            ("1.234,56", Comma, 123_456),
            ("1\u{a0}234,56 zł", Comma, 123_456),
            ("1\u{202f}234", Comma, 123_400),
            ("1'234.50", Point, 123_450),
            ("CHF 1’234.50", Point, 123_450),
            ("$5", Point, 500),
            ("5 EUR", Point, 500),
            ("US$1,000", Point, 100_000),
            ("C$1,234.50", Point, 123_450),
            ("kr. 1234.50", Point, 123_450),
            ("R 1234.50", Point, 123_450),
            ("$500 monthly", Point, 50_000),
            ("12,34,567.00", Point, 123_456_700),
            ("1054", Comma, 105_400),
            ("0", Point, 0),
            ("-0.00", Point, 0),
            ("5.1000", Point, 510),
            (".5", Point, 50),
            ("12k", Point, 1_200_000),
            ("12 tys. zł", Comma, 1_200_000),
            ("€m 1.5", Point, 150_000_000),
            ("k€ 12", Comma, 1_200_000),
            ("Mio. € 1,2", Comma, 120_000_000),
            ("1,2 Mio. €", Comma, 120_000_000),
            ("1.2E+04", Point, 1_200_000),
            ("1,2E+04", Comma, 1_200_000),
            ("12,-", Comma, 1200),
            ("0,500", Point, 50),
            ("7832265.523200001", Point, 783_226_552),
            ("99.999", Point, 10_000),
            // The other form, beyond doubt.
            ("1.234,56", Point, 123_456),
            ("1,234.56", Comma, 123_456),
        ] {
            assert_eq!(minor(text, form), Ok(want), "{text}");
        }
    }

    #[test]
    fn other_texts_are_refused_with_the_reason() {
        for (text, error) in [
            ("-5", AmountError::Negative),
            ("($5.00)", AmountError::Negative),
            ("€-5", AmountError::Negative),
            ("5-", AmountError::Negative),
            ("1e99", AmountError::NotANumber),
            ("lots", AmountError::NotANumber),
            ("5 apples", AmountError::NotANumber),
            ("1000-2000", AmountError::NotANumber),
            ("5000\n7000", AmountError::NotANumber),
            ("5000 7000", AmountError::NotANumber),
            ("100, 200", AmountError::NotANumber),
            ("555 123 4567", AmountError::NotANumber),
            ("50%", AmountError::NotANumber),
            ("2026-12-15", AmountError::NotANumber),
            ("1,23.4", AmountError::NotANumber),
            ("1.2.3", AmountError::NotANumber),
            ("€", AmountError::NotANumber),
            ("NaN", AmountError::NotANumber),
            ("1000000000000.01", AmountError::TooLarge),
            ("99999999999999999999999", AmountError::TooLarge),
        ] {
            assert_eq!(minor(text, AmountForm::Point), Err(error), "{text}");
        }
    }

    #[test]
    fn a_sign_stands_for_the_accounts_currency_where_it_can() {
        let read = |text| {
            Amounts::default()
                .read(text, AmountForm::Point)
                .unwrap()
                .signs
        };
        let dollar = read("$5").unwrap();
        assert_eq!(currency_of(dollar, "EUR"), "USD");
        assert_eq!(currency_of(dollar, "CAD"), "CAD");
        assert_eq!(read("5 PLN"), Some("PLN"));
        assert_eq!(read("5"), None);
        assert_eq!(signs_of("eur"), Some("EUR"));
        assert_eq!(signs_of("-99"), None);
    }

    #[test]
    fn what_has_no_number_may_be_nothing() {
        for (text, want) in [
            ("- €", true),
            ("-", true),
            ("€", false),
            ("lots - €", false),
        ] {
            assert_eq!(Amounts::default().is_nothing(text), want, "{text}");
        }
    }

    #[test]
    fn another_currency_is_reckoned_exactly_and_rounded_once() {
        let amount = Decimal::new("10", "05").unwrap();
        let product = amount.times(Decimal::rate("0,925").unwrap()).unwrap();
        // 9.29625
        assert_eq!(
            product.to_money(2),
            Ok((Money::from_minor(930).unwrap(), true))
        );
        assert_eq!(product.to_money(0).unwrap().0.minor(), 9);
        for text in ["", "0", "-1", "1e5", "x", "1.2.3", "1234567890123"] {
            assert_eq!(Decimal::rate(text), None, "{text}");
        }
    }
}

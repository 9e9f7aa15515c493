//! Amounts of a file: which mark parts the decimals, from the whole column.

use crate::domain::money::{Currency, Money, without_currency};

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
    /// It has more decimals than the currency.
    #[error("the currency has no more than {0} decimals")]
    TooFine(u8),
    /// It is more than a value may be.
    #[error("a value is at most 1,000,000,000,000")]
    TooLarge,
}

/// The form that the texts of a column prove; where they prove none or both
/// alike, a point before the decimals.
pub fn detect<'a>(texts: impl Iterator<Item = &'a str>, currency: Currency) -> AmountForm {
    let (mut point, mut comma) = (0usize, 0usize);
    for text in texts {
        match evidence(&bare(text), currency) {
            Some(AmountForm::Point) => point += 1,
            Some(AmountForm::Comma) => comma += 1,
            None => {}
        }
    }
    if comma > point {
        AmountForm::Comma
    } else {
        AmountForm::Point
    }
}

/// What one amount says about its form.
fn evidence(digits: &str, currency: Currency) -> Option<AmountForm> {
    let form_of = |mark: char| {
        if mark == '.' {
            AmountForm::Point
        } else {
            AmountForm::Comma
        }
    };
    let other = |mark: char| {
        if mark == '.' {
            AmountForm::Comma
        } else {
            AmountForm::Point
        }
    };
    let place = digits.rfind(['.', ','])?;
    let (before, rest) = digits.split_at_checked(place)?;
    let mark = rest.chars().next()?;
    let decimals = rest.chars().skip(1).count();
    if before.contains(mark) {
        return Some(other(mark));
    }
    let could_be_a_group = decimals == 3 && (1..=3).contains(&before.len()) && before != "0";
    if before.contains(['.', ',']) || !could_be_a_group {
        return Some(form_of(mark));
    }
    // One mark and three digits: a group, unless the currency has such decimals.
    Some(if currency.decimals == 3 && mark == '.' {
        form_of(mark)
    } else {
        other(mark)
    })
}

/// Reads an amount of the column's form; a sign or code of a currency beside
/// it, and spaces and apostrophes between groups are passed over.
///
/// # Errors
/// No number, a negative one, one that is too large or has too many decimals.
///
/// ```
/// use pipewright::codec::csv::amounts::{AmountForm, parse};
/// use pipewright::domain::money::currency;
/// let euro = currency("EUR").unwrap();
/// assert_eq!(parse("1.234,50 €", AmountForm::Comma, euro).unwrap().minor(), 123_450);
/// assert!(parse("1e99", AmountForm::Point, euro).is_err());
/// ```
pub fn parse(text: &str, form: AmountForm, currency: Currency) -> Result<Money, AmountError> {
    let bare = bare(text);
    let (decimal, group) = form.marks();
    let negative = bare.starts_with(['-', '−']);
    let digits = bare.trim_start_matches(['-', '−', '+']);
    let (whole, fraction) = digits.split_once(decimal).unwrap_or((digits, ""));
    let plain: String = whole.chars().filter(|c| *c != group).collect();
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if (plain.is_empty() && fraction.is_empty())
        || !is_number(&plain)
        || !is_number(fraction)
        || !well_grouped(whole, group)
    {
        return Err(AmountError::NotANumber);
    }
    let is_zero = plain
        .bytes()
        .chain(fraction.bytes())
        .all(|digit| digit == b'0');
    if negative && !is_zero {
        return Err(AmountError::Negative);
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > usize::from(currency.decimals) {
        return Err(AmountError::TooFine(currency.decimals));
    }
    Money::parse_plain(&format!("{plain}.{fraction}"), currency.decimals)
        .ok_or(AmountError::TooLarge)
}

/// Groups have three digits, those further left two or three (as in India).
fn well_grouped(whole: &str, group: char) -> bool {
    let mut groups = whole.split(group).rev();
    let last = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    if rest.peek().is_none() {
        return true;
    }
    let mut good = last.len() == 3;
    while let Some(part) = rest.next() {
        let least = if rest.peek().is_some() { 2 } else { 1 };
        good &= (least..=3).contains(&part.len());
    }
    good
}

/// The text without the currency beside it, and without what parts groups but
/// is no point or comma.
fn bare(text: &str) -> String {
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’' | '\u{feff}'))
        .collect();
    // A sign may stand before or after the currency: -€5 and €-5. Accountants
    // put what is negative in brackets.
    let inside = text
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    match inside.or_else(|| text.strip_prefix(['-', '−'])) {
        Some(rest) => format!("-{}", without_currency(rest)),
        None => without_currency(&text).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::currency;

    #[test]
    fn the_form_comes_from_the_whole_column() {
        use AmountForm::{Comma, Point};
        let (euro, dinar) = (currency("EUR").unwrap(), currency("KWD").unwrap());
        for (column, form) in [
            (&["1,234.56", "7"][..], Point),
            (&["1.234,56", "1.000"], Comma),
            (&["1 234,56"], Comma),
            (&["1.234.567"], Comma),
            (&["1,234,567"], Point),
            (&["1,234"], Point),
            (&["1.234"], Comma),
            (&["5,5", "1.234"], Comma),
            (&["12.5", "1,234"], Point),
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
        let euro = currency("EUR").unwrap();
        for (text, form, minor) in [
            ("1,234.56", Point, 123_456),
            ("1.234,56", Comma, 123_456),
            ("1\u{a0}234,56 zł", Comma, 123_456),
            ("1\u{202f}234", Comma, 123_400),
            ("1'234.50", Point, 123_450),
            ("$5", Point, 500),
            ("5 EUR", Point, 500),
            ("US$1,000", Point, 100_000),
            ("12,34,567.00", Point, 123_456_700),
            ("1054", Comma, 105_400),
            ("0", Point, 0),
            ("-0.00", Point, 0),
            ("5.1000", Point, 510),
            (".5", Point, 50),
        ] {
            assert_eq!(
                parse(text, form, euro).map(Money::minor),
                Ok(minor),
                "{text}"
            );
        }
    }

    #[test]
    fn other_texts_are_refused_with_the_reason() {
        let euro = currency("EUR").unwrap();
        for (text, error) in [
            ("-5", AmountError::Negative),
            ("($5.00)", AmountError::Negative),
            ("€-5", AmountError::Negative),
            ("1e99", AmountError::NotANumber),
            ("lots", AmountError::NotANumber),
            ("5k", AmountError::NotANumber),
            ("1,23.4", AmountError::NotANumber),
            ("1.2.3", AmountError::NotANumber),
            ("€", AmountError::NotANumber),
            ("NaN", AmountError::NotANumber),
            ("1.005", AmountError::TooFine(2)),
            ("1000000000000.01", AmountError::TooLarge),
            ("99999999999999999999999", AmountError::TooLarge),
        ] {
            assert_eq!(parse(text, AmountForm::Point, euro), Err(error), "{text}");
        }
    }
}

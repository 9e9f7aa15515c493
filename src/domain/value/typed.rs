//! Amounts and dates as people type them (§11.3).

use crate::domain::value::error::DomainError;
use crate::domain::value::field::FieldName;
use crate::domain::value::money::{Currency, Money, without_currency};
use crate::domain::value::time::{Date, is_plausible};

/// The marks by which the account's region writes numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    /// What stands before the decimals.
    pub decimal: char,
    /// What stands between groups of digits.
    pub group: char,
}

/// An amount that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypedAmount {
    /// The amount.
    pub amount: Money,
    /// People of another region would read another amount, so what was read is
    /// to be shown before it is saved.
    pub is_ambiguous: bool,
}

impl Marks {
    /// 1,234.56
    pub const POINT: Self = Self {
        decimal: '.',
        group: ',',
    };

    /// Whether a comma stands before the decimals. Then a point may stand
    /// between groups, even where the region writes another mark there (in
    /// Poland a blank).
    fn has_comma(self) -> bool {
        self.decimal == ','
    }

    /// Reads an amount; none where there is nothing.
    ///
    /// A text that is a number as the region writes numbers is read that way.
    /// One that is a number only as other regions write them is read their
    /// way, since it can mean nothing else. A sign or code of a currency may
    /// stand beside it, and blanks and apostrophes between groups.
    ///
    /// # Errors
    /// No number, a negative one, one that is too large or has too many decimals.
    ///
    /// ```
    /// # use pipewright::domain::value::{money::currency, typed::Marks};
    /// let euro = currency("EUR").unwrap();
    /// let german = Marks { decimal: ',', group: '.' };
    /// let read = |text| german.read(text, euro).unwrap().unwrap().amount.minor();
    /// assert_eq!(read("25.000"), 2_500_000);
    /// assert_eq!(read("25.5"), 2_550);
    /// ```
    pub fn read(self, text: &str, currency: Currency) -> Result<Option<TypedAmount>, DomainError> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let (is_negative, digits) = self.digits(text);
        let (point, comma) = (Number::read(&digits, '.'), Number::read(&digits, ','));
        let (own, other) = if self.has_comma() {
            (comma, point)
        } else {
            (point, comma)
        };
        let is_only_way = own.is_none();
        let number = own.or(other).ok_or(DomainError::NoAmount)?;
        if is_negative && !number.is_zero() {
            return Err(DomainError::Negative);
        }
        let amount = number.amount(currency)?;
        let other = other.and_then(|other| other.amount(currency).ok());
        Ok(Some(TypedAmount {
            amount,
            is_ambiguous: !is_only_way && other.is_some_and(|other| other != amount),
        }))
    }

    /// An amount as it is read back, for a field to start with.
    pub fn write(self, amount: Money, currency: Currency) -> String {
        let plain = amount.to_plain(currency.decimals);
        if self.has_comma() {
            plain.replace('.', ",")
        } else {
            plain
        }
    }

    /// The digits with their points and commas, every other mark between groups
    /// as a blank; and whether a minus or brackets make the number negative.
    fn digits(self, text: &str) -> (bool, String) {
        let (own_decimal, own_group) = if self.has_comma() {
            (',', '.')
        } else {
            ('.', ',')
        };
        let plain = |c: char| match c {
            '.' | '．' => '.',
            ',' | '，' | '،' => ',',
            '٫' => own_decimal,
            '٬' => own_group,
            '\'' | '’' => ' ',
            '−' | '－' => '-',
            c if c.is_whitespace() => ' ',
            c => ascii_digit(c).unwrap_or(c),
        };
        let text: String = text.chars().map(plain).collect();
        let text = text.trim();
        let inside = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
        let unsigned = inside.or_else(|| text.strip_prefix('-'));
        let bare = without_currency(unsigned.unwrap_or(text).trim()).trim();
        let signed = bare.strip_prefix('-');
        let digits = signed.or_else(|| bare.strip_prefix('+')).unwrap_or(bare);
        (
            unsigned.is_some() || signed.is_some(),
            digits.trim().to_owned(),
        )
    }
}

/// A number as it stands there.
#[derive(Debug, Clone, Copy)]
struct Number<'a> {
    whole: &'a str,
    fraction: &'a str,
}

impl<'a> Number<'a> {
    /// None where `text` is no number with that mark before its decimals.
    fn read(text: &'a str, decimal: char) -> Option<Self> {
        let (whole, fraction) = text.split_once(decimal).unwrap_or((text, ""));
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let is_one = is_number(fraction)
            && !(whole.is_empty() && fraction.is_empty())
            && (is_number(whole) || is_grouped(whole));
        is_one.then_some(Self { whole, fraction })
    }

    fn is_zero(self) -> bool {
        let mut bytes = self.whole.bytes().chain(self.fraction.bytes());
        !bytes.any(|byte| (b'1'..=b'9').contains(&byte))
    }

    fn amount(self, currency: Currency) -> Result<Money, DomainError> {
        let fraction = self.fraction.trim_end_matches('0');
        if fraction.len() > usize::from(currency.decimals) {
            return Err(DomainError::TooFine {
                code: currency.code,
                decimals: currency.decimals,
            });
        }
        let digits = self.whole.chars().filter(char::is_ascii_digit);
        let plain: String = digits.chain(['.']).chain(fraction.chars()).collect();
        Money::parse_plain(&plain, currency.decimals).ok_or(DomainError::TooLarge)
    }
}

/// Groups of three digits, those further left of two or three (as in India).
/// A zero in front is no group of its own: 0.500 is a half.
fn is_grouped(whole: &str) -> bool {
    let groups: Vec<&str> = whole.split([' ', '.', ',']).collect();
    let Some(((first, last), middle)) = groups
        .split_first()
        .and_then(|(first, rest)| rest.split_last().map(|(last, mid)| ((first, last), mid)))
    else {
        return false;
    };
    let is_of = |group: &str, sizes: std::ops::RangeInclusive<usize>| {
        sizes.contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_digit())
    };
    is_of(first, 1..=3)
        && !first.starts_with('0')
        && middle.iter().all(|group| is_of(group, 2..=3))
        && is_of(last, 3..=3)
}

/// The digit 0 to 9 that a digit of another script is.
fn ascii_digit(c: char) -> Option<char> {
    // Arabic, Persian, Devanagari, Bengali and full-width digits.
    const ZEROS: [u32; 5] = [0x660, 0x6f0, 0x966, 0x9e6, 0xff10];
    ZEROS.iter().find_map(|zero| {
        let digit = u32::from(c).checked_sub(*zero)?;
        char::from_digit(digit, 10)
    })
}

/// Reads a date of a date field; none where there is nothing.
///
/// A browser gives no text for a date that is not whole or does not exist
/// (30 February); `is_half` says that something was typed all the same.
///
/// # Errors
/// Half a date, or one outside the years 1900 to 2999.
pub fn date(text: &str, is_half: bool) -> Result<Option<Date>, DomainError> {
    if text.is_empty() && !is_half {
        return Ok(None);
    }
    let date: Date = text.parse().map_err(|_| DomainError::HalfDate)?;
    if is_plausible(date) {
        Ok(Some(date))
    } else {
        Err(DomainError::Date {
            what: FieldName::This,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::value::money::currency;

    fn read(text: &str, marks: Marks, code: &str) -> Result<(i64, bool), String> {
        let read = marks.read(text, currency(code).unwrap());
        let typed = read.map_err(|error| error.to_string())?.unwrap();
        Ok((typed.amount.minor(), typed.is_ambiguous))
    }

    const COMMA: Marks = Marks {
        decimal: ',',
        group: '.',
    };
    /// Pl: a blank parts groups, and decimals stand behind a comma.
    const POLISH: Marks = Marks {
        decimal: ',',
        group: '\u{a0}',
    };
    const SWISS: Marks = Marks {
        decimal: '.',
        group: '’',
    };
    const ARABIC: Marks = Marks {
        decimal: '٫',
        group: '٬',
    };

    #[test]
    fn amounts_are_read_by_the_region() {
        for (text, marks, minor) in [
            ("1.234,56", COMMA, 123_456),
            ("1 234,56 zł", POLISH, 123_456),
            ("1\u{202f}234,56 €", POLISH, 123_456),
            ("25.5", COMMA, 2_550),
            ("25.50", POLISH, 2_550),
            ("25,5", Marks::POINT, 2_550),
            ("1.234.567", Marks::POINT, 123_456_700),
            ("1.234,56", Marks::POINT, 123_456),
            ("1,234.56", COMMA, 123_456),
            ("1234.5", COMMA, 123_450),
            ("1'234'567.89", SWISS, 123_456_789),
            ("CHF 1’234.50", SWISS, 123_450),
            ("12,34,567.00", Marks::POINT, 123_456_700),
            ("٢٥٬٠٠٠٫٥", ARABIC, 2_500_050),
            ("25000.5", ARABIC, 2_500_050),
            ("１２３４", Marks::POINT, 123_400),
            ("0.50", COMMA, 50),
            (",5", COMMA, 50),
            (".5", Marks::POINT, 50),
            ("-0", Marks::POINT, 0),
            ("$5", Marks::POINT, 500),
            ("7", Marks::POINT, 700),
            ("5.1000", Marks::POINT, 510),
        ] {
            assert_eq!(read(text, marks, "EUR"), Ok((minor, false)), "{text}");
        }
    }

    #[test]
    fn what_elsewhere_is_another_amount_is_told() {
        for (text, marks, minor) in [
            ("25.000", COMMA, 2_500_000),
            ("25.000", POLISH, 2_500_000),
            ("25.000", Marks::POINT, 2_500),
            ("25,000", Marks::POINT, 2_500_000),
            ("25,000", COMMA, 2_500),
            ("25.000 €", COMMA, 2_500_000),
        ] {
            assert_eq!(read(text, marks, "EUR"), Ok((minor, true)), "{text}");
        }
        // Elsewhere it would have too many decimals.
        assert_eq!(read("25.123", COMMA, "EUR"), Ok((2_512_300, false)));
        assert_eq!(read("25.123", COMMA, "KWD"), Ok((25_123_000, true)));
        assert_eq!(read("25.000", Marks::POINT, "JPY"), Ok((25, true)));
    }

    #[test]
    fn other_texts_are_refused_with_the_reason() {
        for (text, marks, why) in [
            ("-5", Marks::POINT, "A value can't be negative."),
            ("($5.00)", Marks::POINT, "A value can't be negative."),
            ("€-5", Marks::POINT, "A value can't be negative."),
            ("10.999", Marks::POINT, "EUR has no more than 2 decimals."),
            ("10,999", COMMA, "EUR has no more than 2 decimals."),
            ("1234.567", COMMA, "EUR has no more than 2 decimals."),
            ("0.005", COMMA, "EUR has no more than 2 decimals."),
            ("1e99", Marks::POINT, "This is no amount."),
            ("5k", Marks::POINT, "This is no amount."),
            ("€", Marks::POINT, "This is no amount."),
            ("1 2", POLISH, "This is no amount."),
            ("1.2.3", COMMA, "This is no amount."),
            ("1,23.4", Marks::POINT, "This is no amount."),
            ("12 34,5", POLISH, "This is no amount."),
            (".", Marks::POINT, "This is no amount."),
            (
                "1000000000000.01",
                Marks::POINT,
                "A value is at most 1,000,000,000,000.",
            ),
        ] {
            assert_eq!(read(text, marks, "EUR"), Err(why.to_owned()), "{text}");
        }
        let yen = read("5.5", Marks::POINT, "JPY");
        assert_eq!(yen, Err("JPY has no decimals.".to_owned()));
        assert_eq!(
            Marks::POINT.read(" \u{a0}", currency("EUR").unwrap()),
            Ok(None)
        );
    }

    #[test]
    fn what_a_field_starts_with_is_the_amount_again() {
        for code in ["EUR", "JPY", "KWD"] {
            let currency = currency(code).unwrap();
            for marks in [Marks::POINT, COMMA, POLISH, SWISS, ARABIC] {
                for minor in [0, 1, 5, 500, 12_500, 100_000, 25_000_000, 123_456_789] {
                    let amount = Money::from_minor(minor).unwrap();
                    let text = marks.write(amount, currency);
                    let read = marks.read(&text, currency).unwrap().unwrap();
                    assert_eq!(read.amount, amount, "{text} {code} {marks:?}");
                }
            }
        }
    }

    #[test]
    fn half_a_date_is_no_empty_one() {
        assert_eq!(date("", false), Ok(None));
        assert_eq!(date("", true), Err(DomainError::HalfDate));
        assert_eq!(date("2026-02-30", false), Err(DomainError::HalfDate));
        assert_eq!(date("12/01", false), Err(DomainError::HalfDate));
        assert!(date("0202-01-01", false).is_err());
        assert_eq!(
            date("2026-02-28", false),
            Ok(Some(Date::constant(2026, 2, 28)))
        );
    }
}

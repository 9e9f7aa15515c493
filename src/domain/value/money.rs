//! Amounts and chances: whole numbers only, rounded once at the end.

use serde::{Deserialize, Serialize};

/// An amount in minor units (cents) of the account's currency.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Money(i64);

/// The greatest value of a deal in whole units of the currency.
const MAX_WHOLE: i64 = 1_000_000_000_000;
/// The same in minor units of the finest currency (three decimals).
const MAX_MINOR: i64 = MAX_WHOLE * 1000;

impl Money {
    /// An amount in minor units; none when it is negative or greater than any
    /// currency allows.
    pub fn from_minor(minor: i64) -> Option<Self> {
        (0..=MAX_MINOR).contains(&minor).then_some(Self(minor))
    }

    /// The amount in minor units.
    pub fn minor(self) -> i64 {
        self.0
    }

    /// The amount x a chance, exact: in thousandths of the minor unit.
    pub fn weighted(self, chance: Chance) -> i64 {
        // At most 10^18: see `MAX_MINOR`.
        self.0.saturating_mul(i64::from(chance.0))
    }

    /// Reads plain decimal text such as `1234.5`, with at most `decimals`
    /// decimals (further ones must be zeros); none when it is no such number
    /// or outside 0 to 1,000,000,000,000.00.
    pub fn parse_plain(text: &str, decimals: u8) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !digits(whole) || !digits(fraction) {
            return None;
        }
        let places = usize::from(decimals);
        let (kept, rest) = fraction.split_at_checked(places).unwrap_or((fraction, ""));
        if rest.bytes().any(|b| b != b'0') {
            return None;
        }
        let minor: i64 = format!("{whole}{kept:0<places$}").parse().ok()?;
        let most = MAX_WHOLE.checked_mul(10i64.checked_pow(u32::from(decimals))?)?;
        if minor > most {
            None
        } else {
            Self::from_minor(minor)
        }
    }

    /// Plain decimal text such as `1234.50`, for files and form fields.
    pub fn to_plain(self, decimals: u8) -> String {
        plain_decimal(i128::from(self.0), decimals)
    }
}

impl<'a> std::iter::Sum<&'a Money> for Total {
    fn sum<I: Iterator<Item = &'a Money>>(amounts: I) -> Self {
        amounts.fold(Total::default(), |mut total, amount| {
            total.add(*amount);
            total
        })
    }
}

/// Plain decimal text of an amount in minor units.
pub fn plain_decimal(minor: i128, decimals: u8) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    let places = usize::from(decimals);
    let digits = format!("{:0>width$}", minor.unsigned_abs(), width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len().saturating_sub(places));
    if places == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    }
}

/// A sum of amounts, in minor units; never overflows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Total(i128);

impl Total {
    /// Adds one amount.
    pub fn add(&mut self, amount: Money) {
        self.0 += i128::from(amount.0);
    }

    /// Adds another sum.
    pub fn add_total(&mut self, other: Total) {
        self.0 += other.0;
    }

    /// A sum, in minor units.
    pub fn from_minor(minor: i128) -> Self {
        Self(minor)
    }

    /// This sum without a part of it.
    #[must_use]
    pub fn without(self, part: Total) -> Self {
        Self(self.0 - part.0)
    }

    /// The sum in minor units.
    pub fn minor(self) -> i128 {
        self.0
    }
}

/// A chance in tenths of a percent, 0 to 1000.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "u16", into = "u16")]
pub struct Chance(u16);

impl TryFrom<u16> for Chance {
    type Error = &'static str;
    fn try_from(permille: u16) -> Result<Self, Self::Error> {
        Self::from_permille(permille).ok_or("a chance is at most 1000 tenths of a percent")
    }
}

impl From<Chance> for u16 {
    fn from(chance: Chance) -> u16 {
        chance.0
    }
}

impl Chance {
    /// No chance at all.
    pub const NONE: Chance = Chance(0);
    /// Certain.
    pub const CERTAIN: Chance = Chance(1000);

    /// A chance in tenths of a percent; none above 1000.
    pub fn from_permille(permille: u16) -> Option<Self> {
        (permille <= 1000).then_some(Self(permille))
    }

    /// Tenths of a percent.
    pub fn permille(self) -> u16 {
        self.0
    }

    /// `part` of `whole` in percent to one decimal, half away from zero; no
    /// chance where `whole` is 0.
    pub fn ratio(part: u32, whole: u32) -> Self {
        permille_of(i128::from(part), i128::from(whole)).map_or(Self::NONE, |p| Self(p.min(1000)))
    }

    /// Reads `12`, `12.5` or `12,5` (percent); none when it is no number from
    /// 0 to 100 with at most one decimal.
    pub fn parse_percent(text: &str) -> Option<Self> {
        let text = text
            .trim()
            .trim_end_matches('%')
            .trim_end()
            .replace(',', ".");
        let tenths = Money::parse_plain(&text, 1)?.minor();
        u16::try_from(tenths).ok().and_then(Self::from_permille)
    }

    /// `12.5` or `12`, as read by [`Chance::parse_percent`].
    pub fn to_plain(self) -> String {
        if self.0.is_multiple_of(10) {
            (self.0 / 10).to_string()
        } else {
            format!("{}.{}", self.0 / 10, self.0 % 10)
        }
    }
}

/// `part / whole` in tenths of a percent, half away from zero; none where
/// `whole` is 0.
pub fn permille_of(part: i128, whole: i128) -> Option<u16> {
    (whole > 0).then(|| u16::try_from(div_half_away(part * 1000, whole)).unwrap_or(u16::MAX))
}

/// A sum of amounts, each weighted by a chance: exact until it is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeightedTotal {
    /// Minor units times tenths of a percent.
    milli: i128,
}

impl WeightedTotal {
    /// Adds `amount` x `chance`.
    pub fn add(&mut self, amount: Money, chance: Chance) {
        self.milli += i128::from(amount.weighted(chance));
    }

    /// Adds another sum.
    pub fn add_total(&mut self, other: WeightedTotal) {
        self.milli += other.milli;
    }

    /// The sum, rounded to minor units, half away from zero.
    pub fn rounded(self) -> Total {
        Total(div_half_away(self.milli, 1000))
    }
}

/// `number / by`, rounded half away from zero; `by` is positive.
pub fn div_half_away(number: i128, by: i128) -> i128 {
    let magnitude = (2 * number.abs() + by) / (2 * by);
    if number < 0 { -magnitude } else { magnitude }
}

/// An ISO 4217 currency: its code and number of decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Currency {
    /// The three-letter code, such as `EUR`.
    pub code: &'static str,
    /// How many decimals its amounts have (the minor unit's exponent).
    pub decimals: u8,
}

/// The currencies an account can choose, by code (source: ISO 4217).
pub const CURRENCIES: &[Currency] = &{
    const fn two(code: &'static str) -> Currency {
        Currency { code, decimals: 2 }
    }
    const fn none(code: &'static str) -> Currency {
        Currency { code, decimals: 0 }
    }
    const fn three(code: &'static str) -> Currency {
        Currency { code, decimals: 3 }
    }
    [
        two("AED"),
        two("ARS"),
        two("AUD"),
        two("BGN"),
        three("BHD"),
        two("BRL"),
        two("CAD"),
        two("CHF"),
        none("CLP"),
        two("CNY"),
        two("COP"),
        two("CZK"),
        two("DKK"),
        two("EGP"),
        two("EUR"),
        two("GBP"),
        two("HKD"),
        two("HUF"),
        two("IDR"),
        two("ILS"),
        two("INR"),
        none("ISK"),
        three("JOD"),
        none("JPY"),
        two("KES"),
        none("KRW"),
        three("KWD"),
        two("MAD"),
        two("MXN"),
        two("MYR"),
        two("NGN"),
        two("NOK"),
        two("NZD"),
        three("OMR"),
        two("PEN"),
        two("PHP"),
        two("PKR"),
        two("PLN"),
        two("QAR"),
        two("RON"),
        two("RSD"),
        two("SAR"),
        two("SEK"),
        two("SGD"),
        two("THB"),
        three("TND"),
        two("TRY"),
        two("TWD"),
        two("UAH"),
        two("USD"),
        two("UYU"),
        none("VND"),
        two("ZAR"),
    ]
};

/// The currency of that code, if it is one that can be chosen.
pub fn currency(code: &str) -> Option<Currency> {
    CURRENCIES.iter().copied().find(|known| known.code == code)
}

/// An amount without the sign, word or code of a currency before or after it.
pub fn without_currency(text: &str) -> &str {
    const SIGNS: &[&str] = &[
        "US$", "R$", "zł", "Kč", "kr.", "kr", "Fr.", "Ft", "lei", "лв",
    ];
    let is_symbol = |c: char| "$€£¥₹₽₩₺₴₫₪฿₦₱₡₲₸₾".contains(c);
    let text = text.trim_matches(is_symbol);
    let codes = CURRENCIES.iter().map(|known| known.code);
    for sign in SIGNS.iter().copied().chain(codes) {
        let stripped = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign));
        if let Some(rest) = stripped {
            return rest.trim_matches(is_symbol);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_amounts_read_back() {
        for (text, decimals, minor) in [
            ("0", 2, 0),
            ("1234.5", 2, 123_450),
            ("7", 0, 7),
            (".5", 2, 50),
            ("1.000", 0, 1),
            ("0.125", 3, 125),
        ] {
            let money = Money::parse_plain(text, decimals).unwrap();
            assert_eq!(money.minor(), minor, "{text}");
            assert_eq!(
                Money::parse_plain(&money.to_plain(decimals), decimals),
                Some(money)
            );
        }
    }

    #[test]
    fn amounts_out_of_range_or_too_fine_are_refused() {
        for text in [
            "",
            ".",
            "-5",
            "1e9",
            "1.005",
            "1000000000000.01",
            "99999999999999999999",
            "1 000",
        ] {
            assert_eq!(Money::parse_plain(text, 2), None, "{text}");
        }
        assert!(Money::parse_plain("1000000000000.00", 2).is_some());
    }

    #[test]
    fn halves_round_away_from_zero() {
        for (number, by, want) in [
            (5, 10, 1),
            (4, 10, 0),
            (-5, 10, -1),
            (-4, 10, 0),
            (1, 3, 0),
            (2, 3, 1),
            (-2, 3, -1),
            (0, 7, 0),
            (25, 10, 3),
        ] {
            assert_eq!(div_half_away(number, by), want, "{number}/{by}");
        }
    }

    #[test]
    fn chances_are_percent_to_one_decimal() {
        assert_eq!(Chance::ratio(1, 3).to_plain(), "33.3");
        assert_eq!(Chance::ratio(2, 3).to_plain(), "66.7");
        assert_eq!(Chance::ratio(1, 0), Chance::NONE);
        assert_eq!(Chance::parse_percent("12,5 %"), Chance::from_permille(125));
        for text in ["", "101", "-1", "1.25", "abc"] {
            assert_eq!(Chance::parse_percent(text), None, "{text}");
        }
    }

    #[test]
    fn weighted_sums_round_once() {
        let mut sum = WeightedTotal::default();
        for _ in 0..3 {
            sum.add(Money(1), Chance(500));
        }
        assert_eq!(sum.rounded().minor(), 2);
    }
}

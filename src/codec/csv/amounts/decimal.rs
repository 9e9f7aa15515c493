//! Exact decimal numbers: amounts before they are rounded, and rates.

use super::AmountError;
use crate::domain::value::money::{Money, div_half_away, plain_decimal};

/// An exact decimal number: `digits` / 10^`places`, not negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    digits: i128,
    places: u32,
}

impl Decimal {
    /// More digits than any amount or rate has.
    const MOST_DIGITS: usize = 18;

    /// The digits before and after the point.
    pub(super) fn new(whole: &str, fraction: &str) -> Option<Self> {
        // What stands so far behind the point changes no minor unit.
        let fraction = fraction.get(..Self::MOST_DIGITS).unwrap_or(fraction);
        let whole = whole.trim_start_matches('0');
        if whole.len() > Self::MOST_DIGITS {
            return None;
        }
        Some(Self {
            digits: format!("0{whole}{fraction}").parse().ok()?,
            places: u32::try_from(fraction.len()).ok()?,
        })
    }

    pub(super) fn times_ten_to(self, power: i32) -> Option<Self> {
        let places = i32::try_from(self.places).ok()?.checked_sub(power)?;
        if let Ok(places) = u32::try_from(places) {
            return Some(Self { places, ..self }).filter(|_| places <= 36);
        }
        let by = 10_i128.checked_pow(places.unsigned_abs())?;
        Some(Self {
            digits: self.digits.checked_mul(by)?,
            places: 0,
        })
    }

    pub(super) fn is_zero(self) -> bool {
        self.digits == 0
    }

    /// The product.
    pub fn times(self, other: Self) -> Option<Self> {
        Some(Self {
            digits: self.digits.checked_mul(other.digits)?,
            places: self.places.checked_add(other.places)?,
        })
    }

    /// In minor units of a currency of so many decimals, rounded half away
    /// from zero, and whether it had to be rounded.
    ///
    /// # Errors
    /// More than a value may be.
    pub fn to_money(self, decimals: u8) -> Result<(Money, bool), AmountError> {
        let places = u32::from(decimals);
        let (minor, exact) = if self.places <= places {
            let by = 10_i128.pow(places - self.places);
            (self.digits.checked_mul(by), true)
        } else {
            let by = 10_i128.checked_pow(self.places - places);
            let by = by.ok_or(AmountError::TooLarge)?;
            (Some(div_half_away(self.digits, by)), self.digits % by == 0)
        };
        let text = plain_decimal(minor.ok_or(AmountError::TooLarge)?, decimals);
        let money = Money::parse_plain(&text, decimals).ok_or(AmountError::TooLarge)?;
        Ok((money, !exact))
    }

    /// Reads a rate of exchange: a plain number above 0, with a point or comma
    /// before its decimals.
    pub fn rate(text: &str) -> Option<Self> {
        let text = text.trim().replace(',', ".");
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let fits = is_number(whole)
            && is_number(fraction)
            && whole.len() + fraction.len() <= 12
            && !(whole.is_empty() && fraction.is_empty());
        Self::new(whole, fraction).filter(|rate| fits && rate.digits > 0)
    }
}

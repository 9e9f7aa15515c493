//! Chances as they are written in files.

use crate::domain::value::money::{Chance, div_half_away};

/// A chance written in percent, with or without the sign.
pub fn percent(text: &str) -> Option<Chance> {
    chance(text, 10)
}

/// A chance written as 0 to 1.
pub fn fraction(text: &str) -> Option<Chance> {
    if text.contains('%') {
        return None;
    }
    chance(text, 1000)
}

/// A chance, rounded to tenths of a percent: the number in the text times
/// `times` permille.
fn chance(text: &str, times: i128) -> Option<Chance> {
    let number = text
        .trim_end_matches(['%', ' ', '\u{a0}', '\u{202f}'])
        .replace(',', ".");
    let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let fraction = fraction.get(..9).unwrap_or(fraction);
    if !is_number(whole)
        || !is_number(fraction)
        || whole.len() > 3
        || whole.len() + fraction.len() == 0
    {
        return None;
    }
    let digits: i128 = format!("0{whole}{fraction}").parse().ok()?;
    let places = u32::try_from(fraction.len()).ok()?;
    let permille = div_half_away(digits * times, 10_i128.pow(places));
    u16::try_from(permille).ok().and_then(Chance::from_permille)
}

//! Values: whole units where they are, and only as many bytes as there are.

use super::bytes::{Damage, In, Out};
use crate::domain::value::money::{Chance, Money};

/// Minor units that most currencies have in a whole one.
const WHOLE: i64 = 100;
/// Sizes from here on are those of whole units.
const WHOLE_SIZE: u8 = 16;

/// Writes a value: its size (0 for none), and its bytes.
pub fn put(value: Option<Money>, sizes: &mut Out, bytes: &mut Out) {
    let Some(value) = value else {
        sizes.byte(0);
        return;
    };
    let minor = value.minor();
    let (number, whole) = match minor % WHOLE {
        0 => (minor / WHOLE, WHOLE_SIZE),
        _ => (minor, 0),
    };
    let number = number.to_le_bytes();
    let size = number
        .iter()
        .rposition(|byte| *byte != 0)
        .map_or(0, |at| at + 1);
    sizes.byte(1 + whole + size as u8);
    bytes.0.extend(number.iter().take(size));
}

/// Reads what [`put`] has written.
pub fn get(sizes: &mut In<'_>, bytes: &mut In<'_>) -> Result<Option<Money>, Damage> {
    const GREAT: Damage = Damage("a value is too great");
    let Some(size) = sizes.byte()?.checked_sub(1) else {
        return Ok(None);
    };
    let unit = if size >= WHOLE_SIZE { WHOLE } else { 1 };
    let mut number = 0i64;
    for byte in bytes.take(usize::from(size % WHOLE_SIZE))?.iter().rev() {
        number = number.checked_mul(256).ok_or(GREAT)? | i64::from(*byte);
    }
    let minor = number.checked_mul(unit).ok_or(GREAT)?;
    Money::from_minor(minor).map(Some).ok_or(GREAT)
}

/// A chance of so many tenths of a percent.
pub fn chance(permille: u64) -> Result<Chance, Damage> {
    let permille = u16::try_from(permille).ok().and_then(Chance::from_permille);
    permille.ok_or(Damage("a chance is too great"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_comes_back() {
        let some = [
            0,
            1,
            99,
            100,
            255,
            256,
            25_600,
            123_456_789,
            1_000_000_000_000_000,
        ];
        for minor in some {
            let value = Money::from_minor(minor);
            let (mut sizes, mut bytes) = <(Out, Out)>::default();
            put(value, &mut sizes, &mut bytes);
            assert_eq!(get(&mut In(&sizes.0), &mut In(&bytes.0)), Ok(value));
        }
        assert!(get(&mut In(&[9]), &mut In(&[255; 8])).is_err());
        assert!(get(&mut In(&[15]), &mut In(&[255; 30])).is_err());
    }
}

//! What is stored as a small number: each variant has a place, which it keeps
//! for ever.

use super::bytes::Damage;
use crate::domain::record::deal::{Field, Outcome};

/// A type whose variants are stored by their places.
pub trait Placed: Sized {
    /// How many there are.
    const COUNT: usize;

    /// The place that stands for it.
    fn place(self) -> u8;

    /// What stands at a place.
    ///
    /// # Errors
    /// Nothing does.
    fn at(place: u8) -> Result<Self, Damage>;
}

/// Gives the variants of a type their places, in both directions from one
/// table: a variant that has none, or a place that two have, does not compile.
macro_rules! places {
    ($type:ident: $($variant:ident = $place:literal),+ $(,)?) => {
        impl $crate::codec::columns::places::Placed for $type {
            const COUNT: usize = [$($place),+].len();

            fn place(self) -> u8 {
                match self { $(Self::$variant => $place),+ }
            }

            fn at(place: u8) -> Result<Self, $crate::codec::columns::bytes::Damage> {
                #[deny(unreachable_patterns)]
                match place {
                    $($place => Ok(Self::$variant),)+
                    _ => Err($crate::codec::columns::bytes::Damage::OUTSIDE),
                }
            }
        }
    };
}
pub(super) use places;

places! {
    Field:
    Name = 0,
    Customer = 1,
    Category = 2,
    Owner = 3,
    Value = 4,
    ExpectedClose = 5,
    Source = 6,
    Notes = 7,
}

places! {
    Outcome:
    Won = 0,
    Lost = 1,
    Outdated = 2,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_at_a_place_has_that_place() {
        for place in 0..=u8::MAX {
            let is_field = Field::at(place).map(Placed::place);
            let is_outcome = Outcome::at(place).map(Placed::place);
            assert!(is_field.is_err() || is_field == Ok(place));
            assert!(is_outcome.is_err() || is_outcome == Ok(place));
            assert_eq!(is_field.is_ok(), usize::from(place) < Field::COUNT);
            assert_eq!(is_outcome.is_ok(), usize::from(place) < Outcome::COUNT);
        }
    }
}

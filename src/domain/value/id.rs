//! Identifiers: 64-bit numbers, written as 13 characters.
//!
//! A tab starts at a random number and counts up from there, so two tabs do
//! not meet, and neighbours in a page differ by one, which compresses well.

use std::fmt;
use std::str::FromStr;

/// The digits of a written id: base 32 without the letters that are easily
/// taken for digits (Crockford's alphabet, in lower case).
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH: usize = 13;

/// The text is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not an id")]
pub struct NotAnId;

fn write(number: u64) -> String {
    (0..LENGTH)
        .rev()
        .map(|place| {
            let digit = (number >> (5 * place)) & 31;
            char::from(DIGITS.get(digit as usize).copied().unwrap_or(b'0'))
        })
        .collect()
}

fn read(text: &str) -> Result<u64, NotAnId> {
    if text.len() != LENGTH {
        return Err(NotAnId);
    }
    text.bytes().try_fold(0u64, |number, byte| {
        let digit = DIGITS
            .iter()
            .position(|known| *known == byte)
            .ok_or(NotAnId)?;
        number
            .checked_mul(32)
            .and_then(|n| n.checked_add(digit as u64))
            .ok_or(NotAnId)
    })
}

macro_rules! id {
    ($(#[$doc:meta] $name:ident),* $(,)?) => { $(
        #[$doc]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&write(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                read(text).map(Self)
            }
        }

        impl From<u64> for $name {
            fn from(number: u64) -> Self {
                Self(number)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )* };
}

id! {
    /// Names a deal.
    DealId,
    /// Names a customer.
    CustomerId,
    /// Names a sales process.
    ProcessId,
    /// Names a stage; unique among all processes.
    StageId,
    /// Names a sub-stage; unique among all processes.
    SubStageId,
    /// Names an entry of one of the short lists (segments, owners, ...).
    EntryId,
    /// Names a saved view.
    ViewId,
    /// Names a rule that suggests a process.
    RuleId,
    /// Names a noted entry.
    NoteId,
}

/// Where new ids come from.
#[derive(Debug, Clone)]
pub struct IdSource {
    next: u64,
}

impl IdSource {
    /// Counts up from `start`, which the caller draws at random once per tab.
    pub fn starting_at(start: u64) -> Self {
        Self { next: start }
    }

    /// A new id of the kind that is asked for.
    pub fn fresh<I: From<u64>>(&mut self) -> I {
        let id = self.next;
        self.next = self.next.wrapping_add(1);
        I::from(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_wrote() {
        for number in [0, 1, 31, 32, u64::MAX, 0x0123_4567_89ab_cdef] {
            let id = DealId(number);
            assert_eq!(id.to_string().parse(), Ok(id));
        }
    }

    #[test]
    fn other_text_is_no_id() {
        for text in [
            "",
            "0",
            "zzzzzzzzzzzzz",
            "000000000000l",
            "héééééé",
            "00000000000000",
        ] {
            assert_eq!(text.parse::<DealId>(), Err(NotAnId), "{text}");
        }
    }
}

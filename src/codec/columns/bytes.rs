//! Numbers and texts as bytes, written to the end and read from the start.

/// Why bytes are no columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damage(pub &'static str);

impl Damage {
    pub const SHORT: Self = Self("something is missing");
    pub const LONG: Self = Self("there is something more");
    pub const OUTSIDE: Self = Self("a number stands for nothing");
    pub const NAME: Self = Self("a name is none");
}

/// A column that is being written.
#[derive(Debug, Default)]
pub struct Out(pub Vec<u8>);

impl Out {
    /// One byte.
    pub fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// Any number, seven bits a byte, the lowest first.
    pub fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    /// A number that is nearly always under 255, and then one byte.
    pub fn small(&mut self, number: usize) {
        match u8::try_from(number) {
            Ok(byte) if byte < u8::MAX => self.byte(byte),
            _ => {
                self.byte(u8::MAX);
                self.number(number as u64);
            }
        }
    }

    /// A number of either sign that is nearly always near 0.
    pub fn signed(&mut self, number: i64) {
        self.number(zigzag(number));
    }
}

/// 0, -1, 1, -2, 2 ... as 0, 1, 2, 3, 4 ...
pub fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

/// What [`zigzag`] was given.
pub fn unzigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

/// A column that is being read.
#[derive(Debug, Clone, Copy)]
pub struct In<'a>(pub &'a [u8]);

impl<'a> In<'a> {
    /// What [`Out::byte`] has written.
    pub fn byte(&mut self) -> Result<u8, Damage> {
        let (first, rest) = self.0.split_first().ok_or(Damage::SHORT)?;
        self.0 = rest;
        Ok(*first)
    }

    /// What [`Out::number`] has written.
    pub fn number(&mut self) -> Result<u64, Damage> {
        let first = self.byte()?;
        if first < 0x80 {
            return Ok(u64::from(first));
        }
        let mut number = u64::from(first & 0x7f);
        for shift in (7..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if bits << shift >> shift != bits {
                break;
            }
            number |= bits << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Damage("a number is too great"))
    }

    /// What [`Out::small`] has written.
    pub fn small(&mut self) -> Result<usize, Damage> {
        match self.byte()? {
            u8::MAX => usize::try_from(self.number()?).map_err(|_| Damage("a number is too great")),
            byte => Ok(usize::from(byte)),
        }
    }

    /// What [`Out::signed`] has written.
    pub fn signed(&mut self) -> Result<i64, Damage> {
        self.number().map(unzigzag)
    }

    /// The next so many bytes.
    pub fn take(&mut self, count: usize) -> Result<&'a [u8], Damage> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(Damage::SHORT)?;
        self.0 = rest;
        Ok(taken)
    }

    /// A sensible capacity for `count` items that are still to be read: a
    /// damaged count must not fill the memory.
    pub fn room_for(&self, count: usize) -> usize {
        count.min(self.0.len())
    }
}

/// Texts that are being written: their lengths in one column, themselves in another.
#[derive(Debug, Default)]
pub struct TextsOut {
    /// The lengths, in bytes.
    pub lengths: Out,
    /// All texts, one after the other.
    pub text: Out,
}

impl TextsOut {
    /// Adds a text.
    pub fn push(&mut self, text: &str) {
        self.lengths.small(text.len());
        self.text.0.extend_from_slice(text.as_bytes());
    }

    /// Adds a text that may be missing, which is not the same as empty.
    pub fn push_maybe(&mut self, text: Option<&str>) {
        match text {
            None => self.lengths.small(0),
            Some(text) => {
                self.lengths.small(text.len().saturating_add(1));
                self.text.0.extend_from_slice(text.as_bytes());
            }
        }
    }
}

/// Texts that are being read.
#[derive(Debug, Clone, Copy)]
pub struct TextsIn<'a> {
    lengths: In<'a>,
    text: &'a str,
}

impl<'a> TextsIn<'a> {
    /// Texts from their two columns.
    pub fn new(lengths: In<'a>, text: In<'a>) -> Result<Self, Damage> {
        let text = std::str::from_utf8(text.0).map_err(|_| Damage("it is not text"))?;
        Ok(Self { lengths, text })
    }

    /// The next text.
    pub fn text(&mut self) -> Result<&'a str, Damage> {
        let length = self.lengths.small()?;
        self.cut(length)
    }

    /// The next text that may be missing.
    pub fn maybe(&mut self) -> Result<Option<&'a str>, Damage> {
        match self.lengths.small()? {
            0 => Ok(None),
            more => self.cut(more - 1).map(Some),
        }
    }

    /// Everything was read.
    pub fn is_done(&self) -> bool {
        self.lengths.0.is_empty() && self.text.is_empty()
    }

    fn cut(&mut self, length: usize) -> Result<&'a str, Damage> {
        if length == 0 {
            return Ok("");
        }
        let (text, rest) = self.text.split_at_checked(length).ok_or(Damage::SHORT)?;
        self.text = rest;
        Ok(text)
    }
}

/// Cuts the bytes into columns of these lengths.
///
/// One loop for all columns, and never a line for each: of the places of many
/// columns, each the last one and a length, rustc 1.95.0 (LLVM 22.1.2) makes
/// one chain of sums, runs out of registers on x86-64, says nothing of it, and
/// loads several of the lengths into the same one (`docs/compiler-fault.md`).
/// The columns then point anywhere.
#[inline(never)]
pub fn cut<'a>(
    lengths: &mut In<'a>,
    all: &mut In<'a>,
    columns: &mut [&mut In<'a>],
) -> Result<(), Damage> {
    for column in columns {
        let length = usize::try_from(lengths.number()?).unwrap_or(usize::MAX);
        **column = In(all.take(length)?);
    }
    Ok(())
}

/// Declares the columns of a kind of page: a struct to write and one to read
/// them, and the one order in which they are stored.
macro_rules! columns {
    ($out:ident, $in:ident: $( $(#[$doc:meta])* $name:ident ),* $(,)?) => {
        /// The columns, being written.
        #[derive(Debug, Default)]
        pub struct $out { $( $(#[$doc])* pub $name: $crate::codec::columns::bytes::Out, )* }

        /// The columns, being read.
        #[derive(Debug)]
        pub struct $in<'a> { $( $(#[$doc])* pub $name: $crate::codec::columns::bytes::In<'a>, )* }

        impl $out {
            /// The columns in their order.
            pub fn parts(self) -> Vec<(&'static str, Vec<u8>)> {
                vec![$( (stringify!($name), self.$name.0), )*]
            }
        }

        impl<'a> $in<'a> {
            /// The columns, from their lengths and their bytes.
            pub fn split(
                lengths: &mut $crate::codec::columns::bytes::In<'a>,
                all: &mut $crate::codec::columns::bytes::In<'a>,
            ) -> Result<Self, $crate::codec::columns::bytes::Damage> {
                let mut columns = Self { $( $name: $crate::codec::columns::bytes::In(&[]), )* };
                $crate::codec::columns::bytes::cut(lengths, all, &mut [$( &mut columns.$name, )*])?;
                Ok(columns)
            }
        }
    };
}
pub(super) use columns;

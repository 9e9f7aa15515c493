//! Bytes as text, nearly sixteen bits a character, for a file in UTF-16: no
//! text that is read the same whatever is said of its encoding is denser.
//!
//! The mark at the start of such a file counts for more than what a server or
//! the page itself says of the encoding. What is written here uses 61,440
//! characters, none of which HTML, editors or mail take for something else: no
//! control character, nothing of ASCII, no surrogate, no mark of byte order;
//! and no byte of a line end either, so that who rewrites line ends changes
//! nothing.
//!
//! A character is worth one of fifteen digits and twelve bits. Ten of them have
//! the twelve bits each, one after the other, and then the digits together,
//! which are a number of 39 bits.

/// How many characters are written together.
const GROUP: usize = 10;
/// How many bits each of them has for itself.
const BITS: u32 = 12;
/// What its digit is less than.
const DIGITS: u64 = 15;
/// How many bits all digits of a group have.
const BITS_OF_DIGITS: u32 = 39;
/// How many bits a group has.
const BITS_OF_GROUP: usize = GROUP * BITS as usize + BITS_OF_DIGITS as usize;
/// How many bytes a character can end with: all but those of a line end.
const LOW: u32 = 254;

/// The bytes as text; [`GROUP`] divides the number of its characters.
pub fn text(bytes: &[u8]) -> String {
    let mut bits = Bits {
        bytes: bytes.iter(),
        held: 0,
        count: 0,
    };
    let mut text = String::new();
    for _ in 0..(bytes.len() * 8).div_ceil(BITS_OF_GROUP) {
        let own: [u64; GROUP] = std::array::from_fn(|_| bits.take(BITS));
        let mut rest = bits.take(BITS_OF_DIGITS);
        let mut digits = [0; GROUP];
        for digit in digits.iter_mut().rev() {
            *digit = rest % DIGITS;
            rest /= DIGITS;
        }
        let values = digits.iter().zip(own);
        text.extend(values.filter_map(|(digit, own)| character(digit << BITS | own)));
    }
    text
}

/// The character of a value, which has none from 61,440 on.
fn character(value: u64) -> Option<char> {
    let value = u32::try_from(value).ok()?;
    let without = |mut byte: u32, kept_out: &[u32]| {
        for kept_out in kept_out {
            byte += u32::from(byte >= *kept_out);
        }
        byte
    };
    let low = without(value % LOW, &[0x0a, 0x0d]);
    // Neither controls and ASCII, nor a line end, nor surrogates.
    let high = without(
        value / LOW,
        &[
            0, 0x0a, 0x0d, 0xd8, 0xd9, 0xda, 0xdb, 0xdc, 0xdd, 0xde, 0xdf,
        ],
    );
    char::from_u32(high << 8 | low)
}

/// The bits of bytes, and zeros behind them.
struct Bits<'a> {
    bytes: std::slice::Iter<'a, u8>,
    held: u64,
    count: u32,
}

impl Bits<'_> {
    fn take(&mut self, count: u32) -> u64 {
        while self.count < count {
            let byte = self.bytes.next().copied().unwrap_or_default();
            self.held = self.held << 8 | u64::from(byte);
            self.count += 8;
        }
        self.count -= count;
        let taken = self.held >> self.count;
        self.held &= (1 << self.count) - 1;
        taken
    }
}

/// The whole text as a file: UTF-16, with its mark.
pub fn file(text: &str) -> Vec<u8> {
    let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As single.js reads it.
    fn bytes_of(text: &str, count: usize) -> Vec<u8> {
        let values: Vec<u64> = text
            .encode_utf16()
            .map(|unit| {
                let (high, low) = (u64::from(unit >> 8), u64::from(unit & 0xff));
                let of = |byte: u64, end: u64| u64::from(byte > end);
                let high = high - 1 - of(high, 0x0a) - of(high, 0x0d) - 8 * of(high, 0xdf);
                high * 254 + low - of(low, 0x0a) - of(low, 0x0d)
            })
            .collect();
        let mut bits = Vec::new();
        let mut put = |count: u32, value: u64| {
            bits.extend((0..count).rev().map(|bit| (value >> bit & 1) as u8));
        };
        for group in values.chunks_exact(10) {
            group.iter().for_each(|value| put(12, value & 4095));
            put(
                39,
                group.iter().fold(0, |all, value| all * 15 + (value >> 12)),
            );
        }
        let bytes = bits.chunks_exact(8);
        let bytes = bytes.map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | bit));
        bytes.take(count).collect()
    }

    #[test]
    fn what_is_written_is_read_the_same() {
        for length in 0..70_u8 {
            for factor in [0, 1, 13, 60, 120, 240, 255] {
                let bytes: Vec<u8> = (0..length)
                    .map(|at| at.wrapping_mul(factor).wrapping_add(factor))
                    .collect();
                let text = text(&bytes);
                assert_eq!(bytes_of(&text, bytes.len()), bytes, "{bytes:?}");
                assert_eq!(text.encode_utf16().count() % 10, 0);
            }
        }
    }

    #[test]
    fn no_byte_of_it_means_anything_to_anyone() {
        for value in 0..61_440 {
            let letter = character(value).unwrap();
            assert!((0x100..0xfd00).contains(&u32::from(letter)));
            let mut units = [0; 2];
            let [unit] = letter.encode_utf16(&mut units) else {
                panic!("{letter} is two");
            };
            for byte in unit.to_le_bytes() {
                assert!(!matches!(byte, b'\n' | b'\r'), "{value}");
            }
        }
    }

    #[test]
    fn sixteen_bits_take_little_more_than_a_character() {
        let bytes: Vec<u8> = (0..=255).cycle().take(16_000).collect();
        assert!(text(&bytes).encode_utf16().count() < 8_100);
    }
}

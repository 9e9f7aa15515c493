//! Text to fewer characters and back.
//!
//! Deflated bytes become the characters U+0000 to U+00FF, one each: one unit
//! of the quota in Chromium and Firefox, and one byte in WebKit.

use std::borrow::Cow;

use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

/// A good part of the best compression at a fraction of its time.
const LEVEL: u8 = 6;
/// The longest text that is unpacked, in bytes: a damaged one must not fill the memory.
const MOST: usize = 64 << 20;

/// The text in fewer characters, each U+00FF at most. Carries a checksum.
pub fn pack(text: &[u8]) -> String {
    compress_to_vec_zlib(text, LEVEL)
        .into_iter()
        .map(char::from)
        .collect()
}

/// What [`pack`] was given.
///
/// # Errors
/// The text is not what `pack` made; the message is for the page's reason.
pub fn unpack(packed: &str) -> Result<String, Cow<'static, str>> {
    let bytes: Result<Vec<u8>, _> = packed.chars().map(u8::try_from).collect();
    let bytes = bytes.map_err(|_| "it has characters that were never written")?;
    let text = decompress_to_vec_zlib_with_limit(&bytes, MOST)
        .map_err(|error| format!("it can't be unpacked ({:?})", error.status))?;
    String::from_utf8(text).map_err(|_| "it is not text".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn packing_is_lossless_and_latin(text in ".{0,300}") {
            let packed = pack(text.as_bytes());
            let is_latin = packed.chars().all(|c| u32::from(c) < 256);
            prop_assert!(is_latin);
            prop_assert_eq!(unpack(&packed), Ok(text));
        }

        #[test]
        fn a_changed_character_is_noticed(text in "[a-z ]{1,200}", at in any::<prop::sample::Index>(), to in 0u8..=255) {
            let mut packed: Vec<char> = pack(text.as_bytes()).chars().collect();
            let at = at.index(packed.len());
            prop_assume!(packed[at] != char::from(to));
            packed[at] = char::from(to);
            let packed: String = packed.into_iter().collect();
            // Bits that mean nothing may differ; what comes out must not.
            prop_assert!(unpack(&packed).is_err() || unpack(&packed) == Ok(text));
        }

        #[test]
        fn any_text_is_unpacked_or_refused(text in any::<String>()) {
            let _ = unpack(&text);
        }
    }

    #[test]
    fn repetition_costs_little() {
        assert!(pack("Collect information ".repeat(500).as_bytes()).len() < 200);
    }
}

//! Bytes to fewer characters and back.
//!
//! Deflated bytes become the characters U+0000 to U+00FF, one each: one unit
//! of the quota in Chromium and Firefox, and one byte in WebKit.

use std::borrow::Cow;

use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress_to_output, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use miniz_oxide::mz_adler32_oxide;

/// A good part of the best compression at a fraction of its time.
const LEVEL: i32 = 6;
/// The most that is unpacked, in bytes: damage must not fill the memory.
const MOST: usize = 64 << 20;

/// What zlib's texts begin with.
const HEADER: [u8; 2] = [0x78, 0x9c];
/// The ways to pack, as zlib numbers them: by what stands there again, and by
/// how often each byte stands there alone, which is better for numbers that
/// have little to do with each other.
const WAYS: [i32; 2] = [0, 2];

/// The bytes of all parts in fewer characters, each U+00FF at most. Carries a
/// checksum. Each part is packed by itself and in the way that makes it
/// shorter, so bytes that are unlike each other are best kept apart.
pub fn pack<P: AsRef<[u8]>>(parts: &[P]) -> String {
    let mut packed = HEADER.to_vec();
    let mut sum = 1;
    let (last, parts) = parts
        .split_last()
        .map_or((&[][..], &[][..]), |(last, parts)| (last.as_ref(), parts));
    let parts = parts.iter().map(|part| (part.as_ref(), TDEFLFlush::Sync));
    for (part, flush) in parts.chain([(last, TDEFLFlush::Finish)]) {
        sum = mz_adler32_oxide(sum, part);
        let ways = WAYS.map(|way| deflate(part, flush, way));
        packed.extend(
            ways.iter()
                .min_by_key(|bytes| bytes.len())
                .into_iter()
                .flatten(),
        );
    }
    packed.extend(sum.to_be_bytes());
    packed.into_iter().map(char::from).collect()
}

/// A part of a stream, which refers to none before it.
fn deflate(part: &[u8], flush: TDEFLFlush, way: i32) -> Vec<u8> {
    let bare = -15;
    let mut compressor = CompressorOxide::new(create_comp_flags_from_zip_params(LEVEL, bare, way));
    let mut packed = Vec::new();
    let (status, _) = compress_to_output(&mut compressor, part, flush, |bytes| {
        packed.extend_from_slice(bytes);
        true
    });
    debug_assert!(matches!(status, TDEFLStatus::Okay | TDEFLStatus::Done));
    packed
}

/// What [`pack`] was given, all parts together.
///
/// # Errors
/// The text is not what `pack` made; the message is for the page's reason.
pub fn unpack(packed: &str) -> Result<Vec<u8>, Cow<'static, str>> {
    let bytes = bytes_of(packed).ok_or("it has characters that were never written")?;
    decompress_to_vec_zlib_with_limit(&bytes, MOST)
        .map_err(|error| format!("it can't be unpacked ({:?})", error.status).into())
}

/// The bytes of characters up to U+00FF, which are one or two bytes in UTF-8.
fn bytes_of(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut utf8 = text.as_bytes().iter();
    while let Some(first) = utf8.next() {
        bytes.push(match first {
            0..0x80 => *first,
            0xc2 | 0xc3 => first << 6 | (utf8.next()? & 0x3f),
            _ => return None,
        });
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn packing_is_lossless_and_latin(parts in prop::collection::vec(any::<Vec<u8>>(), 0..5)) {
            let packed = pack(&parts);
            let is_latin = packed.chars().all(|c| u32::from(c) < 256);
            prop_assert!(is_latin);
            prop_assert_eq!(unpack(&packed), Ok(parts.concat()));
        }

        #[test]
        fn a_changed_character_is_noticed(text in "[a-z ]{1,200}", at in any::<prop::sample::Index>(), to in 0u8..=255) {
            let mut packed: Vec<char> = pack(&[&text]).chars().collect();
            let at = at.index(packed.len());
            prop_assume!(packed[at] != char::from(to));
            packed[at] = char::from(to);
            let packed: String = packed.into_iter().collect();
            // Bits that mean nothing may differ; what comes out must not.
            prop_assert!(unpack(&packed).is_err() || unpack(&packed) == Ok(text.into_bytes()));
        }

        #[test]
        fn any_text_is_unpacked_or_refused(text in any::<String>()) {
            let _ = unpack(&text);
        }
    }

    #[test]
    fn the_bytes_of_latin_characters_are_their_numbers() {
        let all: String = (0..=u8::MAX).map(char::from).collect();
        assert_eq!(bytes_of(&all), Some((0..=u8::MAX).collect()));
        for text in ["\u{100}", "ab\u{20ac}", "\u{1f6a4}"] {
            assert_eq!(bytes_of(text), None);
        }
    }

    #[test]
    fn repetition_costs_little() {
        assert!(pack(&["Collect information ".repeat(500)]).len() < 200);
    }
}

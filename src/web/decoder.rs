//! Bytes to text by the browser's own tables of encodings.

use js_sys::Uint8Array;
use web_sys::{TextDecoder, TextDecoderOptions};

use crate::codec::csv::{CodePage, Decoder};

/// The browser's `TextDecoder`.
#[derive(Debug, Clone, Copy, Default)]
pub struct BrowserDecoder;

impl Decoder for BrowserDecoder {
    fn decode(&self, bytes: &[u8], page: CodePage) -> Option<String> {
        let options = TextDecoderOptions::new();
        options.set_fatal(true);
        let decoder = TextDecoder::new_with_label_and_options(page.label(), &options).ok()?;
        // A copy, since the browser may refuse to read the program's own memory.
        let copy = Uint8Array::new_from_slice(bytes);
        decoder.decode_with_buffer_source(&copy).ok()
    }
}

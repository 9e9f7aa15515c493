//! Which encoding bytes are in that are not Unicode, by what the text looks
//! like in each.

use super::{CodePage, Decoder};

/// The likeliest encoding of bytes that are not UTF-8.
pub fn code_page(bytes: &[u8], decoder: &dyn Decoder) -> Option<CodePage> {
    let page = CodePage::Windows1252;
    decoder.decode(bytes, page).map(|_| page)
}

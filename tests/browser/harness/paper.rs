//! What a page looks like on paper.

use lopdf::Document;

use crate::wait::demand;

/// The pages of a printed file.
pub struct Paper {
    pages: Vec<String>,
    bytes: Vec<u8>,
}

impl Paper {
    #[track_caller]
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let file = demand(Document::load_mem(bytes), "what was printed is no PDF file");
        let pages = file.get_pages().into_keys().map(|number| {
            let text = demand(file.extract_text(&[number]), "its text can't be read");
            text.split_whitespace().collect()
        });
        Self {
            pages: pages.collect(),
            bytes: bytes.to_vec(),
        }
    }

    /// The texts of the pages, without any space: where a line ends, and how
    /// wide a gap is, is a matter of the layout.
    #[must_use]
    pub fn pages(&self) -> &[String] {
        &self.pages
    }

    /// How often a text stands in it.
    #[must_use]
    pub fn count(&self, text: &str) -> usize {
        let text: String = text.split_whitespace().collect();
        self.pages
            .iter()
            .map(|page| page.matches(&text).count())
            .sum()
    }

    /// The file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

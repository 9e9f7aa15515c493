//! What a page looks like on paper.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use lopdf::Document;
use serde_json::json;
use xtask::browsers::Browser;

use crate::page::Page;
use crate::wait::{NotYet, demand};

/// Papers, in centimetres.
const A4: (f64, f64) = (21.0, 29.7);
const LETTER: (f64, f64) = (21.59, 27.94);

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

impl Page {
    /// The papers that the browser can be asked to print on, the widths and
    /// heights in centimetres: A4 and Letter, in WebKit A4 alone.
    #[must_use]
    pub fn papers(&self) -> &'static [(f64, f64)] {
        match self.session().browser {
            Browser::Chromium | Browser::Firefox => &[A4, LETTER],
            Browser::WebKit => &[A4],
        }
    }

    /// Whether a table that goes on on the next page has its head there again,
    /// which WebKit does not do.
    #[must_use]
    pub fn repeats_heads(&self) -> bool {
        self.session().browser != Browser::WebKit
    }

    /// Prints the page on one of these papers, as a PDF file.
    #[track_caller]
    #[must_use]
    pub fn print(&self, (width_cm, height_cm): (f64, f64)) -> Paper {
        if self.session().browser == Browser::WebKit {
            // Its driver can't print, but it has a dialog.
            let title = self.title();
            let printed = self.session().display().map_err(NotYet::new);
            let printed = printed.and_then(|display| {
                display.print(&title, &self.session().printed(), self.patience())
            });
            return Paper::read(&demand(printed, "cannot print"));
        }
        let paper = json!({ "page": { "width": width_cm, "height": height_cm } });
        let file = self.ask_driver("print", |client| client.post("/print", &paper));
        let bytes = BASE64.decode(file.as_str().unwrap_or_default());
        Paper::read(&bytes.unwrap_or_default())
    }
}

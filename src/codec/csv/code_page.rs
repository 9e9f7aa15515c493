//! The encodings that files of spreadsheets come in, and the port through
//! which they are decoded: no table of any of them is built into the program,
//! since every browser has them all.

/// An encoding of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CodePage {
    /// Unicode, one to four bytes a character.
    Utf8,
    /// Unicode in pairs of bytes, the lower first.
    Utf16Le,
    /// Unicode in pairs of bytes, the higher first.
    Utf16Be,
    /// Polish, Czech, Slovak, Hungarian, Romanian, Croatian, ...
    Windows1250,
    /// Russian, Ukrainian, Bulgarian, Serbian, ...
    Windows1251,
    /// English, German, French, Spanish, Italian, Dutch, Portuguese, ...
    Windows1252,
    /// Greek.
    Windows1253,
    /// Turkish.
    Windows1254,
    /// Hebrew.
    Windows1255,
    /// Arabic.
    Windows1256,
    /// Lithuanian, Latvian, Estonian.
    Windows1257,
    /// Vietnamese.
    Windows1258,
    /// Thai.
    Windows874,
    /// The older page for the languages of Windows-1250.
    Iso8859_2,
    /// Windows-1252 with the euro elsewhere.
    Iso8859_15,
    /// Cyrillic, of the ISO.
    Iso8859_5,
    /// Japanese.
    ShiftJis,
    /// Japanese, on Unix.
    EucJp,
    /// Simplified Chinese.
    Gb18030,
    /// Traditional Chinese.
    Big5,
    /// Korean.
    EucKr,
    /// Russian, on Unix.
    Koi8R,
    /// Ukrainian, on Unix.
    Koi8U,
    /// Russian, of DOS.
    Ibm866,
    /// Western, of old Macintosh computers.
    Macintosh,
    /// Cyrillic, of old Macintosh computers.
    MacCyrillic,
}

/// Of each encoding: the label of the WHATWG's Encoding Standard, and a name
/// for people.
const PAGES: [(CodePage, &str, &str); 26] = [
    (CodePage::Utf8, "utf-8", "Unicode (UTF-8)"),
    (CodePage::Utf16Le, "utf-16le", "Unicode (UTF-16 LE)"),
    (CodePage::Utf16Be, "utf-16be", "Unicode (UTF-16 BE)"),
    (
        CodePage::Windows1252,
        "windows-1252",
        "Western European (Windows-1252)",
    ),
    (
        CodePage::Windows1250,
        "windows-1250",
        "Central European (Windows-1250)",
    ),
    (
        CodePage::Iso8859_2,
        "iso-8859-2",
        "Central European (ISO-8859-2)",
    ),
    (
        CodePage::Iso8859_15,
        "iso-8859-15",
        "Western European (ISO-8859-15)",
    ),
    (
        CodePage::Windows1257,
        "windows-1257",
        "Baltic (Windows-1257)",
    ),
    (
        CodePage::Windows1254,
        "windows-1254",
        "Turkish (Windows-1254)",
    ),
    (
        CodePage::Windows1251,
        "windows-1251",
        "Cyrillic (Windows-1251)",
    ),
    (CodePage::Koi8R, "koi8-r", "Cyrillic (KOI8-R)"),
    (CodePage::Koi8U, "koi8-u", "Cyrillic (KOI8-U)"),
    (CodePage::Ibm866, "ibm866", "Cyrillic (DOS, IBM866)"),
    (CodePage::Iso8859_5, "iso-8859-5", "Cyrillic (ISO-8859-5)"),
    (
        CodePage::MacCyrillic,
        "x-mac-cyrillic",
        "Cyrillic (Macintosh)",
    ),
    (
        CodePage::Windows1253,
        "windows-1253",
        "Greek (Windows-1253)",
    ),
    (
        CodePage::Windows1255,
        "windows-1255",
        "Hebrew (Windows-1255)",
    ),
    (
        CodePage::Windows1256,
        "windows-1256",
        "Arabic (Windows-1256)",
    ),
    (
        CodePage::Windows1258,
        "windows-1258",
        "Vietnamese (Windows-1258)",
    ),
    (CodePage::Windows874, "windows-874", "Thai (Windows-874)"),
    (CodePage::ShiftJis, "shift_jis", "Japanese (Shift-JIS)"),
    (CodePage::EucJp, "euc-jp", "Japanese (EUC-JP)"),
    (CodePage::Gb18030, "gb18030", "Simplified Chinese (GB18030)"),
    (CodePage::Big5, "big5", "Traditional Chinese (Big5)"),
    (CodePage::EucKr, "euc-kr", "Korean (EUC-KR)"),
    (
        CodePage::Macintosh,
        "macintosh",
        "Western European (Macintosh)",
    ),
];

impl CodePage {
    /// Every encoding, as a choice shows them.
    pub fn all() -> impl Iterator<Item = Self> {
        PAGES.iter().map(|(page, _, _)| *page)
    }

    /// Its label in the WHATWG's Encoding Standard, which `TextDecoder` knows.
    pub fn label(self) -> &'static str {
        self.find().map_or("", |(_, label, _)| label)
    }

    /// Its name for people.
    pub fn name(self) -> &'static str {
        self.find().map_or("", |(_, _, name)| name)
    }

    /// The encoding of a label.
    pub fn of_label(label: &str) -> Option<Self> {
        let found = PAGES.iter().find(|(_, known, _)| *known == label);
        found.map(|(page, _, _)| *page)
    }

    fn find(self) -> Option<&'static (Self, &'static str, &'static str)> {
        PAGES.iter().find(|(page, _, _)| *page == self)
    }
}

/// What decodes bytes: the browser's `TextDecoder`; in native tests a library.
pub trait Decoder {
    /// The text that the bytes are in an encoding other than UTF-8 and UTF-16;
    /// none where they are not valid in it, or it is not known here.
    fn decode(&self, bytes: &[u8], page: CodePage) -> Option<String>;
}

/// A decoder that knows Unicode alone, for files that are known to be in it.
#[derive(Debug, Clone, Copy, Default)]
pub struct UnicodeOnly;

impl Decoder for UnicodeOnly {
    fn decode(&self, _: &[u8], _: CodePage) -> Option<String> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_a_label_and_a_name_of_its_own() {
        for page in CodePage::all() {
            assert_eq!(CodePage::of_label(page.label()), Some(page));
            let same_name = CodePage::all().filter(|other| other.name() == page.name());
            assert_eq!(same_name.count(), 1);
        }
    }
}

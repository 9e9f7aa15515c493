//! How hosts serve the same folder, each in its own way: the browser tests try
//! those that can't be set up otherwise.

use std::io::{self, Read};
use std::path::Path;

use flate2::Compression;
use flate2::read::GzEncoder;

/// What one host does, and another does not.
#[derive(Clone, Copy, Debug)]
pub struct Manners {
    /// What it says of a file, by what follows the last dot of its name; of
    /// some it says nothing.
    media_type: fn(&str) -> Option<&'static str>,
    /// The headers of all its answers, each with the end of its line.
    pub(crate) headers: &'static str,
    /// Whether it packs what it sends.
    packs: bool,
    /// Whether it sends `index.html` where a folder is asked for.
    pub(crate) has_index: bool,
    /// What it says where there is nothing: status, media type, text.
    pub(crate) missing: (&'static str, &'static str, &'static str),
}

impl Manners {
    /// As it should be, but for the compression.
    pub const GOOD: Self = Self {
        media_type: |ending| Some(known(ending).unwrap_or(OCTETS)),
        headers: "Cache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\n",
        packs: false,
        has_index: true,
        missing: ("404 Not Found", "text/plain; charset=utf-8", "Not found\n"),
    };

    /// GitHub Pages: everything is kept for ten minutes and packed while it is
    /// sent, and what is missing is a page.
    pub const GITHUB_PAGES: Self = Self {
        headers: "Cache-Control: max-age=600\r\nAccess-Control-Allow-Origin: *\r\n",
        packs: true,
        missing: (
            "404 Not Found",
            "text/html; charset=utf-8",
            "<!DOCTYPE html><title>Page not found</title><h1>404</h1>",
        ),
        ..Self::GOOD
    };

    /// S3 without its web sites: a folder is nothing, nor may one know what is
    /// missing, and types that few know are bytes.
    pub const S3: Self = Self {
        media_type: |ending| match ending {
            "wasm" | "webmanifest" => Some("binary/octet-stream"),
            _ => known(ending),
        },
        headers: "",
        packs: false,
        has_index: false,
        missing: (
            "403 Forbidden",
            "application/xml",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>AccessDenied</Code></Error>",
        ),
    };

    /// nginx and Caddy as `docs/hosting` sets them up, as far as pages notice:
    /// no page may say where it is.
    pub const STRICT: Self = Self {
        headers: "Cache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n",
        ..Self::GOOD
    };

    /// A server that knows pages alone, and calls all else text, as nginx does
    /// without its list of types.
    pub const FEW_TYPES: Self = Self {
        media_type: |ending| {
            Some(
                known(ending)
                    .filter(|_| ending == "html")
                    .unwrap_or("text/plain"),
            )
        },
        headers: "",
        ..Self::GOOD
    };

    /// A server that says of nothing what it is.
    pub const SILENT: Self = Self {
        media_type: |_| None,
        headers: "",
        ..Self::GOOD
    };

    /// What it says of a file.
    pub(crate) fn media_type(&self, file: &Path) -> Option<&'static str> {
        let ending = file.extension().unwrap_or_default();
        (self.media_type)(&ending.to_string_lossy())
    }

    /// What it sends for a content to who takes these codings, if it is packed.
    pub(crate) fn packed(&self, content: &[u8], codings: &str) -> io::Result<Option<Vec<u8>>> {
        if !self.packs || !codings.contains("gzip") {
            return Ok(None);
        }
        let mut packed = Vec::new();
        GzEncoder::new(content, Compression::fast()).read_to_end(&mut packed)?;
        Ok(Some(packed))
    }
}

const OCTETS: &str = "application/octet-stream";

/// The media type of a file of the release, by the ending of its name.
fn known(ending: &str) -> Option<&'static str> {
    Some(match ending {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" | "csv" => "text/plain; charset=utf-8",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wasm_has_the_type_that_streaming_compilation_asks_for() {
        let wasm = Path::new("app-0123456789ab.wasm");
        assert_eq!(Manners::GOOD.media_type(wasm), Some("application/wasm"));
        assert_eq!(Manners::S3.media_type(wasm), Some("binary/octet-stream"));
        assert_eq!(Manners::SILENT.media_type(wasm), None);
    }

    #[test]
    fn only_those_who_take_it_get_what_is_packed() {
        let packed = |manners: Manners, codings| manners.packed(b"aaaa", codings).unwrap();
        assert!(packed(Manners::GITHUB_PAGES, "gzip, deflate, br").is_some());
        assert_eq!(packed(Manners::GITHUB_PAGES, "identity"), None);
        assert_eq!(packed(Manners::GOOD, "gzip"), None);
    }
}

//! From `index.html` and what it links to the page of the release: one style
//! sheet, one script, and the wasm asked for in the head.
//!
//! The links are those that trunk understands, so that a plain `trunk build`
//! makes a page as well, if one of more files.

use std::fs;

use sha2::{Digest, Sha256};

use crate::js::Code;
use crate::program::MAIN;
use crate::{Error, Result, root};

/// What the page asks for at once: the names without their hash, and the kinds.
pub const NAMES_OF_FIRST_LOAD: [(&str, &str); 5] = [
    ("index", "html"),
    ("style", "css"),
    ("favicon", "svg"),
    (MAIN, "js"),
    (MAIN, "wasm"),
];

/// What the page is made of.
pub struct Page {
    /// index.html, with its links as trunk understands them.
    html: String,
}

/// What a link of the page asks for.
#[derive(Debug, PartialEq, Eq)]
enum Link<'a> {
    /// A script that runs before anything else.
    Script(&'a str),
    /// A style sheet, one of many.
    Style(&'a str),
    /// The icon.
    Icon(&'a str),
    /// A file that is copied as it is.
    Copy(&'a str),
    /// The program.
    Program,
}

/// A file of the release and its content.
pub struct File {
    /// Its name, with a hash of its content unless it must be found by name.
    pub name: String,
    /// What is in it.
    pub content: Vec<u8>,
}

impl File {
    /// A file whose name says its content, so that it can be kept for ever.
    #[must_use]
    pub fn hashed(stem: &str, extension: &str, content: Vec<u8>) -> Self {
        let hash = Sha256::digest(&content);
        let hash: String = hash
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Self {
            name: format!("{stem}-{hash}.{extension}"),
            content,
        }
    }
}

/// What the head of the page is filled with.
pub struct Head {
    /// What stands for the script that runs first.
    pub boot: String,
    /// What stands for the style sheets.
    pub style: String,
    /// What stands for the icon.
    pub icon: String,
    /// What stands for the program.
    pub program: String,
}

impl Page {
    /// The page as it is in the sources.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn read() -> Result<Self> {
        read("index.html").map(|html| Self { html })
    }

    /// All style sheets in their order, as one.
    ///
    /// # Errors
    /// When one can't be read.
    pub fn styles(&self) -> Result<String> {
        let sheets = self.links().filter_map(|link| match link {
            (_, Link::Style(path)) => Some(read(path)),
            _ => None,
        });
        sheets.map(|sheet| Ok(without_notes(&sheet?))).collect()
    }

    /// The script that runs first, as an element: it tells of all that does not
    /// arrive, so it is in the page itself.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn boot(&self) -> Result<String> {
        let path = self.links().find_map(|link| match link {
            (_, Link::Script(path)) => Some(path),
            _ => None,
        });
        let script = read(path.ok_or_else(|| unknown("it has no script"))?)?;
        Ok(inline_script(&script))
    }

    /// The icon, an SVG.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn icon(&self) -> Result<String> {
        let path = self.links().find_map(|link| match link {
            (_, Link::Icon(path)) => Some(path),
            _ => None,
        });
        read(path.ok_or_else(|| unknown("it has no icon"))?)
    }

    /// The files that are copied as they are.
    ///
    /// # Errors
    /// When one can't be read.
    pub fn copies(&self) -> Result<Vec<File>> {
        let copies = self.links().filter_map(|link| match link {
            (_, Link::Copy(path)) => Some(path),
            _ => None,
        });
        let copy = |path: &str| {
            let from = root().join(path);
            let name = from.file_name().unwrap_or_default().to_string_lossy();
            Ok(File {
                name: name.into_owned(),
                content: fs::read(&from).map_err(Error::file("read", &from))?,
            })
        };
        copies.map(copy).collect()
    }

    /// The page with its links filled in.
    ///
    /// # Errors
    /// When it has a link that is not known.
    pub fn filled(&self, head: &Head) -> Result<String> {
        let mut html = String::new();
        let mut is_styled = false;
        for line in self.html.lines() {
            let filled = match link(line) {
                None if line.contains("data-trunk") => return Err(unknown(line.trim())),
                None => line,
                Some(Link::Script(_)) => &head.boot,
                Some(Link::Style(_)) if !std::mem::replace(&mut is_styled, true) => &head.style,
                Some(Link::Style(_) | Link::Copy(_)) => continue,
                Some(Link::Icon(_)) => &head.icon,
                Some(Link::Program) => &head.program,
            };
            html.push_str(filled);
            html.push('\n');
        }
        Ok(html)
    }

    fn links(&self) -> impl Iterator<Item = (&str, Link<'_>)> {
        self.html
            .lines()
            .filter_map(|line| Some((line, link(line)?)))
    }
}

/// The link on a line of the page. It is our own, and has one on a line.
fn link(line: &str) -> Option<Link<'_>> {
    if !line.contains("data-trunk") {
        return None;
    }
    if let Some(path) = attribute(line, "src") {
        return Some(Link::Script(path));
    }
    let href = || attribute(line, "href");
    match attribute(line, "rel")? {
        "css" => href().map(Link::Style),
        "icon" => href().map(Link::Icon),
        "copy-file" => href().map(Link::Copy),
        "rust" => Some(Link::Program),
        _ => None,
    }
}

fn attribute<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = line.split_once(&format!(" {name}=\""))?;
    Some(rest.split_once('"')?.0)
}

/// A style sheet without what is in it for people: comments and indentation.
/// None of ours has either in a text.
fn without_notes(sheet: &str) -> String {
    let mut code = String::new();
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once("/*") {
        code.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    code.push_str(rest);
    let lines = code.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold(String::new(), |all, line| all + line + "\n")
}

/// A script as an element, without what is in it for people. Ours have comments
/// on lines of their own, and a mark at the end of each statement.
pub fn inline_script(script: &str) -> String {
    let lines = script.lines().map(str::trim);
    let lines: Vec<&str> = lines
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .collect();
    let script = lines.join(" ");
    let closed_up = Code::read(&script).map(|code| code.close_up());
    format!("<script>{}</script>", closed_up.unwrap_or(script))
}

fn read(path: &str) -> Result<String> {
    let path = root().join(path);
    fs::read_to_string(&path).map_err(Error::file("read", &path))
}

fn unknown(detail: &str) -> Error {
    Error::unexpected("index.html", detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HTML: &str = r#"<head>
  <script data-trunk src="public/boot.js"></script>
  <link data-trunk rel="css" href="style/tokens.css">
  <link data-trunk rel="css" href="style/base.css">
  <link data-trunk rel="copy-file" href="public/favicon.svg">
  <link data-trunk rel="rust" data-bin="pipewright">
</head>
"#;

    fn head() -> Head {
        let of = |text: &str| text.to_owned();
        Head {
            boot: of("BOOT"),
            style: of("STYLE"),
            icon: of("ICON"),
            program: of("PROGRAM"),
        }
    }

    #[test]
    fn each_link_is_filled_once() {
        let page = Page {
            html: HTML.to_owned(),
        };
        let filled = page.filled(&head()).unwrap();
        assert_eq!(filled, "<head>\nBOOT\nSTYLE\nPROGRAM\n</head>\n");
    }

    #[test]
    fn a_link_that_nobody_knows_is_refused() {
        let html = r#"<link data-trunk rel="sass" href="a.scss">"#.to_owned();
        assert!(Page { html }.filled(&head()).is_err());
    }

    #[test]
    fn a_sheet_loses_what_is_for_people() {
        let sheet = "/* Why. */\n.a {\n  color: red; /* not\n green */\n\n}\n";
        assert_eq!(without_notes(sheet), ".a {\ncolor: red;\n}\n");
    }

    #[test]
    fn a_script_on_one_line_means_the_same() {
        let script = "// Why.\nfunction f() {\n  // How.\n  g(\"// no\");\n}\n";
        assert_eq!(
            inline_script(script),
            "<script>function f(){g(\"// no\");}</script>"
        );
        // A comment behind code would take the rest of the script with it.
        assert!(!Page::read().unwrap().boot().unwrap().contains("//"));
    }

    #[test]
    fn the_real_page_has_all_its_parts() {
        let page = Page::read().unwrap();
        assert!(page.styles().unwrap().contains("@layer"));
        assert!(page.boot().unwrap().contains("pipewrightPanic"));
        assert!(page.icon().unwrap().contains("<svg"));
    }

    #[test]
    fn the_name_of_a_file_says_its_content() {
        let of = |text: &str| File::hashed("a", "css", text.into()).name;
        assert_eq!(of("x"), of("x"));
        assert_ne!(of("x"), of("y"));
        assert!(of("x").starts_with("a-") && of("x").ends_with(".css"));
    }
}

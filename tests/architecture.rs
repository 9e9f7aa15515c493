//! The wall between the rooms: what knows a browser, and what must not.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::fs;
use std::path::Path;

/// Crates that know a browser.
const BROWSER: [&str; 6] = [
    "leptos",
    "web_sys",
    "js_sys",
    "gloo",
    "wasm_bindgen",
    "wasm_bindgen_futures",
];
/// Rooms, and files, that are pure.
const PURE: [&str; 4] = ["domain/", "codec/", "chart/", "route.rs"];
const MOST_LINES: usize = 500;

/// A source file: its path below `src/`, and its text.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    fn is_in(&self, rooms: &[&str]) -> bool {
        rooms.iter().any(|room| self.path.starts_with(room))
    }

    /// The lines of code (comments may name what they like) that `is_bad`.
    fn lines(&self, is_bad: impl Fn(&str) -> bool) -> Vec<String> {
        let code = self
            .text
            .lines()
            .enumerate()
            .filter(|(_, l)| !l.trim_start().starts_with("//"));
        let bad = code.filter(|(_, line)| is_bad(line));
        bad.map(|(at, line)| format!("src/{}:{}: {}", self.path, at + 1, line.trim()))
            .collect()
    }
}

fn sources() -> Vec<Source> {
    fn walk(folder: &Path, root: &Path, found: &mut Vec<Source>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, root, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let below = path
                    .strip_prefix(root)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .replace('\\', "/");
                found.push(Source {
                    path: below,
                    text: fs::read_to_string(&path).unwrap(),
                });
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    walk(&root, &root, &mut found);
    assert!(
        found.len() > 10,
        "only {} sources found below {}",
        found.len(),
        root.display()
    );
    found
}

/// Whether `word` stands in `line` as a name of its own.
fn names(line: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        !line[..at].ends_with(is_part) && !line[at + word.len()..].starts_with(is_part)
    })
}

/// Whether `line` sets the attribute `style`, which the content security
/// policy forbids; `style:width` goes another way and is fine.
fn sets_style(line: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    line.match_indices("style=")
        .any(|(at, _)| !line[..at].ends_with(is_part))
        || line.contains(".style(\"")
        || (line.contains("set_attribute(") && line.contains("\"style\""))
}

fn pure_rooms_that_know_a_browser(sources: &[Source]) -> Vec<String> {
    let pure = sources.iter().filter(|source| source.is_in(&PURE));
    let knows = |line: &str| BROWSER.iter().any(|word| names(line, word));
    pure.flat_map(|source| source.lines(knows)).collect()
}

fn javascript_outside_web(sources: &[Source]) -> Vec<String> {
    let others = sources.iter().filter(|source| !source.is_in(&["web/"]));
    let js = |line: &str| BROWSER.iter().skip(1).any(|word| names(line, word));
    others.flat_map(|source| source.lines(js)).collect()
}

fn html_from_text(sources: &[Source]) -> Vec<String> {
    let html = |line: &str| {
        [
            "inner_html",
            "innerHTML",
            "outer_html",
            "outerHTML",
            "insert_adjacent_html",
        ]
        .iter()
        .any(|word| line.contains(word))
    };
    sources
        .iter()
        .flat_map(|source| source.lines(html))
        .collect()
}

fn inline_styles(sources: &[Source]) -> Vec<String> {
    let views = sources
        .iter()
        .filter(|source| source.is_in(&["ui/", "web/"]));
    views.flat_map(|source| source.lines(sets_style)).collect()
}

fn long_files(sources: &[Source]) -> Vec<String> {
    let lengths = sources
        .iter()
        .map(|source| (source, source.text.lines().count()));
    let long = lengths.filter(|(_, lines)| *lines >= MOST_LINES);
    long.map(|(source, lines)| format!("src/{}: {lines} lines", source.path))
        .collect()
}

#[track_caller]
fn check_none(offences: &[String], rule: &str) {
    assert!(offences.is_empty(), "{rule}:\n{}", offences.join("\n"));
}

#[test]
fn the_pure_rooms_know_no_browser() {
    check_none(
        &pure_rooms_that_know_a_browser(&sources()),
        "this belongs into src/web or src/ui",
    );
}

#[test]
fn only_web_touches_javascript() {
    check_none(
        &javascript_outside_web(&sources()),
        "this belongs into src/web",
    );
}

#[test]
fn no_text_becomes_html() {
    check_none(
        &html_from_text(&sources()),
        "data must never be read as HTML",
    );
}

#[test]
fn no_inline_styles() {
    check_none(
        &inline_styles(&sources()),
        "the content security policy forbids style attributes",
    );
}

#[test]
fn files_stay_readable() {
    check_none(&long_files(&sources()), "split these");
}

#[test]
fn the_rules_find_what_breaks_them() {
    let found = |rule: fn(&[Source]) -> Vec<String>, path: &str, text: &str| {
        rule(&[Source::new(path, text)]).len()
    };
    let wall = pure_rooms_that_know_a_browser;
    assert_eq!(
        found(
            wall,
            "domain/deal.rs",
            "use leptos::prelude::*;\nuse gloo::x;"
        ),
        2
    );
    assert_eq!(
        found(wall, "route.rs", "    wasm_bindgen::throw_str(text)"),
        1
    );
    assert_eq!(
        found(
            wall,
            "codec/page.rs",
            "// no leptos here\nlet leptospira = 1;"
        ),
        0
    );
    assert_eq!(found(wall, "ui/app.rs", "use leptos::prelude::*;"), 0);

    let web = javascript_outside_web;
    assert_eq!(
        found(
            web,
            "ui/app.rs",
            "use leptos::web_sys::Event;\nuse leptos::prelude::*;"
        ),
        1
    );
    assert_eq!(found(web, "web/dom.rs", "use web_sys::Document;"), 0);

    assert_eq!(
        found(html_from_text, "web/dom.rs", "panel.set_inner_html(text);"),
        1
    );
    assert_eq!(
        found(html_from_text, "ui/app.rs", "<p inner_html=text/>"),
        1
    );

    assert_eq!(
        found(
            inline_styles,
            "ui/app.rs",
            "<p style=\"color: red\"/>\n<p style=color/>"
        ),
        2
    );
    assert_eq!(
        found(
            inline_styles,
            "ui/app.rs",
            "<p style:width=w data-style=\"x\" class=\"s\"/>"
        ),
        0
    );

    assert_eq!(found(long_files, "ui/app.rs", &"\n".repeat(MOST_LINES)), 1);
    assert_eq!(
        found(long_files, "ui/app.rs", &"\n".repeat(MOST_LINES - 1)),
        0
    );
}

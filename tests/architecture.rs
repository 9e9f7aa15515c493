//! The wall between the rooms: what knows a browser, and what must not.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "architecture/citations.rs"]
mod citations;
#[path = "architecture/imports.rs"]
mod imports;

use std::fs;
use std::path::Path;

use citations::citations_of_nothing;
use imports::{circles, imports_from_above};

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
const PURE: [&str; 5] = ["domain/", "codec/", "chart/", "route.rs", "keys.rs"];
/// The modules of Leptos that a view may name; the rest comes by `ui/prelude`.
const OF_LEPTOS: [&str; 5] = ["ev", "html", "mount", "portal", "wasm_split"];
/// What hands a function to the browser without asking whether the view that
/// it belongs to is still there.
const UNBOUND: [&str; 14] = [
    "lasting",
    "spawn_local",
    "set_timeout",
    "set_timeout_with_handle",
    "set_interval",
    "set_interval_with_handle",
    "request_animation_frame",
    "request_animation_frame_with_handle",
    "request_idle_callback",
    "request_idle_callback_with_handle",
    "queue_microtask",
    "debounce",
    "window_event_listener",
    "window_event_listener_untyped",
];
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

impl Source {
    /// Handlers given to a component, which don't go by the trait in scope.
    fn handlers_of_components(&self) -> Vec<String> {
        let is_component = |at: usize| {
            let before = &self.text[..at];
            let tags = before.match_indices('<').map(|(at, _)| at);
            // The last tag that is opened: generics follow a name or a colon.
            let mut tags = tags.filter(|at| {
                let before = &before[..*at];
                before.is_empty() || before.ends_with(|c: char| c.is_whitespace() || c == '>')
            });
            let name = tags
                .next_back()
                .and_then(|at| before[at + 1..].chars().next());
            name.is_some_and(char::is_uppercase)
        };
        let handlers = self
            .text
            .match_indices(" on:")
            .filter(|(at, _)| is_component(*at));
        handlers
            .map(|(at, _)| format!("src/{}:{}", self.path, self.text[..at].lines().count()))
            .collect()
    }

    /// Public functions that keep a function for later which is no `Act`.
    fn functions_kept_bare(&self) -> Vec<String> {
        let starts = self.text.match_indices("pub fn ");
        let signatures = starts.filter_map(|(at, _)| {
            let signature = self.text[at..].split(['{', ';']).next()?;
            (signature.contains("impl Fn") && signature.contains("'static")).then_some(signature)
        });
        signatures
            .map(|signature| format!("src/{}: {signature}", self.path))
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
/// A property of our own is no attribute: it is set by the CSS object model.
fn sets_style(line: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    line.match_indices("style=")
        .filter(|(at, _)| !line[*at..].starts_with("style=(\"--"))
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

/// What the browser may run while or after a view goes is bound to its life:
/// handlers by the trait in `ui/prelude`, all else by `web/life`.
fn handlers_that_outlive_their_view(sources: &[Source]) -> Vec<String> {
    let of_leptos = |line: &str| {
        line.match_indices("leptos::").all(|(at, found)| {
            let rest = &line[at + found.len()..];
            OF_LEPTOS.iter().any(|module| {
                rest.strip_prefix(module).is_some_and(|rest| {
                    !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')
                })
            })
        })
    };
    let unbound = |line: &str| {
        UNBOUND.iter().any(|word| names(line, word))
            || line.contains("ev::on(")
            || line.contains("bind:")
    };
    let views = sources
        .iter()
        .filter(|source| source.is_in(&["ui/"]) && !source.is_in(&["ui/prelude"]));
    let in_views = views.flat_map(|source| {
        let mut found = source.lines(|line| !of_leptos(line) || unbound(line));
        found.extend(source.handlers_of_components());
        found
    });
    let web = sources
        .iter()
        .filter(|source| source.is_in(&["web/"]) && source.path != "web/life.rs");
    in_views
        .chain(web.flat_map(Source::functions_kept_bare))
        .collect()
}

/// The keys of an input method's composition are its own, and only
/// `web::keyboard` tells them from others.
fn keys_past_input_methods(sources: &[Source]) -> Vec<String> {
    let others = sources
        .iter()
        .filter(|source| source.is_in(&["ui/", "store/"]));
    let asks = |line: &str| {
        [
            "event.key()",
            "event.code()",
            "key_code(",
            "KeyboardEvent::key",
        ]
        .iter()
        .any(|word| line.contains(word))
    };
    others.flat_map(|source| source.lines(asks)).collect()
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
fn what_the_browser_runs_later_is_bound_to_the_life_of_its_view() {
    check_none(
        &handlers_that_outlive_their_view(&sources()),
        "take it from ui::prelude, or let it be an Act",
    );
}

#[test]
fn keys_are_asked_for_by_way_of_the_keyboard() {
    check_none(
        &keys_past_input_methods(&sources()),
        "ask web::keyboard, which leaves an input method its keys",
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
fn each_room_of_the_domain_takes_from_itself_and_those_below() {
    check_none(
        &imports_from_above(&sources()),
        "the order of the rooms is told in src/domain/mod.rs",
    );
}

#[test]
fn no_files_take_from_one_another() {
    check_none(
        &circles(&sources()),
        "these are in a circle, or between two; what they share belongs into a file below",
    );
}

#[test]
fn every_section_of_the_rules_that_is_cited_is_there() {
    check_none(
        &citations_of_nothing(),
        "docs/semantics.md has no such section, or a heading without its number as anchor",
    );
}

#[test]
fn files_stay_readable() {
    check_none(&long_files(&sources()), "split these");
}

#[test]
fn the_rules_of_rooms_find_what_breaks_them() {
    let house = [
        Source::new(
            "domain/value/money.rs",
            "use crate::domain::read::stats::Sum;",
        ),
        Source::new("domain/read/stats.rs", "mod open;\npub use open::Sum;"),
        Source::new(
            "domain/read/stats/open.rs",
            "use super::super::order::by;\npub struct Sum;\nmod of_its_own { use super::Sum; }",
        ),
        Source::new("domain/read/order.rs", "fn by() { super::stats::Sum; }"),
        Source::new(
            "domain/read/apart.rs",
            "#[cfg(test)]\nmod tests { use crate::domain::start::sample; }",
        ),
        Source::new("domain/start/sample.rs", "use crate::domain::read::apart;"),
    ];
    assert_eq!(
        imports_from_above(&house),
        ["src/domain/value/money.rs takes from src/domain/read/stats/open.rs"]
    );
    assert_eq!(
        circles(&house),
        [
            "src/domain/read/order.rs takes from src/domain/read/stats/open.rs",
            "src/domain/read/stats/open.rs takes from src/domain/read/order.rs",
        ]
    );
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
            "domain/record/deal.rs",
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

    let life = handlers_that_outlive_their_view;
    for bad in [
        "use leptos::prelude::*;",
        "use leptos::task::spawn_local;",
        "use leptos::{ev, prelude::*};",
        "set_timeout(move || open.set(false), STAYS);",
        "dom::on_window(\"scroll\", lasting(move |_| ()));",
        "let on = ev::on(ev::click, act);",
        "<input bind:value=name/>",
        "<Icon name=\"add\" on:click=act/>",
        "<p>{a < b}</p><Icon\n    on:click=act/>",
    ] {
        assert_eq!(found(life, "ui/app.rs", bad), 1, "{bad}");
    }
    for fine in [
        "use leptos::ev;\nuse leptos::html::{self, Div};",
        "let names = collect::<Vec<_>>();\n<p on:click=act>{names}</p>",
        "dom::after(REST, alive(move |()| ()));",
    ] {
        assert_eq!(found(life, "ui/app.rs", fine), 0, "{fine}");
    }
    let kept = "pub fn later(\n    act: impl FnOnce() + 'static,\n) {}";
    assert_eq!(found(life, "web/dom.rs", kept), 1);
    let used = "pub fn get(write: impl FnOnce() -> String) {}\npub fn later(act: Act) {}";
    assert_eq!(found(life, "web/dom.rs", used), 0);
    let keys = keys_past_input_methods;
    assert_eq!(found(keys, "ui/app.rs", "match event.key().as_str() {"), 1);
    assert_eq!(found(keys, "ui/app.rs", "match key(&event).as_str() {"), 0);

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

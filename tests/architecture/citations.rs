//! Citations of the rules: `§3.4` is section 3.4 of docs/semantics.md.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const PAGE: &str = "docs/semantics.md";
/// Where rules are cited.
const CITING: [&str; 6] = [
    "src",
    "tests",
    "xtask",
    "docs",
    "ARCHITECTURE.md",
    "README.md",
];

/// The number that a text begins with, such as `3` or `3.4`.
fn number(text: &str) -> Option<&str> {
    let whole = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let fraction = text[whole..].strip_prefix('.').map_or(0, |rest| {
        let digits = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        if digits == 0 { 0 } else { digits + 1 }
    });
    (whole > 0).then(|| &text[..whole + fraction])
}

/// The sections of the page: each is a heading with its number as its anchor.
/// What is wrong with a heading stands in the second list.
fn sections(page: &str) -> (BTreeSet<String>, Vec<String>) {
    let (mut found, mut wrong) = (BTreeSet::new(), Vec::new());
    let headings = page.lines().filter(|line| line.starts_with("##"));
    for heading in headings {
        let anchor = heading
            .split_once("<a id=\"")
            .and_then(|(_, rest)| rest.split_once("\"></a>"))
            .filter(|(id, title)| title.starts_with(&format!("{id} ")));
        let is_new = anchor.is_some_and(|(id, _)| found.insert(id.to_owned()));
        if !is_new {
            wrong.push(format!("{PAGE}: {heading}"));
        }
    }
    (found, wrong)
}

/// The citations in a text of sections that are not there.
fn broken(path: &str, text: &str, sections: &BTreeSet<String>) -> Vec<String> {
    let marks: &[&str] = if path == PAGE {
        &["§", "](#"]
    } else {
        &["§", "semantics.md#"]
    };
    let is_broken = |line: &str| {
        let mut cited = marks.iter().flat_map(|mark| line.split(mark).skip(1));
        cited.any(|rest| number(rest).is_some_and(|number| !sections.contains(number)))
    };
    let lines = text.lines().enumerate().filter(|(_, line)| is_broken(line));
    lines
        .map(|(at, line)| format!("{path}:{}: {}", at + 1, line.trim()))
        .collect()
}

fn texts(path: &Path, found: &mut Vec<(String, String)>, root: &Path) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            texts(&entry.unwrap().path(), found, root);
        }
    } else if path
        .extension()
        .is_some_and(|end| end == "rs" || end == "md")
    {
        let below = path.strip_prefix(root).unwrap().to_str().unwrap();
        found.push((below.replace('\\', "/"), fs::read_to_string(path).unwrap()));
    }
}

/// Citations of rules that the page does not have, and headings of the page
/// that can't be cited.
pub fn citations_of_nothing() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for place in CITING {
        texts(&root.join(place), &mut found, root);
    }
    let page = found.iter().find(|(path, _)| path == PAGE).unwrap();
    let (sections, wrong) = sections(&page.1);
    let citations = found
        .iter()
        .flat_map(|(path, text)| broken(path, text, &sections));
    citations.chain(wrong).collect()
}

#[test]
fn broken_citations_and_headings_are_found() {
    let mark = '\u{a7}';
    let (there, wrong) =
        sections("# Rules\n\n## <a id=\"1\"></a>1 Words\n### <a id=\"1.2\"></a>1.2 Order\n");
    assert_eq!(there.into_iter().collect::<Vec<_>>(), ["1", "1.2"]);
    assert_eq!(wrong, Vec::<String>::new());
    for heading in [
        "## Words",
        "## <a id=\"1\"></a>2 Words",
        "## <a id=\"1\"></a>1.5 Words",
    ] {
        assert_eq!(sections(heading).1.len(), 1, "{heading}");
    }
    let twice = "## <a id=\"1\"></a>1 Words\n## <a id=\"1\"></a>1 Order";
    assert_eq!(sections(twice).1.len(), 1);

    let there: BTreeSet<String> = ["1", "1.2"].map(str::to_owned).into();
    let count = |path: &str, text: &str| broken(path, text, &there).len();
    for fine in [
        "({mark}1.2)",
        "{mark}1.",
        "a {mark} alone",
        "semantics.md#1",
    ] {
        assert_eq!(
            count("src/a.rs", &fine.replace("{mark}", &mark.to_string())),
            0,
            "{fine}"
        );
    }
    for bad in [
        "({mark}1.3)",
        "{mark}1, {mark}2",
        "{mark}12",
        "semantics.md#2",
    ] {
        assert_eq!(
            count("src/a.rs", &bad.replace("{mark}", &mark.to_string())),
            1,
            "{bad}"
        );
    }
    assert_eq!(count(PAGE, "[there](#1.2) and [not](#1.3)"), 1);
}

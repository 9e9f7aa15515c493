//! What people and attackers type: a public collection, and what this program
//! invites in particular.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

/// What the collection lacks: formulas, templates of charts, words of this
/// program and of its storage, addresses, and what is wide or high.
const OURS: &[&str] = &[
    "=HYPERLINK(\"http://localhost:9/\",\"click\")",
    " =cmd|'/C calc'!A0",
    "＝1+1",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "'=1+1",
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)} #{alert(1)} <%= alert(1) %>",
    "{a|red} {b}: {c} {@value} {value}",
    "</title></textarea></style></script><script>alert(1)</script>",
    "\"><svg/onload=alert(1)>",
    "' autofocus onfocus=alert(1) x='",
    "javascript:alert(1)//http://localhost:9/",
    "https://localhost:9/\u{202e}gpj.exe",
    "http://bank.example@localhost:9/ www.localhost:9/<script>alert(1)</script>",
    "a@b.example?bcc=c@d.example&body=x",
    "%3Cimg%20src=x%20onerror=alert(1)%3E%00%FF%",
    "?demo#/deals/open?search=<img src=x onerror=alert(1)>&sort=__proto__&columns=constructor",
    "pipewright/main/deals/0",
    "__proto__",
    "null,none;any|all",
    "Won",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽",
    "\u{202e}\u{2066}\u{2067}turned\u{202d}about",
    "👩🏽‍🚒👨‍👩‍👧‍👦🏴󠁧󠁢󠁳󠁣󠁴󠁿🇵🇱🇵",
];

/// All of them, each once.
pub fn strings() -> Vec<String> {
    let all = naughty_strings::BLNS.iter().chain(OURS);
    let all: BTreeSet<&str> = all.copied().collect();
    assert!(all.len() > 400, "the collection is gone");
    let scripts = all.iter().filter(|text| text.contains("alert"));
    assert!(scripts.count() > 100, "it has no scripts any more");
    all.into_iter().map(str::to_owned).collect()
}

/// Those of which there is something to see, cut to so many characters, no two
/// of which are the same name.
pub fn names(most: usize) -> Vec<String> {
    let mut keys = BTreeSet::new();
    let mut names = Vec::new();
    for text in strings() {
        let cut: String = one_line(&text).chars().take(most).collect();
        let cut = cut.trim().to_owned();
        let key: String = cut.chars().flat_map(char::to_lowercase).nfc().collect();
        if is_seen(&cut) && keys.insert(key.replace('ς', "σ")) {
            names.push(cut);
        }
    }
    names
}

/// Whether there is anything to see.
pub fn is_seen(text: &str) -> bool {
    text.chars().any(|c| {
        let is_mark = matches!(c, '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{180b}'..='\u{180f}'
            | '\u{2000}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}');
        !c.is_whitespace() && !c.is_control() && !is_mark
    })
}

/// As a name is kept: without line ends and runs of blanks, composed.
pub fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ").nfc().collect()
}

/// As a text of several lines is kept: without control codes and blanks at the
/// end.
pub fn lines(text: &str) -> String {
    let kept = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = kept.replace(|c: char| c.is_control() && !"\n\t".contains(c), "");
    kept.trim_end().to_owned()
}

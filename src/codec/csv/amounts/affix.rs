//! What stands beside the digits of an amount: signs of currencies,
//! multipliers, and words that change nothing.

use crate::codec::csv::lexicon::{self, MONEY};
use crate::domain::value::money::CURRENCIES;
use crate::domain::value::text::fold;

/// The currency that a sign stands for: the account's, where it is among them.
pub fn currency_of(signs: &'static str, account: &str) -> &'static str {
    // The name of a currency without a code.
    if !signs.split(' ').all(|code| code.len() == 3) {
        return signs;
    }
    let mut codes = signs.split(' ');
    let own = codes.clone().find(|code| *code == account);
    own.or_else(|| codes.next()).unwrap_or_default()
}

/// The codes that a text names as a currency, such as `EUR`, `€` or `zł`.
pub fn signs_of(text: &str) -> Option<&'static str> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let upper = text.to_ascii_uppercase();
    let known = CURRENCIES.iter().map(|known| known.code);
    let mut codes = known.chain(lexicon::phrases(MONEY, "codes"));
    codes
        .find(|code| *code == upper)
        .or_else(|| sign(&fold(text)))
}

fn sign(word: &str) -> Option<&'static str> {
    let mut signs = lexicon::lines(MONEY, "signs").filter_map(|line| line.split_once('='));
    signs
        .find(|(sign, _)| fold(sign) == word)
        .map(|(_, codes)| codes)
}

/// What stands beside the digits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Affix {
    pub signs: Option<&'static str>,
    /// The power of ten by which the number is multiplied.
    pub times: i32,
    pub negative: bool,
    /// The number is in a bracket that opens or closes here.
    pub bracket: bool,
}

impl Affix {
    /// Understands a text, if every word of it is known.
    pub fn of(text: &str) -> Option<Self> {
        let mut affix = Self::default();
        let mut word = String::new();
        for c in text.chars().chain([' ']) {
            let is_sign = "$€£¥₹₽₩₺₴₫₪฿₦₱₡₲₸₾円元".contains(c);
            if c.is_alphabetic() || c == '$' {
                word.push(c);
                if c.is_alphabetic() {
                    continue;
                }
            }
            affix.take(&std::mem::take(&mut word))?;
            match c {
                '$' => {}
                _ if is_sign => affix.take(c.encode_utf8(&mut [0; 4]))?,
                '-' | '−' | '–' => affix.negative = true,
                '(' | ')' => affix.bracket = true,
                '+' | '.' | ',' | '/' | ':' | '*' | '~' | '≈' | '=' | '\'' => {}
                c if c.is_whitespace() || c == '\u{feff}' => {}
                _ => return None,
            }
        }
        Some(affix)
    }

    fn take(&mut self, word: &str) -> Option<()> {
        if word.is_empty() {
            return Some(());
        }
        if let Some(signs) = signs_of(word) {
            self.signs = Some(signs);
            return Some(());
        }
        // A dollar sign behind a word that is known by itself.
        if let Some(before) = word.strip_suffix('$').filter(|before| !before.is_empty()) {
            self.take("$")?;
            return self.take(before);
        }
        let word = fold(word);
        let times = lexicon::lines(MONEY, "times").find_map(|line| {
            let (power, words) = line.split_once(' ')?;
            let mut words = words.split(',');
            words
                .any(|known| fold(known) == word)
                .then(|| power.parse().ok())?
        });
        if let Some(power) = times {
            self.times = power;
            return Some(());
        }
        let mut beside = lexicon::phrases(MONEY, "beside");
        beside.any(|known| fold(known) == word).then_some(())
    }
}

//! Names that columns are known to have, and the currencies in them.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::amounts::signs_of;
use super::lexicon::{CUSTOMER_COLUMNS, DEAL_COLUMNS};
use super::names::{key, without_record};

/// Whether a text is a name that columns of deals or customers are known to have.
pub fn is_known_name(text: &str) -> bool {
    const LONGEST: usize = 60;
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return false;
    }
    is_column(&key(text))
}

/// The same of a name as it is compared.
fn is_column(name: &str) -> bool {
    static NAMES: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let tables = [DEAL_COLUMNS, CUSTOMER_COLUMNS].into_iter();
        let lines = tables.flat_map(str::lines);
        let names = lines.filter(|line| !line.starts_with(['[', '#']));
        names.flat_map(|line| line.split(',').map(key)).collect()
    });
    let short = without_record(name);
    let names = [name, short, without_currency(short)];
    names
        .iter()
        .any(|name| !name.is_empty() && NAMES.contains(*name))
}

/// `amountusd` is `amount`.
pub fn without_currency(key: &str) -> &str {
    let code = key
        .len()
        .checked_sub(3)
        .and_then(|at| key.split_at_checked(at));
    let known = code.filter(|(rest, code)| !rest.is_empty() && signs_of(code).is_some());
    known.map_or(key, |(rest, _)| rest)
}

/// The currency that the name of a column says its amounts are in, such as
/// "Amount (USD)", "amount_usd" or "Kwota [zł]".
pub fn currency_in(header: &str) -> Option<&'static str> {
    let is_sign = |c: char| !c.is_alphabetic() && signs_of(&c.to_string()).is_some();
    if let Some(sign) = header.chars().find(|c| is_sign(*c)) {
        return signs_of(&sign.to_string());
    }
    let words: Vec<&str> = header.split(|c: char| !c.is_alphabetic()).collect();
    let last = words.len().saturating_sub(1);
    let found = words.iter().enumerate().find(|(place, word)| {
        // A code is written in capitals, or behind a low line; "all" and "try"
        // are words.
        let is_code = word.len() == 3
            && (word.chars().all(char::is_uppercase) || header.contains('_') && *place == last);
        let is_short_sign = word.chars().count() == 2 && !word.is_ascii();
        is_code || is_short_sign
    });
    found.and_then(|(_, word)| signs_of(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_currency_of_a_column_may_stand_in_its_name() {
        for (header, want) in [
            ("Amount (USD)", Some("USD")),
            ("amount_usd", Some("USD")),
            ("Kwota [zł]", Some("PLN")),
            ("Value in €", Some("EUR")),
            ("Бюджет, ₽", Some("RUB")),
            ("Amount RUB", Some("RUB")),
            ("Amount", None),
            ("Total of all", None),
            ("Total r", None),
            ("", None),
        ] {
            assert_eq!(currency_in(header), want, "{header}");
        }
    }
}

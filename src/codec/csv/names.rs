//! Names of columns, statuses and stages as they are compared.

use crate::domain::value::text::fold;

/// A name of a column as it is compared: letters and digits only, without
/// regard to case and diacritics, without what stands in brackets.
pub fn key(header: &str) -> String {
    let outside = without_brackets(header);
    fold(&outside.filter(|c| c.is_alphanumeric()).collect::<String>())
}

/// The characters of a text that stand in no brackets.
pub fn without_brackets(text: &str) -> impl Iterator<Item = char> {
    let mut depth = 0usize;
    text.chars().filter(move |c| match c {
        '(' | '[' => {
            depth += 1;
            false
        }
        ')' | ']' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    })
}

/// `dealtitle` is `title`: exports that join several records name the record,
/// some of them twice.
pub fn without_record(mut key: &str) -> &str {
    let records = ["deal", "opportunity", "szansa"];
    while let Some(rest) = records.iter().find_map(|record| key.strip_prefix(record)) {
        key = rest;
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_compared_by_letters_and_digits() {
        assert_eq!(key("Deal - Title"), "dealtitle");
        assert_eq!(key("Probability (%)"), "probability");
        assert_eq!(key(" expected_close "), "expectedclose");
        assert_eq!(key("Wartość [PLN]"), "wartosc");
    }
}

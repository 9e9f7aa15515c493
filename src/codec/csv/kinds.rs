//! What a cell looks like, without regard to what its column holds.

/// Whether a text looks like a number, an amount, a date, an address or a yes
/// or no: like something in a cell, and not like the name of a column.
pub fn is_value(text: &str) -> bool {
    const WORDS: [&str; 2] = ["true", "false"];
    let text = text.trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (digits > 0 && digits >= letters)
        || (text.contains('@') && text.contains('.') && !text.contains(' '))
        || text.starts_with("http://")
        || text.starts_with("https://")
        || WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// The amount in a text as hundredths, in whatever form it is written; none
/// where there is none, or more than one number.
pub fn hundredths(text: &str) -> Option<i64> {
    let begin = text.find(|c: char| c.is_ascii_digit())?;
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let number = text.get(begin..end)?;
    let (before, after) = (text.get(..begin)?, text.get(end..)?);
    let is_negative = before.contains(['-', '−']) || (before.contains('(') && after.contains(')'));
    let is_mark = |c: char| matches!(c, '.' | ',' | '\'' | '’') || c.is_whitespace();
    if number.chars().any(|c| !c.is_ascii_digit() && !is_mark(c)) {
        return None;
    }
    // The last mark parts the decimals where it is the only one of its kind
    // and three digits do not follow it.
    let last = number.rfind(['.', ',']);
    let decimals = last.and_then(|place| {
        let (whole, rest) = number.split_at_checked(place)?;
        let mark = rest.get(..1)?;
        let digits = rest.get(1..)?;
        (digits.len() != 3 && !whole.contains(mark)).then_some((whole, digits))
    });
    let (whole, digits) = decimals.unwrap_or((number, ""));
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let mut cents: String = digits.chars().take(2).collect();
    while cents.len() < 2 {
        cents.push('0');
    }
    let amount: i64 = format!("{whole}{cents}").parse().ok()?;
    Some(if is_negative { -amount } else { amount })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_from_names() {
        for text in [
            "5",
            "1.234,50 €",
            "USD 12,000.00",
            "2026-11-23",
            "12k",
            "a@b.com",
            "TRUE",
            "28.12.2026 r.",
        ] {
            assert!(is_value(text), "{text}");
        }
        for text in [
            "Name",
            "Probability (%)",
            "Product 1",
            "",
            "R. Moe",
            "Alpha - Line 3",
        ] {
            assert!(!is_value(text), "{text}");
        }
    }

    #[test]
    fn amounts_are_read_in_whatever_form() {
        for (text, amount) in [
            ("52500", Some(5_250_000)),
            ("48.33", Some(4_833)),
            ("35.500,00 €", Some(3_550_000)),
            ("$1,234.5", Some(123_450)),
            ("1'234", Some(123_400)),
            ("1 234 567,89 zł", Some(123_456_789)),
            ("12.000", Some(1_200_000)),
            ("(500,00)", Some(-50_000)),
            ("-3", Some(-300)),
            ("2026-11-23", None),
            ("none", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(hundredths(text), amount, "{text}");
        }
    }
}

//! Words that other programs and people write into files, as tables of text
//! beside this file: a line `[section]`, then phrases parted by commas.

use super::names::key;

/// The names of columns of deals.
pub const DEAL_COLUMNS: &str = include_str!("words/deal_columns.txt");
/// The names of columns of customers.
pub const CUSTOMER_COLUMNS: &str = include_str!("words/customer_columns.txt");
/// Statuses, yes and no, and what stands for nothing.
pub const STATUSES: &str = include_str!("words/statuses.txt");
/// Names of stages.
pub const STAGES: &str = include_str!("words/stages.txt");
/// Months, and what stands beside a date.
pub const DATES: &str = include_str!("words/dates.txt");
/// Signs of currencies, multipliers, and what stands beside an amount.
pub const MONEY: &str = include_str!("words/money.txt");

/// The lines of a section.
pub fn lines(table: &'static str, section: &str) -> impl Iterator<Item = &'static str> {
    let name = |line: &str| line.strip_prefix('[')?.strip_suffix(']').map(str::to_owned);
    let mut lines = table.lines();
    lines
        .by_ref()
        .find(|line| name(line).as_deref() == Some(section));
    lines
        .take_while(move |line| name(line).is_none())
        .filter(|line| !line.is_empty() && !line.starts_with("# "))
}

/// The phrases of a section.
pub fn phrases(table: &'static str, section: &str) -> impl Iterator<Item = &'static str> {
    lines(table, section).flat_map(|line| line.split(',').map(str::trim))
}

/// The phrases of a section as they are compared ([`key`]).
pub fn keys(table: &'static str, section: &str) -> Vec<String> {
    phrases(table, section).map(key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_ends_where_the_next_begins() {
        assert_eq!(lines(DATES, "months").count(), 12 * 2 - 1);
        assert!(phrases(STATUSES, "nothing").any(|word| word == "#n/a"));
        assert!(phrases(STATUSES, "yes").all(|word| word != "false"));
        assert_eq!(phrases(STATUSES, "nowhere").count(), 0);
    }

    #[test]
    fn no_name_of_a_column_is_lost_by_folding() {
        for table in [DEAL_COLUMNS, CUSTOMER_COLUMNS] {
            let sections = table.lines().filter_map(|line| line.strip_prefix('['));
            for section in sections.filter_map(|line| line.strip_suffix(']')) {
                let keys = keys(table, section);
                assert!(keys.len() > 5, "{section}");
                assert!(keys.iter().all(|key| key.len() > 1), "{section}");
            }
        }
    }
}

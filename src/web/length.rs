//! Lengths as style sheets write them.

use js_sys::Number;

/// A number with its unit, such as `12.5px`. The browser writes the number:
/// the tables to write any number by would be a good part of a first load.
pub fn length(number: f64, unit: &str) -> String {
    let digits = Number::from(number).to_string_with_radix(10);
    let mut text = digits.map_or_else(|_| String::from("0"), String::from);
    text.push_str(unit);
    text
}

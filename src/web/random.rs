//! Chance, from the browser's own source.

use leptos::prelude::window;

/// A random number, for ids and the tab's own number.
///
/// Where the browser has no good source, the clock stands in: two tabs that
/// start in the same millisecond are the least of such a browser's troubles.
pub fn random_u64() -> u64 {
    let mut bytes = [0u8; 8];
    let is_filled = window()
        .crypto()
        .is_ok_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if is_filled {
        u64::from_le_bytes(bytes)
    } else {
        // The golden ratio's digits spread neighbouring times over all numbers.
        (js_sys::Date::now() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

//! Names of keys, as in "Control+Shift+z".

use serde_json::{Value, json};

/// The presses and releases for a combination, for Perform Actions.
pub(crate) fn actions(combination: &str) -> Result<Vec<Value>, String> {
    // The plus sign itself is "+" or the end of "Shift++".
    let (modifiers, last) = match combination.strip_suffix("++") {
        Some(modifiers) => (modifiers, "+"),
        None if combination == "+" => ("", "+"),
        None => combination.rsplit_once('+').unwrap_or(("", combination)),
    };
    let names = modifiers
        .split('+')
        .filter(|name| !name.is_empty())
        .chain([last]);
    let codes = names.map(|name| code(name).ok_or_else(|| format!("no key is named {name:?}")));
    let codes = codes.collect::<Result<Vec<_>, _>>()?;
    let press = codes
        .iter()
        .map(|key| json!({ "type": "keyDown", "value": key }));
    let release = codes
        .iter()
        .rev()
        .map(|key| json!({ "type": "keyUp", "value": key }));
    Ok(press.chain(release).collect())
}

fn code(name: &str) -> Option<String> {
    let code = match name {
        "Control" => '\u{E009}',
        "Shift" => '\u{E008}',
        "Alt" => '\u{E00A}',
        "Meta" => '\u{E03D}',
        "Enter" => '\u{E007}',
        "Escape" => '\u{E00C}',
        "Tab" => '\u{E004}',
        "Backspace" => '\u{E003}',
        "Delete" => '\u{E017}',
        "ArrowLeft" => '\u{E012}',
        "ArrowUp" => '\u{E013}',
        "ArrowRight" => '\u{E014}',
        "ArrowDown" => '\u{E015}',
        "Home" => '\u{E011}',
        "End" => '\u{E010}',
        "PageUp" => '\u{E00E}',
        "PageDown" => '\u{E00F}',
        "Space" => ' ',
        _ => {
            let mut letters = name.chars();
            let letter = letters.next()?;
            return letters.next().is_none().then(|| letter.to_string());
        }
    };
    Some(code.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_combination_is_pressed_and_released_in_opposite_order() {
        let values: Vec<_> = actions("Control+z")
            .unwrap()
            .iter()
            .map(|action| action["value"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(values, ["\u{E009}", "z", "z", "\u{E009}"]);
    }

    #[test]
    fn the_plus_sign_is_a_key_too() {
        assert_eq!(actions("+").unwrap().len(), 2);
        assert_eq!(actions("Shift++").unwrap().len(), 4);
        assert!(actions("Contrl+z").is_err());
    }
}

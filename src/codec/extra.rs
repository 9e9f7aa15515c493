//! Fields of a stored record that this version does not know: kept beside
//! the record as the text they are, and put back when it is written.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

/// What a stored record has beyond what this version reads of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Extra {
    /// A field that is unknown as a whole, as its JSON: a number that is read
    /// and written again may not be the same.
    Field(String),
    /// Unknown fields somewhere inside an object, by the names on the way.
    Object(Vec<(String, Extra)>),
    /// Unknown fields somewhere inside the elements of an array: what of each
    /// element, in their order, with what it is known by, its id or else all of it.
    Elements(Vec<(Value, Option<Extra>)>),
}

impl Extra {
    /// What the JSON `stored` has beyond `known`, which was read from it and
    /// written again.
    pub fn beyond(stored: &str, known: &Value) -> Option<Self> {
        let json = stored.as_bytes();
        match known {
            Value::Object(known) => {
                let stored: BTreeMap<String, &RawValue> = serde_json::from_slice(json).ok()?;
                let fields = stored.into_iter().filter_map(|(name, value)| {
                    let extra = match known.get(&name) {
                        None => Some(Self::Field(value.get().to_owned())),
                        Some(known) => Self::beyond(value.get(), known),
                    };
                    Some((name, extra?))
                });
                let fields: Vec<_> = fields.collect();
                (!fields.is_empty()).then_some(Self::Object(fields))
            }
            Value::Array(known) => {
                let stored: Vec<&RawValue> = serde_json::from_slice(json).ok()?;
                if stored.len() != known.len() {
                    return None;
                }
                let elements = stored.iter().zip(known).map(|(stored, known)| {
                    let extra = Self::beyond(stored.get(), known);
                    (identity(known).clone(), extra)
                });
                let elements: Vec<_> = elements.collect();
                let is_any = elements.iter().any(|(_, extra)| extra.is_some());
                is_any.then_some(Self::Elements(elements))
            }
            _ => None,
        }
    }

    /// Writes `known` with the fields where their surroundings are still there.
    ///
    /// # Errors
    /// None: a value is always JSON.
    pub fn write(&self, known: &Value, json: &mut Vec<u8>) -> serde_json::Result<()> {
        match (self, known) {
            (Self::Object(fields), Value::Object(known)) => {
                let mut all = known.clone();
                for (name, extra) in fields {
                    if matches!(extra, Self::Field(_)) {
                        all.entry(name.as_str()).or_insert(Value::Null);
                    }
                }
                let mut before = b'{';
                for (name, value) in &all {
                    json.push(before);
                    before = b',';
                    serde_json::to_writer(&mut *json, name)?;
                    json.push(b':');
                    let extra = fields.iter().find(|(field, _)| field == name);
                    match extra.map(|(_, extra)| extra) {
                        Some(Self::Field(text)) if !known.contains_key(name) => {
                            json.extend_from_slice(text.as_bytes());
                        }
                        extra => write(value, extra, json)?,
                    }
                }
                if before == b'{' {
                    json.push(before);
                }
                json.push(b'}');
                Ok(())
            }
            (Self::Elements(elements), Value::Array(known)) => {
                // Each goes to one element: where two have the same id, to the
                // next of them.
                let mut elements: Vec<_> = elements.iter().collect();
                json.push(b'[');
                for (place, value) in known.iter().enumerate() {
                    if place > 0 {
                        json.push(b',');
                    }
                    let own = elements.iter().position(|(id, _)| id == identity(value));
                    let own = own.and_then(|own| elements.remove(own).1.as_ref());
                    write(value, own, json)?;
                }
                json.push(b']');
                Ok(())
            }
            _ => serde_json::to_writer(json, known),
        }
    }
}

fn write(known: &Value, extra: Option<&Extra>, json: &mut Vec<u8>) -> serde_json::Result<()> {
    match extra {
        Some(extra) => extra.write(known, json),
        None => serde_json::to_writer(json, known),
    }
}

fn identity(element: &Value) -> &Value {
    element.get("id").unwrap_or(element)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Reads `stored` as `known`, changes that to `now`, and writes it.
    fn text(stored: &str, known: &Value, now: &Value) -> String {
        let mut json = Vec::new();
        match Extra::beyond(stored, known) {
            Some(extra) => extra.write(now, &mut json).unwrap(),
            None => serde_json::to_writer(&mut json, now).unwrap(),
        }
        String::from_utf8(json).unwrap()
    }

    fn written(stored: Value, known: Value, now: Value) -> Value {
        serde_json::from_str(&text(&stored.to_string(), &known, &now)).unwrap()
    }

    #[test]
    fn unknown_fields_come_back_at_every_depth() {
        let stored = json!({"id": "a", "mood": "sunny", "stages": [
            {"id": "s", "icon": 1}, {"id": "t"}, {"id": "u", "icon": 3}]});
        let known = json!({"id": "a", "stages": [{"id": "s"}, {"id": "t"}, {"id": "u"}]});
        let now = json!({"id": "a", "name": "new", "stages": [{"id": "u"}, {"id": "s"}]});
        let want = json!({"id": "a", "name": "new", "mood": "sunny", "stages": [
            {"id": "u", "icon": 3}, {"id": "s", "icon": 1}]});
        assert_eq!(written(stored, known, now), want);
    }

    #[test]
    fn a_known_field_that_was_cleared_stays_cleared() {
        let stored = json!({"id": "a", "value": 5, "closing": {"on": "2026-01-02", "by": "x"}});
        let known = json!({"id": "a", "value": 5, "closing": {"on": "2026-01-02"}});
        assert_eq!(
            written(stored, known, json!({"id": "a"})),
            json!({"id": "a"})
        );
    }

    #[test]
    fn nothing_beyond_is_nothing_kept() {
        let same = json!({"id": "a", "history": [{"at": 1}]});
        assert_eq!(Extra::beyond(&same.to_string(), &same), None);
    }

    #[test]
    fn a_field_stays_letter_by_letter() {
        let known = json!({"id": "a"});
        for odd in [
            "1.7976931348623157e308",
            "8.13E-81",
            "1.00",
            "\"\\u0041\"",
            "[1, 2]",
        ] {
            let stored = format!("{{\"id\":\"a\",\"odd\":{odd}}}");
            assert_eq!(text(&stored, &known, &known), stored);
        }
        let deep = format!("{}{}", "[".repeat(500), "]".repeat(500));
        let stored = format!("{{\"deep\":{deep},\"id\":\"a\"}}");
        assert_eq!(text(&stored, &known, &known), stored);
    }

    #[test]
    fn of_two_elements_with_one_id_each_has_its_own_fields() {
        let stored = json!({"stages": [
            {"id": "s", "icon": 1}, {"id": "s"}, {"id": "s", "mood": 2}]});
        let known = json!({"stages": [{"id": "s"}, {"id": "s"}, {"id": "s"}]});
        assert_eq!(written(stored.clone(), known.clone(), known), stored);
    }

    #[test]
    fn where_nothing_is_known_the_fields_are_all_there_is() {
        let stored = json!({"icon": 1, "list": []});
        assert_eq!(written(stored.clone(), json!({}), json!({})), stored);
        let stored = json!({"inside": {"icon": 1}});
        assert_eq!(
            written(
                stored,
                json!({"inside": {}}),
                json!({"inside": {}, "a": []})
            ),
            json!({"inside": {"icon": 1}, "a": []})
        );
    }
}

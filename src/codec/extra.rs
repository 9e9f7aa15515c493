//! Fields of a stored record that this version does not know: kept beside
//! the record, and put back when it is written.

use serde_json::{Map, Value};

/// What a stored record has beyond what this version reads of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Extra {
    /// A field that is unknown as a whole.
    Field(Value),
    /// Unknown fields somewhere inside an object, by the names on the way.
    Object(Vec<(String, Extra)>),
    /// Unknown fields somewhere inside the elements of an array, each with
    /// what the element is known by: its id, or else all of it.
    Elements(Vec<(Value, Extra)>),
}

impl Extra {
    /// What `stored` has beyond `known`, which was read from it and written again.
    pub fn beyond(stored: &Value, known: &Value) -> Option<Self> {
        match (stored, known) {
            (Value::Object(stored), Value::Object(known)) => {
                let fields = stored.iter().filter_map(|(name, value)| {
                    let extra = match known.get(name) {
                        None => Some(Self::Field(value.clone())),
                        Some(known) => Self::beyond(value, known),
                    };
                    Some((name.clone(), extra?))
                });
                let fields: Vec<_> = fields.collect();
                (!fields.is_empty()).then_some(Self::Object(fields))
            }
            (Value::Array(stored), Value::Array(known)) if stored.len() == known.len() => {
                let elements = stored.iter().zip(known).filter_map(|(stored, known)| {
                    Some((identity(known).clone(), Self::beyond(stored, known)?))
                });
                let elements: Vec<_> = elements.collect();
                (!elements.is_empty()).then_some(Self::Elements(elements))
            }
            _ => None,
        }
    }

    /// Puts the fields back where their surroundings are still there.
    pub fn restore(&self, into: &mut Value) {
        match (self, into) {
            (Self::Object(fields), Value::Object(into)) => restore_fields(fields, into),
            (Self::Elements(elements), Value::Array(into)) => {
                for (id, extra) in elements {
                    if let Some(element) = into.iter_mut().find(|value| identity(value) == id) {
                        extra.restore(element);
                    }
                }
            }
            _ => {}
        }
    }
}

fn restore_fields(fields: &[(String, Extra)], into: &mut Map<String, Value>) {
    for (name, extra) in fields {
        match (extra, into.get_mut(name)) {
            (Extra::Field(value), None) => {
                into.insert(name.clone(), value.clone());
            }
            (extra, Some(inside)) => extra.restore(inside),
            (_, None) => {}
        }
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
    fn written(stored: Value, known: Value, mut now: Value) -> Value {
        if let Some(extra) = Extra::beyond(&stored, &known) {
            extra.restore(&mut now);
        }
        now
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
        assert_eq!(Extra::beyond(&same, &same), None);
    }
}

//! Rows sorted by id, as they are read.

use std::fmt;
use std::marker::PhantomData;

use litemap::LiteMap;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

/// Reads rows from an object, by their ids. The type's own reader takes more
/// forms than are ever written, and sorts what has its order already.
pub fn rows<'de, D, K, V>(deserializer: D) -> Result<LiteMap<K, V>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Ord,
    V: Deserialize<'de>,
{
    deserializer.deserialize_map(Rows(PhantomData))
}

struct Rows<K, V>(PhantomData<LiteMap<K, V>>);

impl<'de, K, V> Visitor<'de> for Rows<K, V>
where
    K: Deserialize<'de> + Ord,
    V: Deserialize<'de>,
{
    type Value = LiteMap<K, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("rows by their ids")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut object: M) -> Result<Self::Value, M::Error> {
        let mut rows = LiteMap::new();
        while let Some((id, row)) = object.next_entry()? {
            rows.insert(id, row);
        }
        Ok(rows)
    }
}

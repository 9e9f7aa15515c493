//! The values of one kind that a filter lets through.

use std::str::FromStr;

use crate::domain::record::deal::Outcome;
use crate::domain::record::next_step::WhenDue;
use crate::domain::record::terms;
use crate::domain::value::id::{EntryId, ProcessId, StageId, SubStageId};
use crate::domain::value::order::sort;

/// One value of a kind, or that there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pick<Id> {
    /// This one.
    Is(Id),
    /// None at all.
    Blank,
}

impl<Id> From<Option<Id>> for Pick<Id> {
    fn from(id: Option<Id>) -> Self {
        id.map_or(Self::Blank, Self::Is)
    }
}

/// Any of these values fits; without one, everything does.
// They are few, in order, and each is there once.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AnyOf<T>(Vec<T>);

impl<T> Default for AnyOf<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> From<T> for AnyOf<T> {
    /// This value alone.
    fn from(value: T) -> Self {
        Self(vec![value])
    }
}

impl<T: Ord> FromIterator<T> for AnyOf<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut values: Vec<T> = values.into_iter().collect();
        sort(&mut values);
        values.dedup();
        Self(values)
    }
}

impl<T: Ord> AnyOf<T> {
    /// Whether nothing is asked of this kind.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it is one of the values.
    pub fn has(&self, value: &T) -> bool {
        self.0.contains(value)
    }

    /// Whether the value fits; one that a deal can't have never does, unless
    /// nothing is asked.
    pub fn fits(&self, value: Option<T>) -> bool {
        self.0.is_empty() || value.is_some_and(|value| self.has(&value))
    }

    /// The values, in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter()
    }

    /// Keeps the values that hold good.
    pub fn retain(&mut self, holds: impl FnMut(&T) -> bool) {
        self.0.retain(holds);
    }
}

/// A value as addresses write it: in few characters, none of them a comma.
pub trait Written: Copy + Ord {
    /// Its text.
    fn text(self) -> String;
    /// What has that text, if anything.
    fn of_text(text: &str) -> Option<Self>;
}

macro_rules! written_ids {
    ($($id:ident),*) => { $(
        impl Written for $id {
            fn text(self) -> String {
                self.to_string()
            }
            fn of_text(text: &str) -> Option<Self> {
                Self::from_str(text).ok()
            }
        }
    )* };
}

written_ids!(ProcessId, StageId, SubStageId, EntryId);

impl<Id: Written> Written for Pick<Id> {
    fn text(self) -> String {
        match self {
            Self::Is(id) => id.text(),
            Self::Blank => terms::BLANK.to_owned(),
        }
    }

    fn of_text(text: &str) -> Option<Self> {
        if text == terms::BLANK {
            Some(Self::Blank)
        } else {
            Id::of_text(text).map(Self::Is)
        }
    }
}

impl Written for Outcome {
    fn text(self) -> String {
        self.slug().to_owned()
    }

    fn of_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.slug() == text)
    }
}

impl Written for WhenDue {
    fn text(self) -> String {
        self.slug().to_owned()
    }

    fn of_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|when| when.slug() == text)
    }
}

/// The values of any kind, by their texts.
pub trait Values {
    /// The texts of the values, in order.
    fn texts(&self) -> Vec<String>;
    /// Takes a value in or out; a text that is none changes nothing.
    fn put(&mut self, text: &str, on: bool);
    /// Forgets all of them.
    fn clear(&mut self);
}

impl<T: Written> Values for AnyOf<T> {
    fn texts(&self) -> Vec<String> {
        self.0.iter().map(|value| value.text()).collect()
    }

    fn put(&mut self, text: &str, on: bool) {
        let Some(value) = T::of_text(text) else {
            return;
        };
        match (self.0.binary_search(&value), on) {
            (Err(at), true) => self.0.insert(at, value),
            (Ok(at), false) => {
                self.0.remove(at);
            }
            _ => {}
        }
    }

    fn clear(&mut self) {
        self.0.clear();
    }
}

//! A storage in memory: for browsers that deny theirs, and for tests, which
//! can make it fail.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::port::{KeyValue, PortError, units};

/// A storage that lasts as long as the page.
#[derive(Debug, Default)]
pub struct Memory {
    texts: RefCell<BTreeMap<String, String>>,
    quota: Cell<Option<usize>>,
    is_denied: Cell<bool>,
    writes_until_failure: Cell<Option<usize>>,
    writes: Cell<usize>,
}

impl Memory {
    /// An empty one that never fails.
    pub fn new() -> Self {
        Self::default()
    }

    /// Refuses what takes more than `characters`, keys included, as Full.
    pub fn set_quota(&self, characters: Option<usize>) {
        self.quota.set(characters);
    }

    /// Refuses everything, reading too.
    pub fn set_denied(&self, is_denied: bool) {
        self.is_denied.set(is_denied);
    }

    /// Refuses one write: the next for 0, the one after it for 1, and so on.
    pub fn fail_write(&self, after: Option<usize>) {
        self.writes_until_failure.set(after);
    }

    /// How many writes and removals have succeeded.
    pub fn writes(&self) -> usize {
        self.writes.get()
    }

    /// Everything in it.
    pub fn snapshot(&self) -> BTreeMap<String, String> {
        self.texts.borrow().clone()
    }

    fn readable(&self) -> Result<(), PortError> {
        if self.is_denied.get() {
            Err(PortError::Denied)
        } else {
            Ok(())
        }
    }

    fn writable(&self) -> Result<(), PortError> {
        self.readable()?;
        match self.writes_until_failure.get() {
            Some(0) => {
                self.writes_until_failure.set(None);
                return Err(PortError::Other("injected fault".to_owned()));
            }
            Some(more) => self.writes_until_failure.set(Some(more.saturating_sub(1))),
            None => {}
        }
        Ok(())
    }
}

impl KeyValue for Memory {
    fn get(&self, key: &str) -> Result<Option<String>, PortError> {
        self.readable()?;
        Ok(self.texts.borrow().get(key).cloned())
    }

    fn set(&self, key: &str, text: &str) -> Result<(), PortError> {
        self.writable()?;
        if let Some(quota) = self.quota.get() {
            let texts = self.texts.borrow();
            let others = texts.iter().filter(|(other, _)| *other != key);
            let used: usize = others.map(|(key, text)| units(key) + units(text)).sum();
            if used + units(key) + units(text) > quota {
                return Err(PortError::Full);
            }
        }
        self.texts
            .borrow_mut()
            .insert(key.to_owned(), text.to_owned());
        self.writes.set(self.writes.get() + 1);
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), PortError> {
        self.writable()?;
        self.texts.borrow_mut().remove(key);
        self.writes.set(self.writes.get() + 1);
        Ok(())
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, PortError> {
        self.readable()?;
        let texts = self.texts.borrow();
        Ok(texts
            .keys()
            .filter(|key| key.starts_with(prefix))
            .cloned()
            .collect())
    }
}

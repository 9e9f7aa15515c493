//! What the tabs share: the storage, its disk, the journal, and the writes on
//! their way.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use pipewright::store::port::{KeyValue, PortError};

pub type Texts = BTreeMap<String, String>;

/// A write on its way.
#[derive(Clone, Debug)]
pub struct Write {
    pub by: usize,
    pub key: String,
    pub text: Option<String>,
}

#[derive(Default)]
pub struct Storage {
    pub texts: Texts,
    /// What of them is on disk.
    pub disk: Texts,
    /// What every tab has put into the journal, which is on disk.
    pub journal: BTreeMap<(usize, String), String>,
    /// Per tab, its copy, the writes that have not reached the browser, and
    /// those that have not come to it.
    pub tabs: Vec<View>,
}

#[derive(Default)]
pub struct View {
    pub copy: Texts,
    pub out: VecDeque<Write>,
    pub into: VecDeque<Write>,
    /// How many own writes have not come back, by key.
    pub pending: BTreeMap<String, usize>,
    pub is_open: bool,
}

/// What one tab sees of the storage.
#[derive(Clone)]
pub struct Port {
    pub storage: Rc<RefCell<Storage>>,
    pub tab: usize,
    pub with_locks: bool,
}

pub fn put(texts: &mut Texts, key: &str, text: Option<&String>) {
    match text {
        Some(text) => drop(texts.insert(key.to_owned(), text.clone())),
        None => drop(texts.remove(key)),
    }
}

impl Storage {
    /// Lets a write reach the browser, which tells everyone, its writer too.
    pub fn carry(&mut self, write: Write) {
        put(&mut self.texts, &write.key, write.text.as_ref());
        for view in self.tabs.iter_mut().filter(|view| view.is_open) {
            view.into.push_back(write.clone());
        }
    }
}

impl Port {
    fn read<T>(&self, read: impl FnOnce(&Texts) -> T) -> T {
        let storage = self.storage.borrow();
        match self.with_locks {
            true => read(&storage.texts),
            false => read(&storage.tabs[self.tab].copy),
        }
    }

    fn write(&self, key: &str, text: Option<&str>) {
        let (by, key, text) = (self.tab, key.to_owned(), text.map(str::to_owned));
        let write = Write { by, key, text };
        let mut storage = self.storage.borrow_mut();
        if self.with_locks {
            storage.carry(write);
        } else {
            let view = &mut storage.tabs[self.tab];
            put(&mut view.copy, &write.key, write.text.as_ref());
            *view.pending.entry(write.key.clone()).or_default() += 1;
            view.out.push_back(write);
        }
    }
}

impl KeyValue for Port {
    fn get(&self, key: &str) -> Result<Option<String>, PortError> {
        Ok(self.read(|texts| texts.get(key).cloned()))
    }

    fn set(&self, key: &str, text: &str) -> Result<(), PortError> {
        self.write(key, Some(text));
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), PortError> {
        self.write(key, None);
        Ok(())
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, PortError> {
        let ours = |texts: &Texts| {
            let keys = texts.keys().filter(|key| key.starts_with(prefix));
            keys.cloned().collect()
        };
        Ok(self.read(ours))
    }
}

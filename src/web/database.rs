//! The browser's IndexedDB: texts under keys in a few drawers, which it says
//! to be on disk when they are.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest,
    IdbTransaction, IdbTransactionMode,
};

use super::dom::words;

/// The name of the database.
const NAME: &str = "pipewright";
/// Its version: another where there are other drawers.
const VERSION: u32 = 1;
/// What the end of a range of keys with a prefix has after it.
const LAST: char = '\u{ffff}';
/// So many acts of a long list are asked for at a time, so that the page stays
/// smooth.
const AT_A_TIME: usize = 16;

/// Why the database can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("The browser's database failed: {0}")]
pub struct DatabaseError(String);

/// A part of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawer {
    /// What was changed lately.
    Journal,
    /// What each snapshot is.
    Snapshots,
    /// The texts of the snapshots.
    SnapshotTexts,
}

impl Drawer {
    const ALL: [Self; 3] = [Self::Journal, Self::Snapshots, Self::SnapshotTexts];

    fn name(self) -> &'static str {
        match self {
            Self::Journal => "journal",
            Self::Snapshots => "snapshots",
            Self::SnapshotTexts => "snapshot-texts",
        }
    }
}

/// What one transaction does, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Takes out all keys that start with this.
    Clear(Drawer, String),
    /// Takes a key out.
    Remove(Drawer, String),
    /// Puts a text under a key.
    Put(Drawer, String, String),
}

/// An open database.
#[derive(Debug, Clone)]
pub struct Database {
    database: IdbDatabase,
    is_closed: Rc<Cell<bool>>,
}

impl Database {
    /// Opens it, and makes it where it is not there yet.
    ///
    /// # Errors
    /// The browser has none, or denies it.
    pub async fn open() -> Result<Self, DatabaseError> {
        let factory = Reflect::get(&window(), &"indexedDB".into()).map_err(told)?;
        let factory: IdbFactory = factory
            .dyn_into()
            .map_err(|_| DatabaseError("there is none".to_owned()))?;
        let request = factory.open_with_u32(NAME, VERSION).map_err(told)?;
        let upgrade = {
            let request = request.clone();
            Closure::once_into_js(move || make_drawers(&request))
        };
        request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
        // An old tab that does not close would keep this waiting for ever.
        let blocked = Closure::once_into_js(|| {});
        request.set_onblocked(Some(blocked.unchecked_ref()));
        answer(&request).await?;
        let database: IdbDatabase = request.result().and_then(JsCast::dyn_into).map_err(told)?;
        let is_closed = Rc::new(Cell::new(false));
        let close = {
            let (database, is_closed) = (database.clone(), is_closed.clone());
            Closure::<dyn Fn()>::new(move || {
                is_closed.set(true);
                database.close();
            })
            .into_js_value()
        };
        database.set_onversionchange(Some(close.unchecked_ref()));
        database.set_onclose(Some(close.unchecked_ref()));
        Ok(Self {
            database,
            is_closed,
        })
    }

    /// Does all of it in one transaction of these drawers, or none; when it comes
    /// back, it is on disk, as far as the browser can tell.
    ///
    /// Everything has been asked for when it is waited for the first time, unless
    /// it is to be done in parts.
    ///
    /// # Errors
    /// The browser refuses; nothing was done.
    pub async fn write(
        &self,
        drawers: &[Drawer],
        in_parts: bool,
        acts: Vec<Act>,
    ) -> Result<(), DatabaseError> {
        let at_a_time = if in_parts { AT_A_TIME } else { acts.len() };
        let mut acts = acts.into_iter().peekable();
        if acts.peek().is_none() {
            return Ok(());
        }
        let transaction = self.transaction(drawers, IdbTransactionMode::Readwrite)?;
        let done = Promise::new(&mut |resolve, reject| {
            transaction.set_oncomplete(Some(&resolve));
            transaction.set_onabort(Some(&reject));
        });
        while acts.peek().is_some() {
            let asked: Result<Vec<_>, _> = acts
                .by_ref()
                .take(at_a_time)
                .map(|act| ask(&transaction, act))
                .collect();
            let asked = asked.inspect_err(|_| {
                // All or nothing; it may have ended by itself.
                let _ = transaction.abort();
            })?;
            if acts.peek().is_some()
                && let Some(last) = asked.last()
            {
                // The transaction waits for what is asked as its answers come.
                answer(last).await?;
            }
        }
        // Else the end is asked for when the answers are here, and a page that
        // goes is not there any more. Where the browser can't, it ends by itself.
        let _ = Reflect::get(&transaction, &"commit".into())
            .and_then(JsCast::dyn_into::<Function>)
            .and_then(|commit| commit.call0(&transaction));
        let ended = JsFuture::from(done).await;
        ended.map(drop).map_err(|_| match transaction.error() {
            Some(error) => told(error.into()),
            None => DatabaseError("it was stopped".to_owned()),
        })
    }

    /// The texts under keys that start with `prefix`, in the order of keys.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn read(
        &self,
        drawer: Drawer,
        prefix: &str,
    ) -> Result<Vec<(String, String)>, DatabaseError> {
        let transaction = self.transaction(&[drawer], IdbTransactionMode::Readonly)?;
        let store = drawer_of(&transaction, drawer)?;
        let range = range(prefix)?;
        let keys = store.get_all_keys_with_key(&range).map_err(told)?;
        let texts = store.get_all_with_key(&range).map_err(told)?;
        answer(&keys).await?;
        answer(&texts).await?;
        let keys: Array = keys.result().and_then(JsCast::dyn_into).map_err(told)?;
        let texts: Array = texts.result().and_then(JsCast::dyn_into).map_err(told)?;
        let pairs = keys.iter().zip(texts.iter());
        Ok(pairs
            .filter_map(|(key, text)| Some((key.as_string()?, text.as_string()?)))
            .collect())
    }

    fn transaction(
        &self,
        drawers: &[Drawer],
        mode: IdbTransactionMode,
    ) -> Result<IdbTransaction, DatabaseError> {
        if self.is_closed.get() {
            return Err(DatabaseError("it was closed".to_owned()));
        }
        // web-sys has the options only among what may still change.
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into()).map_err(told)?;
        let begin: Function = Reflect::get(&self.database, &"transaction".into())
            .and_then(JsCast::dyn_into)
            .map_err(told)?;
        let drawers: Array = drawers
            .iter()
            .map(|drawer| JsValue::from_str(drawer.name()))
            .collect();
        begin
            .call3(&self.database, &drawers, &mode.into(), &options)
            .and_then(JsCast::dyn_into)
            .map_err(told)
    }
}

fn make_drawers(request: &IdbOpenDbRequest) {
    let database: Result<IdbDatabase, _> = request.result().and_then(JsCast::dyn_into);
    let Ok(database) = database else { return };
    for drawer in Drawer::ALL {
        // What is there already is refused, and that is all right.
        let _ = database.create_object_store(drawer.name());
    }
}

/// Asks a transaction for one act.
fn ask(transaction: &IdbTransaction, act: Act) -> Result<IdbRequest, DatabaseError> {
    let asked = match act {
        Act::Clear(drawer, prefix) => drawer_of(transaction, drawer)?.delete(&range(&prefix)?),
        Act::Remove(drawer, key) => {
            drawer_of(transaction, drawer)?.delete(&JsValue::from_str(&key))
        }
        Act::Put(drawer, key, text) => drawer_of(transaction, drawer)?
            .put_with_key(&JsValue::from_str(&text), &JsValue::from_str(&key)),
    };
    asked.map_err(told)
}

fn drawer_of(
    transaction: &IdbTransaction,
    drawer: Drawer,
) -> Result<IdbObjectStore, DatabaseError> {
    transaction.object_store(drawer.name()).map_err(told)
}

fn range(prefix: &str) -> Result<JsValue, DatabaseError> {
    let last = format!("{prefix}{LAST}");
    IdbKeyRange::bound(&JsValue::from_str(prefix), &JsValue::from_str(&last))
        .map(Into::into)
        .map_err(told)
}

async fn answer(request: &IdbRequest) -> Result<(), DatabaseError> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    let ended = JsFuture::from(promise).await;
    ended.map(drop).map_err(|_| match request.error() {
        Ok(Some(error)) => told(error.into()),
        _ => DatabaseError("it gave no reason".to_owned()),
    })
}

fn told(error: JsValue) -> DatabaseError {
    DatabaseError(words(&error))
}

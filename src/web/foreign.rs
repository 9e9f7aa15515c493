//! Translators that take our text nodes out of the page.
//!
//! The page asks browsers not to translate it (`index.html`). What does so all
//! the same puts elements of its own in the place of text nodes, and what the
//! program then writes goes into nodes that nobody sees: the list would lie.
//! So text nodes go back to where they were. What only changes the words in
//! them does no harm: the program's next words take their place.

use std::cell::RefCell;

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{MutationObserver, MutationObserverInit, MutationRecord, Node, NodeList};

use super::life::Act;

/// After so many rounds this is a fight, and nobody wins it.
const MOST_ROUNDS: u32 = 200;

thread_local! {
    static GUARD: RefCell<Option<Guard>> = const { RefCell::new(None) };
}

struct Guard {
    observer: MutationObserver,
    _closure: Closure<dyn FnMut(js_sys::Array)>,
}

/// Keeps the text nodes of the page in it, for as long as the page lives;
/// `lost` is told when something does not let go of them.
pub fn keep_texts(mut lost: Act) {
    let mut rounds = 0;
    let closure = Closure::<dyn FnMut(js_sys::Array)>::new(move |records: js_sys::Array| {
        let records = records.iter().map(|record| record.unchecked_into());
        if records.filter(put_back).count() == 0 {
            return;
        }
        rounds += 1;
        GUARD.with_borrow(|guard| {
            let Some(guard) = guard else { return };
            // What was done here is no news.
            guard.observer.take_records();
            if rounds == MOST_ROUNDS {
                guard.observer.disconnect();
                lost.run(());
            }
        });
    });
    let observer = MutationObserver::new(closure.as_ref().unchecked_ref());
    let (Ok(observer), Some(body)) = (observer, document().body()) else {
        return;
    };
    let how = MutationObserverInit::new();
    how.set_child_list(true);
    how.set_subtree(true);
    let _ = observer.observe_with_options(&body, &how);
    GUARD.set(Some(Guard {
        observer,
        _closure: closure,
    }));
}

/// Puts the text nodes that a change took out back in, where it was not ours;
/// whether there were any.
fn put_back(record: &MutationRecord) -> bool {
    let removed = nodes(&record.removed_nodes());
    let texts = removed
        .into_iter()
        .filter(|node| node.node_type() == Node::TEXT_NODE);
    let mut put = false;
    for text in texts {
        if let Some(instead) = stand_in(record, &text) {
            put |= replace(&instead, &text);
        }
    }
    put
}

/// What stands where a text node was, if it is a translator's.
fn stand_in(record: &MutationRecord, text: &Node) -> Option<Node> {
    // The program has no such elements; what goes on in them is not its concern.
    let is_font = |node: &Node| node.node_name() == "FONT";
    let is_foreign = |node: &Node| is_font(node) && node.is_connected();
    if record.target().is_some_and(|place| is_font(&place)) {
        return None;
    }
    if text.is_connected() {
        // It was moved into elements that were put around it.
        let place = record.target();
        let mut around = text.parent_node()?;
        while around.parent_node() != place {
            around = around.parent_node()?;
        }
        return Some(around).filter(is_foreign);
    }
    // The program never puts one node in another's place at one stroke.
    let (added, removed) = (record.added_nodes(), record.removed_nodes());
    if added.length() > 0 {
        let is_swap = added.length() == 1 && removed.length() == 1;
        return added.get(0).filter(|added| is_swap && added.is_connected());
    }
    let beside = [record.previous_sibling(), record.next_sibling()];
    beside.into_iter().flatten().find(is_foreign)
}

fn replace(instead: &Node, text: &Node) -> bool {
    let parent = instead.parent_node();
    parent.is_some_and(|parent| parent.replace_child(text, instead).is_ok())
}

fn nodes(list: &NodeList) -> Vec<Node> {
    (0..list.length()).filter_map(|at| list.get(at)).collect()
}

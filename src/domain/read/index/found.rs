//! Which deals a filter lets through.

use std::rc::Rc;

use super::{Index, Row};
use crate::domain::read::filter::{Filter, Matcher, Search, Tab};
use crate::domain::record::workspace::Workspace;
use crate::domain::value::time::Moment;

/// The deals that a filter lets through, by slot.
pub struct Found {
    filter: Filter,
    /// When it was asked, where that makes a difference.
    now: Option<Moment>,
    search: Search,
    marks: Vec<bool>,
    count: usize,
}

impl Found {
    /// Whether the deal of that slot fits.
    pub fn has(&self, slot: usize) -> bool {
        self.marks.get(slot) == Some(&true)
    }

    /// Whether each deal fits, by slot.
    pub fn marks(&self) -> &[bool] {
        &self.marks
    }

    /// How many fit.
    pub fn count(&self) -> usize {
        self.count
    }
}

impl Index {
    /// The deals that fit; the last answer is kept, and is where a search
    /// that only grows goes on.
    pub(super) fn found(
        &self,
        workspace: &Workspace,
        filter: &Filter,
        tab: Tab,
        now: Moment,
    ) -> Rc<Found> {
        let now_if_asked = filter.stale.then_some(now);
        let mut kept = self.found.borrow_mut();
        let same_base = kept
            .get(&tab)
            .filter(|last| last.now == now_if_asked && same_but_search(&last.filter, filter));
        if let Some(same) = same_base.filter(|last| last.filter.search == filter.search) {
            return same.clone();
        }
        let search = Search::new(&filter.search);
        let wider = same_base.filter(|last| search.narrows(&last.search));
        let matcher = Matcher::new(workspace, filter, tab, now);
        let fits = |slot: usize, row: &Row| match wider {
            Some(wider) => wider.has(slot),
            None => matcher.fits(&row.brief),
        };
        let customers = self.customers_with(&search);
        let finds = |row: &Row| {
            let mut words = search.words().iter().zip(&customers);
            words.all(|(word, customers)| {
                word.find(row.name.as_bytes()).is_some()
                    || row
                        .customer
                        .is_some_and(|at| customers.get(at) == Some(&true))
                    || word.find(row.notes.as_bytes()).is_some()
            })
        };
        let marks: Vec<bool> = self
            .rows
            .iter()
            .enumerate()
            .map(|(slot, row)| {
                row.as_ref()
                    .is_some_and(|row| fits(slot, row) && finds(row))
            })
            .collect();
        let count = marks.iter().filter(|fits| **fits).count();
        let found = Rc::new(Found {
            filter: filter.clone(),
            now: now_if_asked,
            search,
            marks,
            count,
        });
        kept.insert(tab, found.clone());
        found
    }

    /// Per word, which customers' names hold it.
    fn customers_with(&self, search: &Search) -> Vec<Vec<bool>> {
        let names = &self.customers.names;
        let words = search.words().iter();
        words
            .map(|word| {
                let names = names.iter();
                names
                    .map(|name| word.find(name.as_bytes()).is_some())
                    .collect()
            })
            .collect()
    }
}

fn same_but_search(a: &Filter, b: &Filter) -> bool {
    let plain = |filter: &Filter| Filter {
        search: String::new(),
        ..filter.clone()
    };
    plain(a) == plain(b)
}

//! Which deals a filter lets through.

use super::slots::{IndexedDeal, Slots};
use crate::domain::read::filter::{Filter, Matcher, Search, Tab};
use crate::domain::record::workspace::Workspace;
use crate::domain::value::time::{Date, Moment, Now};

/// The moment and the date that an answer hangs on.
type Asked = (Option<Moment>, Option<Date>);

/// What is stale hangs on the moment, what is due on the date.
fn asked(filter: &Filter, now: Now) -> Asked {
    (
        filter.stale.then_some(now.moment),
        (!filter.next.is_empty()).then_some(now.today),
    )
}

/// The deals that a filter lets through, by slot.
pub struct Found {
    filter: Filter,
    /// When it was asked, as far as that makes a difference.
    asked: Asked,
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

impl Found {
    /// The deals that fit; where the last answer is of the same filter but for
    /// a search that only grew, from there.
    pub fn new(
        slots: &Slots,
        workspace: &Workspace,
        filter: &Filter,
        tab: Tab,
        now: Now,
        last: Option<&Found>,
    ) -> Self {
        let search = Search::new(&filter.search);
        let wider = last
            .filter(|last| last.is_of_same_base(filter, now))
            .filter(|last| search.narrows(&last.search));
        let matcher = Matcher::new(workspace, filter, tab, now);
        let fits = |slot: usize, indexed: &IndexedDeal| match wider {
            Some(wider) => wider.has(slot),
            None => matcher.fits(&indexed.brief),
        };
        let customers = customers_with(slots, &search);
        let finds = |indexed: &IndexedDeal| {
            let mut words = search.words().iter().zip(&customers);
            words.all(|(word, customers)| {
                word.find(indexed.name.as_bytes()).is_some()
                    || indexed
                        .customer
                        .is_some_and(|at| customers.get(at) == Some(&true))
                    || word.find(indexed.texts(workspace).as_bytes()).is_some()
            })
        };
        let marks: Vec<bool> = slots
            .all()
            .iter()
            .enumerate()
            .map(|(slot, indexed)| {
                indexed
                    .as_ref()
                    .is_some_and(|indexed| fits(slot, indexed) && finds(indexed))
            })
            .collect();
        let count = marks.iter().filter(|fits| **fits).count();
        Self {
            filter: filter.clone(),
            asked: asked(filter, now),
            search,
            marks,
            count,
        }
    }

    /// Whether it is the answer to that filter at that moment.
    pub fn answers(&self, filter: &Filter, now: Now) -> bool {
        self.filter.search == filter.search && self.is_of_same_base(filter, now)
    }

    fn is_of_same_base(&self, filter: &Filter, now: Now) -> bool {
        self.asked == asked(filter, now) && same_but_search(&self.filter, filter)
    }
}

/// Per word, which customers' names hold it.
fn customers_with(slots: &Slots, search: &Search) -> Vec<Vec<bool>> {
    let names = &slots.customers.names;
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

fn same_but_search(a: &Filter, b: &Filter) -> bool {
    let plain = |filter: &Filter| Filter {
        search: String::new(),
        ..filter.clone()
    };
    plain(a) == plain(b)
}

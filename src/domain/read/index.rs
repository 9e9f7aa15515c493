//! An index beside the workspace, so that lists and figures of tens of
//! thousands of deals are ready at once.
//!
//! It follows the [`Changes`] of every command and holds no data of its own:
//! per deal the [`Brief`] and the folded texts (those of notes once they are
//! searched), per column that was sorted by
//! the order of all deals, and which deals the last filter let through. What
//! it answers is what would be found by looking at every deal anew; laws in
//! `tests/domain/index.rs` hold it to that.

mod board;
mod first_screen;
mod found;
mod named;
mod neighbours;
mod order;
mod slots;
mod statistics;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use litemap::LiteMap;

use crate::domain::read::brief::Brief;
use crate::domain::read::column::{Column, SortedBy};
use crate::domain::read::columns::Sort;
use crate::domain::read::customer_list::{CustomerDeals, deals_by_customer};
use crate::domain::read::filter::{Filter, Tab};
use crate::domain::read::glance::{Figures, Glance};
use crate::domain::read::impact::{Impact, impact};
use crate::domain::read::stats::{
    ClosedStats, OpenStats, ProcessUse, Summary, closed_by_process, deals_per_process,
    open_by_process, summary,
};
use crate::domain::read::suggestion::{RuleUse, uses};
use crate::domain::record::deal::Deal;
use crate::domain::record::process::Process;
use crate::domain::record::rule::Rule;
use crate::domain::record::workspace::{Change, Changes, Key, Record, Workspace};
use crate::domain::value::alphabet::{Alphabet, Collate};
use crate::domain::value::id::{CustomerId, DealId, EntryId, ProcessId, RuleId};
use crate::domain::value::money::Money;
use crate::domain::value::time::{Date, Now};
use found::Found;
use order::Order;
use slots::Slots;

pub use named::Named;
pub use neighbours::Neighbours;

/// From so many touched deals on, orders are made anew rather than corrected.
const MANY: usize = 200;

/// The index of one workspace.
#[derive(Default)]
pub struct Index {
    slots: Slots,
    /// The orders that were asked for so far.
    orders: RefCell<LiteMap<Column, Rc<Order>>>,
    /// What the last filter let through, of each tab.
    found: RefCell<HashMap<Tab, Rc<Found>>>,
    /// The figures of an account of which only the first rows are here.
    glance: Option<Figures>,
}

impl Index {
    /// The index of a workspace.
    pub fn new(workspace: &Workspace) -> Self {
        Self {
            slots: Slots::new(workspace),
            ..Self::default()
        }
    }

    /// The same with names in the order of the account's language.
    #[must_use]
    pub fn collated(mut self, collate: Collate) -> Self {
        self.slots.collate = Some(collate);
        self
    }

    /// The order of the letters of all names, as the account's region has it.
    pub fn alphabet(&self, workspace: &Workspace) -> Rc<Alphabet> {
        self.slots.alphabet(workspace)
    }

    /// The index of a first screen: it answers for the whole account, while
    /// nothing is filtered and the newest come first.
    pub fn of_glance(glance: &Glance) -> Self {
        Self {
            glance: Some(glance.figures.clone()),
            ..Self::new(&glance.workspace)
        }
    }

    /// Follows what was done to the workspace, which is as it is after it.
    pub fn follow(&mut self, workspace: &Workspace, changes: &Changes) {
        self.found.get_mut().clear();
        let deals: BTreeSet<DealId> = changes.0.iter().flat_map(deals_of).collect();
        if deals.len() >= MANY {
            self.orders.get_mut().clear();
        }
        let is_outdated = |alphabet: &Alphabet| is_outdated(alphabet, changes);
        if self.slots.forget_alphabet(is_outdated) {
            self.forget(SortedBy::hangs_on_letters);
        }
        let mut processes: BTreeSet<ProcessId> = BTreeSet::new();
        let mut customers: BTreeSet<CustomerId> = BTreeSet::new();
        for change in &changes.0 {
            match change.key {
                Key::Deal(_) | Key::Note(_) | Key::Settings | Key::Views | Key::Rules => {}
                Key::Order => self.forget(SortedBy::hangs_on_processes),
                Key::List(kind) => self.forget(|order| order.hangs_on_list(kind)),
                Key::Process(id) => {
                    self.forget(SortedBy::hangs_on_processes);
                    processes.insert(id);
                }
                Key::Customer(id) => {
                    self.forget(SortedBy::hangs_on_customers);
                    let customer = workspace.customers.get(&id).map(AsRef::as_ref);
                    self.slots.customers.set(id, customer);
                    // It is all that a brief has of its customer.
                    if segment(change.before.as_ref()) != segment(change.after.as_ref()) {
                        customers.insert(id);
                    }
                }
            }
        }
        // First the touched deals: the orders know them by what they were.
        for id in deals {
            self.take_out(id);
            if let Some(deal) = workspace.deals.get(&id) {
                self.put(workspace, deal);
            }
        }
        if processes.is_empty() && customers.is_empty() {
            return;
        }
        for brief in self.slots.briefs_mut() {
            let is_touched = processes.contains(&brief.process)
                || brief.customer.is_some_and(|id| customers.contains(&id));
            if !is_touched {
                continue;
            }
            if let Some(deal) = workspace.deals.get(&brief.id) {
                *brief = Brief::of(workspace, deal);
            }
        }
    }

    /// Forgets the orders that a change may have made others.
    fn forget(&mut self, hangs_on_it: impl Fn(SortedBy) -> bool) {
        let orders = self.orders.get_mut();
        orders.retain(|column, _| !hangs_on_it(column.about().sorted_by));
    }

    fn take_out(&mut self, id: DealId) {
        let Some(slot) = self.slots.slot_of(id) else {
            return;
        };
        for (_, order) in self.orders.get_mut().iter_mut() {
            Rc::make_mut(order).take_out(&self.slots, slot);
        }
        self.slots.take_out(id);
    }

    fn put(&mut self, workspace: &Workspace, deal: &Deal) {
        let (slot, is_new_customer) = self.slots.put(workspace, deal);
        if is_new_customer {
            self.forget(SortedBy::hangs_on_customers);
        }
        for (_, order) in self.orders.get_mut().iter_mut() {
            Rc::make_mut(order).put(&self.slots, workspace, slot);
        }
    }

    /// The order by a column, made when it is first asked for.
    fn order(&self, workspace: &Workspace, column: Column) -> Rc<Order> {
        let mut orders = self.orders.borrow_mut();
        let make = || Rc::new(Order::new(&self.slots, workspace, column.about().sorted_by));
        orders.entry(column).or_insert_with(make).clone()
    }

    /// All slots in an order: where that is asked for first those of the deals
    /// that the user owns, and then the others.
    fn walk<'a>(
        &'a self,
        workspace: &Workspace,
        order: &'a Order,
        sort: Sort,
    ) -> impl Iterator<Item = usize> + 'a {
        let me = workspace.settings.me.filter(|_| sort.mine_first);
        let is_mine = move |slot: &usize| {
            let deal = self.slots.get(*slot);
            me.is_none() || deal.is_some_and(|deal| deal.brief.owner == me)
        };
        let all = move || order.slots(sort.descending);
        let others = me.into_iter().flat_map(move |_| all());
        all()
            .filter(is_mine)
            .chain(others.filter(move |slot| !is_mine(slot)))
    }

    /// The deals that fit; the last answer is kept, and is where a search
    /// that only grows goes on.
    fn found(&self, workspace: &Workspace, filter: &Filter, tab: Tab, now: Now) -> Rc<Found> {
        let mut kept = self.found.borrow_mut();
        let last = kept.get(&tab).cloned();
        match last {
            Some(last) if last.answers(filter, now) => last,
            last => {
                let last = last.as_deref();
                let found = Found::new(&self.slots, workspace, filter, tab, now, last);
                let found = Rc::new(found);
                kept.insert(tab, found.clone());
                found
            }
        }
    }

    /// How many deals a tab has.
    pub fn count(&self, tab: Tab) -> usize {
        match (tab, &self.glance) {
            (Tab::Open, Some(figures)) => figures.open,
            (Tab::Closed, Some(figures)) => figures.closed,
            (Tab::All, Some(figures)) => figures.open + figures.closed,
            (Tab::Open, None) => self.slots.open(),
            (Tab::Closed, None) => self.slots.len() - self.slots.open(),
            (Tab::All, None) => self.slots.len(),
        }
    }

    /// All deals in brief, in no order.
    pub fn briefs(&self) -> impl Iterator<Item = &Brief> {
        self.slots.briefs()
    }

    /// The values that take the most room: the greatest, and the greatest that
    /// is no multiple of `unit`, so that its decimals are shown.
    pub fn widest_values(&self, unit: i64) -> [Option<Money>; 2] {
        let values = || self.briefs().filter_map(|deal| deal.value);
        let broken = values().filter(|value| value.minor() % unit != 0);
        [values().max(), broken.max()]
    }

    /// The ids of the fitting deals, in order. Equal ones are ordered by id, so
    /// that the order is always the same.
    pub fn listed(
        &self,
        workspace: &Workspace,
        filter: &Filter,
        tab: Tab,
        sort: Sort,
        now: Now,
    ) -> Vec<DealId> {
        let found = self.found(workspace, filter, tab, now);
        let order = self.order(workspace, sort.column);
        let mut ids = Vec::with_capacity(found.count());
        let fitting = self.walk(workspace, &order, sort);
        let fitting = fitting.filter(|slot| found.has(*slot));
        ids.extend(
            fitting
                .filter_map(|slot| self.slots.get(slot))
                .map(|indexed| indexed.brief.id),
        );
        match &self.glance {
            Some(figures) => figures.listed(ids),
            None => ids,
        }
    }

    /// Those of these deals that fit.
    pub fn among(
        &self,
        workspace: &Workspace,
        ids: &BTreeSet<DealId>,
        (filter, tab): (&Filter, Tab),
        now: Now,
    ) -> BTreeSet<DealId> {
        let found = self.found(workspace, filter, tab, now);
        let slot = |id: &DealId| self.slots.slot_of(*id);
        let fits = |id: &&DealId| slot(id).is_some_and(|slot| found.has(slot));
        ids.iter().filter(fits).copied().collect()
    }

    /// What the fitting deals add up to, whatever their process.
    pub fn summary(&self, workspace: &Workspace, filter: &Filter, tab: Tab, now: Now) -> Summary {
        if let Some(figures) = &self.glance {
            return figures.summary;
        }
        let found = self.found(workspace, filter, tab, now);
        summary(self.fitting(&found))
    }

    /// What all deals of a tab add up to.
    pub fn total(&self, tab: Tab) -> Summary {
        let of_tab = |deal: &&Brief| tab.has(deal.is_open());
        summary(self.briefs().filter(of_tab))
    }

    /// The fitting open deals, per process.
    pub fn open_by_process(
        &self,
        workspace: &Workspace,
        filter: &Filter,
        now: Now,
    ) -> Vec<OpenStats> {
        if let Some(figures) = &self.glance {
            return figures.by_process.clone();
        }
        let found = self.found(workspace, filter, Tab::Open, now);
        open_by_process(workspace, self.fitting(&found), now.moment, now.today)
    }

    /// The fitting closed deals, per process.
    pub fn closed_by_process(
        &self,
        workspace: &Workspace,
        filter: &Filter,
        now: Now,
    ) -> Vec<ClosedStats> {
        let found = self.found(workspace, filter, Tab::Closed, now);
        closed_by_process(workspace, self.fitting(&found))
    }

    /// Whether any deal runs or ran through the process last.
    pub fn is_used(&self, process: ProcessId) -> bool {
        self.briefs().any(|deal| deal.process == process)
    }

    /// What the deals of each customer add up to.
    pub fn deals_by_customer(&self) -> HashMap<CustomerId, CustomerDeals> {
        deals_by_customer(self.briefs())
    }

    /// How much each process is used.
    pub fn deals_per_process(
        &self,
        workspace: &Workspace,
        today: Date,
    ) -> BTreeMap<ProcessId, ProcessUse> {
        deals_per_process(workspace, self.briefs(), today)
    }

    /// The open deals that each of these rules is the first to fit.
    pub fn rule_uses(&self, workspace: &Workspace, rules: &[Rule]) -> BTreeMap<RuleId, RuleUse> {
        uses(workspace, rules, self.briefs())
    }

    /// What saving the edited process would do to its open deals.
    pub fn impact(&self, workspace: &Workspace, edited: &Process) -> Impact {
        impact(workspace, edited, self.briefs())
    }

    fn fitting<'a>(&'a self, found: &Found) -> impl Iterator<Item = &'a Brief> {
        let slots = self.slots.all().iter().zip(found.marks());
        slots
            .filter_map(|(indexed, fits)| indexed.as_ref().filter(|_| *fits))
            .map(|indexed| &indexed.brief)
    }
}

/// Whether the letters may have another order after these changes: there are
/// others, or another language.
fn is_outdated(alphabet: &Alphabet, changes: &Changes) -> bool {
    changes.0.iter().any(|change| match &change.after {
        Some(Record::Settings(_)) => true,
        Some(Record::Deal(deal)) => !alphabet.knows(deal.name.as_str()),
        Some(Record::Customer(customer)) => !alphabet.knows(customer.name.as_str()),
        Some(Record::List(_, list)) => {
            let mut entries = list.entries.iter();
            !entries.all(|entry| alphabet.knows(entry.name.as_str()))
        }
        _ => false,
    })
}

/// The segment of a customer; none where the customer is gone, too.
fn segment(record: Option<&Record>) -> Option<EntryId> {
    match record {
        Some(Record::Customer(customer)) => customer.segment,
        _ => None,
    }
}

/// The deals that a change is one of, be it of the deal or of a note on it.
fn deals_of(change: &Change) -> impl Iterator<Item = DealId> {
    let deal = |record: &Option<Record>| match record {
        Some(Record::Deal(deal)) => Some(deal.id),
        Some(Record::Note(note)) => Some(note.deal),
        _ => None,
    };
    [&change.before, &change.after].into_iter().filter_map(deal)
}

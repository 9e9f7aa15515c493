//! Whether a workspace still fits together when some of its records change.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use super::{Known, check, check_note};
use crate::domain::record::customer::Customer;
use crate::domain::record::deal::Deal;
use crate::domain::record::list::ListKind;
use crate::domain::record::note::{Note, Notes};
use crate::domain::record::workspace::{Changes, Key, Record, Setup, Workspace};
use crate::domain::value::id::{CustomerId, DealId, EntryId};

/// Records that come into a workspace; none where one is taken out.
pub type News = BTreeMap<Key, Option<Record>>;

/// Entries and customers that are lost: something stands in for each of them as
/// long as a record names it.
#[derive(Debug, Clone, Default)]
pub struct Lost {
    entries: BTreeSet<(EntryId, ListKind)>,
    customers: BTreeSet<CustomerId>,
}

impl Lost {
    /// Takes note of what stood in and does not any more, since nothing names
    /// it.
    pub fn see(&mut self, changes: &Changes) {
        for change in &changes.0 {
            match (&change.before, &change.after) {
                (Some(Record::List(kind, before)), Some(Record::List(_, after))) => {
                    let before = before.entries.iter();
                    let gone = before.filter(|entry| after.get(entry.id).is_none());
                    self.entries.extend(gone.map(|entry| (entry.id, *kind)));
                }
                (Some(Record::Customer(customer)), None) => {
                    self.customers.insert(customer.id);
                }
                _ => {}
            }
        }
    }
}

/// Whether a workspace that passes [`check`] still passes it with the news, and
/// with what then stands in for what is lost.
///
/// Only what the news may break is looked at, so this is quick where they are
/// few. All other deals are looked at only where something goes that deals
/// refer to, and the names of all other customers only where a customer gets
/// another name.
pub fn fits_with(workspace: &Workspace, news: &News, lost: &Lost) -> bool {
    let setup = setup_with(workspace, news);
    if news.keys().any(|key| key.is_shared()) && check(&setup).is_err() {
        return false;
    }
    let known = Known::new(&setup.lists, &setup.processes).and(&lost.entries);
    let with = With {
        workspace,
        news,
        known: &known,
        lost,
    };
    let fits = |record: &Record| match record {
        Record::Customer(customer) => known.check_customer(customer).is_ok(),
        Record::Deal(deal) => with.fits(deal),
        Record::Note(note) => with.fits_note(note),
        _ => true,
    };
    if !news.values().flatten().all(fits) || !with.has_free_names() || with.leaves_notes_alone() {
        return false;
    }
    if !known.has_all_of(&Known::new(&workspace.lists, &workspace.processes)) {
        let mut others = with.other_customers();
        return others.all(|other| known.check_customer(other).is_ok())
            && with.other_deals().all(|other| with.fits(other));
    }
    let goes = |id: CustomerId| matches!(news.get(&Key::Customer(id)), Some(None));
    let all_stay = !news
        .keys()
        .any(|key| matches!(key, Key::Customer(id) if goes(*id)));
    all_stay
        || !with
            .other_deals()
            .any(|deal| deal.customer.is_some_and(goes))
}

/// The workspace with the news, without any customers, deals and notes, so that
/// it is small.
fn setup_with(workspace: &Workspace, news: &News) -> Workspace {
    let mut setup = Workspace {
        setup: Setup {
            settings: workspace.settings.clone(),
            order: workspace.order.clone(),
            lists: workspace.lists.clone(),
            views: workspace.views.clone(),
            rules: workspace.rules.clone(),
            processes: workspace.processes.clone(),
            customers: BTreeMap::new(),
        },
        deals: BTreeMap::new(),
        notes: Notes::default(),
    };
    for (key, record) in news {
        if key.is_shared() {
            setup.set(*key, record.clone());
        }
    }
    setup
}

/// The customers and deals as they would be with the news.
struct With<'a> {
    workspace: &'a Workspace,
    news: &'a News,
    known: &'a Known,
    lost: &'a Lost,
}

impl<'a> With<'a> {
    fn fits(&self, deal: &Deal) -> bool {
        let has_customer = |id| match self.news.get(&Key::Customer(id)) {
            Some(news) => news.is_some(),
            None => self.workspace.customers.contains_key(&id) || self.lost.customers.contains(&id),
        };
        self.known.check_deal(deal, has_customer).is_ok()
    }

    fn fits_note(&self, note: &Note) -> bool {
        let has_deal = |id| match self.news.get(&Key::Deal(id)) {
            Some(news) => news.is_some(),
            None => self.workspace.deals.contains_key(&id),
        };
        check_note(note, has_deal).is_ok()
    }

    /// Whether a deal goes and a note on it stays.
    fn leaves_notes_alone(&self) -> bool {
        let gone = |(key, record): (&Key, &Option<Record>)| match (key, record) {
            (Key::Deal(id), None) => Some(*id),
            _ => None,
        };
        let stays = |note: &Arc<Note>| !self.news.contains_key(&Key::Note(note.id));
        let has_notes = |id: DealId| self.workspace.notes.of(id).any(stays);
        self.news.iter().filter_map(gone).any(has_notes)
    }

    /// Whether the customers among the news have names of their own.
    fn has_free_names(&self) -> bool {
        let mut names = HashSet::new();
        let mut is_new = false;
        for record in self.news.values().flatten() {
            if let Record::Customer(customer) = record {
                let before = self.workspace.customers.get(&customer.id);
                is_new |= before.is_none_or(|before| before.name != customer.name);
                if !names.insert(customer.name.key()) {
                    return false;
                }
            }
        }
        let is_taken = |other: &Customer| names.contains(&other.name.key());
        !is_new || !self.other_customers().any(|other| is_taken(other))
    }

    /// The customers that are not among the news.
    fn other_customers(&self) -> impl Iterator<Item = &'a Arc<Customer>> {
        let (all, news) = (self.workspace.customers.values(), self.news);
        all.filter(|customer| !news.contains_key(&Key::Customer(customer.id)))
    }

    /// The deals that are not among the news.
    fn other_deals(&self) -> impl Iterator<Item = &'a Arc<Deal>> {
        let (all, news) = (self.workspace.deals.values(), self.news);
        all.filter(|deal| !news.contains_key(&Key::Deal(deal.id)))
    }
}

//! What a few typed letters may mean: the first deals and customers that have
//! them, and how many more there are.

use super::Index;
use crate::domain::read::column::Column;
use crate::domain::read::columns::Sort;
use crate::domain::read::filter::{Filter, Search, Tab};
use crate::domain::record::workspace::Workspace;
use crate::domain::value::id::{CustomerId, DealId};
use crate::domain::value::text::fold;
use crate::domain::value::time::Now;

/// The first of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<Id> {
    /// The first ones.
    pub ids: Vec<Id>,
    /// How many were found beside them.
    pub more: usize,
}

impl Index {
    /// The deals of a tab that a search finds: first those that have all of it
    /// in their own name, then the others, the newest first; `most` of them.
    pub fn named_deals(
        &self,
        workspace: &Workspace,
        search: &str,
        tab: Tab,
        most: usize,
        now: Now,
    ) -> Named<DealId> {
        let filter = Filter {
            search: search.to_owned(),
            ..Filter::default()
        };
        let words = Search::new(search);
        let found = self.found(workspace, &filter, tab, now);
        let order = self.order(workspace, Column::Created);
        let (mut by_name, mut others) = (Vec::new(), Vec::new());
        let slots = order.slots(Sort::default().descending);
        let fitting = slots.filter(|slot| found.has(*slot));
        for deal in fitting.filter_map(|slot| self.slots.get(slot)) {
            let has_it = words.finds([&deal.name]);
            let ids = if has_it { &mut by_name } else { &mut others };
            if ids.len() < most {
                ids.push(deal.brief.id);
            }
            if by_name.len() == most {
                break;
            }
        }
        by_name.append(&mut others);
        by_name.truncate(most);
        let more = found.count() - by_name.len();
        Named { ids: by_name, more }
    }

    /// The customers that have all words of a search in their name: first those
    /// whose name begins with it, then by name; `most` of them.
    pub fn named_customers(
        &self,
        workspace: &Workspace,
        search: &str,
        most: usize,
    ) -> Named<CustomerId> {
        let words = Search::new(search);
        let start = fold(search);
        let mut first: Vec<(bool, &str, CustomerId)> = Vec::new();
        let mut count = 0;
        let customers = &self.slots.customers;
        for (id, place) in &customers.places {
            let Some(name) = customers.names.get(*place) else {
                continue;
            };
            // The texts of a deleted one are still there.
            if !words.finds([name]) || !workspace.customers.contains_key(id) {
                continue;
            }
            count += 1;
            let one = (!name.starts_with(&*start), name.as_ref(), *id);
            let at = first.partition_point(|other| *other < one);
            if at < most {
                first.insert(at, one);
                first.truncate(most);
            }
        }
        let ids: Vec<CustomerId> = first.into_iter().map(|(.., id)| id).collect();
        let more = count - ids.len();
        Named { ids, more }
    }
}

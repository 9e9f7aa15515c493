//! Commands on the saved views, and how views follow when what they name is
//! replaced or goes.

use std::collections::BTreeSet;
use std::sync::Arc;

use form_urlencoded::{Serializer, parse};

use super::Edit;
use crate::domain::change::command::{Context, Succession};
use crate::domain::change::reshape::ProcessMap;
use crate::domain::record::list::ListKind;
use crate::domain::record::process::Process;
use crate::domain::record::rule::Rule;
use crate::domain::record::terms;
use crate::domain::record::workspace::{Record, SavedView};
use crate::domain::value::error::DomainError;
use crate::domain::value::field::FieldName;
use crate::domain::value::id::{CustomerId, EntryId, StageId, SubStageId, ViewId};
use crate::domain::value::order::Gather;
use crate::domain::value::text::Name;

/// The longest address of a saved view, in characters.
const MAX_ADDRESS: usize = 8_000;

/// What becomes of one value of a term of an address.
enum Term {
    /// It stays.
    Same,
    /// It names this now.
    Now(String),
    /// It is no condition any more.
    Gone,
}

impl Edit<'_> {
    pub(super) fn save_view(
        &mut self,
        name: &str,
        address: String,
        context: &mut Context<'_>,
    ) -> Result<(), DomainError> {
        let name = Name::new(name, FieldName::Name)?;
        if address.chars().count() > MAX_ADDRESS {
            return Err(DomainError::TooLong {
                what: FieldName::View,
                most: MAX_ADDRESS,
            });
        }
        let mut views = Vec::clone(&self.workspace.views);
        let key = name.key();
        match views.iter_mut().find(|view| view.name.has_key(&key)) {
            Some(view) => view.address = address,
            None => views.push(SavedView {
                id: context.ids.fresh(),
                name,
                address,
            }),
        }
        self.put(Record::Views(Arc::new(views)));
        Ok(())
    }

    pub(super) fn delete_view(&mut self, id: ViewId) -> Result<(), DomainError> {
        let mut views = Vec::clone(&self.workspace.views);
        let before = views.len();
        views.retain(|view| view.id != id);
        if views.len() == before {
            return Err(DomainError::Missing { what: "view" });
        }
        self.put(Record::Views(Arc::new(views)));
        Ok(())
    }

    /// Views of a process that goes show the one that takes its deals.
    pub(super) fn lead_views(&mut self, succession: &Succession) {
        let Succession { from, into, map } = succession;
        self.map_views(|key, value| match key {
            // Deals that had left the process before did so for another.
            terms::PROCESS if is(value, *from) => Term::Now(into.to_string()),
            terms::PARKED if is(value, *from) => Term::Now(into.to_string()),
            _ => to_successor(key, value, map),
        });
    }

    /// Views of a stage that goes show the one that takes over.
    pub(super) fn lead_views_of_stages(&mut self, map: &ProcessMap) {
        if !map.stages.is_empty() || !map.sub_stages.is_empty() {
            self.map_views(|key, value| to_successor(key, value, map));
        }
    }

    /// Views no longer ask for the process, or for its stages and sub-stages
    /// that are not in `after`.
    pub(super) fn free_views_of_process(&mut self, before: &Process, after: Option<&Process>) {
        let stages = before.stages.iter().map(|stage| stage.id);
        let is_left = |id: StageId| after.is_some_and(|after| after.stage(id).is_some());
        let gone: BTreeSet<StageId> = stages.filter(|id| !is_left(*id)).gather();
        let subs = before.sub_stages().map(|(_, sub)| sub.id);
        let is_sub_left = |id| after.is_some_and(|after| after.sub_stage(id).is_some());
        let subs_gone: BTreeSet<SubStageId> = subs.filter(|id| !is_sub_left(*id)).gather();
        self.map_views(|key, value| {
            let is_gone = if terms::OF_PROCESSES.contains(&key) {
                after.is_none() && is(value, before.id)
            } else if terms::OF_STAGES.contains(&key) {
                value.parse().is_ok_and(|id| gone.contains(&id))
            } else if terms::OF_SUB_STAGES.contains(&key) {
                value.parse().is_ok_and(|id| subs_gone.contains(&id))
            } else {
                false
            };
            if is_gone { Term::Gone } else { Term::Same }
        });
    }

    /// Views that ask for an entry which goes ask for the one in its place, or
    /// for none where its deals have none now.
    pub(super) fn lead_views_of_entry(&mut self, kind: ListKind, id: EntryId, by: Option<EntryId>) {
        let term = terms::of_list(kind);
        let now = by.map_or_else(|| terms::BLANK.to_owned(), |by| by.to_string());
        self.map_views(|key, value| {
            if key == term && is(value, id) {
                Term::Now(now.clone())
            } else {
                Term::Same
            }
        });
    }

    /// Views no longer ask for an entry that nothing uses.
    pub(super) fn free_views_of_entry(&mut self, kind: ListKind, id: EntryId) {
        let term = terms::of_list(kind);
        self.map_views(|key, value| {
            if key == term && is(value, id) {
                Term::Gone
            } else {
                Term::Same
            }
        });
    }

    /// Views no longer ask for these customers.
    pub(super) fn free_views_of_customers(&mut self, ids: &BTreeSet<CustomerId>) {
        self.map_views(|key, value| {
            let is_gone = key == terms::CUSTOMER && value.parse().is_ok_and(|id| ids.contains(&id));
            if is_gone { Term::Gone } else { Term::Same }
        });
    }

    /// Views no longer ask for rules that are not among these.
    pub(super) fn free_views_of_other_rules(&mut self, rules: &[Rule]) {
        self.map_views(|key, value| {
            if key != terms::RULE {
                return Term::Same;
            }
            let id = value.strip_suffix(terms::ELSEWHERE).unwrap_or(value);
            if rules.iter().any(|rule| is(id, rule.id)) {
                Term::Same
            } else {
                Term::Gone
            }
        });
    }

    fn map_views(&mut self, change: impl Fn(&str, &str) -> Term) {
        let views = self.workspace.views.iter().map(|view| SavedView {
            address: rewritten(&view.address, &change).unwrap_or_else(|| view.address.clone()),
            ..view.clone()
        });
        let views: Vec<SavedView> = views.collect();
        if views != *self.workspace.views {
            self.put(Record::Views(Arc::new(views)));
        }
    }
}

fn is(value: &str, id: impl ToString) -> bool {
    value == id.to_string()
}

/// What a stage or a sub-stage has become.
fn to_successor(key: &str, value: &str, map: &ProcessMap) -> Term {
    let now = if terms::OF_STAGES.contains(&key) {
        let stage = value.parse().ok().and_then(|id| map.stages.get(&id));
        stage.map(ToString::to_string)
    } else if terms::OF_SUB_STAGES.contains(&key) {
        let sub = value.parse().ok().and_then(|id| map.sub_stages.get(&id));
        sub.map(ToString::to_string)
    } else {
        None
    };
    now.map_or(Term::Same, Term::Now)
}

/// The address with the values of its terms changed; none where all stay as
/// they are. A term whose last value is gone goes with it.
fn rewritten(address: &str, change: impl Fn(&str, &str) -> Term) -> Option<String> {
    let (path, query) = address.split_once('?')?;
    let mut is_same = true;
    let mut kept = Serializer::new(String::new());
    let mut is_empty = true;
    for (key, text) in parse(query.as_bytes()) {
        let now = changed(&text, |value| change(&key, value));
        is_same &= now.is_none();
        let now = now.unwrap_or_else(|| vec![text.into_owned()]);
        if !now.is_empty() {
            is_empty = false;
            kept.append_pair(&key, &now.join(terms::AND));
        }
    }
    let mark = if is_empty { "" } else { "?" };
    let query = terms::legible(&kept.finish());
    (!is_same).then(|| format!("{path}{mark}{query}"))
}

/// The values of a term as they are now, each once; none where all stay.
fn changed(text: &str, change: impl Fn(&str) -> Term) -> Option<Vec<String>> {
    let mut is_same = true;
    let mut values: Vec<String> = Vec::new();
    for value in text.split(terms::AND) {
        let now = match change(value) {
            Term::Same => value.to_owned(),
            Term::Now(now) => {
                is_same = false;
                now
            }
            Term::Gone => {
                is_same = false;
                continue;
            }
        };
        if !values.contains(&now) {
            values.push(now);
        }
    }
    (!is_same).then_some(values)
}

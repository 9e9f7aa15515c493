//! The first deals of an import, as they will be.

use std::collections::BTreeMap;

use super::built::Built;
use crate::domain::record::deal::Outcome;
use crate::domain::record::list::ListKind;
use crate::domain::record::note::Notes;
use crate::domain::record::workspace::{Record, Workspace};
use crate::domain::value::money::Money;
use crate::domain::value::text::Name;
use crate::domain::value::time::Date;

/// One deal in words and figures; what it lacks is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glimpse {
    /// Its name.
    pub name: String,
    /// The customer.
    pub customer: String,
    /// The category.
    pub category: String,
    /// The owner.
    pub owner: String,
    /// The value.
    pub value: Option<Money>,
    /// The process.
    pub process: String,
    /// The current stage.
    pub stage: String,
    /// How it ended; none when it is open.
    pub ending: Option<Outcome>,
    /// The date of creation.
    pub created: Date,
    /// The expected close of an open deal, the closing date of a closed one.
    pub close: Option<Date>,
}

impl Built {
    /// How many deals are added or changed.
    pub fn deals(&self) -> usize {
        let is_deal = |record: &&Record| matches!(record, Record::Deal(_));
        self.records.iter().filter(is_deal).count()
    }

    /// The first deals as they will be in the workspace.
    pub fn first_deals(&self, workspace: &Workspace, most: usize) -> Vec<Glimpse> {
        // Everything deals refer to; the deals themselves are not needed.
        let mut known = Workspace {
            setup: workspace.setup.clone(),
            deals: BTreeMap::new(),
            notes: Notes::default(),
        };
        let is_deal = |record: &&Record| matches!(record, Record::Deal(_));
        for record in self.records.iter().filter(|record| !is_deal(record)) {
            known.set(record.key(), Some(record.clone()));
        }
        let deals = self.records.iter().filter_map(|record| match record {
            Record::Deal(deal) => Some(deal),
            _ => None,
        });
        let glimpse = |deal: &std::sync::Arc<crate::domain::record::deal::Deal>| {
            let process = known.processes.get(&deal.process);
            let stage = process.and_then(|process| {
                let id = deal.current_stage(process).id()?;
                process.stage(id).map(|stage| &stage.name)
            });
            let closing = deal.closing.as_ref();
            Glimpse {
                name: deal.name.to_string(),
                customer: known.customer_name(deal.customer).to_owned(),
                category: known
                    .entry_name(ListKind::Categories, deal.category)
                    .to_owned(),
                owner: known.entry_name(ListKind::Owners, deal.owner).to_owned(),
                value: deal.value,
                process: process
                    .map(|process| process.name.to_string())
                    .unwrap_or_default(),
                stage: stage.map(Name::to_string).unwrap_or_default(),
                ending: deal.outcome(),
                created: deal.created,
                close: closing
                    .map(|closing| closing.on)
                    .or(deal.expected_close.filter(|_| closing.is_none())),
            }
        };
        deals.take(most).map(glimpse).collect()
    }
}

//! Repairs of what stands beside the deals: rules and saved views.

use std::sync::Arc;

use super::{LooseRecords, Repairs};
use crate::domain::record::check::{check_rules, check_views};
use crate::domain::record::rule::Rule;
use crate::domain::record::workspace::{Record, SavedView};

impl LooseRecords {
    /// The rules that still name only what is there. Without one of its
    /// conditions a rule would fit other deals, so it is left out as a whole.
    pub(super) fn mend_rules(&mut self, repairs: &mut Repairs) -> Arc<Vec<Rule>> {
        let rules = self.rules.take().unwrap_or_default();
        if check_rules(&rules, &self.lists, &self.processes).is_ok() {
            return rules;
        }
        let mut mended: Vec<Rule> = Vec::new();
        for rule in rules.iter() {
            mended.push(rule.clone());
            if check_rules(&mended, &self.lists, &self.processes).is_err() {
                mended.pop();
            }
        }
        repairs.met.push(Record::Rules(rules));
        Arc::new(mended)
    }

    pub(super) fn mend_views(&mut self, repairs: &mut Repairs) -> Arc<Vec<SavedView>> {
        let views = self.views.take().unwrap_or_default();
        let Err(error) = check_views(&views) else {
            return views;
        };
        let mut mended: Vec<SavedView> = Vec::new();
        for view in views.iter() {
            mended.push(view.clone());
            if check_views(&mended).is_err() {
                mended.pop();
            }
        }
        repairs
            .changed
            .push((Record::Views(views), error.to_string()));
        Arc::new(mended)
    }
}

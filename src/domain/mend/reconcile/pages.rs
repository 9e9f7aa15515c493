//! What there is many of, mended: customers, deals, and notes on deals.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::mend::{free_name, mend_deal, set_aside_the_deleted};
use super::{LooseRecords, Repairs};
use crate::domain::record::check::{Known, check_note};
use crate::domain::record::customer::Customer;
use crate::domain::record::deal::Deal;
use crate::domain::record::list::ListKind;
use crate::domain::record::note::Note;
use crate::domain::record::workspace::{Key, Record};
use crate::domain::value::id::{CustomerId, ProcessId};
use crate::domain::value::order::Gather;
use crate::domain::value::text::{MAX_TITLE, Name};

impl LooseRecords {
    pub(super) fn mend_customers(&mut self, known: &Known, repairs: &mut Repairs) {
        let mut names = BTreeSet::new();
        for (id, customer) in std::mem::take(&mut self.customers) {
            let mut mended = Customer::clone(&customer);
            if !known.has_entry(ListKind::Segments, mended.segment) {
                mended.segment = None;
            }
            mended.name = free_name(&mended.name, MAX_TITLE, |name| names.contains(&name.key()));
            if let Err(error) = known.check_customer(&mended) {
                repairs
                    .removed
                    .push((Record::Customer(customer), error.to_string()));
                continue;
            }
            names.insert(mended.name.key());
            if mended != *customer {
                repairs.met.push(Record::Customer(customer));
            }
            self.customers.insert(id, Arc::new(mended));
        }
        let lost: BTreeSet<CustomerId> = self.deals.values().filter_map(|d| d.customer).gather();
        for id in lost {
            if self.customers.contains_key(&id) || self.deleted.contains(&Key::Customer(id)) {
                continue;
            }
            let base = Name::clamped("Recovered customer", MAX_TITLE, "Recovered");
            let name = free_name(&base, MAX_TITLE, |name| names.contains(&name.key()));
            names.insert(name.key());
            repairs
                .notes
                .push(format!("A lost customer is now “{name}”."));
            let (email, phone, notes) = Default::default();
            let stand_in = Customer {
                id,
                name,
                segment: None,
                email,
                phone,
                notes,
            };
            self.customers.insert(id, Arc::new(stand_in));
        }
    }

    pub(super) fn mend_deals(&mut self, known: &Known, default: ProcessId, repairs: &mut Repairs) {
        // Nearly always there are none, and the other deals need not be moved.
        let customers = &self.customers;
        let check = |deal: &Deal| known.check_deal(deal, |id| customers.contains_key(&id));
        let failing = self.deals.iter();
        let failing = failing.filter_map(|(id, deal)| Some((*id, check(deal).err()?)));
        let failing: Vec<_> = failing.collect();
        for (id, error) in failing {
            let Some(deal) = self.deals.remove(&id) else {
                continue;
            };
            let met = set_aside_the_deleted(&deal, known, &self.deleted, || {
                let default = self.processes.get(&default)?;
                Some((default.id, default.name.clone()))
            });
            if check(&met).is_ok() {
                self.deals.insert(id, Arc::new(met));
                repairs.met.push(Record::Deal(deal));
                continue;
            }
            let mended = mend_deal(&deal, known, default);
            match check(&mended) {
                Ok(()) => {
                    self.deals.insert(id, Arc::new(mended));
                    repairs
                        .changed
                        .push((Record::Deal(deal), error.to_string()));
                }
                Err(error) => repairs
                    .removed
                    .push((Record::Deal(deal), error.to_string())),
            }
        }
    }

    /// Hides the notes on deals that are not there: they are shown again with
    /// the deal, should it come back.
    pub(super) fn mend_notes(&mut self, repairs: &mut Repairs) {
        let check = |note: &Note| check_note(note, |id| self.deals.contains_key(&id));
        let failing = self.notes.values();
        let failing = failing.filter_map(|note| Some((note.clone(), check(note).err()?)));
        let failing: Vec<_> = failing.collect();
        for (note, error) in failing {
            self.notes.remove(note.id);
            let is_alone = !self.deals.contains_key(&note.deal);
            let record = Record::Note(note);
            match is_alone {
                true => repairs.met.push(record),
                false => repairs.removed.push((record, error.to_string())),
            }
        }
    }
}

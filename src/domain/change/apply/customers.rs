//! Commands on customers.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Edit;
use crate::domain::change::command::{Choice, Context, CustomerDraft};
use crate::domain::record::customer::Customer;
use crate::domain::record::deal::{Deal, Event, Field, What};
use crate::domain::record::list::ListKind;
use crate::domain::record::workspace::{Key, Record};
use crate::domain::value::error::DomainError;
use crate::domain::value::field::FieldName;
use crate::domain::value::id::{CustomerId, EntryId};
use crate::domain::value::text::{MAX_NOTES, MAX_TITLE, Name, clean, clean_lines, name_key};

impl Edit<'_> {
    pub(super) fn add_customer(
        &mut self,
        draft: CustomerDraft,
        context: &mut Context<'_>,
    ) -> Result<(), DomainError> {
        let id = context.ids.fresh();
        self.put_customer(id, draft, context)
    }

    pub(super) fn edit_customer(
        &mut self,
        id: CustomerId,
        draft: CustomerDraft,
        context: &mut Context<'_>,
    ) -> Result<(), DomainError> {
        self.customer(id)?;
        self.put_customer(id, draft, context)
    }

    /// Deletes customers; their deals stay, without a customer (§11.4).
    pub(super) fn delete_customers(
        &mut self,
        ids: &BTreeSet<CustomerId>,
        context: &Context<'_>,
    ) -> Result<(), DomainError> {
        for id in ids {
            self.customer(*id)?;
        }
        let theirs = |deal: &Deal| deal.customer.is_some_and(|id| ids.contains(&id));
        let deals: Vec<Arc<Deal>> = self
            .workspace
            .deals
            .values()
            .filter(|deal| theirs(deal))
            .cloned()
            .collect();
        for deal in deals {
            let from = self.workspace.customer_name(deal.customer).to_owned();
            let mut deal = Deal {
                customer: None,
                ..Deal::clone(&deal)
            };
            let what = What::Edited {
                field: Field::Customer,
                from,
                to: String::new(),
            };
            deal.history.push(Event {
                at: context.now,
                what,
            });
            self.put_deal(deal);
        }
        self.free_views_of_customers(ids);
        for id in ids {
            self.set(Key::Customer(*id), None);
        }
        Ok(())
    }

    /// The customer of that name, made where there is none.
    pub(super) fn customer_named(
        &mut self,
        name: &str,
        segment: Choice<EntryId>,
        context: &mut Context<'_>,
    ) -> Result<CustomerId, DomainError> {
        let key = name_key(name);
        let mut known = self.workspace.customers.values();
        if let Some(known) = known.find(|known| known.name.has_key(&key)) {
            return Ok(known.id);
        }
        let id = context.ids.fresh();
        let draft = CustomerDraft {
            name: name.to_owned(),
            segment,
            ..CustomerDraft::default()
        };
        self.put_customer(id, draft, context)?;
        Ok(id)
    }

    fn put_customer(
        &mut self,
        id: CustomerId,
        draft: CustomerDraft,
        context: &mut Context<'_>,
    ) -> Result<(), DomainError> {
        let name = Name::title(&draft.name, FieldName::CustomerName)?;
        let key = name.key();
        let mut others = self
            .workspace
            .customers
            .values()
            .filter(|other| other.id != id);
        if others.any(|other| other.name.has_key(&key)) {
            return Err(DomainError::NameTaken {
                what: "customer",
                name,
            });
        }
        let segment = self.chosen_entry(ListKind::Segments, draft.segment, context)?;
        let email = short(&draft.email, FieldName::Email)?;
        let phone = short(&draft.phone, FieldName::Phone)?;
        let notes = clean_lines(&draft.notes, MAX_NOTES, FieldName::Notes)?;
        let customer = Customer {
            id,
            name,
            segment,
            email,
            phone,
            notes,
        };
        self.put(Record::Customer(Arc::new(customer)));
        Ok(())
    }
}

fn short(text: &str, what: FieldName) -> Result<String, DomainError> {
    let text = clean(text);
    if text.chars().count() > MAX_TITLE {
        return Err(DomainError::TooLong {
            what,
            most: MAX_TITLE,
        });
    }
    Ok(text)
}

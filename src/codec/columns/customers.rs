//! A page of customers as columns.

use std::sync::Arc;

use super::bytes::{Damage, TextsIn, TextsOut, columns};
use super::revisions;
use super::tables::{IdsIn, IdsOut};
use crate::codec::revision::Revision;
use crate::domain::record::customer::Customer;
use crate::domain::value::id::CustomerId;
use crate::domain::value::text::Name;

columns! {
    CustomersOut, CustomersIn:
    /// The number of customers, and the table of segments.
    tables,
    /// The tables of revisions.
    revisions,
    /// Ids, each as what it is more than the one before.
    ids,
    segment,
    /// The lengths of texts.
    name_lengths,
    email_lengths,
    phone_lengths,
    notes_lengths,
    /// See [`super::revisions`].
    revision_which,
    revision_counters,
    revision_tabs,
    revision_high,
    revision_low,
    name_text,
    email_text,
    phone_text,
    notes_text,
}

/// The columns of these customers, which must be sorted by their ids;
/// `extra` are more revisions to be told at the end.
pub fn write(customers: &[(Revision, &Customer)], extra: &[Revision]) -> CustomersOut {
    let all = || customers.iter().map(|(_, customer)| *customer);
    let segments = IdsOut::new(all().filter_map(|customer| customer.segment).map(|id| id.0));
    let texts = |text: fn(&Customer) -> &str| {
        let mut texts = TextsOut::default();
        all().for_each(|customer| texts.push(text(customer)));
        (texts.lengths, texts.text)
    };
    let mut columns = CustomersOut::default();
    (columns.name_lengths, columns.name_text) = texts(|customer| customer.name.as_str());
    (columns.email_lengths, columns.email_text) = texts(|customer| &customer.email);
    (columns.phone_lengths, columns.phone_text) = texts(|customer| &customer.phone);
    (columns.notes_lengths, columns.notes_text) = texts(|customer| &customer.notes);
    columns.tables.small(customers.len());
    segments.write(&mut columns.tables);
    let mut before = 0;
    for customer in all() {
        columns.ids.number(customer.id.0.wrapping_sub(before));
        before = customer.id.0;
        columns
            .segment
            .small(segments.maybe(customer.segment.map(|id| id.0)));
    }
    let told = customers.iter().map(|(revision, _)| (*revision, None));
    let told: Vec<_> = told
        .chain(extra.iter().map(|revision| (*revision, None)))
        .collect();
    revisions::write(
        &told,
        &mut revisions::Columns {
            table: &mut columns.revisions,
            which: &mut columns.revision_which,
            counters: &mut columns.revision_counters,
            tabs: &mut columns.revision_tabs,
            high: &mut columns.revision_high,
            low: &mut columns.revision_low,
        },
    );
    columns
}

/// A customer and its revision.
pub type ReadCustomer = (Revision, Arc<Customer>);

/// The customers in their columns, and as many more revisions as `extra` says.
pub fn read(
    mut columns: CustomersIn<'_>,
    extra: usize,
) -> Result<(Vec<ReadCustomer>, Vec<Revision>), Damage> {
    let count = columns.tables.small()?;
    let segments = IdsIn::read(&mut columns.tables)?;
    let mut names = TextsIn::new(columns.name_lengths, columns.name_text)?;
    let mut emails = TextsIn::new(columns.email_lengths, columns.email_text)?;
    let mut phones = TextsIn::new(columns.phone_lengths, columns.phone_text)?;
    let mut notes = TextsIn::new(columns.notes_lengths, columns.notes_text)?;
    let mut revisions = revisions::RevisionsReader::new(revisions::Columns {
        table: columns.revisions,
        which: columns.revision_which,
        counters: columns.revision_counters,
        tabs: columns.revision_tabs,
        high: columns.revision_high,
        low: columns.revision_low,
    })?;
    let mut customers = Vec::with_capacity(columns.ids.room_for(count));
    let mut id = 0u64;
    for _ in 0..count {
        id = id.wrapping_add(columns.ids.number()?);
        let customer = Customer {
            id: CustomerId(id),
            name: Name::try_from(names.text()?).map_err(|_| Damage::NAME)?,
            segment: segments.maybe(columns.segment.small()?)?,
            email: emails.text()?.to_owned(),
            phone: phones.text()?.to_owned(),
            notes: notes.text()?.to_owned(),
        };
        customers.push((revisions.next(None)?, Arc::new(customer)));
    }
    let mut more = Vec::new();
    for _ in 0..extra {
        more.push(revisions.next(None)?);
    }
    let texts = [names, emails, phones, notes];
    let is_done = columns.ids.0.is_empty() && texts.iter().all(TextsIn::is_done);
    is_done.then_some((customers, more)).ok_or(Damage::LONG)
}

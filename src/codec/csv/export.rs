//! Deals as a CSV file, safe against formulas, read back by the import
//! without loss of any of its columns.

use std::borrow::Cow;

use super::escape::{escape, write_row};
use crate::domain::record::deal::{Deal, Outcome};
use crate::domain::record::list::ListKind;
use crate::domain::record::process::Process;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::money::Chance;
use crate::domain::value::text::Name;

/// The columns of an export, in order.
pub const COLUMNS: [&str; 19] = [
    "name",
    "customer",
    "segment",
    "category",
    "owner",
    "value",
    "process",
    "stage",
    "status",
    "created",
    "expected_close",
    "closed",
    "reason",
    "source",
    "notes",
    "chance",
    "next_step",
    "next_step_due",
    "external_id",
];

/// The columns that exports have not always had.
const LATER: [&str; 2] = ["next_step", "next_step_due"];

/// Whether a file with these columns is an export of this program, of now or
/// of an earlier version.
pub fn is_export(headers: &[String]) -> bool {
    let earlier = COLUMNS.into_iter().filter(|own| !LATER.contains(own));
    let earlier: Vec<&str> = earlier.collect();
    [COLUMNS.as_slice(), &earlier].iter().any(|columns| {
        let mut headers = headers.iter();
        columns
            .iter()
            .all(|own| headers.next().is_some_and(|it| it == own))
    })
}

/// The deals as CSV: UTF-8 with a byte order mark (spreadsheets ask for it),
/// lines ended by CR LF, amounts as plain decimals, ISO dates.
pub fn deals_csv<'a>(workspace: &Workspace, deals: impl Iterator<Item = &'a Deal>) -> String {
    let mut out = String::from('\u{feff}');
    write_row(&mut out, COLUMNS);
    for deal in deals {
        write_row(
            &mut out,
            cells(workspace, deal).iter().map(|cell| escape(cell)),
        );
    }
    out
}

fn cells<'a>(workspace: &'a Workspace, deal: &'a Deal) -> [Cow<'a, str>; 19] {
    let process = workspace.processes.get(&deal.process);
    let decimals = workspace.currency().decimals;
    let entry = |kind, id| Cow::Borrowed(workspace.entry_name(kind, id));
    let date = |date: Option<crate::domain::value::time::Date>| {
        Cow::Owned(date.map_or_else(String::new, |date| date.to_string()))
    };
    let closing = deal.closing.as_ref();
    let step = deal.next_step.as_ref();
    [
        Cow::Borrowed(deal.name.as_str()),
        Cow::Borrowed(workspace.customer_name(deal.customer)),
        entry(ListKind::Segments, workspace.segment_of(deal)),
        entry(ListKind::Categories, deal.category),
        entry(ListKind::Owners, deal.owner),
        Cow::Owned(
            deal.value
                .map_or_else(String::new, |value| value.to_plain(decimals)),
        ),
        Cow::Borrowed(process.map_or("", |process| process.name.as_str())),
        Cow::Borrowed(
            process
                .and_then(|process| stage(deal, process))
                .map_or("", Name::as_str),
        ),
        Cow::Borrowed(deal.outcome().map_or("Open", Outcome::title)),
        Cow::Owned(deal.created.to_string()),
        date(deal.expected_close),
        date(closing.map(|closing| closing.on)),
        closing.map_or(Cow::Borrowed(""), |closing| {
            entry(closing.outcome.reasons(), closing.reason)
        }),
        entry(ListKind::Sources, deal.source),
        Cow::Borrowed(deal.notes.as_str()),
        Cow::Owned(
            deal.progress_in(deal.process)
                .chance
                .map_or_else(String::new, Chance::to_plain),
        ),
        Cow::Borrowed(step.map_or("", |step| step.what.as_str())),
        date(step.and_then(|step| step.due)),
        Cow::Borrowed(deal.external_id.as_deref().unwrap_or_default()),
    ]
}

fn stage<'a>(deal: &Deal, process: &'a Process) -> Option<&'a Name> {
    let id = deal.current_stage(process).id()?;
    process.stage(id).map(|stage| &stage.name)
}

//! What a list is, said plainly.

use super::{Filter, Matcher, Search, Tab};
use crate::domain::read::brief::Brief;
use crate::domain::read::column::Column;
use crate::domain::read::columns::Sort;
use crate::domain::record::deal::Deal;
use crate::domain::record::list::ListKind;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::alphabet::Alphabet;
use crate::domain::value::id::DealId;
use crate::domain::value::text::fold;
use crate::domain::value::time::{Date, Moment, days_between};

/// What a deal is sorted by. Unknown values come last in either direction.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum SortKey {
    Text(Box<str>),
    Number(i64),
    Place(usize, usize),
    Unknown,
}

/// The ids of the fitting deals, in order. Equal ones are ordered by id, so
/// that the order is always the same.
///
/// This is what a list is, said plainly; the app asks the
/// [`Index`](crate::domain::read::index::Index), which gives the same sooner.
pub fn listed(
    workspace: &Workspace,
    filter: &Filter,
    tab: Tab,
    sort: Sort,
    now: Moment,
    alphabet: &Alphabet,
) -> Vec<DealId> {
    let matcher = Matcher::new(workspace, filter, tab, now);
    let search = Search::new(&filter.search);
    let found = |deal: &Deal| {
        let customer = workspace.customer_name(deal.customer);
        search.finds([
            &fold(deal.name.as_str()),
            &fold(customer),
            &fold(&deal.notes),
        ])
    };
    let fitting = workspace.deals.values().filter(|deal| {
        matcher.fits(&Brief::of(workspace, deal)) && (search.is_empty() || found(deal))
    });
    let key = |deal: &Deal| key(workspace, deal, sort.column, now, alphabet);
    let mut keyed: Vec<(SortKey, DealId)> = fitting.map(|deal| (key(deal), deal.id)).collect();
    keyed.sort_by(|(a, a_id), (b, b_id)| {
        let is_unknown = |key: &SortKey| *key == SortKey::Unknown;
        let order = match is_unknown(a) || is_unknown(b) {
            false if sort.descending => b.cmp(a),
            _ => a.cmp(b),
        };
        order.then_with(|| {
            if sort.descending {
                b_id.cmp(a_id)
            } else {
                a_id.cmp(b_id)
            }
        })
    });
    keyed.into_iter().map(|(_, id)| id).collect()
}

/// What a deal is sorted by in a column.
fn key(
    workspace: &Workspace,
    deal: &Deal,
    column: Column,
    now: Moment,
    alphabet: &Alphabet,
) -> SortKey {
    let text = |text: &str| match text {
        "" => SortKey::Unknown,
        text => SortKey::Text(alphabet.key(text)),
    };
    let entry = |kind, id| text(workspace.entry_name(kind, id));
    let number = |number: Option<i64>| number.map_or(SortKey::Unknown, SortKey::Number);
    let date = |date: Date| days_between(Date::constant(1970, 1, 1), date);
    let place = workspace
        .order
        .order
        .iter()
        .position(|id| *id == deal.process);
    let place = place.unwrap_or(usize::MAX);
    let process = workspace.processes.get(&deal.process);
    let chance = process.map(|process| deal.chance(process));
    match column {
        Column::Name => text(deal.name.as_str()),
        Column::Customer => text(workspace.customer_name(deal.customer)),
        Column::Owner => entry(ListKind::Owners, deal.owner),
        Column::Category => entry(ListKind::Categories, deal.category),
        Column::Segment => entry(ListKind::Segments, workspace.segment_of(deal)),
        Column::Source => entry(ListKind::Sources, deal.source),
        Column::Reason => deal.closing.as_ref().map_or(SortKey::Unknown, |closing| {
            entry(closing.outcome.reasons(), closing.reason)
        }),
        Column::Process => SortKey::Place(place, 0),
        Column::Stage => process
            .and_then(|process| process.position(deal.current_stage(process).id()?))
            .map_or(SortKey::Unknown, |stage| SortKey::Place(place, stage)),
        Column::Status => number(deal.outcome().map(|outcome| outcome as i64)),
        Column::Value => number(deal.value.map(|value| value.minor())),
        Column::Weighted => number(
            deal.value
                .zip(chance)
                .map(|(value, chance)| value.minor() * i64::from(chance.permille())),
        ),
        Column::Chance => number(chance.map(|chance| chance.permille().into())),
        Column::Close => number(deal.shown_close().map(date)),
        Column::Created => number(Some(date(deal.created))),
        Column::Touched => number(Some(deal.touched.0)),
        Column::Age => {
            let closed = deal.closing.as_ref().map(|closing| date(closing.on));
            let until = closed.unwrap_or(now.0.div_euclid(24 * 60));
            number(Some(until - date(deal.created)))
        }
        Column::InStage => {
            let time = process.and_then(|process| deal.time_in_stage(process));
            number(time.map(|time| time.minutes_at(now)))
        }
    }
}

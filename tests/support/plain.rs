//! What is read of a workspace, said plainly: by looking at every deal, with
//! nothing kept. What the program has ready sooner must be the same.

use pipewright::domain::read::brief::Brief;
use pipewright::domain::read::column::Column;
use pipewright::domain::read::columns::Sort;
use pipewright::domain::read::filter::{AnyOf, DateField, Filter, Pick, Tab, Way};
use pipewright::domain::read::stats::{OpenTally, summary};
use pipewright::domain::read::suggestion::rests;
use pipewright::domain::record::deal::{Deal, Outcome};
use pipewright::domain::record::list::ListKind;
use pipewright::domain::record::next_step::{NextDue, WhenDue};
use pipewright::domain::record::process::Process;
use pipewright::domain::record::rule::Facts;
use pipewright::domain::record::workspace::Workspace;
use pipewright::domain::value::alphabet::Alphabet;
use pipewright::domain::value::id::{DealId, EntryId, StageId};
use pipewright::domain::value::money::Money;
use pipewright::domain::value::text::fold;
use pipewright::domain::value::time::{Date, Moment, Now, days_between};

/// These deals in brief.
pub fn briefs<'a>(
    workspace: &'a Workspace,
    deals: impl IntoIterator<Item = &'a Deal>,
) -> Vec<Brief> {
    deals
        .into_iter()
        .map(|deal| Brief::of(workspace, deal))
        .collect()
}

/// All deals in brief.
pub fn all_briefs(workspace: &Workspace) -> Vec<Brief> {
    briefs(workspace, workspace.deals.values().map(AsRef::as_ref))
}

/// An open deal that no person has changed for longer than its stage allows,
/// and that is not snoozed.
pub fn is_stale(deal: &Deal, process: &Process, now: Moment) -> bool {
    let stage = deal.current_stage(process).id();
    let limit = stage.and_then(|id| process.stage(id)?.stale_after_days);
    let is_snoozed = deal.snooze.as_ref().is_some_and(|it| it.holds(now));
    let is_over = |days: u16| now.minutes_since(deal.touched) > i64::from(days) * 24 * 60;
    deal.is_open() && !is_snoozed && limit.is_some_and(is_over)
}

/// An open deal that is stale, or whose expected close is past or next step
/// overdue.
pub fn needs_attention(deal: &Deal, process: &Process, now: Moment, today: Date) -> bool {
    let is_past = deal.expected_close.is_some_and(|close| close < today);
    let due = deal.next_step.as_ref().and_then(|step| step.due);
    let is_overdue = due.is_some_and(|due| due < today);
    deal.is_open() && (is_past || is_overdue || is_stale(deal, process, now))
}

/// The ids of the deals that fit, in order. Equal ones are ordered by id.
pub fn listed(
    workspace: &Workspace,
    filter: &Filter,
    tab: Tab,
    sort: Sort,
    now: Now,
    alphabet: &Alphabet,
) -> Vec<DealId> {
    let deals = workspace.deals.values();
    let fitting = deals.filter(|deal| fits(workspace, deal, filter, tab, now));
    let key = |deal: &Deal| key(workspace, deal, sort.column, now.moment, alphabet);
    let mut keyed: Vec<(Option<Key>, DealId)> = fitting.map(|deal| (key(deal), deal.id)).collect();
    keyed.sort();
    if sort.descending {
        keyed.reverse();
    }
    // What is not known comes last in either direction.
    let is_known = |(key, _): &(Option<Key>, DealId)| {
        !matches!(key, None | Some(Key::Next(NextDue::Missing, _)))
    };
    let (known, unknown): (Vec<_>, Vec<_>) = keyed.into_iter().partition(is_known);
    let all = known.into_iter().chain(unknown).map(|(_, id)| id);
    let me = workspace.settings.me;
    let is_mine = |id: &DealId| me.is_some() && workspace.deals[id].owner == me;
    let (mine, others): (Vec<_>, Vec<_>) = all.partition(|id| sort.mine_first && is_mine(id));
    [mine, others].concat()
}

/// The columns of the board of a process, each with the sums of its deals and
/// their ids: of those that the table lists, the ones in that stage.
pub fn board(
    workspace: &Workspace,
    listed: &[DealId],
    process: &Process,
) -> Vec<(Option<StageId>, OpenTally, Vec<DealId>)> {
    let stages = process.stages.iter().map(|stage| Some(stage.id));
    let in_stage = |stage: Option<StageId>| {
        let of_it = listed.iter().filter(|id| {
            let deal = &workspace.deals[*id];
            deal.process == process.id && deal.current_stage(process).id() == stage
        });
        let ids: Vec<DealId> = of_it.copied().collect();
        let deals = ids.iter().map(|id| workspace.deals[id].as_ref());
        let tally = summary(briefs(workspace, deals)).open;
        (stage, tally, ids)
    };
    let all = stages.chain([None]).map(in_stage);
    all.filter(|(stage, _, ids)| stage.is_some() || !ids.is_empty())
        .collect()
}

/// Whether a deal belongs to the tab and to what is filtered.
pub fn fits(workspace: &Workspace, deal: &Deal, filter: &Filter, tab: Tab, now: Now) -> bool {
    let process = &workspace.processes[&deal.process];
    let closing = deal.closing.as_ref();
    let one_of = |wanted: &AnyOf<Pick<EntryId>>, id: Option<EntryId>| {
        wanted.is_empty() || wanted.has(&id.into())
    };
    let of_kinds = [
        match tab {
            Tab::Open => closing.is_none(),
            Tab::Closed => closing.is_some(),
            Tab::All => true,
        },
        !filter.undated || (closing.is_none() && deal.expected_close.is_none()),
        filter.open_on.is_none_or(|day| {
            deal.created <= day && closing.is_none_or(|closing| closing.on > day)
        }),
        has_gone(deal, process, &filter.way),
        filter.process.is_empty() || filter.process.has(&deal.process),
        filter.stage.is_empty() || filter.stage.has(&deal.current_stage(process).id().into()),
        filter.status.is_empty()
            || closing.is_some_and(|closing| filter.status.has(&closing.outcome)),
        filter.reason.is_empty()
            || closing.is_some_and(|closing| filter.reason.has(&closing.reason.into())),
        one_of(&filter.owner, deal.owner),
        one_of(&filter.segment, workspace.segment_of(deal)),
        one_of(&filter.category, deal.category),
        one_of(&filter.source, deal.source),
        filter.customer.is_none() || filter.customer == deal.customer,
        !filter.stale || is_stale(deal, process, now.moment),
        fits_next(deal, &filter.next, now.today),
        fits_rule(workspace, deal, filter),
    ];
    let date = match (filter.date_field, closing) {
        (DateField::Created, _) => Some(deal.created),
        (DateField::Close, None) => deal.expected_close,
        (DateField::Close, Some(closing)) => Some(closing.on),
    };
    let in_ranges = [
        filter
            .value_min
            .is_none_or(|least| deal.value.is_some_and(|it| it >= least)),
        filter
            .value_max
            .is_none_or(|most| deal.value.is_some_and(|it| it <= most)),
        filter
            .from
            .is_none_or(|first| date.is_some_and(|it| it >= first)),
        filter
            .to
            .is_none_or(|last| date.is_some_and(|it| it <= last)),
    ];
    of_kinds.iter().chain(&in_ranges).all(|fits| *fits) && is_found(workspace, deal, &filter.search)
}

/// Whether a deal has gone that way in its process.
fn has_gone(deal: &Deal, process: &Process, way: &Way) -> bool {
    let progress = deal.progress_in(process.id).into_owned();
    let stages: Vec<StageId> = process.stages.iter().map(|stage| stage.id).collect();
    let was_in = |id: StageId| progress.stays.iter().any(|stay| stay.stage == id);
    let furthest = stages.iter().rposition(|id| was_in(*id));
    let place = |id: StageId| stages.iter().position(|own| *own == id);
    let is_won = deal.outcome() == Some(Outcome::Won);
    let reached = |id: StageId| {
        place(id).is_some_and(|place| is_won || furthest.is_some_and(|far| far >= place))
    };
    let ended = |pick: Pick<StageId>| match pick {
        Pick::Is(id) => !is_won && place(id).is_some() && furthest == place(id),
        Pick::Blank => !is_won && furthest.is_none(),
    };
    let left = |id: StageId| {
        let mut stays = progress.stays.iter().filter(|stay| stay.stage == id);
        place(id).is_some() && was_in(id) && stays.all(|stay| stay.left.is_some())
    };
    let is_sub = |id| process.sub_stages().any(|(_, sub)| sub.id == id);
    let parked = |id| {
        let progress = deal.progress.get(&id);
        deal.process != id && progress.is_some_and(|it| *it != Default::default())
    };
    way.reached.is_none_or(reached)
        && way.furthest.is_none_or(ended)
        && way.left.is_none_or(left)
        && way.parked.is_none_or(parked)
        && way
            .ticked
            .is_none_or(|id| is_sub(id) && progress.ticks.contains_key(&id))
        && way
            .lacks
            .is_none_or(|id| is_sub(id) && !progress.ticks.contains_key(&id))
}

/// Whether the next step of an open deal is due as one of these says.
fn fits_next(deal: &Deal, wanted: &AnyOf<WhenDue>, today: Date) -> bool {
    let step = deal.next_step.as_ref();
    let days = step
        .and_then(|step| step.due)
        .map(|due| days_between(today, due));
    let is_so = |when: &WhenDue| match when {
        WhenDue::Overdue => days.is_some_and(|days| days < 0),
        WhenDue::Today => days == Some(0),
        WhenDue::Week => days.is_some_and(|days| (0..8).contains(&days)),
        WhenDue::Later => step.is_some() && days.is_none_or(|days| days > 7),
        WhenDue::Missing => step.is_none(),
    };
    wanted.is_empty() || (deal.is_open() && wanted.iter().any(is_so))
}

/// Whether the rule that is asked for is the first to fit the deal.
fn fits_rule(workspace: &Workspace, deal: &Deal, filter: &Filter) -> bool {
    let Some(by) = filter.rule else { return true };
    let facts = Facts::of(workspace, deal);
    let mut rules = workspace.rules.iter();
    let first = rules.find(|rule| {
        !rests(workspace.processes.get(&rule.then).map(AsRef::as_ref)) && rule.fits(&facts)
    });
    first.is_some_and(|rule| rule.id == by.rule && !(by.elsewhere && rule.then == deal.process))
}

/// Whether each word is in the name, the customer's name, the notes, the next
/// step or anything that was noted.
fn is_found(workspace: &Workspace, deal: &Deal, search: &str) -> bool {
    let step = deal.next_step.as_ref().map(|step| step.what.as_str());
    let all = workspace.notes.values();
    let noted = all.filter(|note| note.deal == deal.id);
    let texts = [
        deal.name.as_str(),
        workspace.customer_name(deal.customer),
        &deal.notes,
        step.unwrap_or_default(),
    ];
    let texts = texts
        .into_iter()
        .chain(noted.map(|note| note.text.as_str()));
    let texts: Vec<String> = texts.map(fold).collect();
    let search = fold(search);
    let mut words = search.split_whitespace();
    words.all(|word| texts.iter().any(|text| text.contains(word)))
}

/// What a deal is sorted by; none where it is not known.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Text(Box<str>),
    Number(i64),
    Place(usize, usize),
    Next(NextDue, std::cmp::Reverse<Option<Money>>),
}

fn key(
    workspace: &Workspace,
    deal: &Deal,
    column: Column,
    now: Moment,
    alphabet: &Alphabet,
) -> Option<Key> {
    let text = |text: &str| (!text.is_empty()).then(|| Key::Text(alphabet.key(text)));
    let entry = |kind, id| text(workspace.entry_name(kind, id));
    let day = |date: Date| days_between(Date::constant(1970, 1, 1), date);
    let mut order = workspace.order.order.iter();
    let place = order.position(|id| *id == deal.process).unwrap();
    let process = &workspace.processes[&deal.process];
    let chance = i64::from(deal.chance(process).permille());
    let closing = deal.closing.as_ref();
    match column {
        Column::Name => text(deal.name.as_str()),
        Column::Customer => text(workspace.customer_name(deal.customer)),
        Column::Owner => entry(ListKind::Owners, deal.owner),
        Column::Category => entry(ListKind::Categories, deal.category),
        Column::Segment => entry(ListKind::Segments, workspace.segment_of(deal)),
        Column::Source => entry(ListKind::Sources, deal.source),
        Column::Reason => closing.and_then(|it| entry(it.outcome.reasons(), it.reason)),
        Column::Process => Some(Key::Place(place, 0)),
        Column::Stage => {
            let stage = deal.current_stage(process).id()?;
            Some(Key::Place(place, process.position(stage)?))
        }
        Column::NextStep => Some(Key::Next(deal.next_due(), std::cmp::Reverse(deal.value))),
        Column::Status => closing.map(|it| Key::Number(it.outcome as i64)),
        Column::Value => deal.value.map(|it| Key::Number(it.minor())),
        Column::Weighted => deal.value.map(|it| Key::Number(it.minor() * chance)),
        Column::Chance => Some(Key::Number(chance)),
        Column::Close => {
            let close = closing.map_or(deal.expected_close, |it| Some(it.on));
            close.map(|it| Key::Number(day(it)))
        }
        Column::Created => Some(Key::Number(day(deal.created))),
        Column::Touched => Some(Key::Number(deal.touched.0)),
        Column::Age => {
            let today = now.0.div_euclid(24 * 60);
            let end = closing.map_or(today, |it| day(it.on));
            Some(Key::Number(end - day(deal.created)))
        }
        Column::InStage => {
            let time = deal.time_in_stage(process)?;
            Some(Key::Number(time.minutes_at(now)))
        }
    }
}

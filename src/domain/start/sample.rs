//! Sample data: three processes and a few hundred deals with their history,
//! made by running the domain's own commands at past times (§10.4).

mod deals;
mod random;
mod tables;
mod talk;

use std::collections::BTreeSet;

use self::random::Random;
use self::tables::KINDS;
use crate::domain::change::apply::apply;
use crate::domain::change::command::{Command, Context, CustomerDraft, ListEdit};
use crate::domain::record::list::ListKind;
use crate::domain::record::process::Process;
use crate::domain::record::rule::Rule;
use crate::domain::record::workspace::{Changes, Key, Record, Workspace};
use crate::domain::value::date::Weekday;
use crate::domain::value::id::{CustomerId, EntryId, IdSource};
use crate::domain::value::money::Money;
use crate::domain::value::text::fold;
use crate::domain::value::time::{Date, Moment, plus_days};

const DEALS: usize = 300;
/// The sample reaches back fourteen months.
const DAYS: i64 = 425;
const SEED: u64 = 20_240_229;
const SEED_OF_TALK: u64 = 20_261_128;

/// The records of the sample, to be imported; none where the account is in use.
///
/// Its first process takes the place of the unused one. The result is the same
/// for the same workspace, ids and day.
pub fn sample(workspace: &Workspace, context: &mut Context<'_>) -> Vec<Record> {
    if !workspace.is_unused() {
        return Vec::new();
    }
    let made = Builder::run_all(workspace.clone(), context).workspace;
    let is_new = |record: &Record| workspace.get(record.key()).as_ref() != Some(record);
    made.records().filter(is_new).collect()
}

/// Everyone and everything the deals are about.
struct Cast {
    /// In the order of [`KINDS`].
    processes: Vec<Process>,
    /// In the order of [`tables::CUSTOMERS`].
    customers: Vec<CustomerId>,
    owners: Vec<EntryId>,
    sources: Vec<EntryId>,
}

struct Builder<'a> {
    workspace: Workspace,
    ids: &'a mut IdSource,
    today: Date,
    random: Random,
    /// Draws what is said and what is to be done.
    talk: Random,
    /// The moment of the last step on the present deal.
    clock: Moment,
    /// Minutes that talk has taken since.
    talked: i64,
    /// How many commands were refused: none, or the tables are wrong.
    refused: usize,
}

impl<'a> Builder<'a> {
    fn run_all(workspace: Workspace, context: &'a mut Context<'_>) -> Self {
        let mut builder = Self {
            workspace,
            ids: context.ids,
            today: context.today,
            random: Random(SEED),
            talk: Random(SEED_OF_TALK),
            clock: Moment::default(),
            talked: 0,
            refused: 0,
        };
        let cast = builder.cast();
        if builder.workspace.settings.me.is_none() {
            let me = cast.owners.first().copied();
            builder.run(DAYS, Command::SetMe(me));
        }
        builder.deals(&cast);
        builder.rules(&cast);
        builder
    }

    /// Large deals fit Key accounts, small ones Offer inquiry; what the
    /// account has already is tried first.
    fn rules(&mut self, cast: &Cast) {
        let scale = 10i64.checked_pow(self.workspace.currency().decimals.into());
        let money = |units: i64| Money::from_minor(units.checked_mul(scale?)?);
        let limits = [
            ("Key accounts", money(50_000), None),
            ("Offer inquiry", None, money(2_500)),
        ];
        let mut rules = Vec::clone(&self.workspace.rules);
        for (name, value_at_least, value_below) in limits {
            let mut processes = cast.processes.iter();
            let process = processes.find(|process| process.name.as_str() == name);
            rules.extend(process.map(|process| Rule {
                id: self.ids.fresh(),
                segments: BTreeSet::new(),
                categories: BTreeSet::new(),
                owners: BTreeSet::new(),
                value_at_least,
                value_below,
                then: process.id,
            }));
        }
        self.run(0, Command::SaveRules(rules));
    }

    /// Runs a command on the working day `days_ago`, later than the one before.
    fn run(&mut self, days_ago: i64, command: Command) -> Changes {
        let today = working_day(plus_days(self.today, -days_ago));
        let time = Moment::noon_of(today).plus_minutes(self.random.between(-230, 250));
        self.clock = time.max(self.clock.plus_minutes(15));
        self.talked = 0;
        self.apply(self.clock, today, command)
    }

    fn apply(&mut self, now: Moment, today: Date, command: Command) -> Changes {
        let mut context = Context {
            now,
            today,
            ids: self.ids,
        };
        apply(&mut self.workspace, command, &mut context).unwrap_or_else(|_| {
            self.refused += 1;
            Changes::default()
        })
    }

    fn cast(&mut self) -> Cast {
        let mut processes = Vec::new();
        for kind in &KINDS {
            let mut process = kind.template.process(self.ids);
            if processes.is_empty() {
                process.id = self.workspace.default_process();
            }
            self.run(DAYS, Command::SaveProcess(process.clone()));
            processes.push(process);
        }
        let segments = self.entries(ListKind::Segments, tables::SEGMENTS.map(|(name, _)| name));
        let mut customers = Vec::new();
        for (at, name) in tables::CUSTOMERS.iter().enumerate() {
            let segment = tables::SEGMENTS.iter().rposition(|(_, first)| *first <= at);
            let draft = CustomerDraft {
                name: (*name).to_owned(),
                segment: segment
                    .and_then(|place| segments.get(place))
                    .copied()
                    .into(),
                email: email(name),
                ..CustomerDraft::default()
            };
            let made = self.run(DAYS, Command::AddCustomer(draft));
            customers.extend(made.keys().find_map(|key| match key {
                Key::Customer(id) => Some(id),
                _ => None,
            }));
        }
        self.entries(ListKind::Categories, tables::OFFERS.map(|(name, _)| name));
        Cast {
            processes,
            customers,
            owners: self.entries(ListKind::Owners, tables::OWNERS),
            sources: self.ids_of(ListKind::Sources),
        }
    }

    /// The entries of these names, added where the user has not done so.
    fn entries<const N: usize>(
        &mut self,
        kind: ListKind,
        names: [&'static str; N],
    ) -> Vec<EntryId> {
        let ids = names.iter().filter_map(|name| {
            if self.workspace.list(kind).find(name).is_none() {
                self.run(
                    DAYS,
                    Command::EditList(kind, ListEdit::Add((*name).to_owned())),
                );
            }
            self.workspace.list(kind).find(name).map(|entry| entry.id)
        });
        ids.collect()
    }

    fn ids_of(&self, kind: ListKind) -> Vec<EntryId> {
        let entries = self.workspace.list(kind).entries.iter();
        entries.map(|entry| entry.id).collect()
    }
}

/// The day itself, or the Friday before a weekend.
fn working_day(date: Date) -> Date {
    match date.weekday() {
        Weekday::Saturday => plus_days(date, -1),
        Weekday::Sunday => plus_days(date, -2),
        _ => date,
    }
}

/// An address in the domain that is reserved for examples.
fn email(company: &str) -> String {
    let plain = fold(company);
    let words: Vec<_> = plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    format!("office@{}.example", words.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::apply::install;
    use crate::domain::change::command::ImportKind;
    use crate::domain::record::check::check;
    use crate::domain::record::deal::{Deal, Outcome};
    use crate::domain::start::templates::new_workspace;
    use crate::domain::value::money::Money;
    use crate::domain::value::time::days_between;

    pub(super) const TODAY: Date = Date::constant(2026, 3, 18);

    fn with_context<T>(ids: &mut IdSource, run: impl FnOnce(&mut Context<'_>) -> T) -> T {
        run(&mut Context {
            now: Moment::noon_of(TODAY),
            today: TODAY,
            ids,
        })
    }

    pub(super) fn loaded() -> Workspace {
        let mut ids = IdSource::starting_at(1);
        let mut workspace = new_workspace(&mut ids);
        let before = workspace.clone();
        with_context(&mut ids, |context| {
            let records = sample(&workspace, context);
            let command = Command::Import(ImportKind::Sample, records);
            let changes = apply(&mut workspace, command, context).unwrap();
            let after = workspace.clone();
            install(&mut workspace, &changes.inverse()).unwrap();
            assert_eq!(workspace, before);
            after
        })
    }

    fn share(part: usize, whole: usize) -> usize {
        part * 100 / whole
    }

    #[test]
    fn no_step_breaks_a_rule_whatever_the_day() {
        for day in 0..7 {
            let mut ids = IdSource::starting_at(1);
            let workspace = new_workspace(&mut ids);
            let today = plus_days(TODAY, day);
            let now = Moment::noon_of(today);
            let mut context = Context {
                now,
                today,
                ids: &mut ids,
            };
            let built = Builder::run_all(workspace, &mut context);
            assert_eq!((built.refused, built.workspace.deals.len()), (0, DEALS));
        }
    }

    #[test]
    fn it_fills_an_empty_account_and_can_be_taken_back() {
        let workspace = loaded();
        assert_eq!(check(&workspace), Ok(()));
        let names: Vec<_> = workspace
            .processes_in_order()
            .map(|p| p.name.to_string())
            .collect();
        assert_eq!(names, ["Active sales", "Offer inquiry", "Key accounts"]);
        assert_eq!(workspace.default_process(), workspace.order.order[0]);
        assert_eq!(
            (workspace.deals.len(), workspace.customers.len()),
            (DEALS, 60)
        );
    }

    #[test]
    fn it_leaves_an_account_in_use_alone() {
        let workspace = loaded();
        let mut ids = IdSource::starting_at(1 << 40);
        with_context(&mut ids, |context| {
            assert!(sample(&workspace, context).is_empty())
        });
    }

    #[test]
    fn it_is_the_same_every_time() {
        assert_eq!(loaded(), loaded());
    }

    #[test]
    fn deals_end_as_they_do_in_life() {
        let workspace = loaded();
        let all: Vec<&Deal> = workspace.deals.values().map(AsRef::as_ref).collect();
        let ended = |outcome| all.iter().filter(|deal| deal.outcome() == outcome).count();
        assert!((40..=50).contains(&share(ended(None), all.len())));
        let closed = all.len() - ended(None);
        assert!((38..=58).contains(&share(ended(Some(Outcome::Won)), closed)));
        assert!((30..=50).contains(&share(ended(Some(Outcome::Lost)), closed)));
        assert!(ended(Some(Outcome::Outdated)) >= 8);

        let lost = all
            .iter()
            .filter(|deal| deal.outcome() == Some(Outcome::Lost));
        let (early, late): (Vec<&Deal>, Vec<&Deal>) = lost.partition(|deal| {
            let process = &workspace.processes[&deal.process];
            let stage = deal.progress[&process.id].furthest_stage(process).unwrap();
            process.position(stage).unwrap() * 2 < process.stages.len()
        });
        assert!(
            early.len() > late.len(),
            "{} early, {} late",
            early.len(),
            late.len()
        );
        let overdue = all
            .iter()
            .filter(|d| d.is_open() && d.expected_close < Some(TODAY))
            .count();
        assert!((3..=20).contains(&overdue), "{overdue}");
    }

    #[test]
    fn some_deals_have_been_in_two_processes_and_some_chances_are_typed() {
        let workspace = loaded();
        let parked = workspace
            .deals
            .values()
            .filter(|deal| deal.progress.len() > 1)
            .count();
        assert!((20..=32).contains(&parked), "{parked}");
        let typed = |deal: &Deal| deal.progress[&deal.process].chance.is_some();
        let typed = workspace.deals.values().filter(|deal| typed(deal)).count();
        assert!((3..=20).contains(&typed), "{typed}");
    }

    #[test]
    fn nothing_happens_out_of_order_or_after_today() {
        for deal in loaded().deals.values() {
            assert!(
                deal.history.is_sorted_by(|a, b| a.at < b.at),
                "{}",
                deal.name
            );
            assert!(
                deal.history.last().unwrap().at < Moment::noon_of(TODAY),
                "{}",
                deal.name
            );
            assert!(
                (1..=DAYS + 2).contains(&days_between(deal.created, TODAY)),
                "{}",
                deal.name
            );
            let closed = deal.closing.as_ref().map(|closing| closing.on);
            assert!(
                closed.is_none_or(|on| deal.created <= on && on < TODAY),
                "{}",
                deal.name
            );
        }
    }

    #[test]
    fn values_fit_the_process() {
        let workspace = loaded();
        let mean = |at: usize| {
            let process = workspace.order.order[at];
            let deals = workspace
                .deals
                .values()
                .filter(|deal| deal.process == process);
            let values: Vec<_> = deals
                .filter_map(|deal| deal.value)
                .map(Money::minor)
                .collect();
            values.iter().sum::<i64>() / values.len() as i64
        };
        assert!(mean(1) * 5 < mean(0) && mean(0) * 5 < mean(2));
    }
}

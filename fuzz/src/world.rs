//! Accounts for what is read to go into, and what must hold of every account.

use std::sync::LazyLock;

use crate::sections;
use pipewright::chart::{self, Format, Palette};
use pipewright::codec::csv::{Clock, CodePage, Decoder};
use pipewright::domain::change::apply::{apply, install};
use pipewright::domain::change::command::{Command, Context};
use pipewright::domain::read::columns::Sort;
use pipewright::domain::read::filter::{Filter, Tab};
use pipewright::domain::read::index::Index;
use pipewright::domain::read::stats::{ClosedStats, Month, OpenStats};
use pipewright::domain::record::check::check;
use pipewright::domain::record::deal::Outcome;
use pipewright::domain::record::workspace::{Change, Changes, Workspace};
use pipewright::domain::start::sample::sample;
use pipewright::domain::start::templates::new_workspace;
use pipewright::domain::value::error::DomainError;
use pipewright::domain::value::id::IdSource;
use pipewright::domain::value::money::Total;
use pipewright::domain::value::time::{Date, Moment, Now};

/// The date on which everything happens.
pub const TODAY: Date = Date::constant(2026, 11, 23);

/// The moment at which everything happens.
pub fn now() -> Now {
    Now {
        moment: Moment::noon_of(TODAY),
        today: TODAY,
    }
}

/// The same for an import.
pub fn clock() -> Clock {
    Clock {
        now: now().moment,
        today: TODAY,
    }
}

/// Ids that no record of [`new_account`] and [`sample_account`] has.
pub fn ids() -> IdSource {
    IdSource::starting_at(1 << 40)
}

/// A new account.
pub fn new_account() -> Workspace {
    new_workspace(&mut IdSource::starting_at(1))
}

static SAMPLE: LazyLock<Workspace> = LazyLock::new(|| {
    let mut workspace = new_account();
    let mut ids = IdSource::starting_at(1 << 20);
    let records = sample(&workspace, &mut context(&mut ids));
    let change = |record: pipewright::domain::record::workspace::Record| Change {
        key: record.key(),
        before: workspace.get(record.key()),
        after: Some(record),
    };
    let changes = Changes(records.into_iter().map(change).collect());
    install(&mut workspace, &changes).unwrap();
    workspace
});

/// The account with the sample data.
pub fn sample_account() -> &'static Workspace {
    &SAMPLE
}

fn context(ids: &mut IdSource) -> Context<'_> {
    Context {
        now: now().moment,
        today: TODAY,
        ids,
    }
}

/// Does what a person asks for; the account fits together afterwards, and
/// where it was refused it is what it was.
pub fn run(workspace: &mut Workspace, command: Command) -> Result<Changes, DomainError> {
    let before = workspace.clone();
    let done = apply(workspace, command, &mut context(&mut ids()));
    assert_eq!(check(workspace), Ok(()));
    match &done {
        Ok(changes) => {
            let mut undone = workspace.clone();
            install(&mut undone, &changes.inverse()).unwrap();
            assert_eq!(undone, before, "an undo does not lead back");
        }
        Err(_) => assert_eq!(*workspace, before, "what is refused has changed something"),
    }
    done
}

/// Asks an account for all that the first screens show of it.
pub fn look_at(workspace: &Workspace) {
    let index = Index::new(workspace);
    let all = Filter::default();
    for tab in [Tab::Open, Tab::Closed] {
        let listed = index.listed(workspace, &all, tab, Sort::default(), now());
        assert_eq!(listed.len(), index.count(tab));
        index.summary(workspace, &all, tab, now());
    }
    for process in workspace.processes.keys() {
        index.board(workspace, &all, *process, Sort::default(), now());
    }
    let open = index.open_by_process(workspace, &all, now());
    let closed = index.closed_by_process(workspace, &all, now());
    let deals: usize = open.iter().map(|stats| stats.total.all.count).sum();
    assert_eq!(deals, index.count(Tab::Open));
    let deals: usize = closed.iter().map(closed_deals).sum();
    assert_eq!(deals, index.count(Tab::Closed));
    open.iter().for_each(draw_open);
    for stats in &closed {
        chart::closed_options(stats, true, &Palette::default(), &Plain, false);
        chart::closed_facts(stats, &Plain);
        chart::closed_tables(stats, true, &Plain);
    }
    sections::draw(&index, workspace, now(), &Plain);
    index.deals_by_customer();
    index.rule_uses(workspace, &workspace.rules);
    index.glance(workspace, now());
}

/// Draws the chart of the open deals of a process.
pub fn draw_open(stats: &OpenStats) {
    chart::open_height_px(stats);
    chart::open_options(stats, &Palette::default(), &Plain, true);
    chart::open_facts(stats, &Plain);
    chart::open_tables(stats, &Plain);
}

/// Numbers as they are.
struct Plain;

impl Format for Plain {
    fn count(&self, count: usize) -> String {
        count.to_string()
    }

    fn money(&self, amount: Total) -> String {
        amount.minor().to_string()
    }

    fn short_money(&self, amount: Total) -> String {
        self.money(amount)
    }

    fn plain_money(&self, amount: Total) -> String {
        self.money(amount)
    }

    fn tenths(&self, tenths: i64) -> String {
        tenths.to_string()
    }

    fn percent(&self, permille: u16) -> String {
        permille.to_string()
    }

    fn date(&self, date: Date) -> String {
        date.to_string()
    }

    fn month(&self, month: Month) -> String {
        format!("{month:?}")
    }
}

fn closed_deals(stats: &ClosedStats) -> usize {
    let of = |outcome| stats.total.of(outcome).count;
    Outcome::ALL.into_iter().map(of).sum()
}

/// Decodes by a library what the browser decodes by its own tables.
pub struct LibraryDecoder;

impl Decoder for LibraryDecoder {
    fn decode(&self, bytes: &[u8], page: CodePage) -> Option<String> {
        let encoding = encoding_rs::Encoding::for_label(page.label().as_bytes())?;
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        Some(text.into_owned())
    }
}

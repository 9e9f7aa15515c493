//! The columns of the lists of deals, each told in one place: what it is
//! called, where it is, what it is sorted by and what it shows.
//!
//! A new column is a variant of [`Column`] and its lines in
//! [`Column::about`]; the list, the choice of columns, the addresses and the
//! index take the rest from there.

use crate::domain::read::brief::Brief;
use crate::domain::read::filter::Tab;
use crate::domain::record::deal::{Deal, Outcome};
use crate::domain::record::list::ListKind;
use crate::domain::record::next_step::NextStep;
use crate::domain::record::process::Process;
use crate::domain::record::workspace::Setup;
use crate::domain::value::id::EntryId;
use crate::domain::value::money::Chance;
use crate::domain::value::time::{Date, Moment, days_between};

/// The columns and all of them in one, so that none is missed.
macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// A column of the list of deals.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Column {
            $($(#[$doc])* $name,)*
        }

        impl Column {
            /// Every column, in the order in which they are offered.
            pub const ALL: [Column; [$(Self::$name),*].len()] = [$(Self::$name),*];
        }
    };
}

columns! {
    /// The name.
    Name,
    /// The customer's name.
    Customer,
    /// The current stage, in the order of the process.
    Stage,
    /// What is to be done next, and by when.
    NextStep,
    /// How it was closed.
    Status,
    /// The value.
    Value,
    /// The value times the chance.
    Weighted,
    /// The chance.
    Chance,
    /// The expected close or closing date.
    Close,
    /// The owner's name.
    Owner,
    /// The process, in the user's order.
    Process,
    /// The name of the customer's segment.
    Segment,
    /// The category's name.
    Category,
    /// The source's name.
    Source,
    /// Why it was closed.
    Reason,
    /// The date of creation.
    Created,
    /// When a person last changed it.
    Touched,
    /// The days since it was created, or until it was closed.
    Age,
    /// The days it has been in its current stage.
    InStage,
}

/// What kind of thing a column shows: numbers stand below each other, and are
/// most often wanted from the greatest down, as dates are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// A name or a word.
    Text,
    /// An amount, a chance, a number of days.
    Number,
    /// A day.
    Date,
}

/// How much room a column asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// What is left, and never less than most names need.
    Rest,
    /// A few digits.
    Narrow,
    /// A date, a word.
    Middle,
    /// An amount: as wide as the widest of the account.
    Amount,
    /// A name.
    Wide,
    /// A date and some words.
    Broad,
}

/// What the deals are put in order by.
#[derive(Clone, Copy)]
pub enum SortedBy {
    /// Their names, as the account's region has them.
    Name,
    /// The names of their customers.
    Customer,
    /// The name of an entry of these lists.
    Entry(&'static [ListKind], fn(&Brief) -> Option<EntryId>),
    /// The place of their process.
    Process,
    /// The place of their process, then that of their stage in it.
    Stage,
    /// When their next step is due: by date, then those without one, then
    /// deals that have none; and of each the greatest value first.
    NextStep,
    /// A number, where it is known. Between two deals of the same tab it is
    /// greater or less whatever the time is.
    Number(fn(&Brief) -> Option<i64>),
}

impl SortedBy {
    /// Whether the order is another in another language.
    pub fn hangs_on_letters(self) -> bool {
        match self {
            Self::Name | Self::Customer | Self::Entry(..) => true,
            Self::Process | Self::Stage | Self::NextStep | Self::Number(_) => false,
        }
    }

    /// Whether it may be another when a process changes, or their order.
    pub fn hangs_on_processes(self) -> bool {
        match self {
            // Numbers may be of the stage a deal is in, as its chance is.
            Self::Process | Self::Stage | Self::Number(_) => true,
            Self::Name | Self::Customer | Self::Entry(..) | Self::NextStep => false,
        }
    }

    /// Whether it may be another when a customer changes, who has a segment.
    pub fn hangs_on_customers(self) -> bool {
        match self {
            Self::Customer => true,
            Self::Entry(..) => self.hangs_on_list(ListKind::Segments),
            Self::Name | Self::Process | Self::Stage | Self::NextStep | Self::Number(_) => false,
        }
    }

    /// Whether it may be another when a list changes.
    pub fn hangs_on_list(self, kind: ListKind) -> bool {
        matches!(self, Self::Entry(kinds, _) if kinds.contains(&kind))
    }
}

/// What a cell shows, to be written as the account's region does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content<'a> {
    /// It is not known, or there is none.
    Nothing,
    /// A text.
    Text(&'a str),
    /// An amount, in minor units.
    Money(i128),
    /// A chance.
    Chance(Chance),
    /// A civil date.
    Date(Date),
    /// The day of a moment, where the visitor is.
    Day(Moment),
    /// A number of days.
    Days(i64),
    /// What is to be done, and by when.
    Step(&'a NextStep),
}

impl<'a> From<&'a str> for Content<'a> {
    fn from(text: &'a str) -> Self {
        if text.is_empty() {
            Self::Nothing
        } else {
            Self::Text(text)
        }
    }
}

/// A deal with what its cells are found by.
#[derive(Clone, Copy)]
pub struct InView<'a> {
    /// What the deal names by ids.
    pub setup: &'a Setup,
    /// The deal.
    pub deal: &'a Deal,
    /// Its present process.
    pub process: &'a Process,
    /// The moment of looking.
    pub now: Moment,
    /// The date of that moment, where the visitor is.
    pub today: Date,
}

impl<'a> InView<'a> {
    /// A deal as it is seen now; none where its process is missing.
    pub fn of(setup: &'a Setup, deal: &'a Deal, now: Moment, today: Date) -> Option<Self> {
        let process = setup.processes.get(&deal.process)?;
        Some(Self {
            setup,
            deal,
            process,
            now,
            today,
        })
    }

    fn entry(&self, kind: ListKind, id: Option<EntryId>) -> Content<'a> {
        self.setup.entry_name(kind, id).into()
    }
}

/// Everything that is told of a column.
pub struct About {
    /// Its name in addresses.
    pub slug: &'static str,
    /// Its heading on the tab of open deals; none where it is not there.
    pub open: Option<&'static str>,
    /// Its heading on the tab of closed deals; none where it is not there.
    pub closed: Option<&'static str>,
    /// What kind of thing it shows.
    pub kind: ColumnKind,
    /// How much room it asks for.
    pub width: Width,
    /// What its order is.
    pub sorted_by: SortedBy,
    /// What its cells show.
    pub shows: for<'a> fn(&InView<'a>) -> Content<'a>,
}

const REASONS: &[ListKind] = &[
    ListKind::ReasonsWon,
    ListKind::ReasonsLost,
    ListKind::ReasonsOutdated,
];

impl Column {
    /// What there is to tell of it.
    #[rustfmt::skip]
    pub fn about(self) -> About {
        use SortedBy::{Entry, Number};
        let both = |slug, name, kind, width, sorted_by, shows| About {
            slug, open: Some(name), closed: Some(name), kind, width, sorted_by, shows,
        };
        match self {
            Self::Name => both("name", "Name", ColumnKind::Text, Width::Rest, SortedBy::Name,
                |seen| seen.deal.name.as_str().into()),
            Self::Customer => both("customer", "Customer", ColumnKind::Text, Width::Wide, SortedBy::Customer,
                |seen| seen.setup.customer_name(seen.deal.customer).into()),
            Self::Stage => both("stage", "Stage", ColumnKind::Text, Width::Wide, SortedBy::Stage,
                |seen| stage_name(seen.process, seen.deal).into()),
            Self::NextStep => About {
                closed: None,
                ..both("next_step", "Next step", ColumnKind::Text, Width::Broad, SortedBy::NextStep,
                    |seen| seen.deal.next_step.as_ref().map_or(Content::Nothing, Content::Step))
            },
            Self::Status => About {
                open: None,
                ..both("status", "Status", ColumnKind::Text, Width::Middle,
                    Number(|deal| deal.outcome().map(|outcome| outcome as i64)),
                    |seen| seen.deal.outcome().map_or("Open", Outcome::title).into())
            },
            Self::Value => both("value", "Value", ColumnKind::Number, Width::Amount,
                Number(|deal| deal.value.map(|value| value.minor())),
                |seen| seen.deal.value.map_or(Content::Nothing, |value| Content::Money(value.minor().into()))),
            Self::Weighted => About {
                closed: None,
                ..both("weighted", "Weighted value", ColumnKind::Number, Width::Amount,
                    Number(|deal| deal.value.map(|value| value.weighted(deal.chance))),
                    |seen| seen.deal.weighted_value(seen.process)
                        .map_or(Content::Nothing, |value| Content::Money(value.minor())))
            },
            Self::Chance => About {
                closed: None,
                ..both("chance", "Chance", ColumnKind::Number, Width::Narrow,
                    Number(|deal| Some(deal.chance.permille().into())),
                    |seen| Content::Chance(seen.deal.chance(seen.process)))
            },
            Self::Close => About {
                closed: Some("Closed"),
                ..both("close", "Expected close", ColumnKind::Date, Width::Middle,
                    Number(|deal| deal.shown_close().map(day)),
                    |seen| seen.deal.shown_close().map_or(Content::Nothing, Content::Date))
            },
            Self::Owner => both("owner", "Owner", ColumnKind::Text, Width::Wide,
                Entry(&[ListKind::Owners], |deal| deal.owner),
                |seen| seen.entry(ListKind::Owners, seen.deal.owner)),
            Self::Process => both("process", "Process", ColumnKind::Text, Width::Wide, SortedBy::Process,
                |seen| seen.process.name.as_str().into()),
            Self::Segment => both("segment", "Segment", ColumnKind::Text, Width::Middle,
                Entry(&[ListKind::Segments], |deal| deal.segment),
                |seen| seen.entry(ListKind::Segments, seen.setup.segment_of(seen.deal))),
            Self::Category => both("category", "Category", ColumnKind::Text, Width::Middle,
                Entry(&[ListKind::Categories], |deal| deal.category),
                |seen| seen.entry(ListKind::Categories, seen.deal.category)),
            Self::Source => both("source", "Source", ColumnKind::Text, Width::Middle,
                Entry(&[ListKind::Sources], |deal| deal.source),
                |seen| seen.entry(ListKind::Sources, seen.deal.source)),
            Self::Reason => About {
                open: None,
                ..both("reason", "Reason", ColumnKind::Text, Width::Wide,
                    Entry(REASONS, |deal| deal.ending.and_then(|ending| ending.reason)),
                    |seen| seen.deal.closing.as_ref().map_or(Content::Nothing,
                        |closing| seen.entry(closing.outcome.reasons(), closing.reason)))
            },
            Self::Created => both("created", "Created", ColumnKind::Date, Width::Middle,
                Number(|deal| Some(day(deal.created))),
                |seen| Content::Date(seen.deal.created)),
            Self::Touched => both("touched", "Last changed", ColumnKind::Date, Width::Middle,
                Number(|deal| Some(deal.touched.0)),
                |seen| Content::Day(seen.deal.touched)),
            // An open deal is the older, the earlier it was created.
            Self::Age => both("age", "Age", ColumnKind::Number, Width::Narrow,
                Number(|deal| Some(deal.ending.map_or(0, |ending| day(ending.on)) - day(deal.created))),
                |seen| Content::Days(seen.deal.age_days(seen.today).max(0))),
            Self::InStage => both("in_stage", "Days in stage", ColumnKind::Number, Width::Narrow,
                Number(|deal| deal.in_stage.map(|time| time.minutes_at(Moment::default()))),
                |seen| seen.deal.time_in_stage(seen.process).map_or(Content::Nothing,
                    |time| Content::Days(time.minutes_at(seen.now).max(0) / (24 * 60)))),
        }
    }

    /// Its heading on a tab; none where it is not there.
    pub fn heading(self, tab: Tab) -> Option<&'static str> {
        match tab {
            Tab::Open => self.about().open,
            Tab::Closed => self.about().closed,
            // What is a date ahead of open deals is one past of closed ones.
            Tab::All if self == Self::Close => Some("Close"),
            // Their numbers compare within a tab alone.
            Tab::All if matches!(self, Self::Age | Self::InStage) => None,
            Tab::All => self.about().open.or(self.about().closed),
        }
    }

    /// The column of that name in addresses.
    pub fn of_slug(slug: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|column| column.about().slug == slug)
    }
}

/// The name of the current stage, or what there is in its place.
fn stage_name<'a>(process: &'a Process, deal: &Deal) -> &'a str {
    let stage = deal.current_stage(process).id();
    stage
        .and_then(|id| process.stage(id))
        .map_or("Stage unknown", |stage| stage.name.as_str())
}

fn day(date: Date) -> i64 {
    days_between(Date::constant(1970, 1, 1), date)
}

//! Processes, owners and the like side by side (§7.8).

use std::cmp::Ordering;
use std::collections::HashMap;

use super::{Behind, Mean, Rate, Scope};
use crate::domain::read::brief::Brief;
use crate::domain::read::filter::{Kind, Pick, Written, name_of};
use crate::domain::read::stats::{OpenTally, Outcomes};
use crate::domain::record::deal::Outcome;
use crate::domain::record::process::Color;
use crate::domain::record::workspace::Setup;
use crate::domain::value::id::EntryId;
use crate::domain::value::money::{Total, div_half_away};
use crate::domain::value::order::sort_by;
use crate::domain::value::time::days_between;

/// What is compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum By {
    /// Sales processes.
    #[default]
    Process,
    /// Owners.
    Owner,
    /// Segments of customers.
    Segment,
    /// Categories.
    Category,
    /// Sources.
    Source,
}

impl By {
    /// Everything that can be compared.
    pub const ALL: [By; 5] = [
        Self::Process,
        Self::Owner,
        Self::Segment,
        Self::Category,
        Self::Source,
    ];

    /// The kind of filter that tells them apart.
    pub fn kind(self) -> Kind {
        match self {
            Self::Process => Kind::Process,
            Self::Owner => Kind::Owner,
            Self::Segment => Kind::Segment,
            Self::Category => Kind::Category,
            Self::Source => Kind::Source,
        }
    }

    /// Its word in addresses.
    pub fn slug(self) -> &'static str {
        self.kind().term()
    }

    fn color_of(self, setup: &Setup, deal: &Brief) -> Option<Color> {
        let process = setup.processes.get(&deal.process);
        process
            .filter(|_| self == Self::Process)
            .map(|process| process.color)
    }

    fn value_of(self, deal: &Brief) -> String {
        let entry = |id: Option<EntryId>| Pick::from(id).text();
        match self {
            Self::Process => deal.process.text(),
            Self::Owner => entry(deal.owner),
            Self::Segment => entry(deal.segment),
            Self::Category => entry(deal.category),
            Self::Source => entry(deal.source),
        }
    }
}

/// What is compared of them; each is a column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Their names.
    Name,
    /// The number of open deals.
    Open,
    /// The value of the open deals.
    #[default]
    Value,
    /// Their weighted value.
    Weighted,
    /// The number of deals won in the period.
    Won,
    /// The value of those.
    WonValue,
    /// The number of deals lost in the period.
    Lost,
    /// Won of won and lost.
    WinRate,
    /// The average value of the won deals.
    AverageWon,
    /// The average of the days to close of the won deals.
    DaysToClose,
    /// How much value a day brings.
    Velocity,
}

impl Measure {
    /// Every column, in order.
    pub const ALL: [Measure; 11] = [
        Self::Name,
        Self::Open,
        Self::Value,
        Self::Weighted,
        Self::Won,
        Self::WonValue,
        Self::Lost,
        Self::WinRate,
        Self::AverageWon,
        Self::DaysToClose,
        Self::Velocity,
    ];

    /// Its heading; that of names is what is compared.
    pub fn title(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Open => "Open deals",
            Self::Value => "Value",
            Self::Weighted => "Weighted value",
            Self::Won => "Won",
            Self::WonValue => "Value won",
            Self::Lost => "Lost",
            Self::WinRate => "Win rate",
            Self::AverageWon => "Average won value",
            Self::DaysToClose => "Days to close",
            Self::Velocity => "Velocity per day",
        }
    }

    /// Its word in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Open => "open",
            Self::Value => "value",
            Self::Weighted => "weighted",
            Self::Won => "won",
            Self::WonValue => "won_value",
            Self::Lost => "lost",
            Self::WinRate => "win_rate",
            Self::AverageWon => "average_won",
            Self::DaysToClose => "days_to_close",
            Self::Velocity => "velocity",
        }
    }
}

/// By which measure the rows are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ranking {
    /// Which.
    pub measure: Measure,
    /// The greatest first.
    pub descending: bool,
}

impl Default for Ranking {
    fn default() -> Self {
        Self {
            measure: Measure::default(),
            descending: true,
        }
    }
}

/// What is compared, a row each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// What.
    pub by: By,
    /// The rows that have any deals.
    pub rows: Vec<Compared>,
    /// All of them together.
    pub all: Compared,
}

/// One of those that are compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compared {
    /// Its value in addresses.
    pub value: String,
    /// Its name.
    pub name: String,
    /// The colour it is drawn in, if it is a process.
    pub color: Option<Color>,
    /// The open deals.
    pub open: OpenTally,
    /// The deals that were closed in the period.
    pub closed: Outcomes,
    /// The days to close of the won ones.
    pub days_to_close: Mean,
}

impl Compared {
    /// Won of won and lost.
    pub fn win_rate(&self) -> Rate {
        let (won, lost) = (self.closed.won.count, self.closed.lost.count);
        Rate::new(won, won + lost)
    }

    /// The average value of the won deals whose value is known.
    pub fn average_won(&self) -> Option<Total> {
        let won = self.closed.won;
        let known = i128::try_from(won.count - won.unknown_value).ok()?;
        (known > 0).then(|| Total::from_minor(div_half_away(won.value.minor(), known)))
    }

    /// The value that a day brings: open deals × average won value × win rate
    /// ÷ average days to close, as far as all of them are known.
    ///
    /// Source: the "sales velocity equation" of sales literature.
    pub fn velocity(&self) -> Option<Total> {
        let won = self.closed.won;
        let whole = |count: usize| i128::try_from(count).ok();
        let above = [
            whole(self.open.all.count)?,
            won.value.minor(),
            whole(won.count)?,
            whole(self.days_to_close.count)?,
        ];
        let below = [
            whole(won.count - won.unknown_value)?,
            whole(self.win_rate().whole)?,
            self.days_to_close.days,
        ];
        let product = |numbers: &[i128]| {
            let mut all = numbers.iter();
            all.try_fold(1i128, |product, number| product.checked_mul(*number))
        };
        let (above, below) = (product(&above)?, product(&below)?);
        (below > 0).then(|| Total::from_minor(div_half_away(above, below)))
    }

    /// The open deals.
    pub fn behind_open(&self, by: By, scope: &Scope) -> Behind {
        self.among(by, scope.open())
    }

    /// The deals that were closed so in the period.
    pub fn behind_closed(&self, by: By, scope: &Scope, outcomes: &[Outcome]) -> Behind {
        self.among(by, scope.closed(outcomes, scope.span))
    }

    fn among(&self, by: By, behind: Behind) -> Behind {
        match self.value.as_str() {
            "" => behind,
            value => behind.with(by.kind(), value),
        }
    }

    /// What it is sorted by and drawn as long as; what is not known comes last
    /// in any order.
    pub fn number(&self, measure: Measure) -> Option<i128> {
        let whole = |count: usize| i128::try_from(count).ok();
        match measure {
            Measure::Name => None,
            Measure::Open => whole(self.open.all.count),
            Measure::Value => Some(self.open.all.value.minor()),
            Measure::Weighted => Some(self.open.weighted.rounded().minor()),
            Measure::Won => whole(self.closed.won.count),
            Measure::WonValue => Some(self.closed.won.value.minor()),
            Measure::Lost => whole(self.closed.lost.count),
            Measure::WinRate => self.win_rate().permille().map(i128::from),
            Measure::AverageWon => self.average_won().map(Total::minor),
            Measure::DaysToClose => self.days_to_close.tenths().map(i128::from),
            Measure::Velocity => self.velocity().map(Total::minor),
        }
    }

    fn add(&mut self, deal: &Brief, scope: &Scope) {
        match deal.ending {
            None => self.open.add(deal.value, deal.chance),
            Some(ending) if scope.span.has(ending.on) => {
                self.closed.add(ending.outcome, deal.value);
                if ending.outcome == Outcome::Won {
                    let days = days_between(deal.created, ending.on);
                    self.days_to_close.add(days.max(0));
                }
            }
            Some(_) => {}
        }
    }
}

impl Comparison {
    /// Sorts the rows; equal ones, and all by name, stand as `names` has them.
    pub fn sort(&mut self, ranking: Ranking, names: &dyn Fn(&str, &str) -> Ordering) {
        let Ranking {
            measure,
            descending,
        } = ranking;
        sort_by(&mut self.rows, &|a, b| {
            let by_name = names(&a.name, &b.name);
            let turned = |order: Ordering| if descending { order.reverse() } else { order };
            match (a.number(measure), b.number(measure)) {
                (Some(one), Some(other)) => turned(one.cmp(&other)).then(by_name),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) if measure == Measure::Name => turned(by_name),
                (None, None) => by_name,
            }
        });
    }
}

/// These deals, compared.
pub fn comparison(setup: &Setup, deals: &[&Brief], scope: &Scope, by: By) -> Comparison {
    let mut places: HashMap<Key, usize> = HashMap::new();
    let mut rows: Vec<Compared> = Vec::new();
    let mut all = Compared::default();
    for deal in deals {
        all.add(deal, scope);
        let place = *places.entry(Key::of(by, deal)).or_insert_with(|| {
            let value = by.value_of(deal);
            rows.push(Compared {
                name: name_of(setup, by.kind(), &value),
                color: by.color_of(setup, deal),
                value,
                ..Compared::default()
            });
            rows.len() - 1
        });
        if let Some(row) = rows.get_mut(place) {
            row.add(deal, scope);
        }
    }
    rows.retain(|row| row.open.all.count + row.closed.all().count > 0);
    Comparison { by, rows, all }
}

/// What tells the rows apart.
#[derive(PartialEq, Eq, Hash)]
struct Key(Option<u64>);

impl Key {
    fn of(by: By, deal: &Brief) -> Self {
        let entry = |id: Option<EntryId>| id.map(|id| id.0);
        Self(match by {
            By::Process => Some(deal.process.0),
            By::Owner => entry(deal.owner),
            By::Segment => entry(deal.segment),
            By::Category => entry(deal.category),
            By::Source => entry(deal.source),
        })
    }
}

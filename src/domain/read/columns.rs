//! Which columns a list has, and by which of them it is sorted.

use crate::domain::read::column::{Column, ColumnKind};
use crate::domain::read::filter::Tab;

/// The columns of a list in their order: the name first, and none twice.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Columns(Vec<Column>);

impl Columns {
    /// These of the columns that a tab has, in this order. The name comes
    /// first in any case: it says which deal a row is, and leads to it.
    pub fn of(tab: Tab, wanted: impl IntoIterator<Item = Column>) -> Self {
        let mut columns = vec![Column::Name];
        for column in wanted {
            if column.heading(tab).is_some() && !columns.contains(&column) {
                columns.push(column);
            }
        }
        Self(columns)
    }

    /// Those that a tab has until a person chooses others.
    pub fn usual(tab: Tab) -> Self {
        let usual: &[Column] = match tab {
            Tab::Open => &[
                Column::Customer,
                Column::Stage,
                Column::Value,
                Column::NextStep,
                Column::Close,
                Column::Owner,
                Column::Process,
            ],
            Tab::Closed => &[
                Column::Customer,
                Column::Status,
                Column::Value,
                Column::Close,
                Column::Owner,
                Column::Process,
                Column::Created,
            ],
            Tab::All => &[
                Column::Customer,
                Column::Status,
                Column::Stage,
                Column::Value,
                Column::Created,
                Column::Close,
                Column::Owner,
                Column::Process,
            ],
        };
        Self::of(tab, usual.iter().copied())
    }

    /// The columns that a text names, such as `name,owner,value`; what is no
    /// column of the tab is passed over.
    pub fn parse(tab: Tab, text: &str) -> Self {
        Self::of(tab, text.split(',').filter_map(Column::of_slug))
    }

    /// The text that names them.
    pub fn text(&self) -> String {
        let slugs: Vec<&str> = self.0.iter().map(|column| column.about().slug).collect();
        slugs.join(",")
    }

    /// The same without one, if it is another than the name.
    #[must_use]
    pub fn without(mut self, column: Column) -> Self {
        self.0.retain(|own| *own == Column::Name || *own != column);
        self
    }

    /// The columns of the open deals, which are these, and of the closed ones
    /// in one sequence, so that one row has the cells of both tabs. Each comes
    /// with the tab it is for, or none where it serves both.
    pub fn and_of_closed(&self, closed: &Self) -> Vec<(Column, Option<Tab>)> {
        let mut both = Vec::new();
        let mut rest = closed.0.as_slice();
        for column in &self.0 {
            let Some(at) = rest.iter().position(|other| other == column) else {
                both.push((*column, Some(Tab::Open)));
                continue;
            };
            let (before, from_it_on) = rest.split_at(at);
            both.extend(before.iter().map(|column| (*column, Some(Tab::Closed))));
            both.push((*column, None));
            rest = from_it_on.get(1..).unwrap_or_default();
        }
        both.extend(rest.iter().map(|column| (*column, Some(Tab::Closed))));
        both
    }

    /// The columns.
    pub fn iter(&self) -> impl Iterator<Item = Column> {
        self.0.iter().copied()
    }

    /// Whether it is one of them.
    pub fn has(&self, column: Column) -> bool {
        self.0.contains(&column)
    }
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sort {
    /// By which column.
    pub column: Column,
    /// The greatest first.
    pub descending: bool,
    /// Before all others those that the user owns, who may not have said who
    /// that is.
    pub mine_first: bool,
}

impl Default for Sort {
    /// The newest first.
    fn default() -> Self {
        Self::by(Column::Created, true)
    }
}

/// How the deals of a tab are laid out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Layout {
    /// A row per deal.
    #[default]
    Table,
    /// A card per deal, in the columns of their stages (§12). Of open deals
    /// alone: a closed one is in no stage any more.
    Board,
}

impl Layout {
    /// The order that it has until a person chooses another.
    pub fn usual_sort(self) -> Sort {
        match self {
            Self::Table => Sort::default(),
            Self::Board => Sort::first_by(Column::NextStep),
        }
    }
}

impl Sort {
    /// By a column, whoever owns the deals.
    pub const fn by(column: Column, descending: bool) -> Self {
        Self {
            column,
            descending,
            mine_first: false,
        }
    }

    /// What the user has to do, and then what the others have, by when it is due.
    pub const MINE: Self = Self {
        mine_first: true,
        ..Self::by(Column::NextStep, false)
    };

    /// The order in words, such as "Sorted by Category, descending"; empty where the
    /// tab has no such column.
    pub fn in_words(self, tab: Tab) -> String {
        let direction = match (self.descending, self.mine_first) {
            (true, false) => "descending",
            (false, false) => "ascending",
            (true, true) => "descending, mine first",
            (false, true) => "mine first",
        };
        let heading = self.column.heading(tab);
        heading.map_or_else(String::new, |heading| {
            format!("Sorted by {heading}, {direction}")
        })
    }

    /// The order that is most often wanted of a column.
    pub fn first_by(column: Column) -> Self {
        Self::by(column, column.about().kind != ColumnKind::Text)
    }

    /// The order after its heading was pressed: turned, or by another column.
    #[must_use]
    pub fn pressed(self, column: Column) -> Self {
        if self == Self::by(column, self.descending) {
            Self::by(column, !self.descending)
        } else {
            Self::first_by(column)
        }
    }
}

//! The figures behind a chart, as tables that everyone can read.

use super::format::{Format, points, rate};
use crate::codec::csv::escape::{escape, write_row};
use crate::domain::read::statistics::{Mean, Rate};
use crate::domain::read::stats::{OpenTally, Tally};
use crate::domain::value::money::Total;

/// What stands where there is nothing to say.
pub(super) const NOTHING: &str = "–";

/// One of the few figures that say most, with its name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// The figure, as text.
    pub value: String,
    /// What picking it picks; none where there is nothing to pick.
    pub key: Option<String>,
}

/// A table of figures. The first column names the row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// What it shows.
    pub title: String,
    /// A heading per column.
    pub columns: Vec<String>,
    /// The rows, the total (if any) last.
    pub rows: Vec<FigureRow>,
}

/// A row of figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FigureRow {
    /// A cell per column.
    pub cells: Vec<Cell>,
    /// It sums up the rows above.
    pub total: bool,
}

/// A cell: a figure, or the name of the row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// The text, as people read it.
    pub text: String,
    /// The same for machines; none where that is the text.
    pub plain: Option<String>,
    /// What picking it picks, as a click on the chart's part does: the address
    /// of a list (it begins with `#/`), or what the screen knows; none where
    /// there is nothing to pick.
    pub key: Option<String>,
}

impl Fact {
    pub(super) fn new(label: &str, value: String) -> Self {
        Self {
            label: label.to_owned(),
            value,
            key: None,
        }
    }

    /// The same, by which its deals can be picked.
    pub(super) fn picking(self, key: &str) -> Self {
        Self {
            key: Some(key.to_owned()),
            ..self
        }
    }
}

impl Cell {
    /// A name.
    pub(super) fn name(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            ..Self::default()
        }
    }

    /// A figure with its number for machines.
    pub(super) fn number(text: String, plain: String) -> Self {
        Self {
            text,
            plain: Some(plain),
            key: None,
        }
    }

    /// There is nothing to say.
    pub(super) fn nothing() -> Self {
        Self::number(NOTHING.to_owned(), String::new())
    }

    /// How many there are.
    pub(super) fn count(count: usize, format: &dyn Format) -> Self {
        Self::number(format.count(count), count.to_string())
    }

    /// An amount.
    pub(super) fn amount(amount: Total, format: &dyn Format) -> Self {
        Self::number(format.money(amount), format.plain_money(amount))
    }

    /// The sum of the known values; nothing where none is known.
    pub(super) fn value(tally: Tally, format: &dyn Format) -> Self {
        match tally.has_value() {
            true => Self::amount(tally.value, format),
            false => Self::nothing(),
        }
    }

    /// The weighted value; nothing where no value is known.
    pub(super) fn weighted(tally: OpenTally, format: &dyn Format) -> Self {
        match tally.all.has_value() {
            true => Self::amount(tally.weighted.rounded(), format),
            false => Self::nothing(),
        }
    }

    /// A share of deals; where those are few, it says of how many.
    pub(super) fn rate(share: Rate, format: &dyn Format) -> Self {
        let Some(permille) = share.permille() else {
            return Self::nothing();
        };
        let text = rate(share, format).unwrap_or_default();
        Self::number(text, tenths_plain(i64::from(permille)))
    }

    /// A difference of shares in percentage points, given in tenths.
    pub(super) fn points(tenths: Option<i32>, format: &dyn Format) -> Self {
        tenths.map_or_else(Self::nothing, |tenths| {
            let tenths = i64::from(tenths);
            Self::number(points(tenths, format), tenths_plain(tenths))
        })
    }

    /// A mean of days.
    pub(super) fn mean_days(mean: Mean, format: &dyn Format) -> Self {
        mean.tenths().map_or_else(Self::nothing, |tenths| {
            Self::number(format.tenths(tenths), tenths_plain(tenths))
        })
    }

    /// The same, by which its deals can be picked.
    pub(super) fn picking(self, key: Option<String>) -> Self {
        Self { key, ..self }
    }

    /// What a machine reads. What a spreadsheet would take for a formula is
    /// guarded, but a number may begin with a minus.
    fn csv(&self) -> String {
        match &self.plain {
            Some(plain) => plain.clone(),
            None => escape(&self.text).into_owned(),
        }
    }
}

/// A number given in tenths, for machines.
pub(super) fn tenths_plain(tenths: i64) -> String {
    crate::domain::value::money::plain_decimal(i128::from(tenths), 1)
}

impl Table {
    pub(super) fn new(title: &str, columns: &[&str]) -> Self {
        let columns = columns.iter().map(|column| (*column).to_owned()).collect();
        Self {
            title: title.to_owned(),
            columns,
            rows: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, cells: Vec<Cell>) {
        self.put(cells, false);
    }

    pub(super) fn push_total(&mut self, cells: Vec<Cell>) {
        self.put(cells, true);
    }

    /// A row, or what sums up those above.
    pub(super) fn put(&mut self, cells: Vec<Cell>, total: bool) {
        self.rows.push(FigureRow { cells, total });
    }
}

/// Tables as a CSV file, one below the other: numbers as machines read them,
/// dates as ISO writes them, and nothing that a spreadsheet takes for a formula.
pub fn tables_csv(tables: &[Table]) -> String {
    // Spreadsheets ask for the byte order mark.
    let mut out = String::from('\u{feff}');
    for (place, table) in tables.iter().enumerate() {
        if place > 0 {
            write_row::<&str>(&mut out, []);
        }
        if tables.len() > 1 {
            write_row(&mut out, [escape(&table.title)]);
        }
        write_row(&mut out, table.columns.iter().map(|column| escape(column)));
        for row in &table.rows {
            write_row(&mut out, row.cells.iter().map(Cell::csv));
        }
    }
    out
}

//! The figures behind a chart, as tables that everyone can read.

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
    /// What picking the row picks, as a click on the chart's part does; none
    /// where there is nothing to pick.
    pub key: Option<String>,
    /// A text per column.
    pub cells: Vec<String>,
    /// It sums up the rows above.
    pub total: bool,
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

impl Table {
    pub(super) fn new(title: &str, columns: &[&str]) -> Self {
        let columns = columns.iter().map(|column| (*column).to_owned()).collect();
        Self {
            title: title.to_owned(),
            columns,
            rows: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, key: Option<String>, cells: Vec<String>) {
        self.rows.push(FigureRow {
            key,
            cells,
            total: false,
        });
    }

    pub(super) fn push_total(&mut self, cells: Vec<String>) {
        self.rows.push(FigureRow {
            key: None,
            cells,
            total: true,
        });
    }
}

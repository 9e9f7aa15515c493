//! How a file is read: what the user chose instead of what was proposed, and
//! what is told about the lines that are no plain rows.

use std::fmt;

use super::code_page::CodePage;

/// What the user chose; what is none is proposed from the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reading {
    /// The encoding.
    pub code_page: Option<CodePage>,
    /// What parts the cells: one of `,` `;` `|`, a tab or a blank.
    pub delimiter: Option<char>,
    /// Where the header is.
    pub header: Option<HeaderChoice>,
}

/// Where the names of the columns stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderChoice {
    /// Nowhere.
    None,
    /// In the row that begins in this line, from 1.
    Line(u32),
}

/// A line before the table that is not part of it: a title, a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedLine {
    /// The line, from 1.
    pub line: u32,
    /// What is in it, the cells joined.
    pub text: String,
}

/// Why a row is proposed to be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    /// It is the header once more.
    HeaderAgain,
    /// It names the group of the rows below it.
    GroupTitle,
    /// It adds up the rows above it.
    Sum,
    /// It says something about the file.
    Footer,
    /// It belongs to another table below this one.
    OtherTable,
    /// It stands in a table that is in the file twice.
    TableAgain,
    /// Its quotes are wrong, and its cells can't be told apart.
    Broken,
}

impl fmt::Display for Aside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::HeaderAgain => "the header again",
            Self::GroupTitle => "the title of a group",
            Self::Sum => "a row of sums",
            Self::Footer => "a note below the table",
            Self::OtherTable => "part of another table",
            Self::TableAgain => "the same table again",
            Self::Broken => "a quote in it is wrong, so its cells can't be told apart",
        })
    }
}

/// A row that was not written as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trouble {
    /// The line it begins in, from 1.
    pub line: u32,
    /// What is wrong with it.
    pub kind: TroubleKind,
}

/// What is wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TroubleKind {
    /// A quote is not closed, or stands in the middle of a cell; it was read
    /// as a character like others.
    Quote,
    /// A quote is wrong and the cells can't be told apart.
    BrokenQuote,
    /// There are fewer cells than columns.
    TooFew {
        /// How many.
        cells: u32,
        /// How many columns there are.
        columns: u32,
    },
    /// There are texts beyond the last column.
    TooMany {
        /// How many cells.
        cells: u32,
        /// How many columns there are.
        columns: u32,
    },
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line {}: ", self.line)?;
        match self.kind {
            TroubleKind::Quote => f.write_str(
                "a quote is not closed or stands in the middle of a cell; it was read as a character like others.",
            ),
            TroubleKind::BrokenQuote => f.write_str(
                "a quote is not closed or stands in the middle of a cell; the row was read as far as its line goes.",
            ),
            TroubleKind::TooFew { cells, columns } => write!(
                f,
                "the row has {cells} of {columns} cells; those that are missing are taken as empty."
            ),
            TroubleKind::TooMany { cells, columns } => write!(
                f,
                "the row has {cells} cells and the table {columns} columns; a delimiter may be too many, or a quote missing."
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn troubles_name_their_line() {
        let trouble = Trouble {
            line: 12,
            kind: TroubleKind::TooFew {
                cells: 3,
                columns: 5,
            },
        };
        assert_eq!(
            trouble.to_string(),
            "Line 12: the row has 3 of 5 cells; those that are missing are taken as empty."
        );
    }
}

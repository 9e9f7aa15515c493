//! Rows below the header that are no records.

use std::fmt;

use super::Table;

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

/// The rows of a table that are no records; `gaps` are the rows before which
/// there is an empty one.
pub fn find(_table: &Table, _gaps: Vec<u32>) -> Vec<(u32, Aside)> {
    Vec::new()
}

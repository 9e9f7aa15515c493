//! Deals and customers from and to CSV files (§10.2 and §10.3).
//!
//! An import goes `bytes` → [`Table`] → a `Matching` that proposes what each
//! column and value means and that the user may change → a `Builder` that
//! turns rows into records, some rows at a time → an `Outcome`, whose records
//! go to `Command::Import`. The preview is a run of the same builder, so what
//! it shows is what the import does.
//!
//! From bytes to a table: `decode` finds the encoding (`guess`, by the letters
//! of `languages`) and decodes through the port [`Decoder`]; `layout` finds
//! what parts and quotes the cells; `raw_rows` reads the rows into `cells`;
//! `heading` finds the header, `asides` the rows that are no records. What a
//! user chooses instead of a proposal is a [`Reading`].

pub mod amounts;
mod asides;
mod cells;
mod chances;
mod clock;
mod code_page;
pub mod customers;
pub mod dates;
pub mod deals;
mod decode;
mod dialect;
mod drafts;
pub mod escape;
pub mod export;
mod guess;
mod header;
mod heading;
mod kinds;
mod known_names;
mod languages;
mod layout;
mod lexicon;
mod names;
mod nothing;
mod one_way;
mod profile;
mod raw_rows;
mod reading;
mod report;
mod sum_words;
mod table;
mod taken;

pub use clock::Clock;
pub use code_page::{CodePage, Decoder, UnicodeOnly};
pub use dialect::Delimiter;
pub use header::Columns;
pub use nothing::is_nothing;
pub use profile::Looks;
pub use reading::{Aside, HeaderChoice, Reading, SkippedLine, Trouble, TroubleKind};
pub use report::{Findings, Repeated, RowError, errors_csv};
pub use table::{Row, Table};

/// The largest file that is read, in bytes.
pub const MAX_BYTES: u64 = 100_000_000;

/// The most columns a file may have.
pub const MAX_COLUMNS: usize = 1_000;

/// Why a whole file can't be read as a table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CsvError {
    /// The file is larger than [`MAX_BYTES`].
    #[error("The file is too large: {} MB. At most {} MB can be imported; split it into several files.", bytes / 1_000_000, MAX_BYTES / 1_000_000)]
    TooLarge {
        /// Its size.
        bytes: u64,
    },
    /// There is nothing in it.
    #[error("The file is empty.")]
    Empty,
    /// It is a file of another kind.
    #[error("This is {what}, not a CSV file. Save or export the table as CSV first.")]
    OtherKind {
        /// What it looks like, with its article.
        what: &'static str,
    },
    /// It is not in the encoding that was chosen.
    #[error("The file is not in {}. Choose another encoding.", page.name())]
    NotIn {
        /// The encoding.
        page: CodePage,
    },
    /// It is in no encoding that is known.
    #[error("The encoding of the file is not known. Save or export it as CSV in UTF-8.")]
    UnknownEncoding,
    /// The first row has more columns than a table of deals ever has.
    #[error(
        "The first row has {columns} columns; at most {} can be read.",
        MAX_COLUMNS
    )]
    TooManyColumns {
        /// How many.
        columns: usize,
    },
    /// There is a header and nothing below it.
    #[error(
        "The file has a header row and no rows below it. Its columns: {}.",
        listed(columns)
    )]
    NoRows {
        /// The names of its columns.
        columns: Vec<String>,
    },
}

/// The names of columns in one line, those that are there.
fn listed(columns: &[String]) -> String {
    let names = columns.iter().filter(|name| !name.is_empty());
    names.map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// Refuses a file by its size, before it is read.
///
/// # Errors
/// [`CsvError::TooLarge`] above [`MAX_BYTES`].
pub fn check_size(bytes: u64) -> Result<(), CsvError> {
    if bytes > MAX_BYTES {
        Err(CsvError::TooLarge { bytes })
    } else {
        Ok(())
    }
}

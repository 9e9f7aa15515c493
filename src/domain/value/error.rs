//! Why the domain refuses a command, in words for the person who gave it.

use crate::domain::value::field::FieldName;
use crate::domain::value::name::Name;

/// A command that was refused. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DomainError {
    /// A required text is empty.
    #[error("{what} is missing.")]
    Empty {
        /// The field.
        what: FieldName,
    },
    /// A text is too long.
    #[error("{what} {} too long: at most {most} characters.", what.is())]
    TooLong {
        /// The field.
        what: FieldName,
        /// The most characters it may have.
        most: usize,
    },
    /// A name that must be unique stands already.
    #[error("There is already {} {what} named “{name}”.", article(what))]
    NameTaken {
        /// What kind of thing.
        what: &'static str,
        /// The name.
        name: Name,
    },
    /// A weight is out of range.
    #[error("The weight of “{name}” must be a whole number from 0 to 100.")]
    Weight {
        /// The sub-stage.
        name: Name,
    },
    /// A date is outside the years 1900 to 2999.
    #[error("{what} must be a date between 1900 and 2999.")]
    Date {
        /// The field.
        what: FieldName,
    },
    /// A date is not whole, or not one of the calendar.
    #[error("This is no date: give day, month and year of one that exists.")]
    HalfDate,
    /// A text is no number, or its groups of digits are not of three.
    #[error("This is no amount.")]
    NoAmount,
    /// An amount is below 0.
    #[error("A value can't be negative.")]
    Negative,
    /// An amount has more decimals than the currency.
    #[error("{code} has {}.", decimals_of(*decimals))]
    TooFine {
        /// The currency.
        code: &'static str,
        /// How many decimals it has.
        decimals: u8,
    },
    /// An amount is more than a value may be.
    #[error("A value is at most 1,000,000,000,000.")]
    TooLarge,
    /// A closing date lies in the future.
    #[error("The date can't be in the future.")]
    FutureDate,
    /// A snooze does not reach beyond today.
    #[error("The date must be later than today.")]
    NotLater,
    /// A rule asks for nothing.
    #[error("Rule {number} has no condition: it would fit every deal.")]
    RuleWithoutCondition {
        /// Its place, from 1.
        number: usize,
    },
    /// A rule asks for a value that can't be.
    #[error("Rule {number} fits no value: its limit below must be the greater one.")]
    RuleRange {
        /// Its place, from 1.
        number: usize,
    },
    /// The record a command names is not there (any more).
    #[error("This {what} is not there any more.")]
    Missing {
        /// What kind of record.
        what: &'static str,
    },
    /// A record refers to one that is not there.
    #[error("{record} refers to {} {what} that is not there.", article(what))]
    Dangling {
        /// The record that refers, for people.
        record: String,
        /// What kind of record is missing.
        what: &'static str,
    },
    /// A record can't be as it is.
    #[error("{record} {problem}.")]
    Invalid {
        /// The record, for people.
        record: String,
        /// What is wrong with it, as the rest of the sentence.
        problem: &'static str,
    },
    /// An archived process was chosen.
    #[error("“{name}” is archived and can't be chosen any more.")]
    Archived {
        /// The process.
        name: Name,
    },
    /// A deal is in another process than the stage it was to go to.
    #[error("“{name}” is in another sales process, which does not have this stage.")]
    OtherProcess {
        /// The deal.
        name: Name,
    },
    /// The command is for open deals.
    #[error("“{name}” is closed. Reopen it first.")]
    Closed {
        /// The deal.
        name: Name,
    },
    /// The command is for closed deals.
    #[error("“{name}” is open.")]
    Open {
        /// The deal.
        name: Name,
    },
    /// A sub-stage asks for a note.
    #[error("“{name}” needs a note.")]
    NoteRequired {
        /// The sub-stage.
        name: Name,
    },
    /// Required sub-stages are unticked.
    #[error("Before “{deal}” can be won, these must be done: {missing}.")]
    RequiredMissing {
        /// The deal.
        deal: Name,
        /// The names of the sub-stages.
        missing: String,
    },
    /// A closing reason must be given.
    #[error("Choose a reason.")]
    ReasonMissing,
    /// The default process can't be archived or deleted.
    #[error("“{name}” is the default. Make another process the default first.")]
    IsDefault {
        /// The process.
        name: Name,
    },
    /// Something that deals use can't be deleted yet.
    #[error("“{name}” can't be deleted: it is used by {deals}.")]
    InUse {
        /// The process, stage, sub-stage or list entry.
        name: Name,
        /// How many records use it, for people ("3 deals").
        deals: String,
    },
    /// What deals use goes, and nothing was chosen to take its place.
    #[error("Choose where the deals of “{name}” go.")]
    NoSuccessor {
        /// The stage that goes.
        name: Name,
    },
    /// The currency can't be changed.
    #[error(
        "The currency can't be changed to {to}: it has another number of decimals, and there are deals or rules with values."
    )]
    Decimals {
        /// The code of the new currency.
        to: &'static str,
    },
    /// The currency is not known.
    #[error("“{code}” is no currency that can be chosen.")]
    Currency {
        /// The code.
        code: String,
    },
    /// A step can't be undone or redone because its records have changed since.
    #[error("This step can't be taken back: what it changed has been changed since.")]
    Stale,
    /// The command would change nothing.
    #[error("There is nothing to change.")]
    Nothing,
}

fn decimals_of(decimals: u8) -> String {
    match decimals {
        0 => "no decimals".to_owned(),
        count => format!("no more than {count} decimals"),
    }
}

fn article(what: &str) -> &'static str {
    if what.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    }
}

//! The fields that people fill in, as what is wrong with one names it.

/// A field. An error carries it, so that a form finds the place of the error
/// without a look at its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldName {
    /// The comment on a stored closing.
    AnyComment,
    /// The e-mail address of a stored customer.
    AnyEmail,
    /// A hint of a stored process.
    AnyHint,
    /// A name, whatever it names.
    AnyName,
    /// The text of a stored note.
    AnyNote,
    /// The telephone number of a stored customer.
    AnyPhone,
    /// The category.
    Category,
    /// The comment.
    Comment,
    /// The customer's name.
    CustomerName,
    /// The notes on a customer.
    CustomerNotes,
    /// The date of a closing or a snooze.
    Date,
    /// The notes on a deal.
    DealNotes,
    /// The e-mail address.
    Email,
    /// The expected close.
    ExpectedClose,
    /// The hint.
    Hint,
    /// The language tag.
    LanguageTag,
    /// The name of what is edited.
    Name,
    /// The next step.
    NextStep,
    /// The due date of the next step.
    NextStepDue,
    /// The note.
    Note,
    /// The notes.
    Notes,
    /// Notes, as a column of a file.
    NotesOfFile,
    /// The owner.
    Owner,
    /// The telephone number.
    Phone,
    /// The process's name.
    ProcessName,
    /// The reason.
    Reason,
    /// The language and region of the account.
    Region,
    /// The segment.
    Segment,
    /// The reason of a snooze.
    SnoozeReason,
    /// The source.
    Source,
    /// The name of a stage.
    StageName,
    /// The name of a sub-stage.
    SubStageName,
    /// A contact detail in a file.
    Text,
    /// The date that is typed.
    This,
    /// The view.
    View,
}

impl FieldName {
    /// What it is called where a sentence begins.
    fn words(self) -> &'static str {
        match self {
            Self::AnyComment => "The comment on a closing",
            Self::AnyEmail => "The e-mail address of a customer",
            Self::AnyHint => "A hint",
            Self::AnyName => "A name",
            Self::AnyNote => "A note",
            Self::AnyPhone => "The telephone number of a customer",
            Self::Category => "The category",
            Self::Comment => "The comment",
            Self::CustomerName => "The customer's name",
            Self::CustomerNotes => "The notes on a customer",
            Self::Date => "The date",
            Self::DealNotes => "The notes on a deal",
            Self::Email => "The e-mail address",
            Self::ExpectedClose => "The expected close",
            Self::Hint => "The hint",
            Self::LanguageTag => "The language tag",
            Self::Name => "The name",
            Self::NextStep => "The next step",
            Self::NextStepDue => "The due date",
            Self::Note => "The note",
            Self::Notes => "The notes",
            Self::NotesOfFile => "Notes",
            Self::Owner => "The owner",
            Self::Phone => "The telephone number",
            Self::ProcessName => "The process's name",
            Self::Reason => "The reason",
            Self::Region => "The language and region",
            Self::Segment => "The segment",
            Self::SnoozeReason => "The reason of a snooze",
            Self::Source => "The source",
            Self::StageName => "The name of a stage",
            Self::SubStageName => "The name of a sub-stage",
            Self::Text => "The text",
            Self::This => "This",
            Self::View => "The view",
        }
    }

    /// "is", or "are" where it is more than one.
    pub(super) fn is(self) -> &'static str {
        match self {
            Self::Notes | Self::CustomerNotes | Self::DealNotes => "are",
            _ => "is",
        }
    }
}

impl std::fmt::Display for FieldName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.words())
    }
}

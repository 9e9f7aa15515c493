//! What a column of a file of deals may hold.

use super::super::escape::unescape;
use super::super::header::Columns;
use super::super::profile::Profile;
use super::super::{Row, is_nothing};

/// What a column of a file of deals may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// The name.
    Name,
    /// The customer's name.
    Customer,
    /// The customer's segment, for customers that have none.
    Segment,
    /// The category.
    Category,
    /// The owner.
    Owner,
    /// The value.
    Value,
    /// The currency of the value.
    Currency,
    /// The sales process.
    Process,
    /// The stage; its values may stand for statuses too.
    Stage,
    /// The status.
    Status,
    /// Yes where the deal is won.
    IsWon,
    /// Yes where the deal is lost.
    IsLost,
    /// Yes where the deal is closed.
    IsClosed,
    /// No where the deal is closed.
    IsOpen,
    /// The date of creation.
    Created,
    /// The expected close.
    ExpectedClose,
    /// The closing date.
    Closed,
    /// The expected close of an open deal, the closing date of a closed one.
    CloseDate,
    /// The closing date of a won deal.
    WonOn,
    /// The closing date of a lost deal.
    LostOn,
    /// The date of the last change.
    Changed,
    /// The closing reason.
    Reason,
    /// The closing reason of a lost deal.
    LostReason,
    /// The source.
    Source,
    /// The notes.
    Notes,
    /// The chance.
    Chance,
    /// What is to be done next, of open deals.
    NextStep,
    /// By when.
    NextStepDue,
    /// The deal's id in the program it comes from.
    ExternalId,
}

impl Target {
    /// Every target, as the matching shows them.
    pub const ALL: [Target; 29] = [
        Self::Name,
        Self::Customer,
        Self::Segment,
        Self::Category,
        Self::Owner,
        Self::Value,
        Self::Currency,
        Self::Process,
        Self::Stage,
        Self::Status,
        Self::IsWon,
        Self::IsLost,
        Self::IsClosed,
        Self::IsOpen,
        Self::Created,
        Self::ExpectedClose,
        Self::Closed,
        Self::CloseDate,
        Self::WonOn,
        Self::LostOn,
        Self::Changed,
        Self::Reason,
        Self::LostReason,
        Self::Source,
        Self::Notes,
        Self::Chance,
        Self::NextStep,
        Self::NextStepDue,
        Self::ExternalId,
    ];

    /// The targets that are dates.
    pub const DATES: [Target; 8] = [
        Self::Created,
        Self::ExpectedClose,
        Self::Closed,
        Self::CloseDate,
        Self::WonOn,
        Self::LostOn,
        Self::Changed,
        Self::NextStepDue,
    ];

    /// Its name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Customer => "Customer",
            Self::Segment => "Segment",
            Self::Category => "Category",
            Self::Owner => "Owner",
            Self::Value => "Value",
            Self::Currency => "Currency of the value",
            Self::Process => "Sales process",
            Self::Stage => "Stage",
            Self::Status => "Status",
            Self::IsWon => "Won (yes or no)",
            Self::IsLost => "Lost (yes or no)",
            Self::IsClosed => "Closed (yes or no)",
            Self::IsOpen => "Open (yes or no)",
            Self::Created => "Created",
            Self::ExpectedClose => "Expected close",
            Self::Closed => "Closing date",
            Self::CloseDate => "Close date (expected or actual)",
            Self::WonOn => "Won on",
            Self::LostOn => "Lost on",
            Self::Changed => "Last change",
            Self::Reason => "Closing reason",
            Self::LostReason => "Reason for losing",
            Self::Source => "Source",
            Self::Notes => "Notes",
            Self::Chance => "Chance",
            Self::NextStep => "Next step",
            Self::NextStepDue => "Next step due",
            Self::ExternalId => "External id",
        }
    }

    /// Where its names stand among the names of columns.
    pub(super) fn section(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Customer => "customer",
            Self::Segment => "segment",
            Self::Category => "category",
            Self::Owner => "owner",
            Self::Value => "value",
            Self::Currency => "currency",
            Self::Process => "process",
            Self::Stage => "stage",
            Self::Status => "status",
            Self::IsWon => "is won",
            Self::IsLost => "is lost",
            Self::IsClosed => "is closed",
            Self::IsOpen => "is open",
            Self::Created => "created",
            Self::ExpectedClose => "expected close",
            Self::Closed => "closed",
            Self::CloseDate => "close date",
            Self::WonOn => "won on",
            Self::LostOn => "lost on",
            Self::Changed => "changed",
            Self::Reason => "reason",
            Self::LostReason => "lost reason",
            Self::Source => "source",
            Self::Notes => "notes",
            Self::Chance => "chance",
            Self::NextStep => "next step",
            Self::NextStepDue => "next step due",
            Self::ExternalId => "external id",
        }
    }

    /// Its target in a file of this program's own export.
    pub(super) fn of_export(name: &str) -> Option<Self> {
        Some(match name {
            "name" => Self::Name,
            "customer" => Self::Customer,
            "segment" => Self::Segment,
            "category" => Self::Category,
            "owner" => Self::Owner,
            "value" => Self::Value,
            "process" => Self::Process,
            "stage" => Self::Stage,
            "status" => Self::Status,
            "created" => Self::Created,
            "expected_close" => Self::ExpectedClose,
            "closed" => Self::Closed,
            "reason" => Self::Reason,
            "source" => Self::Source,
            "notes" => Self::Notes,
            "chance" => Self::Chance,
            "next_step" => Self::NextStep,
            "next_step_due" => Self::NextStepDue,
            "external_id" => Self::ExternalId,
            _ => return None,
        })
    }

    pub(super) fn is_date(self) -> bool {
        Self::DATES.contains(&self)
    }

    /// Whether several columns may serve it: the first text among them counts.
    /// A deal without a company belongs to its contact person; exports have a
    /// closing reason and a date for each way to close.
    pub fn takes_many(self) -> bool {
        self.is_date() || matches!(self, Self::Customer | Self::Reason | Self::LostReason)
    }

    /// Whether a column with such texts may hold it, whatever it is called: a
    /// column of ids is no name, one without a number no value.
    pub(super) fn accepts(self, profile: &Profile) -> bool {
        if profile.filled == 0 {
            return true;
        }
        match self {
            Self::Name => !profile.is_ids() && profile.plain_dates * 2 <= profile.distinct,
            Self::Customer | Self::Owner | Self::Category | Self::Segment | Self::Source => {
                !profile.is_ids() && !profile.is_yes_or_no()
            }
            Self::Value => profile.amounts > 0,
            Self::Chance => profile.amounts + profile.percents > 0,
            // A currency that is not known is asked about, but numbers are none.
            Self::Currency => profile.amounts < profile.distinct,
            Self::Process | Self::Stage => !profile.is_ids() && profile.plain_dates == 0,
            // A few known words may mean something else: "New" in New York.
            Self::Status => profile.statuses * 2 >= profile.distinct,
            Self::IsWon | Self::IsLost | Self::IsClosed | Self::IsOpen => profile.is_yes_or_no(),
            Self::Reason | Self::LostReason => !profile.is_yes_or_no(),
            Self::NextStep => {
                !profile.is_ids()
                    && !profile.is_yes_or_no()
                    && profile.plain_dates * 2 <= profile.distinct
            }
            Self::Notes => true,
            // An id that many deals share tells none of them apart.
            Self::ExternalId => profile.distinct * 3 >= profile.filled * 2,
            date => {
                debug_assert!(date.is_date());
                profile.dates > 0 && !profile.is_yes_or_no()
            }
        }
    }
}

/// The text of a target in a row, without the blanks around it (notes keep
/// theirs); empty where no column of the target has any.
pub(super) fn text_of<'a>(columns: &Columns<Target>, row: Row<'a>, target: Target) -> &'a str {
    let text = match columns.all(target) {
        [] => "",
        [column] => unescape(row.cell(*column)),
        several => {
            // A cell that stands for nothing is passed over.
            let texts = || several.iter().map(|column| unescape(row.cell(*column)));
            let said = texts().find(|text| !is_nothing(text));
            said.or_else(|| texts().find(|text| !text.trim().is_empty()))
                .unwrap_or_default()
        }
    };
    if target == Target::Notes {
        text
    } else {
        text.trim()
    }
}

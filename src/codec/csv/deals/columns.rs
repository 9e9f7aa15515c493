//! The columns that describe a deal, and the names other programs give them.

use super::super::escape::unescape;
use super::super::export;
use super::super::header::Columns;
use super::super::lexicon::{self, DEAL_COLUMNS};
use super::super::profile::{Looks, Profile};
use super::super::{Row, Table};

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
    /// The deal's id in the program it comes from.
    ExternalId,
}

impl Target {
    /// Every target, as the matching shows them.
    pub const ALL: [Target; 26] = [
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
        Self::ExternalId,
    ];

    /// The targets that are dates.
    pub const DATES: [Target; 7] = [
        Self::Created,
        Self::ExpectedClose,
        Self::Closed,
        Self::CloseDate,
        Self::WonOn,
        Self::LostOn,
        Self::Changed,
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
            Self::ExternalId => "External id",
        }
    }

    /// Where its names stand among the names of columns.
    fn section(self) -> &'static str {
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
            Self::ExternalId => "external id",
        }
    }

    /// Its target in a file of this program's own export.
    fn of_export(name: &str) -> Option<Self> {
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
    fn accepts(self, profile: &Profile) -> bool {
        if profile.filled == 0 {
            return true;
        }
        match self {
            Self::Name => !profile.is_ids() && profile.plain_dates * 2 <= profile.distinct,
            Self::Customer | Self::Owner | Self::Category | Self::Segment | Self::Source => {
                !profile.is_ids() && !profile.is_yes_or_no()
            }
            Self::Value | Self::Chance => profile.amounts > 0,
            Self::Currency => profile.currencies * 2 > profile.distinct,
            Self::Process | Self::Stage => !profile.is_ids() && profile.plain_dates == 0,
            Self::Status => profile.statuses > 0,
            Self::IsWon | Self::IsClosed | Self::IsOpen => profile.is_yes_or_no(),
            Self::Reason | Self::LostReason => !profile.is_yes_or_no(),
            Self::Notes => true,
            // A number that deals share is none that tells them apart.
            Self::ExternalId => profile.distinct * 3 >= profile.filled * 2,
            date => {
                debug_assert!(date.is_date());
                profile.dates > 0 && !profile.is_yes_or_no()
            }
        }
    }
}

/// Whether a file is this program's own export, whose columns mean just what
/// they are called.
pub(super) fn is_own_export(table: &Table) -> bool {
    table
        .headers()
        .starts_with(&export::COLUMNS.map(str::to_owned))
}

/// The proposed source columns: by name where the file names its columns, else
/// by what is in them.
pub(super) fn propose(table: &Table, profiles: &[Profile]) -> Columns<Target> {
    if is_own_export(table) {
        let mut columns = Columns::none();
        for (column, header) in table.headers().iter().enumerate() {
            if let Some(target) = Target::of_export(header).filter(|it| !columns.has(*it)) {
                columns.set(target, Some(column));
            }
        }
        return columns;
    }
    if table.header_line().is_none() {
        return by_content(profiles);
    }
    let names = |target: Target| (target, lexicon::keys(DEAL_COLUMNS, target.section()));
    let targets = Target::ALL.map(names);
    let mut columns = Columns::propose(table, profiles, &targets, Target::accepts);
    unknown_status(table, profiles, &mut columns);
    add_persons(table, profiles, &mut columns);
    columns
}

/// A column that is called a status and holds no word that is known: it holds
/// stages, where no other column does; else its words are asked about.
fn unknown_status(table: &Table, profiles: &[Profile], columns: &mut Columns<Target>) {
    if columns.has(Target::Status) {
        return;
    }
    let (target, section) = if columns.has(Target::Stage) {
        (Target::Status, "status by name")
    } else {
        (Target::Stage, Target::Status.section())
    };
    let names = [(target, lexicon::keys(DEAL_COLUMNS, section))];
    let found = Columns::propose(table, profiles, &names, |_, profile| {
        Target::Stage.accepts(profile) && !profile.is_yes_or_no()
    });
    let free = |column: &usize| columns.target_of(*column).is_none();
    if let Some(column) = found.get(target).filter(free) {
        columns.set(target, Some(column));
    }
}

/// A column of persons stands in for the customer where a deal has no company.
fn add_persons(table: &Table, profiles: &[Profile], columns: &mut Columns<Target>) {
    let names = [(Target::Customer, lexicon::keys(DEAL_COLUMNS, "person"))];
    let found = Columns::propose(table, profiles, &names, Target::accepts);
    let Some(person) = found.get(Target::Customer) else {
        return;
    };
    let serves = |row: Row<'_>| {
        let is_empty = |column: usize| row.cell(column).trim().is_empty();
        !is_empty(person) && columns.get(Target::Customer).is_none_or(is_empty)
    };
    if columns.target_of(person).is_none() && table.records(|_| false).any(serves) {
        columns.add(Target::Customer, person);
    }
}

/// What columns without names hold, by their texts alone. The first of a kind
/// is the likeliest.
fn by_content(profiles: &[Profile]) -> Columns<Target> {
    let mut columns = Columns::none();
    for (column, profile) in profiles.iter().enumerate() {
        let is_many = profile.distinct * 2 > profile.filled;
        let looks = profile.looks_by_itself();
        let wanted: &[Target] = match looks {
            _ if profile.filled == 0 || profile.is_yes_or_no() => &[],
            Some(Looks::Dates) => &[Target::CloseDate, Target::Created],
            Some(Looks::Money) => &[Target::Value],
            _ if profile.is_ids() => &[Target::ExternalId],
            _ if profile.amounts == profile.distinct => {
                if is_many && column == 0 {
                    &[Target::ExternalId]
                } else {
                    &[Target::Value]
                }
            }
            _ if (profile.statuses + profile.steps) * 2 > profile.distinct => {
                &[Target::Stage, Target::Status]
            }
            Some(Looks::Companies) => &[Target::Customer, Target::Name],
            Some(Looks::Persons) if !is_many => &[Target::Owner],
            _ => &[Target::Name, Target::Customer, Target::Category],
        };
        let mut wanted = wanted.iter().copied();
        if let Some(target) = wanted.find(|target| !columns.has(*target)) {
            columns.set(target, Some(column));
        }
    }
    // A single date is the close; of two, deals are created before they close.
    if let (Some(first), Some(second)) =
        (columns.get(Target::CloseDate), columns.get(Target::Created))
    {
        columns.set(Target::Created, Some(first));
        columns.set(Target::CloseDate, Some(second));
    }
    columns
}

/// The text of a target in a row, without the blanks around it (notes keep
/// theirs); empty where no column of the target has any.
pub(super) fn text_of<'a>(columns: &Columns<Target>, row: Row<'a>, target: Target) -> &'a str {
    let texts = columns
        .all(target)
        .iter()
        .map(|column| unescape(row.cell(*column)));
    let text = texts
        .into_iter()
        .find(|text| !text.trim().is_empty())
        .unwrap_or_default();
    if target == Target::Notes {
        text
    } else {
        text.trim()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::csv::UnicodeOnly;

    /// Columns without texts are known by their names alone.
    fn check(headers: &str, want: &[(&str, Target)]) {
        let row = format!("{}x", ",".repeat(40));
        let table = Table::read(format!("{headers}\n{row}\n").as_bytes(), &UnicodeOnly);
        let table = table.unwrap_or_else(|error| panic!("{error}"));
        let columns = propose(&table, &Profile::of_all(&table));
        for (column, header) in table.headers().iter().enumerate() {
            let expected = want
                .iter()
                .find(|(name, _)| name == header)
                .map(|(_, target)| *target);
            assert_eq!(columns.target_of(column), expected, "{header} of {headers}");
        }
    }

    #[test]
    fn the_exports_of_other_programs_are_understood() {
        use Target::*;
        check(
            "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value",
            &[
                ("opportunity_id", ExternalId),
                ("sales_agent", Owner),
                ("product", Category),
                ("account", Customer),
                ("deal_stage", Stage),
                ("engage_date", Created),
                ("close_date", CloseDate),
                ("close_value", Value),
            ],
        );
        check(
            "Deal - ID,Deal - Title,Deal - Organization,Deal - Owner,Deal - Value,Deal - Pipeline,Deal - Stage,Deal - Status,Deal - Deal created,Deal - Expected close date,Deal - Deal closed on,Deal - Lost reason,Deal - Label",
            &[
                ("Deal - ID", ExternalId),
                ("Deal - Title", Name),
                ("Deal - Organization", Customer),
                ("Deal - Owner", Owner),
                ("Deal - Value", Value),
                ("Deal - Pipeline", Process),
                ("Deal - Stage", Stage),
                ("Deal - Status", Status),
                ("Deal - Deal created", Created),
                ("Deal - Expected close date", ExpectedClose),
                ("Deal - Deal closed on", Closed),
                ("Deal - Lost reason", LostReason),
            ],
        );
        check(
            "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Pipeline,Create Date,Associated Company,Deal probability,Closed Lost Reason",
            &[
                ("Record ID", ExternalId),
                ("Deal Name", Name),
                ("Deal Stage", Stage),
                ("Close Date", CloseDate),
                ("Deal owner", Owner),
                ("Amount", Value),
                ("Pipeline", Process),
                ("Create Date", Created),
                ("Associated Company", Customer),
                ("Deal probability", Chance),
                ("Closed Lost Reason", LostReason),
            ],
        );
        check(
            "Opportunity Name,Account Name,Opportunity Owner,Stage,Amount,Expected Revenue,Probability (%),Close Date,Created Date,Lead Source,Industry,Type",
            &[
                ("Opportunity Name", Name),
                ("Account Name", Customer),
                ("Opportunity Owner", Owner),
                ("Stage", Stage),
                ("Amount", Value),
                ("Probability (%)", Chance),
                ("Close Date", CloseDate),
                ("Created Date", Created),
                ("Lead Source", Source),
                ("Industry", Segment),
                ("Type", Category),
            ],
        );
        check(
            "Opportunity,Customer,Salesperson,Expected Revenue,Stage,Created on,Expected Closing,Closed Date,Lost Reason,Probability",
            &[
                ("Opportunity", Name),
                ("Customer", Customer),
                ("Salesperson", Owner),
                ("Expected Revenue", Value),
                ("Stage", Stage),
                ("Created on", Created),
                ("Expected Closing", ExpectedClose),
                ("Closed Date", Closed),
                ("Lost Reason", LostReason),
                ("Probability", Chance),
            ],
        );
        check(
            "name,customer,segment,category,owner,value,process,stage,status,created,expected_close,closed,reason,source,notes,chance,external_id",
            &[
                ("name", Name),
                ("customer", Customer),
                ("segment", Segment),
                ("category", Category),
                ("owner", Owner),
                ("value", Value),
                ("process", Process),
                ("stage", Stage),
                ("status", Status),
                ("created", Created),
                ("expected_close", ExpectedClose),
                ("closed", Closed),
                ("reason", Reason),
                ("source", Source),
                ("notes", Notes),
                ("chance", Chance),
                ("external_id", ExternalId),
            ],
        );
    }

    #[test]
    fn a_yes_or_no_is_no_date() {
        let table = Table::read(b"Name,Closed,Won\na,TRUE,1\nb,,0\n", &UnicodeOnly).unwrap();
        let columns = propose(&table, &Profile::of_all(&table));
        assert_eq!(columns.get(Target::Closed), None);
        assert_eq!(columns.get(Target::IsClosed), Some(1));
        assert_eq!(columns.get(Target::IsWon), Some(2));
    }
}

//! Which column of a file of deals holds what, as it is proposed: by the names
//! that other programs give them and by what is in them.

use super::super::header::Columns;
use super::super::lexicon::{self, DEAL_COLUMNS};
use super::super::profile::{Looks, Profile};
use super::super::{Row, Table, export, is_nothing};
use super::columns::Target;

/// Whether a file is this program's own export, whose columns mean just what
/// they are called.
pub(super) fn is_own_export(table: &Table) -> bool {
    export::is_export(table.headers())
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
    // These come last, and take columns that nothing else has taken.
    let is_number = |_: Target, profile: &Profile| profile.distinct == profile.filled;
    let any_text = |_: Target, profile: &Profile| !profile.is_ids() && !profile.is_yes_or_no();
    take_free(
        table,
        profiles,
        &mut columns,
        Target::ExternalId,
        "number",
        is_number,
    );
    for target in [
        Target::Value,
        Target::CloseDate,
        Target::ExpectedClose,
        Target::Created,
    ] {
        // Whatever the texts are: each cell that can't be read is named anyway.
        take_free(
            table,
            profiles,
            &mut columns,
            target,
            target.section(),
            any_text,
        );
    }
    first_text(profiles, &mut columns);
    columns
}

/// Gives a target that has no column one of the names of a section that is free.
fn take_free(
    table: &Table,
    profiles: &[Profile],
    columns: &mut Columns<Target>,
    target: Target,
    section: &str,
    accepts: impl Fn(Target, &Profile) -> bool,
) {
    if columns.has(target) {
        return;
    }
    let names = [(target, lexicon::keys(DEAL_COLUMNS, section))];
    let found = Columns::propose(table, profiles, &names, accepts);
    let free = |column: &usize| columns.target_of(*column).is_none();
    if let Some(column) = found.get(target).filter(free) {
        columns.set(target, Some(column));
    }
}

/// A deal without a name or a customer is named by the first column of
/// different texts.
fn first_text(profiles: &[Profile], columns: &mut Columns<Target>) {
    if [Target::Name, Target::Customer, Target::Category]
        .iter()
        .any(|it| columns.has(*it))
    {
        return;
    }
    let may_be_name = |(column, profile): &(usize, &Profile)| {
        columns.target_of(*column).is_none()
            && profile.distinct * 2 > profile.filled
            && profile.amounts * 2 < profile.distinct
            && profile.plain_dates == 0
            && !profile.is_ids()
            && !profile.is_yes_or_no()
    };
    if let Some((column, _)) = profiles.iter().enumerate().find(may_be_name) {
        columns.set(Target::Name, Some(column));
    }
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
        let is_empty = |column: usize| is_nothing(row.cell(column));
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

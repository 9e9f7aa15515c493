//! The columns that describe a deal, and the names other programs give them.

use super::super::escape::unescape;
use super::super::header::{Columns, without_record};
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
    /// The sales process.
    Process,
    /// The stage; its values may stand for statuses too.
    Stage,
    /// The status.
    Status,
    /// The date of creation.
    Created,
    /// The expected close.
    ExpectedClose,
    /// The closing date.
    Closed,
    /// The expected close of an open deal, the closing date of a closed one.
    CloseDate,
    /// The closing reason.
    Reason,
    /// The source.
    Source,
    /// The notes.
    Notes,
    /// The chance that a person typed.
    Chance,
    /// The deal's id in the program it comes from.
    ExternalId,
}

impl Target {
    /// Every target, as the matching shows them.
    pub const ALL: [Target; 18] = [
        Self::Name,
        Self::Customer,
        Self::Segment,
        Self::Category,
        Self::Owner,
        Self::Value,
        Self::Process,
        Self::Stage,
        Self::Status,
        Self::Created,
        Self::ExpectedClose,
        Self::Closed,
        Self::CloseDate,
        Self::Reason,
        Self::Source,
        Self::Notes,
        Self::Chance,
        Self::ExternalId,
    ];

    /// The targets that are dates.
    pub const DATES: [Target; 4] = [
        Self::Created,
        Self::ExpectedClose,
        Self::Closed,
        Self::CloseDate,
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
            Self::Process => "Sales process",
            Self::Stage => "Stage",
            Self::Status => "Status",
            Self::Created => "Created",
            Self::ExpectedClose => "Expected close",
            Self::Closed => "Closing date",
            Self::CloseDate => "Close date (expected or actual)",
            Self::Reason => "Closing reason",
            Self::Source => "Source",
            Self::Notes => "Notes",
            Self::Chance => "Chance",
            Self::ExternalId => "External id",
        }
    }

    /// The names of columns that hold it, the likelier first, as
    /// [`key`](super::super::header::key) writes them. A leading "deal" or
    /// "opportunity" need not be listed.
    fn names(self) -> &'static str {
        match self {
            Self::Name => {
                "name dealname opportunityname title dealtitle opportunity deal subject \
                 potentialname nazwa nazwaszansy tytul"
            }
            Self::Customer => {
                "customer account accountname customername company companyname \
                 organization organisation organizationname client clientname \
                 associatedcompany associatedcompanies klient firma contactname \
                 contactperson person contact"
            }
            Self::Segment => {
                "segment customersegment sector industry accounttype customertype \
                 branza"
            }
            Self::Category => {
                "category product productname productcategory productline service \
                 products type recordtype kategoria produkt"
            }
            Self::Owner => {
                "owner salesagent salesperson salesrep salesrepresentative ownername \
                 dealowner opportunityowner assignedto responsible responsibleuser \
                 accountmanager accountexecutive agent user opiekun osobaodpowiedzialna \
                 wlasciciel handlowiec"
            }
            Self::Value => {
                "value amount closevalue dealvalue dealamount totalvalue totalamount \
                 expectedrevenue revenue total price estimatedvalue wartosc kwota"
            }
            Self::Process => {
                "process salesprocess pipeline pipelinename salespipeline funnel proces \
                 processprzedazy procesprzedazy lejek"
            }
            Self::Stage => {
                "stage dealstage stagename pipelinestage salesstage salesstagename \
                 phase etap etapsprzedazy"
            }
            Self::Status => "status state outcome result wonlost wynik",
            Self::Created => {
                "created createdate createddate creationdate createdon createdat \
                 createdtime createtime datecreated engagedate startdate opendate \
                 openeddate addtime dateadded datautworzenia utworzono"
            }
            Self::ExpectedClose => {
                "expectedclose expectedclosedate expectedclosingdate expectedclosing \
                 expectedcloseon estimatedclosedate estimatedclose forecastclosedate \
                 forecastdate targetclosedate przewidywanadatazamkniecia \
                 planowanadatazamkniecia deadline"
            }
            Self::Closed => {
                "closed closeddate closedon closedat closedtime dateclosed \
                 actualclosedate actualclose wontime losttime datazamkniecia"
            }
            Self::CloseDate => "closedate closingdate close closetime enddate",
            Self::Reason => {
                "reason closingreason closereason closedreason lostreason lossreason \
                 reasonforloss closedlostreason reasonlost wonreason closedwonreason \
                 powod powodprzegranej"
            }
            Self::Source => {
                "source leadsource sourcechannel originalsource originaltrafficsource \
                 channel zrodlo"
            }
            Self::Notes => {
                "notes note description internalnotes comments comment remarks opis \
                 notatki uwagi"
            }
            Self::Chance => "chance probability winprobability confidence szansa",
            Self::ExternalId => {
                "externalid opportunityid dealid id recordid uuid reference \
                 identyfikator"
            }
        }
    }

    pub(super) fn is_date(self) -> bool {
        Self::DATES.contains(&self)
    }
}

/// The proposed source columns. A column of yes and no is never a date (some
/// exports have a column "Closed" of that kind).
pub(super) fn propose(table: &Table) -> Columns<Target> {
    let targets = Target::ALL
        .into_iter()
        .map(|target| (target, target.names()));
    Columns::propose(table, targets, |target, column| {
        !target.is_date() || !is_yes_or_no(table, column)
    })
}

/// Whether a column of that [`key`](super::super::header::key) is known to hold
/// something of a deal.
pub(in crate::codec::csv) fn is_known_name(key: &str) -> bool {
    let short = without_record(key);
    Target::ALL.into_iter().any(|target| {
        let mut names = target.names().split(' ').filter(|name| !name.is_empty());
        names.any(|name| name == key || name == short)
    })
}

fn is_yes_or_no(table: &Table, column: usize) -> bool {
    const WORDS: [&str; 8] = ["0", "1", "true", "false", "yes", "no", "y", "n"];
    let mut texts = table
        .records(|_| false)
        .map(|row| row.cell(column).trim())
        .filter(|text| !text.is_empty());
    let Some(first) = texts.next() else {
        return false;
    };
    let is_word = |text: &str| WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
    is_word(first) && texts.all(is_word)
}

/// The text of a target in a row, without the blanks around it (notes keep
/// theirs); empty where the target has no column.
pub(super) fn text_of<'a>(columns: &Columns<Target>, row: Row<'a>, target: Target) -> &'a str {
    let text = columns
        .get(target)
        .map_or("", |column| unescape(row.cell(column)));
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

    fn check(headers: &str, want: &[(&str, Target)]) {
        let table = Table::read(
            format!("{headers}\n{}\n", "x,".repeat(40)).as_bytes(),
            &UnicodeOnly,
        );
        let table = table.unwrap_or_else(|error| panic!("{error}"));
        let columns = propose(&table);
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
                ("Deal - Lost reason", Reason),
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
                ("Closed Lost Reason", Reason),
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
                ("Lost Reason", Reason),
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
        assert_eq!(propose(&table).get(Target::Closed), None);
    }
}

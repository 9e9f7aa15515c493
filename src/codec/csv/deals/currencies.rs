//! The currencies of a file's values. An account has one: values in another
//! are never added up as they are (§10.2).

use super::super::amounts::{AmountForm, Amounts, Decimal, currency_of, signs_of};
use super::super::known_names::currency_in;
use super::super::{Columns, Row, Table, is_nothing};
use super::columns::{Target, text_of};
use crate::domain::record::workspace::{Setup, Workspace};
use crate::domain::value::money::{Currency, currency};

/// What stands for the code of a currency that is named and not known.
pub(super) const UNKNOWN: &str = "another currency";

/// The codes that a row's currency may stand for: by the sign beside the
/// amount, or by the text of its column.
pub(super) fn signs_in_row(beside: Option<&'static str>, column: &str) -> Option<&'static str> {
    beside.or_else(|| match signs_of(column) {
        None if !is_nothing(column) => Some(UNKNOWN),
        known => known,
    })
}

/// Values of a file in a currency that is not the account's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForeignCurrency {
    /// Its ISO 4217 code.
    pub code: &'static str,
    /// How many rows have a value in it.
    pub rows: usize,
    /// What one of it is worth in the account's currency; without it the
    /// values are not known.
    pub rate: Option<Decimal>,
}

/// The currencies of a file's values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Currencies {
    /// What amounts without a sign are in; the account's where none is named.
    pub(super) unsigned: Option<&'static str>,
    /// The one currency of the file, where the account has no value yet and so
    /// may take it.
    pub proposed: Option<&'static str>,
    /// The account takes the proposed currency.
    pub adopts: bool,
    /// Those that are not the account's present one.
    pub(super) foreign: Vec<ForeignCurrency>,
}

impl Currencies {
    /// Counts the currencies of the values, keeping the choices made `before`.
    pub(super) fn propose<'a>(
        table: &Table,
        rows: impl Iterator<Item = Row<'a>>,
        columns: &Columns<Target>,
        form: AmountForm,
        workspace: &Workspace,
        before: &Self,
    ) -> Self {
        let account = workspace.currency().code;
        let column = columns.get(Target::Value);
        let header = column.and_then(|column| table.headers().get(column));
        let mut unsigned = header.and_then(|header| currency_in(header));
        let mut amounts = Amounts::default();
        let (mut bare, mut signed) = (0, 0);
        let mut foreign: Vec<ForeignCurrency> = Vec::new();
        let mut others = false;
        for row in rows {
            let text = text_of(columns, row, Target::Value);
            let Ok(written) = amounts.read(text, form) else {
                continue;
            };
            let signs = signs_in_row(written.signs, text_of(columns, row, Target::Currency));
            let Some(signs) = signs else {
                bare += 1;
                continue;
            };
            signed += 1;
            let code = currency_of(signs, account);
            if code == account {
                others = true;
            } else if let Some(known) = foreign.iter_mut().find(|known| known.code == code) {
                known.rows += 1;
            } else {
                foreign.push(ForeignCurrency {
                    code,
                    rows: 1,
                    rate: None,
                });
            }
        }
        // In a column of one currency an amount without a sign is in it too.
        if let ([one], false, None) = (foreign.as_slice(), others, unsigned)
            && signed >= bare
        {
            unsigned = Some(one.code);
        }
        if let Some(code) = unsigned.map(|signs| currency_of(signs, account))
            && code != account
            && bare > 0
        {
            match foreign.iter_mut().find(|known| known.code == code) {
                Some(known) => known.rows += bare,
                None => foreign.push(ForeignCurrency {
                    code,
                    rows: bare,
                    rate: None,
                }),
            }
            bare = 0;
        }
        for known in &mut foreign {
            let old = before.foreign.iter().find(|old| old.code == known.code);
            known.rate = old.and_then(|old| old.rate);
        }
        let is_new = workspace.deals.values().all(|deal| deal.value.is_none());
        let proposed = match foreign.as_slice() {
            [one] if is_new && !others && bare == 0 => currency(one.code).map(|it| it.code),
            _ => None,
        };
        Self {
            adopts: proposed.is_some() && (before.proposed != proposed || before.adopts),
            unsigned,
            proposed,
            foreign,
        }
    }

    /// The currency of the account after the import.
    pub fn account(&self, workspace: &Setup) -> Currency {
        let adopted = self.proposed.filter(|_| self.adopts).and_then(currency);
        adopted.unwrap_or_else(|| workspace.currency())
    }

    /// Those that will not be the account's.
    pub fn foreign(&self) -> impl Iterator<Item = &ForeignCurrency> {
        let adopted = self.proposed.filter(|_| self.adopts);
        let foreign = self.foreign.iter();
        foreign.filter(move |foreign| Some(foreign.code) != adopted)
    }

    /// How many rows have a value in a currency that has no rate.
    pub fn without_rate(&self) -> usize {
        let without = self.foreign().filter(|foreign| foreign.rate.is_none());
        without.map(|foreign| foreign.rows).sum()
    }

    /// Gives a currency a rate, or none: its values are not known then.
    pub fn set_rate(&mut self, code: &str, rate: Option<Decimal>) {
        if let Some(known) = self.foreign.iter_mut().find(|known| known.code == code) {
            known.rate = rate;
        }
    }

    pub(super) fn rate(&self, code: &str) -> Option<Decimal> {
        let mut foreign = self.foreign.iter();
        foreign.find(|known| known.code == code)?.rate
    }
}

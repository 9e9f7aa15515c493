//! Proposes what every column and value stands for, and proposes anew what
//! hangs on a choice that is changed.

use std::collections::BTreeMap;

use super::{ExistingPolicy, Matching};
use crate::codec::csv::amounts::{self, AmountForm};
use crate::codec::csv::chances::{fraction, percent};
use crate::codec::csv::dates::{self, DateForm, DateOrder};
use crate::codec::csv::deals::columns::{Target, text_of};
use crate::codec::csv::deals::currencies::Currencies;
use crate::codec::csv::deals::proposals;
use crate::codec::csv::deals::row::FactsReader;
use crate::codec::csv::deals::values::{self, StatusMeaning};
use crate::codec::csv::deals::words::{self, Word};
use crate::codec::csv::nothing::is_nothing;
use crate::codec::csv::profile::Profile;
use crate::codec::csv::table::{Row, Table};
use crate::codec::csv::taken::TakenIn;
use crate::domain::record::deal::Outcome;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::money::Chance;
use crate::domain::value::order::Gather;
use crate::domain::value::time::Date;

impl Matching {
    /// Proposes what every column and value stands for; `file_name` names a
    /// new process where the file does not.
    pub fn propose(table: &Table, file_name: &str, workspace: &Workspace) -> Self {
        let own_export = proposals::is_own_export(table);
        let profiles = Profile::of_all(table);
        let mut matching = Self {
            columns: proposals::propose(table, &profiles),
            profiles: profiles.into(),
            file_name: file_name.to_owned(),
            own_export,
            // Every row of an export is a deal, whatever it looks like.
            taken_in: if own_export {
                TakenIn::all(table)
            } else {
                TakenIn::default()
            },
            dates: BTreeMap::new(),
            amounts: AmountForm::Point,
            money: Currencies::default(),
            chances_are_fractions: false,
            statuses: Vec::new(),
            by_lost_reason: StatusMeaning::Closed(Outcome::Lost),
            by_closing_date: StatusMeaning::Unknown,
            processes: Vec::new(),
            existing: ExistingPolicy::Skip,
            leave_out_unread: false,
        };
        matching.tell_stage_from_status(table);
        matching.read_forms(table, workspace);
        matching.read_values(table, workspace);
        matching
    }

    /// Takes in a row that is proposed to be left out, or leaves it out again.
    pub fn take_in(&mut self, row: usize, taken: bool, table: &Table, workspace: &Workspace) {
        let changed = self.taken_in.set(row, taken);
        // The row may name a process, stage or status that no other names.
        let is_known = |row: Row<'_>| {
            let text = |target| text_of(&self.columns, row, target);
            let process = self
                .processes
                .iter()
                .find(|it| it.source == text(Target::Process));
            let stage = text(Target::Stage);
            let status = text(Target::Status);
            process.is_some_and(|process| {
                stage.is_empty() || process.stages.iter().any(|it| it.source == stage)
            }) && (status.is_empty() || self.statuses.iter().any(|it| it.source == status))
        };
        if changed && (!taken || !table.row(row).is_some_and(is_known)) {
            self.read_values(table, workspace);
        }
    }

    /// Gives a column to a target, or to none, and proposes anew what hangs on
    /// it. A target that takes no more than one column loses the one it has.
    pub fn set_target(
        &mut self,
        column: usize,
        target: Option<Target>,
        table: &Table,
        workspace: &Workspace,
    ) {
        let before = self.columns.target_of(column);
        let forms = self.clone();
        match target {
            Some(target) if target.takes_many() => self.columns.add(target, column),
            Some(target) => self.columns.set(target, Some(column)),
            None => self.columns.remove(column),
        }
        self.read_forms(table, workspace);
        self.keep_forms_of(&forms);
        let has_values =
            |target| matches!(target, Target::Process | Target::Stage | Target::Status);
        if target.is_some_and(has_values) || before.is_some_and(has_values) {
            self.read_values(table, workspace);
        } else if target == Some(Target::Chance) || before == Some(Target::Chance) {
            self.read_chances(table, workspace);
        }
    }

    /// Where a file has only one of the columns stage and status, its texts
    /// decide which it is, since it may be called by the other's name.
    fn tell_stage_from_status(&mut self, table: &Table) {
        if self.own_export {
            return;
        }
        let is_stage = |text: &str| words::word(text).is_none();
        let is_status = |text: &str| match words::word(text) {
            Some(Word::Ended(_) | Word::Closed) => true,
            _ => words::is_open_itself(text),
        };
        match (
            self.columns.get(Target::Stage),
            self.columns.get(Target::Status),
        ) {
            (None, Some(column)) if self.texts(table, Target::Status).any(is_stage) => {
                self.columns.set(Target::Stage, Some(column));
            }
            (Some(column), None) if self.texts(table, Target::Stage).all(is_status) => {
                self.columns.set(Target::Status, Some(column));
            }
            _ => {}
        }
    }

    /// The texts of a target in the rows that are imported, but for those that
    /// stand for nothing.
    fn texts<'a>(&'a self, table: &'a Table, target: Target) -> impl Iterator<Item = &'a str> {
        let texts = self
            .rows(table)
            .map(move |row| text_of(&self.columns, row, target));
        texts.filter(|text| !is_nothing(text))
    }

    fn read_forms(&mut self, table: &Table, workspace: &Workspace) {
        let columns = &self.columns;
        let of = |target| {
            self.rows(table)
                .map(move |row| text_of(columns, row, target))
        };
        let mut dates: BTreeMap<Target, DateForm> = Target::DATES
            .into_iter()
            .filter(|target| columns.has(*target))
            .map(|target| (target, dates::detect(of(target))))
            .gather();
        // A column that proves no order follows one that does, if it can be read
        // so. The year comes first in what machines write, which tells little of
        // what people write beside it, and nothing of dates with slashes or dots.
        let proven = || dates.values().filter(|form| form.proven);
        let by_people = proven().find(|form| form.order != DateOrder::YearFirst);
        let proven = by_people.or_else(|| proven().next()).copied();
        let may_follow = |text: &str, order| {
            let is_bare = !text.contains(['/', '.']);
            (is_bare || order != DateOrder::YearFirst) && dates::parse(text, order).is_some()
        };
        for (target, form) in &mut dates {
            if let Some(proven) = proven.filter(|_| !form.proven)
                && of(*target).any(|text| may_follow(text, proven.order))
            {
                form.order = proven.order;
            } else if !form.proven
                && form.order == DateOrder::MonthFirst
                && amounts::proves_comma(of(Target::Value))
            {
                // Where decimals have a comma, dates begin with the day.
                form.order = DateOrder::DayFirst;
            }
        }
        let amounts = amounts::detect(of(Target::Value), workspace.currency());
        let fractions = columns.get(Target::Chance).is_some_and(|_| {
            // What is no chance at all, and what says that it is one in percent,
            // tells nothing of the others.
            let texts = self.texts(table, Target::Chance);
            let bare = texts.filter(|text| !text.contains('%') && percent(text).is_some());
            let mut bare = bare.peekable();
            !self.own_export && bare.peek().is_some() && bare.all(|text| fraction(text).is_some())
        });
        self.dates = dates;
        self.amounts = amounts;
        self.chances_are_fractions = fractions;
        self.read_money(table, workspace);
    }

    fn read_money(&mut self, table: &Table, workspace: &Workspace) {
        // An export is in the account's currency, as its columns say none.
        if self.own_export || !self.columns.has(Target::Value) {
            self.money = Currencies::default();
            return;
        }
        let rows = self.rows(table);
        let columns = &self.columns;
        let before = &self.money;
        self.money = Currencies::propose(table, rows, columns, self.amounts, workspace, before);
    }

    /// Columns that are taken for the same as before are read as before.
    fn keep_forms_of(&mut self, before: &Self) {
        let same = |target| self.columns.all(target) == before.columns.all(target);
        for (target, form) in &mut self.dates {
            if let Some(old) = before.dates.get(target).filter(|_| same(*target)) {
                *form = *old;
            }
        }
        if same(Target::Value) {
            self.amounts = before.amounts;
        }
        if same(Target::Chance) {
            self.chances_are_fractions = before.chances_are_fractions;
        }
    }

    fn read_values(&mut self, table: &Table, workspace: &Workspace) {
        let is_blank = |text: &str| !self.own_export && is_nothing(text);
        let columns = &self.columns;
        let statuses = if columns.has(Target::Status) {
            values::statuses(self.rows(table), columns, is_blank)
        } else {
            Vec::new()
        };
        let rows = self.rows(table);
        let processes = values::processes(
            rows,
            columns,
            is_blank,
            !self.own_export,
            &self.file_name,
            workspace,
        );
        self.statuses = statuses;
        self.processes = processes;
        self.read_chances(table, workspace);
    }

    /// Gives each stage the median of the chances that its open deals have.
    fn read_chances(&mut self, table: &Table, workspace: &Workspace) {
        let mut found: BTreeMap<(usize, usize), Vec<Chance>> = BTreeMap::new();
        if self.columns.has(Target::Chance) && !self.own_export {
            // A closing date that is ahead is no question here.
            let mut reader = FactsReader::new(self, workspace.currency(), Date::MAX);
            for row in self.rows(table) {
                let (process, stage, verdict, chance) = reader.glance(table, self, row);
                if let (StatusMeaning::Open, Some(stage), Some(chance)) =
                    (verdict.meaning, stage, chance)
                {
                    found.entry((process, stage)).or_default().push(chance);
                }
            }
        }
        for (place, process) in self.processes.iter_mut().enumerate() {
            for (at, stage) in process.stages.iter_mut().enumerate() {
                stage.median = found.get_mut(&(place, at)).and_then(|found| median(found));
            }
            process.spread_chances();
        }
    }
}

/// The middle one; of two, what lies between them, rounded to tenths.
fn median(chances: &mut [Chance]) -> Option<Chance> {
    chances.sort_unstable();
    let upper = chances.get(chances.len() / 2)?.permille();
    let lower = chances.get((chances.len() - 1) / 2)?.permille();
    Chance::from_permille((lower + upper).div_ceil(2))
}

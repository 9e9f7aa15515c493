//! What happened in the course of time (§7.7).

use super::{Drawing, Links, count_and_value, leading, without_value};
use crate::chart::figures::{Cell, Fact, Table};
use crate::chart::format::{Format, deals, exact_span, plain_span};
use crate::domain::read::statistics::course::{CourseRow, Courses};
use crate::domain::read::statistics::{Behind, Span, Step, Whose};
use crate::domain::read::stats::Tally;
use crate::domain::record::deal::Outcome;
use crate::domain::value::id::ProcessId;

/// How the figures are counted.
pub const COURSE_RULE: &[&str] = &[
    "Deals created, won and lost stand in the days on which that happened, as far as those are in the period.",
    "Open at the end are the deals created by then and not closed by then, with the values they have now.",
    "A deal whose file did not say when it was created counts from the day of its import.",
];

/// The course of all deals, or of those of one process.
#[derive(Clone, Copy)]
pub struct Course<'a> {
    /// All of them.
    pub courses: &'a Courses,
    /// The process; none where it is of all deals.
    pub whose: Option<&'a Whose>,
    /// What time is cut into.
    pub step: Step,
}

impl<'a> Course<'a> {
    fn rows(&self) -> &'a [CourseRow] {
        let each = &self.courses.each;
        match self.whose {
            None => &self.courses.all,
            Some(whose) => each
                .iter()
                .find(|(of, _)| of.process == whose.process)
                .map_or(&[], |(_, rows)| rows),
        }
    }

    fn process(&self) -> Option<ProcessId> {
        self.whose.map(|whose| whose.process)
    }
}

/// The height the drawing reads best at, in CSS pixels.
pub fn course_height_px() -> u32 {
    380
}

/// The options of the drawing, as JSON.
pub fn course_options(_course: Course<'_>, _links: &Links<'_>, _drawing: &Drawing<'_>) -> String {
    String::new()
}

/// The few figures that say most.
pub fn course_facts(course: Course<'_>, links: &Links<'_>, format: &dyn Format) -> Vec<Fact> {
    let (scope, process) = (links.scope, course.process());
    let mut facts = Vec::new();
    let mut fact = |label: &str, tally: Tally, behind: Behind| {
        let key = links.to(tally.count, behind);
        facts.push(leading(label, count_and_value(tally, format), key));
    };
    let total = total(course.rows());
    let closed = |outcome| Courses::behind_closed(scope, scope.span, outcome, process);
    let created = Courses::behind_created(scope, scope.span, process);
    fact("Created", total.created, created);
    fact("Won", total.won, closed(Outcome::Won));
    fact("Lost", total.lost, closed(Outcome::Lost));
    if let Some(days) = course.courses.days.last() {
        let behind = Courses::behind_open(scope, *days, process);
        fact("Open at the end", total.open, behind);
    }
    let imported = course.courses.imported;
    if imported > 0 && process.is_none() {
        let value = format!("{} without a date of creation", deals(imported, format));
        facts.push(Fact::new("Counted from their import", value));
    }
    facts.extend(without_value(total.open.unknown_value, format));
    facts
}

/// All figures.
pub fn course_tables(course: Course<'_>, links: &Links<'_>, format: &dyn Format) -> Vec<Table> {
    let columns = [
        course.step.title(),
        "Created",
        "Value created",
        "Won",
        "Value won",
        "Lost",
        "Value lost",
        "Open at the end",
        "Value open",
    ];
    let mut table = Table::new("What happened when", &columns);
    let (scope, process) = (links.scope, course.process());
    let cells = |name: Cell, row: &CourseRow, days: Span, end: Span| {
        let closed = |outcome| Courses::behind_closed(scope, days, outcome, process);
        let mut cells = vec![name];
        for (tally, behind) in [
            (row.created, Courses::behind_created(scope, days, process)),
            (row.won, closed(Outcome::Won)),
            (row.lost, closed(Outcome::Lost)),
            (row.open, Courses::behind_open(scope, end, process)),
        ] {
            let key = links.to(tally.count, behind);
            cells.push(Cell::count(tally.count, format).picking(key.clone()));
            cells.push(Cell::value(tally, format).picking(key));
        }
        cells
    };
    let rows = course.rows();
    for (days, row) in course.courses.days.iter().zip(rows) {
        let name = exact_span(*days, course.step, format);
        let name = Cell::number(name, plain_span(*days, course.step));
        table.push(cells(name, row, *days, *days));
    }
    if let Some(end) = course.courses.days.last() {
        table.push_total(cells(Cell::name("Total"), &total(rows), scope.span, *end));
    }
    vec![table]
}

/// What happened in all of the time, and what was open at its end.
fn total(rows: &[CourseRow]) -> CourseRow {
    let mut total = CourseRow::default();
    for row in rows {
        total.created.add_tally(row.created);
        total.won.add_tally(row.won);
        total.lost.add_tally(row.lost);
        total.open = row.open;
    }
    total
}

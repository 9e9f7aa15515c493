//! What a manager asks first: each answer leads to its section, and each number
//! to the deals behind it.

use super::{Asked, link, scope_of};
use crate::chart::{rate, win_rate_by_value};
use crate::domain::read::statistics::compare::{By, Compared, Measure, Ranking};
use crate::domain::read::statistics::overview::{Closed, Overview};
use crate::domain::read::statistics::{Behind, Mean, Period, Rate, Scope, Section, Span};
use crate::domain::read::stats::{OpenTally, Tally};
use crate::domain::record::deal::Outcome;
use crate::domain::value::bidi::isolated;
use crate::domain::value::money::Total;
use crate::domain::value::text::counted;
use crate::domain::value::time::Date;
use crate::route::StatisticsView;
use crate::ui::app::{App, use_app};
use crate::ui::prelude::*;
use crate::web::intl::Formats;

/// A figure with what stands below it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// What is asked.
    title: &'static str,
    /// Where the section is that says more.
    section: String,
    /// The answer.
    value: String,
    /// Where its deals are.
    behind: String,
    /// What it is compared with or made of, each with where its deals are.
    notes: Vec<(String, String)>,
}

/// The answers of a view.
pub fn answers(app: App, view: &StatisticsView) -> Vec<Answer> {
    let scope = scope_of(view);
    let overview = app
        .store
        .index(|index, workspace| index.overview(workspace, &scope));
    let formats = app.formats();
    let answers = Answers {
        view,
        scope: &scope,
        overview: &overview,
        formats: &formats,
    };
    answers.all()
}

struct Answers<'a> {
    view: &'a StatisticsView,
    scope: &'a Scope,
    overview: &'a Overview,
    formats: &'a Formats,
}

impl Answers<'_> {
    fn all(&self) -> Vec<Answer> {
        let [open, weighted] = self.open();
        let mut all = vec![open, weighted, self.overdue()];
        all.extend([self.won(), self.win_rate(), self.days_to_close()]);
        all.extend(self.best_and_worst());
        all.push(self.telling());
        all
    }

    fn to(&self, section: Section) -> String {
        self.view.in_section(section).href()
    }

    fn open(&self) -> [Answer; 2] {
        let Overview {
            open,
            open_then,
            month_end,
            ..
        } = self.overview;
        let then = self.formats.date(*month_end);
        let compared = |before: Total, what: &str| {
            let change = Overview::growth(open.all, open_then.all).filter(|_| what.is_empty());
            let change = change.and_then(|change| self.change(change));
            let change = change.map(|change| format!("{change} "));
            let was = match open_then.all.is_unknown() {
                true => self.deals(open_then.all.count),
                false => self.known(open_then.all, before),
            };
            format!(
                "{}against {was} on {then}{what}",
                change.unwrap_or_default()
            )
        };
        let behind = link(self.scope.open());
        let behind_then = link(self.overview.behind_open_then(self.scope));
        let text = compared(open_then.all.value, "");
        let mut notes = vec![(self.deals(open.all.count), behind.clone())];
        notes.push((text, behind_then.clone()));
        notes.extend(self.without_value(open.all));
        let value = Answer {
            title: "Open value",
            section: self.to(Section::Forecast),
            value: self.known(open.all, open.all.value),
            behind: behind.clone(),
            notes,
        };
        let sums = |tally: &OpenTally| tally.weighted.rounded();
        let text = compared(sums(open_then), ", with the chances of that day");
        let weighted = Answer {
            title: "Weighted value",
            section: self.to(Section::Forecast),
            value: self.known(open.all, sums(open)),
            behind,
            notes: vec![(text, behind_then)],
        };
        [value, weighted]
    }

    fn overdue(&self) -> Answer {
        let overdue = self.overview.overdue.all;
        Answer {
            title: "Past due",
            section: self.to(Section::Forecast),
            value: self.formats.count(overdue.count),
            behind: link(Overview::behind_overdue(self.scope)),
            notes: match overdue.count {
                0 => vec![(
                    "No open deal is past its expected close".to_owned(),
                    String::new(),
                )],
                _ => vec![(
                    format!(
                        "{} past the expected close, worth {}",
                        self.deals(overdue.count),
                        self.known(overdue, overdue.value)
                    ),
                    String::new(),
                )],
            },
        }
    }

    fn won(&self) -> Answer {
        let won = self.overview.closed.outcomes.won;
        let mut notes = vec![(
            format!("{}, {}", self.deals(won.count), self.when()),
            String::new(),
        )];
        if let Some((days, before)) = self.overview.closed_before {
            let was = before.outcomes.won;
            let text = format!(
                "{} of {} in the period before",
                self.known(was, was.value),
                self.deals(was.count)
            );
            notes.push((text, link(Overview::behind_won(self.scope, days))));
        }
        notes.extend(self.without_value(won));
        Answer {
            title: "Won",
            section: self.to(Section::Course),
            value: self.known(won, won.value),
            behind: link(Overview::behind_won(self.scope, self.scope.span)),
            notes,
        }
    }

    fn win_rate(&self) -> Answer {
        let closed = &self.overview.closed;
        let rate = closed.win_rate();
        let mut notes = vec![(
            format!(
                "{} of {} won",
                self.formats.count(rate.part),
                self.deals(rate.whole)
            ),
            String::new(),
        )];
        if let Some(by_value) = win_rate_by_value(&closed.outcomes, self.formats) {
            notes.push((format!("{by_value} by value"), String::new()));
        }
        notes.extend(self.before(
            &|closed| self.rate(closed.win_rate()),
            &Overview::behind_decided,
        ));
        Answer {
            title: "Win rate",
            section: self.to(Section::Compare),
            value: self.rate(rate),
            behind: link(Overview::behind_decided(self.scope, self.scope.span)),
            notes,
        }
    }

    fn days_to_close(&self) -> Answer {
        let closed = &self.overview.closed;
        let days = |mean: Mean| {
            mean.tenths()
                .map_or_else(|| "–".to_owned(), |tenths| self.formats.tenths(tenths))
        };
        let mut notes = vec![("days on average, of won deals".to_owned(), String::new())];
        notes.extend(self.before(&|closed| days(closed.days_to_close), &Overview::behind_won));
        Answer {
            title: "Days to close",
            section: self.to(Section::Time),
            value: days(closed.days_to_close),
            behind: link(Overview::behind_won(self.scope, self.scope.span)),
            notes,
        }
    }

    fn best_and_worst(&self) -> Vec<Answer> {
        let one = |title, row: &Compared| {
            let decided = [Outcome::Won, Outcome::Lost];
            let rate = row.win_rate();
            let won = row.closed.won;
            Answer {
                title,
                section: StatisticsView {
                    ranking: Ranking {
                        measure: Measure::WinRate,
                        descending: true,
                    },
                    by: By::Process,
                    ..self.view.in_section(Section::Compare)
                }
                .href(),
                value: isolated(row.name.clone()),
                behind: link(row.behind_closed(By::Process, self.scope, &decided)),
                notes: vec![
                    (
                        format!("{} of {} won", self.rate(rate), self.deals(rate.whole)),
                        String::new(),
                    ),
                    (
                        format!("{} won", self.known(won, won.value)),
                        link(row.behind_closed(By::Process, self.scope, &[Outcome::Won])),
                    ),
                ],
            }
        };
        let both = self.overview.best_and_worst.as_ref();
        both.map_or_else(Vec::new, |(best, worst)| {
            vec![
                one("Process with the best win rate", best),
                one("Process with the worst win rate", worst),
            ]
        })
    }

    fn telling(&self) -> Answer {
        let title = "Work that tells won from lost";
        let section = self.to(Section::SubStages);
        let Some((whose, stats, row)) = &self.overview.telling else {
            return Answer {
                title,
                section,
                value: "–".to_owned(),
                notes: vec![(
                    "It shows with ten won and ten lost deals of a process in the period, whose sub-stages were ticked.".to_owned(),
                    String::new(),
                )],
                ..Answer::default()
            };
        };
        let behind = |outcome| link(stats.behind_ticked(self.scope, outcome, row.sub_stage));
        Answer {
            title,
            section,
            value: isolated(row.name.to_string()),
            behind: behind(Outcome::Won),
            notes: vec![
                (
                    format!("{} of won deals", self.rate(row.won)),
                    behind(Outcome::Won),
                ),
                (
                    format!("{} of lost deals", self.rate(row.lost)),
                    behind(Outcome::Lost),
                ),
                (
                    format!("in {}", isolated(whose.name.to_string())),
                    String::new(),
                ),
            ],
        }
    }

    /// What it was in the period before, with its deals; none where there is no
    /// such period.
    fn before(
        &self,
        of: &dyn Fn(&Closed) -> String,
        behind: &dyn Fn(&Scope, Span) -> Behind,
    ) -> Option<(String, String)> {
        let (days, closed) = self.overview.closed_before.as_ref()?;
        let text = format!("{} in the period before", of(closed));
        let behind = behind(self.scope, *days);
        Some((text, link(behind)))
    }

    /// When that is, in words that follow others.
    fn when(&self) -> String {
        let day = |day: Option<Date>| day.map(|day| self.formats.date(day));
        match self.view.period {
            Period::All => "of all time".to_owned(),
            Period::Between(span) => match (day(span.from), day(span.to)) {
                (Some(from), Some(to)) => format!("from {from} to {to}"),
                (Some(from), None) => format!("from {from} on"),
                (None, Some(to)) => format!("until {to}"),
                (None, None) => "of all time".to_owned(),
            },
            named => named.title().to_lowercase(),
        }
    }

    fn deals(&self, count: usize) -> String {
        let noun = if count == 1 { "deal" } else { "deals" };
        format!("{} {noun}", self.formats.count(count))
    }

    fn without_value(&self, tally: Tally) -> Option<(String, String)> {
        let unknown = tally.unknown_value;
        let text = match unknown {
            0 => return None,
            1 => "1 deal without a value is not in it".to_owned(),
            _ => format!("{} without a value are not in it", counted(unknown, "deal")),
        };
        Some((text, String::new()))
    }

    fn known(&self, tally: Tally, sum: Total) -> String {
        match tally.is_unknown() {
            true => "–".to_owned(),
            false => self.formats.money(sum.minor()),
        }
    }

    fn rate(&self, share: Rate) -> String {
        rate(share, self.formats).unwrap_or_else(|| "–".to_owned())
    }

    /// A change in tenths of a percent, with its sign; none where it rounds to
    /// nothing, or is too great to be said in percent.
    fn change(&self, tenths: i64) -> Option<String> {
        let sign = if tenths < 0 { "−" } else { "+" };
        let size = u16::try_from(tenths.abs()).ok().filter(|size| *size > 0)?;
        Some(format!("{sign}{}", self.formats.permille(size)))
    }
}

/// The answers.
#[component]
pub fn OverviewSection(asked: Asked) -> impl IntoView {
    let app = use_app();
    let all = memo(move || asked.view.with(|view| answers(app, view)));
    let count = memo(move || all.with(Vec::len));
    let one = move |at: usize| {
        let answer = memo(move || all.with(|all| all.get(at).cloned().unwrap_or_default()));
        view! { <article class="answer">{move || answer_view(answer.get())}</article> }
    };
    view! {
        <p class="statistics-note">{Section::Overview.counts()}</p>
        <div class="answers">
            <For each=move || 0..count.get() key=|at| *at children=one />
        </div>
    }
}

/// An answer as it is seen, on paper too.
pub fn answer_view(answer: Answer) -> impl IntoView {
    let to = |text: String, href: String| match href.is_empty() {
        true => text.into_any(),
        false => view! { <a href=href>{text}</a> }.into_any(),
    };
    let notes = answer.notes.into_iter();
    view! {
        <h2 class="answer-title"><a href=answer.section>{answer.title}</a></h2>
        <p class="answer-value" dir="auto">{to(answer.value, answer.behind)}</p>
        <ul class="answer-notes">
            {notes.map(|(text, href)| view! { <li>{to(text, href)}</li> }).collect_view()}
        </ul>
    }
}

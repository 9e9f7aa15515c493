//! The page on paper (§14): the section as it is seen, with all its numbers.

use super::Asked;
use super::overview::{answer_view, answers};
use super::section::{Drawn, drawn};
use crate::chart::Table;
use crate::domain::read::filter::{Tab, in_words};
use crate::domain::read::statistics::{Period, Section};
use crate::ui::app::{App, use_app};
use crate::ui::parts::OfferButton;
use crate::ui::parts::chart::{Look, printed_figure};
use crate::ui::prelude::*;
use crate::web::{clock, echarts, palette, print};

/// How wide a chart is drawn for paper, in CSS pixels.
const PAPER_PX: u32 = 680;

/// How many rows of a table are printed.
const PRINTED_ROWS: usize = 130;

/// The button "Print", and what is printed of the page, by whichever way.
#[component]
pub fn PrintButton(asked: Asked) -> impl IntoView {
    let app = use_app();
    print::instead(alive(move |paper: print::Paper| {
        paper.show(untrack(|| report(app, asked)));
    }));
    let print = move |()| {
        spawn(async {
            // Without it the figures are printed alone.
            let _ = echarts::load().await;
            print::page();
        });
    };
    view! { <OfferButton text="Print" icon="print" act=print /> }
}

/// What is printed.
fn report(app: App, asked: Asked) -> AnyView {
    let formats = app.formats();
    let view = asked.view.get();
    let words = app
        .store
        .peek(|workspace| in_words(workspace, &view.filter, Tab::All, &formats));
    let period = match view.period {
        Period::Between(span) => {
            let day = |day: Option<_>| day.map_or_else(|| "…".to_owned(), |day| formats.date(day));
            format!("{} – {}", day(span.from), day(span.to))
        }
        named => named.title().to_owned(),
    };
    let content = match view.section {
        Section::Overview => {
            let all = answers(app, &view).into_iter();
            let all =
                all.map(|answer| view! { <article class="answer">{answer_view(answer)}</article> });
            view! { <div class="answers">{all.collect_view()}</div> }.into_any()
        }
        _ => {
            // Paper is white, and does not move.
            let look = Look {
                palette: palette::light_palette(),
                reduced_motion: true,
            };
            let all = drawn(app, &view, &look);
            let mut rules: Vec<&'static [&'static str]> = all.iter().map(|it| it.rule).collect();
            rules.dedup();
            let rules = rules.into_iter().flatten();
            let rules = rules.map(|line| view! { <li>{*line}</li> }).collect_view();
            let one = |drawn: Drawn| {
                let picture = echarts::picture(&drawn.options, (PAPER_PX, drawn.height_px));
                let tables: Vec<Table> = drawn.tables.iter().map(short).collect();
                printed_figure(drawn.title(), picture, drawn.facts, &tables)
            };
            let figures = all.into_iter().map(one).collect_view();
            view! {
                {figures}
                <ul class="report-rule">{rules}</ul>
            }
            .into_any()
        }
    };
    view! {
        <header class="report-head">
            <h1>{format!("Statistics: {}", view.section.title())}</h1>
            <p>{formats.date(clock::today())}</p>
            <p class="report-filter">{format!("{period}. {}", view.section.counts())}</p>
            {(!words.is_empty()).then(|| view! { <p class="report-filter" dir="auto">{words}</p> })}
        </header>
        {content}
    }
    .into_any()
}

/// A table with as many of its last rows as anyone reads on paper, which says so
/// where there are more.
fn short(table: &Table) -> Table {
    let skipped = table.rows.len().saturating_sub(PRINTED_ROWS);
    let mut short = table.clone();
    if skipped > 0 {
        short.rows.drain(..skipped);
        let all = table.rows.len();
        short.title = format!("{} (the last {PRINTED_ROWS} of {all} rows)", table.title);
    }
    short
}

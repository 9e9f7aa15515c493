//! The figures of a section: what is drawn, with all its numbers.

use super::choices::Choices;
use super::ranked::Ranked;
use super::{Asked, link, scope_of};
use crate::chart::statistics::compare::{
    COMPARE_RULE, compare_facts, compare_height_px, compare_options, compare_tables,
};
use crate::chart::statistics::course::{
    COURSE_RULE, Course, course_facts, course_height_px, course_options, course_tables,
};
use crate::chart::statistics::forecast::{
    FORECAST_RULE, forecast_facts, forecast_height_px, forecast_options, forecast_tables,
};
use crate::chart::statistics::funnel::{
    FUNNEL_RULE, funnel_facts, funnel_height_px, funnel_options, funnel_tables,
};
use crate::chart::statistics::sub_stages::{
    SUB_STAGES_RULE, sub_stages_facts, sub_stages_height_px, sub_stages_options, sub_stages_tables,
};
use crate::chart::statistics::time::{
    TIME_RULE, close_facts, close_height_px, close_options, close_tables, time_facts,
    time_height_px, time_options, time_tables,
};
use crate::chart::statistics::{Drawing, Links};
use crate::chart::{Fact, Table};
use crate::domain::read::index::Index;
use crate::domain::read::statistics::Section;
use crate::domain::read::statistics::compare::By;
use crate::domain::read::statistics::funnel::Funnel;
use crate::domain::read::statistics::sub_stages::SubStages;
use crate::domain::record::workspace::Workspace;
use crate::route::StatisticsView;
use crate::ui::app::{App, use_app};
use crate::ui::parts::Empty;
use crate::ui::parts::chart::{ChartFigure, Look};
use crate::ui::prelude::*;
use crate::web::intl::Formats;

/// A figure, ready to be shown or printed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drawn {
    /// Of whom it is, or what it shows where it is of all.
    pub name: String,
    /// What it shows.
    pub what: &'static str,
    /// How it is counted.
    pub rule: &'static [&'static str],
    /// What ECharts draws of it.
    pub options: String,
    /// The few figures that say most.
    pub facts: Vec<Fact>,
    /// All figures.
    pub tables: Vec<Table>,
    /// The height of the drawing, in CSS pixels.
    pub height_px: u32,
    /// It takes the whole width of the page.
    pub is_wide: bool,
}

impl Drawn {
    /// What it is called.
    pub fn title(&self) -> String {
        match self.what {
            "" => self.name.clone(),
            what => format!("{}: {what}", self.name),
        }
    }
}

/// What a comparison is called.
fn comparison_by(by: By) -> &'static str {
    match by {
        By::Process => "Comparison by sales process",
        By::Owner => "Comparison by owner",
        By::Segment => "Comparison by segment",
        By::Category => "Comparison by category",
        By::Source => "Comparison by source",
    }
}

/// The figures of a view.
pub fn drawn(app: App, view: &StatisticsView, look: &Look) -> Vec<Drawn> {
    let formats = app.formats();
    let scope = scope_of(view);
    app.store.index(|index, workspace| {
        let making = Making {
            workspace,
            index,
            view,
            format: &formats,
            drawing: Drawing {
                palette: &look.palette,
                format: &formats,
                reduced_motion: look.reduced_motion,
            },
            links: Links {
                scope: &scope,
                link: &link,
            },
        };
        match view.section {
            Section::Overview => Vec::new(),
            Section::Forecast => making.forecast(),
            Section::Funnel => making.funnels(),
            Section::Time => making.times(),
            Section::SubStages => making.sub_stages(),
            Section::Course => making.courses(),
            Section::Compare => making.comparison(),
        }
    })
}

/// What figures are made from.
struct Making<'a> {
    workspace: &'a Workspace,
    index: &'a Index,
    view: &'a StatisticsView,
    format: &'a Formats,
    drawing: Drawing<'a>,
    links: Links<'a>,
}

impl Making<'_> {
    fn forecast(&self) -> Vec<Drawn> {
        let (links, drawing) = (&self.links, &self.drawing);
        let stats = self.index.forecast(self.workspace, links.scope);
        if stats.processes.is_empty() {
            return Vec::new();
        }
        vec![Drawn {
            name: "Forecast".to_owned(),
            what: "",
            rule: FORECAST_RULE,
            options: forecast_options(&stats, links, drawing),
            facts: forecast_facts(&stats, links, self.format),
            tables: forecast_tables(&stats, links, self.format),
            height_px: forecast_height_px(&stats),
            is_wide: true,
        }]
    }

    fn funnels(&self) -> Vec<Drawn> {
        let (links, drawing) = (&self.links, &self.drawing);
        let all = self.index.funnels(self.workspace, links.scope);
        let one = |stats: &Funnel| Drawn {
            name: stats.whose.name.to_string(),
            what: "funnel",
            rule: FUNNEL_RULE,
            options: funnel_options(stats, links, drawing),
            facts: funnel_facts(stats, links, self.format),
            tables: funnel_tables(stats, links, self.format),
            height_px: funnel_height_px(stats),
            is_wide: false,
        };
        all.iter().map(one).collect()
    }

    fn times(&self) -> Vec<Drawn> {
        let (links, drawing) = (&self.links, &self.drawing);
        let (all, each) = self.index.times(self.workspace, links.scope);
        let mut figures = Vec::new();
        if each.len() > 1 {
            figures.push(Drawn {
                name: "All processes".to_owned(),
                what: "days to close",
                rule: TIME_RULE,
                options: close_options(&all, None, links, drawing),
                facts: close_facts(&all, None, links, self.format),
                tables: close_tables(&all, None, links, self.format),
                height_px: close_height_px(),
                is_wide: true,
            });
        }
        for stats in &each {
            figures.push(Drawn {
                name: stats.whose.name.to_string(),
                what: "time in stage",
                rule: TIME_RULE,
                options: time_options(stats, links, drawing),
                facts: time_facts(stats, links, self.format),
                tables: time_tables(stats, links, self.format),
                height_px: time_height_px(stats),
                is_wide: false,
            });
        }
        figures
    }

    fn sub_stages(&self) -> Vec<Drawn> {
        let (links, drawing) = (&self.links, &self.drawing);
        let all = self.index.sub_stages(self.workspace, links.scope);
        let one = |stats: &SubStages| Drawn {
            name: stats.whose.name.to_string(),
            what: "sub-stages",
            rule: SUB_STAGES_RULE,
            options: sub_stages_options(stats, links, drawing),
            facts: sub_stages_facts(stats, links, self.format),
            tables: sub_stages_tables(stats, links, self.format),
            height_px: sub_stages_height_px(stats),
            is_wide: false,
        };
        all.iter().map(one).collect()
    }

    fn courses(&self) -> Vec<Drawn> {
        let (links, drawing) = (&self.links, &self.drawing);
        let step = self.view.step;
        let courses = self.index.courses(self.workspace, links.scope, step);
        let whose = courses.each.iter().map(|(whose, _)| Some(whose));
        // One process alone is all there is.
        let each = whose.filter(|_| courses.each.len() > 1);
        let all = (!courses.each.is_empty()).then_some(None);
        let one = |whose: Option<&_>| {
            let course = Course {
                courses: &courses,
                whose,
                step,
            };
            let name = course.whose.map(|whose| whose.name.to_string());
            let (name, what) = match name {
                Some(name) => (name, "course"),
                None => ("Course".to_owned(), ""),
            };
            Drawn {
                name,
                what,
                rule: COURSE_RULE,
                options: course_options(course, links, drawing),
                facts: course_facts(course, links, self.format),
                tables: course_tables(course, links, self.format),
                height_px: course_height_px(),
                is_wide: course.whose.is_none(),
            }
        };
        all.into_iter().chain(each).map(one).collect()
    }

    fn comparison(&self) -> Vec<Drawn> {
        let (links, drawing) = (&self.links, &self.drawing);
        let mut stats = (self.index).comparison(self.workspace, links.scope, self.view.by);
        let alphabet = self.index.alphabet(self.workspace);
        let by_name = |a: &str, b: &str| alphabet.key(a).cmp(&alphabet.key(b));
        stats.sort(self.view.ranking, &by_name);
        if stats.rows.is_empty() {
            return Vec::new();
        }
        let measure = self.view.ranking.measure;
        vec![Drawn {
            name: comparison_by(stats.by).to_owned(),
            what: "",
            rule: COMPARE_RULE,
            options: compare_options(&stats, measure, links, drawing),
            facts: compare_facts(&stats, links, self.format),
            tables: compare_tables(&stats, links, self.format),
            height_px: compare_height_px(&stats),
            is_wide: true,
        }]
    }
}

/// What a figure is known by while others come and go.
type Known = (String, &'static str, &'static [&'static str], bool);

fn known(drawn: &Drawn) -> Known {
    (drawn.name.clone(), drawn.what, drawn.rule, drawn.is_wide)
}

/// The figures of the section that is looked at.
#[component]
pub fn Figures(asked: Asked) -> impl IntoView {
    let app = use_app();
    // What is saved of them is made there.
    app.chunks.charts.load();
    let all = memo(move || {
        let look = asked.look.get();
        asked.view.with(|view| drawn(app, view, &look))
    });
    let keys = memo(move || all.with(|all| all.iter().map(known).collect::<Vec<_>>()));
    let one = move |key: Known| figure(all, key, asked.look);
    let is_empty = memo(move || keys.with(Vec::is_empty));
    view! {
        <div class="statistics-choices">
            <Choices asked />
            <p class="statistics-note">{move || asked.view.with(|view| view.section.counts())}</p>
        </div>
        <Show when=move || is_empty.get()>
            <div class="card">
                <Empty
                    icon="search"
                    title="No deal fits"
                    text="No deal of this period fits all filters. Choose another period, or clear the filters."
                />
            </div>
        </Show>
        <div class="statistics-figures">
            <For each=move || keys.get() key=Clone::clone children=one />
        </div>
        <Ranked asked all />
    }
}

fn figure(all: Memo<Vec<Drawn>>, key: Known, look: Signal<Look>) -> AnyView {
    let (name, what, rule, is_wide) = key;
    let title = name.clone();
    let of = memo(move || {
        let is_it = |drawn: &&Drawn| drawn.name == name && drawn.what == what;
        let found = all.with(|all| all.iter().find(is_it).cloned());
        found.unwrap_or_default()
    });
    // Each of its parts leads to a list.
    let nothing_else = Callback::new(|_: String| ());
    view! {
        <div class="chart-card" class:is-wide=is_wide>
            <ChartFigure
                name=title
                what
                rule
                options=derived(move || of.with(|of| of.options.clone()))
                is_other=derived(move || of.track())
                facts=derived(move || of.with(|of| of.facts.clone()))
                tables=derived(move || of.with(|of| of.tables.clone()))
                height_px=derived(move || of.with(|of| of.height_px))
                look
                on_pick=nothing_else
            />
        </div>
    }
    .into_any()
}

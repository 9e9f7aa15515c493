//! The sections of the page Statistics, drawn of any account.

use pipewright::chart::Format;
use pipewright::chart::Palette;
use pipewright::chart::statistics::compare::{compare_options, compare_tables};
use pipewright::chart::statistics::course::{Course, course_options, course_tables};
use pipewright::chart::statistics::forecast::{forecast_options, forecast_tables};
use pipewright::chart::statistics::funnel::{funnel_options, funnel_tables};
use pipewright::chart::statistics::sub_stages::{sub_stages_options, sub_stages_tables};
use pipewright::chart::statistics::time::{close_options, time_options, time_tables};
use pipewright::chart::statistics::{Drawing, Links};
use pipewright::domain::read::filter::Filter;
use pipewright::domain::read::index::Index;
use pipewright::domain::read::statistics::compare::{By, Measure};
use pipewright::domain::read::statistics::{Behind, Period, Scope, Step};
use pipewright::domain::record::workspace::Workspace;
use pipewright::domain::value::time::Now;
use pipewright::route::DealsView;

/// Draws all of them: over all times, and over a year.
pub fn draw(index: &Index, workspace: &Workspace, now: Now, format: &dyn Format) {
    for period in [Period::All, Period::default()] {
        let scope = Scope::new(&Filter::default(), period, now);
        let drawing = Drawing {
            palette: &Palette::default(),
            format,
            reduced_motion: true,
        };
        let links = Links {
            scope: &scope,
            link: &address,
        };
        index.overview(workspace, &scope);
        let forecast = index.forecast(workspace, &scope);
        forecast_options(&forecast, &links, &drawing);
        forecast_tables(&forecast, &links, format);
        for stats in index.funnels(workspace, &scope) {
            funnel_options(&stats, &links, &drawing);
            funnel_tables(&stats, &links, format);
        }
        let (all, each) = index.times(workspace, &scope);
        close_options(&all, None, &links, &drawing);
        for stats in &each {
            time_options(stats, &links, &drawing);
            time_tables(stats, &links, format);
        }
        for stats in index.sub_stages(workspace, &scope) {
            sub_stages_options(&stats, &links, &drawing);
            sub_stages_tables(&stats, &links, format);
        }
        for step in Step::ALL {
            let courses = index.courses(workspace, &scope, step);
            let course = Course {
                courses: &courses,
                whose: None,
                step,
            };
            course_options(course, &links, &drawing);
            course_tables(course, &links, format);
        }
        for by in By::ALL {
            let stats = index.comparison(workspace, &scope, by);
            compare_options(&stats, Measure::Velocity, &links, &drawing);
            compare_tables(&stats, &links, format);
        }
    }
}

fn address(behind: Behind) -> String {
    let view = DealsView {
        tab: behind.tab,
        filter: behind.filter,
        ..DealsView::default()
    };
    view.href()
}

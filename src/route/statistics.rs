//! The addresses of the page Statistics.

use super::Route;
use super::query::{Query, said, take};
use crate::domain::read::filter::Filter;
use crate::domain::read::statistics::compare::{By, Measure, Ranking};
use crate::domain::read::statistics::{Period, Section, Step};

/// What the page Statistics shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatisticsView {
    /// The section.
    pub section: Section,
    /// The filters, of what deals of any status have.
    pub filter: Filter,
    /// The period.
    pub period: Period,
    /// What the course is cut into.
    pub step: Step,
    /// What is compared.
    pub by: By,
    /// By which measure the comparison is sorted.
    pub ranking: Ranking,
}

impl StatisticsView {
    /// The same deals and period in another section.
    pub fn in_section(&self, section: Section) -> Self {
        Self {
            section,
            ..self.clone()
        }
    }

    /// The address of this view.
    pub fn href(&self) -> String {
        let mut query = Query::new();
        query.put_filter(&self.filter);
        let put = |is_usual: bool, text: &dyn Fn() -> String| (!is_usual).then(text);
        let usual = Self::default();
        query.put(
            "period",
            put(self.period == usual.period, &|| self.period.text()),
        );
        query.put(
            "step",
            put(self.step == usual.step, &|| self.step.slug().to_owned()),
        );
        query.put(
            "by",
            put(self.by == usual.by, &|| self.by.slug().to_owned()),
        );
        query.put(
            "sort",
            put(self.ranking == usual.ranking, &|| {
                ranking_text(self.ranking)
            }),
        );
        query.at(&format!("#/statistics/{}", self.section.slug()))
    }

    /// The view of a section's name and a query.
    pub(super) fn parse(section: &str, query: &str) -> Route {
        let section = Section::ALL.into_iter().find(|it| it.slug() == section);
        let Some(section) = section else {
            return Route::NotFound;
        };
        let mut view = Self {
            section,
            ..Self::default()
        };
        for (key, value) in said(query) {
            if take(&mut view.filter, &key, &value) {
                continue;
            }
            match key.as_ref() {
                "period" => view.period = Period::parse(&value).unwrap_or_default(),
                "step" => view.step = named(Step::ALL, Step::slug, &value),
                "by" => view.by = named(By::ALL, By::slug, &value),
                "sort" => view.ranking = ranked(&value),
                _ => {}
            }
        }
        view.filter = view.filter.of_any_status();
        Route::Statistics(view)
    }
}

/// The one of that name, or the usual one.
fn named<T: Copy + Default, const N: usize>(
    all: [T; N],
    name: fn(T) -> &'static str,
    text: &str,
) -> T {
    let mut all = all.into_iter();
    all.find(|one| name(*one) == text).unwrap_or_default()
}

fn ranking_text(ranking: Ranking) -> String {
    let sign = if ranking.descending { "-" } else { "" };
    format!("{sign}{}", ranking.measure.slug())
}

fn ranked(text: &str) -> Ranking {
    let (descending, slug) = match text.strip_prefix('-') {
        Some(slug) => (true, slug),
        None => (false, text),
    };
    let measure = Measure::ALL.into_iter().find(|it| it.slug() == slug);
    measure.map_or_else(Ranking::default, |measure| Ranking {
        measure,
        descending,
    })
}

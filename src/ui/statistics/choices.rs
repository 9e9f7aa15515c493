//! What a section lets choose: what time is cut into, what is compared.

use super::Asked;
use crate::domain::read::statistics::compare::By;
use crate::domain::read::statistics::{Section, Step};
use crate::route::StatisticsView;
use crate::ui::prelude::*;

/// The choices of the section that is looked at, as links among which one is
/// the present one.
#[component]
pub fn Choices(asked: Asked) -> impl IntoView {
    let section = memo(move || asked.view.with(|view| view.section));
    following(move || match section.get() {
        Section::Course => {
            let step = move |step: Step| choice(asked, step.title(), move |view| view.step = step);
            group("Steps", Step::ALL.map(step).into())
        }
        Section::Compare => {
            let by = move |by: By| choice(asked, name_of(by), move |view| view.by = by);
            group("Compare", By::ALL.map(by).into())
        }
        _ => ().into_any(),
    })
}

fn name_of(by: By) -> &'static str {
    match by {
        By::Process => "Processes",
        By::Owner => "Owners",
        By::Segment => "Segments",
        By::Category => "Categories",
        By::Source => "Sources",
    }
}

fn group(label: &'static str, choices: Vec<AnyView>) -> AnyView {
    view! { <nav class="segments" aria-label=label>{choices}</nav> }.into_any()
}

fn choice(
    asked: Asked,
    text: &'static str,
    edit: impl Fn(&mut StatisticsView) + Copy + Send + Sync + 'static,
) -> AnyView {
    let chosen = move || {
        let mut view = asked.view.get();
        edit(&mut view);
        view
    };
    let is_here = memo(move || asked.view.with(|view| *view == chosen()));
    view! {
        <a class="segment" href=move || chosen().href() aria-current=move || is_here.get().then_some("true")>
            {text}
        </a>
    }
    .into_any()
}

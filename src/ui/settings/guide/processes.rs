//! The second step: the processes, where they come from, what they are called.

use super::WholeProblem;
use super::state::State;
use crate::domain::start::guide::{Guide, Origin, Place};
use crate::domain::start::templates::Template;
use crate::ui::app::use_app;
use crate::ui::parts::{Choices, Icon, Select, TextField, Tool};
use crate::ui::prelude::*;
use crate::web::dom;

/// The processes, to be added, named and taken out.
#[component]
pub fn ProcessesStep(state: State) -> impl IntoView {
    let rows = memo(move || {
        state.guide.with(|guide| {
            let rows = guide.processes.iter().map(|process| process.row);
            rows.collect::<Vec<_>>()
        })
    });
    let add = move |_| {
        let row = state.change(|guide, _| guide.add_process());
        dom::focus_soon(format!("guide-process-{row}"));
    };
    view! {
        <p class="guide-lead">
            "Name each process after the circumstances it is for. \
             What is set up here can be changed at any time, stage by stage."
        </p>
        <WholeProblem state place=Place::Processes />
        <ol class="guide-rows">
            <For each=move || rows.get() key=|row| *row let:row>
                <Row state rows row />
            </For>
        </ol>
        <button type="button" class="button guide-add" id="guide-add" on:click=add>
            <Icon name="add" />
            "Add process"
        </button>
    }
}

#[component]
fn Row(state: State, rows: Memo<Vec<u32>>, row: u32) -> impl IntoView {
    let app = use_app();
    let place = move || rows.with(|rows| rows.iter().position(|r| *r == row));
    let label = move || format!("Process {}", place().unwrap_or_default() + 1);
    let origin = memo(move || {
        state
            .guide
            .with(|guide| guide.row(row).map_or(Origin::Empty, |row| row.origin))
    });
    let choices = memo(move || -> Choices {
        app.store.setup(|workspace| {
            let there = workspace.processes_in_order();
            let used = there.filter(|process| !process.archived).map(|process| {
                let value = value_of(Origin::Existing(process.id));
                (value, format!("{}, as it is", process.name))
            });
            let copies = workspace.processes_in_order().map(|process| {
                let value = value_of(Origin::CopyOf(process.id));
                (value, format!("Copy of {}", process.name))
            });
            let templates =
                Template::ALL.map(|t| (value_of(Origin::Template(t)), t.name().to_owned()));
            vec![
                (Some("There already".to_owned()), used.collect()),
                (Some("Template".to_owned()), templates.to_vec()),
                (Some("Copy".to_owned()), copies.collect()),
                (
                    None,
                    vec![(value_of(Origin::Empty), "Empty, without stages".to_owned())],
                ),
            ]
        })
    });
    let choose = move |chosen: String| {
        if let Some(origin) = origin_of(&chosen) {
            state.change(|guide, workspace| guide.start_from(workspace, row, origin));
        }
    };
    let stages = move || {
        let names = app.store.setup(|w| Guide::stages(w, origin.get()));
        let names = names.into_iter().map(|name| {
            view! { <li><bdi>{name.to_string()}</bdi></li> }
        });
        names.collect::<Vec<_>>()
    };
    let remove = move |()| {
        let at = untrack(place);
        state.change(|guide, _| guide.remove_process(row));
        let next =
            rows.with_untracked(|rows| at.and_then(|at| rows.get(at).or(rows.last()).copied()));
        state.said.set("Process taken out".to_owned());
        dom::focus_soon(next.map_or("guide-add".to_owned(), |row| format!("guide-process-{row}")));
    };
    view! {
        <li>
            <section
                class="guide-row"
                role="group"
                id=format!("guide-process-{row}")
                tabindex="-1"
                aria-label=label
            >
                <TextField
                    label="Process name"
                    value=state.name(row)
                    error=state.problem(Place::Name(row))
                    required=true
                />
                <Select
                    label="Start from"
                    value=derived(move || value_of(origin.get()))
                    choices
                    on_choose=choose
                    error=state.problem(Place::Origin(row))
                />
                <Tool icon="trash" label="Take process out" act=remove />
                <ol role="list" class="guide-stages" aria-label="Stages">{move || stages()}</ol>
            </section>
        </li>
    }
}

fn value_of(origin: Origin) -> String {
    match origin {
        Origin::Existing(id) => format!("use {id}"),
        Origin::CopyOf(id) => format!("copy {id}"),
        Origin::Template(template) => format!("template {}", template.name()),
        Origin::Empty => "empty".to_owned(),
    }
}

fn origin_of(value: &str) -> Option<Origin> {
    let (kind, of) = value.split_once(' ').unwrap_or((value, ""));
    match kind {
        "use" => of.parse().ok().map(Origin::Existing),
        "copy" => of.parse().ok().map(Origin::CopyOf),
        "template" => {
            let mut all = Template::ALL.into_iter();
            all.find(|t| t.name() == of).map(Origin::Template)
        }
        _ => Some(Origin::Empty),
    }
}

//! Parts of the import's dialogs.

use std::sync::Arc;

use super::check::{Check, Step};
use super::file::{Frame, Picked};
use crate::codec::csv::{RowError, errors_csv};
use crate::domain::text::counted;
use crate::ui::app::use_app;
use crate::ui::parts::Icon;
use crate::ui::prelude::*;
use crate::web::files;

/// How many errors are shown; the download has all.
const MOST_ERRORS: usize = 50;

/// The file: its name, its rows, and what parts its cells.
#[component]
pub fn FileLine(picked: Picked, frame: Frame) -> impl IntoView {
    let parted = picked.table.delimiter().name();
    let rows = counted(picked.table.len(), "row");
    let columns = counted(picked.table.headers().len(), "column");
    view! {
        <div class="import-file-line">
            <div class="import-file-words">
                <p class="import-file-name" dir="auto">{picked.name}</p>
                <p class="import-file-facts">
                    {format!("{rows} · {columns} · separated by {parted}")}
                </p>
            </div>
            <button
                type="button"
                class="button button-small"
                disabled=move || frame.busy.get()
                on:click=move |_| frame.again.run(())
            >
                "Choose another file"
            </button>
        </div>
    }
}

/// A part of the dialog that is folded to one line while it asks for nothing.
#[component]
pub fn Section(
    /// Its heading.
    title: &'static str,
    /// What it says in one line.
    #[prop(into)]
    summary: Signal<String>,
    /// It asks for a decision.
    #[prop(into)]
    needed: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if needed.get() {
            open.set(true);
        }
    });
    view! {
        <details class="import-section" open=move || open.get()>
            <summary>
                <Icon name="expand" />
                <span class="import-section-title">{title}</span>
                <bdi class="import-section-summary">{move || summary.get()}</bdi>
                <Show when=move || needed.get()>
                    <span class="badge badge-warn">"Please check"</span>
                </Show>
            </summary>
            <div class="import-section-body">{children()}</div>
        </details>
    }
}

/// One figure of the preview: its name, the number, what stands below it.
#[derive(Clone, PartialEq, Eq)]
pub struct Figure {
    /// Its name.
    pub name: &'static str,
    /// The number.
    pub value: String,
    /// What stands below it; may be empty.
    pub detail: String,
    /// It is a warning.
    pub wrong: bool,
}

/// Figures side by side.
#[component]
pub fn Figures(#[prop(into)] figures: Signal<Vec<Figure>>) -> impl IntoView {
    let one = |figure: Figure| {
        view! {
            <div class="import-figure" class:import-figure-wrong=figure.wrong>
                <dt>{figure.name}</dt>
                <dd class="import-figure-value">{figure.value}</dd>
                <dd class="import-figure-detail">{figure.detail}</dd>
            </div>
        }
    };
    view! {
        <dl class="import-figures">
            {move || figures.get().into_iter().map(one).collect::<Vec<_>>()}
        </dl>
    }
}

/// The rows in error: what is wrong and where, and a download of all of them.
#[component]
pub fn Errors(picked: Picked, rows: usize, errors: Arc<[RowError]>) -> impl IntoView {
    let app = use_app();
    let more = errors.len().saturating_sub(MOST_ERRORS);
    let shown: Vec<_> = errors
        .iter()
        .take(MOST_ERRORS)
        .cloned()
        .map(|error| {
            view! {
                <tr>
                    <td class="import-number">{error.line}</td>
                    <td><bdi>{error.column}</bdi></td>
                    <td><bdi class="import-cell">{error.value}</bdi></td>
                    <td>{error.message}</td>
                </tr>
            }
        })
        .collect();
    let download = move |_| {
        let text = errors_csv(&picked.table, &errors);
        let stem = picked
            .name
            .rsplit_once('.')
            .map_or(&*picked.name, |(stem, _)| stem);
        let name = format!("{stem}-errors.csv");
        match files::download(&name, "text/csv;charset=utf-8", &text) {
            Ok(()) => app
                .messages
                .plain(format!("Rows in error downloaded: {name}")),
            Err(error) => app.messages.problem(error.to_string()),
        }
    };
    let verb = if rows == 1 {
        "has an error and is"
    } else {
        "have errors and are"
    };
    view! {
        <section class="import-errors" aria-label="Rows in error">
            <div class="import-errors-head">
                <p>
                    <strong>{counted(rows, "row")}</strong>
                    {format!(" {verb} left out.")}
                </p>
                <button type="button" class="button button-small" on:click=download>
                    <Icon name="download" />
                    "Download rows in error"
                </button>
            </div>
            <div class="import-scroll" tabindex="0" role="group" aria-label="What is wrong">
                <table class="import-table">
                    <thead>
                        <tr>
                            <th scope="col" class="import-number">"Line"</th>
                            <th scope="col">"Column"</th>
                            <th scope="col">"In the file"</th>
                            <th scope="col">"What is wrong"</th>
                        </tr>
                    </thead>
                    <tbody>{shown}</tbody>
                </table>
            </div>
            {(more > 0).then(|| view! { <p class="hint">{format!("and {more} more")}</p> })}
        </section>
    }
}

/// The end of the dialog: how far the work is, and the buttons.
#[component]
pub fn Footer<O: Send + Sync + 'static>(
    check: Check<O>,
    frame: Frame,
    /// What will be imported; none while nothing can be.
    #[prop(into)]
    count: Signal<Option<String>>,
    /// The name of the button while there is nothing to import.
    idle: &'static str,
    /// Why the import was refused.
    #[prop(into)]
    problem: Signal<Option<String>>,
    #[prop(into)] on_import: Callback<()>,
) -> impl IntoView {
    let progress = move || {
        if frame.busy.get() {
            let text = count
                .get()
                .map_or_else(String::new, |count| format!("Importing {count}"));
            return view! {
                <span class="import-progress-text" role="status">{text}</span>
                <progress class="import-bar" aria-label="Importing"></progress>
            }
            .into_any();
        }
        match check.step() {
            Some(Step { done, rows }) => view! {
                <span class="import-progress-text">
                    {format!("Checking {}", counted(rows, "row"))}
                </span>
                <progress
                    class="import-bar"
                    aria-label="Checking the rows"
                    value=done.to_string()
                    max=rows.max(1).to_string()
                ></progress>
            }
            .into_any(),
            None => ().into_any(),
        }
    };
    let can_import =
        Memo::new(move |_| count.get().is_some() && check.step().is_none() && !frame.busy.get());
    let text = move || {
        count
            .get()
            .map_or_else(|| idle.to_owned(), |count| format!("Import {count}"))
    };
    view! {
        <div class="import-end">
            <Show when=move || problem.get().is_some()>
                <div class="notice notice-problem import-problem" role="alert">
                    <Icon name="alert" />
                    <p>
                        <bdi>{move || problem.get()}</bdi>
                        " Nothing was changed."
                    </p>
                </div>
            </Show>
            <div class="import-actions">
                <div class="import-progress">{progress}</div>
                <div class="dialog-actions">
                    <button
                        type="button"
                        class="button"
                        disabled=move || frame.busy.get()
                        on:click=move |_| frame.close.run(())
                    >
                        "Cancel"
                    </button>
                    <button
                        type="button"
                        class="button button-primary"
                        disabled=move || !can_import.get()
                        on:click=move |_| on_import.run(())
                    >
                        {text}
                    </button>
                </div>
            </div>
        </div>
    }
}

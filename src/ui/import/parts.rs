//! Parts of the import's dialogs.

use std::sync::Arc;

use super::check::{Check, Step};
use super::file::{Frame, Picked};
use crate::codec::csv::{Findings, Repeated, RowError, errors_csv};
use crate::domain::value::text::counted;
use crate::ui::app::{unique_id, use_app};
use crate::ui::parts::Icon;
use crate::ui::prelude::*;
use crate::web::files;

/// How many errors are shown; the download has all.
const MOST_ERRORS: usize = 50;

/// The file: its name, its rows and columns.
#[component]
pub fn FileLine(picked: Picked, frame: Frame) -> impl IntoView {
    let rows = counted(picked.table.records(|_| false).count(), "row");
    let columns = counted(picked.table.headers().len(), "column");
    view! {
        <div class="import-file-line">
            <div class="import-file-words">
                <p class="import-file-name" dir="auto">{picked.name}</p>
                <p class="import-file-facts">
                    {format!("{rows} · {columns}")}
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
    /// It is open at first.
    #[prop(optional)]
    opened: bool,
    children: Children,
) -> impl IntoView {
    let open = RwSignal::new(opened);
    effect(move || {
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

/// The columns that are not used though they look like something.
#[component]
pub fn Unused(
    /// The names of the columns, each with what it looks like.
    #[prop(into)]
    columns: Signal<Vec<(String, &'static str)>>,
) -> impl IntoView {
    view! {
        <Show when=move || !columns.with(Vec::is_empty)>
            <div class="notice import-unused" role="note">
                <Icon name="alert" />
                <p>
                    "Not used, though it may matter: "
                    {move || {
                        let columns = columns.get().into_iter().enumerate();
                        columns
                            .map(|(place, (name, looks))| {
                                view! {
                                    {(place > 0).then_some(", ")}
                                    <bdi>
                                        <strong>{name}</strong>
                                    </bdi>
                                    {format!(" ({looks})")}
                                }
                            })
                            .collect::<Vec<_>>()
                    }}
                    ". Choose below where these columns go, or leave them out."
                </p>
            </div>
        </Show>
    }
}

/// What is wrong with rows or cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// These rows are left out.
    Rows,
    /// These rows come in without the cells.
    Cells,
}

/// What is wrong and where, and a download of all of it.
#[component]
pub fn Errors(
    picked: Picked,
    kind: Wrong,
    rows: usize,
    errors: Arc<[RowError]>,
    /// More about them.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
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
    let (ending, what, button) = match kind {
        Wrong::Rows => ("errors", "Rows in error", "Download rows in error"),
        Wrong::Cells => ("not-read", "Cells not read", "Download these rows"),
    };
    let cells = errors.len();
    let download = move |_| {
        let text = errors_csv(&picked.table, &errors);
        let stem = picked
            .name
            .rsplit_once('.')
            .map_or(&*picked.name, |(stem, _)| stem);
        let name = format!("{stem}-{ending}.csv");
        match files::download(&name, "text/csv;charset=utf-8", &text) {
            Ok(()) => app.messages.plain(format!("{what} downloaded: {name}")),
            Err(error) => app.messages.problem(error.to_string()),
        }
    };
    let (subject, verb) = match (kind, rows) {
        (Wrong::Rows, 1) => (counted(rows, "row"), " has an error and is left out."),
        (Wrong::Rows, _) => (counted(rows, "row"), " have errors and are left out."),
        (Wrong::Cells, _) if cells == 1 => {
            (counted(cells, "cell"), " can't be read and stays empty.")
        }
        (Wrong::Cells, _) => (counted(cells, "cell"), " can't be read and stay empty."),
    };
    view! {
        <section class="import-errors" class:import-soft=kind == Wrong::Cells aria-label=what>
            <div class="import-errors-head">
                <p>
                    <strong>{subject}</strong>
                    {verb}
                </p>
                <button type="button" class="button button-small" on:click=download>
                    <Icon name="download" />
                    {button}
                </button>
            </div>
            {children.map(|children| children())}
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

/// Everything that an import has to say of the rows.
#[component]
pub fn FindingsView(
    picked: Picked,
    findings: Findings,
    /// Rows that are left out, and rows that come in without a cell.
    rows: (usize, usize),
    /// Rows with a cell that can't be read are left out.
    #[prop(into)]
    leaves_out: Signal<bool>,
    /// They are, or come in again.
    #[prop(into)]
    on_leave_out: Callback<bool>,
) -> impl IntoView {
    let notes = notes(&findings);
    let (in_error, with_unread) = rows;
    let errors = (in_error > 0).then(|| {
        let errors = Arc::from(findings.errors.as_slice());
        let picked = picked.clone();
        view! { <Errors picked kind=Wrong::Rows rows=in_error errors /> }
    });
    let unread = (with_unread > 0).then(|| {
        let errors = Arc::from(findings.unread.as_slice());
        let picked = picked.clone();
        view! { <Errors picked kind=Wrong::Cells rows=with_unread errors /> }
    });
    // The box stays where it was ticked, so that it can be taken back.
    let asks = with_unread > 0 || leaves_out.get_untracked();
    let choice = asks.then(|| {
        let id = unique_id("leave-out");
        let label_for = id.clone();
        view! {
            <div class="check">
                <input
                    type="checkbox"
                    id=id
                    prop:checked=move || leaves_out.get()
                    on:change=move |event| on_leave_out.run(event_target_checked(&event))
                />
                <label for=label_for>"Leave out rows with a cell that can't be read"</label>
            </div>
        }
    });
    let notes = (!notes.is_empty()).then(|| {
        let notes: Vec<_> = notes
            .into_iter()
            .map(|note| view! { <li>{note}</li> })
            .collect();
        view! { <ul class="import-notes">{notes}</ul> }
    });
    view! { {errors} {unread} {choice} {notes} }
}

/// What was read otherwise than it stands in the file, each said once.
fn notes(findings: &Findings) -> Vec<String> {
    let mut notes = Vec::new();
    let mut repeated = |repeated: &Repeated, what: &str, which: &str| {
        if let Some(first) = &repeated.first {
            let count = counted(repeated.count, what);
            let RowError {
                line,
                value,
                message,
                ..
            } = first;
            notes.push(format!(
                "{count} {which}, first in line {line} (“{value}”): {message}."
            ));
        }
    };
    repeated(&findings.rounded, "value", "with too many decimals");
    repeated(&findings.ahead, "closing date", "ahead");
    repeated(&findings.cut, "next step", "that is too long");
    if findings.steps_of_closed > 0 {
        let deals = counted(findings.steps_of_closed, "closed deal");
        notes.push(format!(
            "{deals} with a next step: only open ones have one."
        ));
    }
    if findings.without_rate > 0 {
        let values = counted(findings.without_rate, "value");
        notes.push(format!(
            "{values} in another currency without a rate: not known."
        ));
    }
    if !findings.empty_words.is_empty() {
        let words = findings.empty_words.iter();
        let words: Vec<_> = words
            .map(|(word, count)| format!("“{word}” ({count})"))
            .collect();
        notes.push(format!("Taken as empty: {}.", words.join(", ")));
    }
    notes
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
        memo(move || count.get().is_some() && check.step().is_none() && !frame.busy.get());
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
                <div class="import-progress">{move || progress()}</div>
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
                        {move || text()}
                    </button>
                </div>
            </div>
        </div>
    }
}

//! How the file is read: its encoding, what parts its cells, where the names
//! of its columns stand.

use super::file::{Frame, Picked};
use super::parts::Section;
use super::pick::Pick;
use crate::codec::csv::{CodePage, HeaderChoice, Reading, Table};
use crate::ui::app::unique_id;
use crate::ui::parts::Choices;
use crate::ui::prelude::*;
use crate::web::dom;

/// How many lines are offered as the one with the names of the columns.
const LINES: usize = 20;
/// How much of a line is shown, in characters.
const SHOWN: usize = 60;
/// The value of a file without names of columns.
const NO_HEADER: &str = "none";
/// What may part cells.
const DELIMITERS: [(char, &str); 4] = [
    (',', "commas"),
    (';', "semicolons"),
    ('\t', "tabs"),
    ('|', "vertical bars"),
];

/// The section "Reading the file".
#[component]
pub fn ReadingSection(picked: Picked, frame: Frame) -> impl IntoView {
    let table = picked.table.clone();
    let chosen = picked.reading;
    let problem = RwSignal::new(None::<String>);
    let read = move |reading: Reading, id: &'static str| {
        if let Some(error) = frame.read_as.run((reading, id)) {
            problem.set(Some(error));
        }
    };
    // The dialog begins anew with each choice, and the focus goes along.
    if let Some(id) = picked.chosen_by {
        dom::focus_soon(id.to_owned());
    }
    let summary = facts(&table);
    let sample = table
        .sample()
        .map(|sample| (sample.line, cut(&sample.text)));
    let encodings: Choices = vec![(
        None,
        CodePage::all()
            .map(|page| (page.label().to_owned(), page.name().to_owned()))
            .collect(),
    )];
    let delimiter = table.delimiter().char();
    let mut delimiters: Vec<(String, String)> = DELIMITERS
        .iter()
        .map(|(char, name)| (char.to_string(), (*name).to_owned()))
        .collect();
    if DELIMITERS.iter().all(|(char, _)| *char != delimiter) {
        delimiters.push((delimiter.to_string(), table.delimiter().name().to_owned()));
    }
    let (encoding, lines) = (table.code_page().label().to_owned(), headers(&table));
    let header = table.header_line();
    let header = header.map_or_else(|| NO_HEADER.to_owned(), |line| line.to_string());
    let choose_encoding = move |label: String| {
        let reading = Reading {
            code_page: CodePage::of_label(&label),
            ..chosen
        };
        read(reading, "import-encoding");
    };
    let choose_delimiter = move |text: String| {
        let reading = Reading {
            delimiter: text.chars().next(),
            ..chosen
        };
        read(reading, "import-delimiter");
    };
    let choose_header = move |text: String| {
        let line = text.parse().map(HeaderChoice::Line);
        let reading = Reading {
            header: Some(line.unwrap_or(HeaderChoice::None)),
            ..chosen
        };
        read(reading, "import-header");
    };
    let wrong = unique_id("reading");
    view! {
        <Section
            title="Reading the file"
            summary=Signal::stored(summary)
            needed=Signal::stored(false)
            opened=picked.chosen_by.is_some()
        >
            <div class="import-reading-choices">
                <Labelled text="Encoding">
                    <Pick
                        id="import-encoding"
                        label="Encoding"
                        value=Signal::stored(encoding)
                        choices=Signal::stored(encodings)
                        on_choose=choose_encoding
                    />
                </Labelled>
                <Labelled text="Cells are parted by">
                    <Pick
                        id="import-delimiter"
                        label="Cells are parted by"
                        value=Signal::stored(delimiter.to_string())
                        choices=Signal::stored(vec![(None, delimiters)])
                        on_choose=choose_delimiter
                    />
                </Labelled>
                <Labelled text="Names of the columns">
                    <Pick
                        id="import-header"
                        label="Names of the columns"
                        value=Signal::stored(header)
                        choices=Signal::stored(lines)
                        on_choose=choose_header
                    />
                </Labelled>
            </div>
            {sample
                .map(|(line, text)| {
                    view! {
                        <p class="import-sample">
                            <span class="hint">{format!("Line {line} reads")}</span>
                            <bdi class="import-example">{text}</bdi>
                        </p>
                    }
                })}
            <p class="error" role="alert" id=wrong hidden=move || problem.get().is_none()>
                {move || problem.get()}
            </p>
        </Section>
    }
}

/// A choice with its name above it, which the choice says itself.
#[component]
fn Labelled(text: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="field">
            <span class="label" aria-hidden="true">{text}</span>
            {children()}
        </div>
    }
}

/// How the file is read, in one line.
fn facts(table: &Table) -> String {
    let header = match table.header_line() {
        Some(line) => format!("names of the columns in line {line}"),
        None => "no names of columns".to_owned(),
    };
    format!(
        "{}, {}, {header}",
        table.code_page().name(),
        table.delimiter().name()
    )
}

/// The lines that the names of the columns may stand in.
fn headers(table: &Table) -> Choices {
    let mut lines: Vec<(u32, String)> = Vec::new();
    let skipped = table.skipped().iter();
    lines.extend(skipped.map(|skipped| (skipped.line, skipped.text.clone())));
    if let Some(line) = table.header_line() {
        lines.push((line, table.headers().join(" · ")));
    }
    let rows = table.rows().take(LINES.saturating_sub(lines.len()));
    lines.extend(rows.map(|row| (row.line(), row.cells().collect::<Vec<_>>().join(" · "))));
    let lines = lines.into_iter().take(LINES);
    let mut entries = vec![(NO_HEADER.to_owned(), "The file has none".to_owned())];
    entries.extend(
        lines.map(|(line, text)| (line.to_string(), format!("Line {line}: {}", cut(&text)))),
    );
    vec![(None, entries)]
}

fn cut(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

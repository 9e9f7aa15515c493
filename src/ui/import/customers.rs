//! The dialog that imports customers.

use std::sync::Arc;

use super::check::{Check, fresh_ids};
use super::columns::{ColumnTable, summary};
use super::deals::named;
use super::file::{Frame, Picked};
use super::parts::{Figure, Figures, FileLine, FindingsView, Footer, Section, Unused};
use super::reading::ReadingSection;
use super::rows::{FirstRows, RowsLeftOut};
use crate::codec::csv::customers::{Builder, Built, Counts, Matching, Target};
use crate::domain::change::command::ImportKind;
use crate::domain::record::customer::Customer;
use crate::domain::record::list::{List, ListKind};
use crate::domain::record::workspace::Record;
use crate::domain::value::text::counted;
use crate::ui::app::{App, unique_id};
use crate::ui::prelude::*;
use crate::web::intl::Formats;

/// How many customers are shown.
const MOST: usize = 5;

/// The dialog's body: the columns, the preview, the button that imports.
#[component]
pub fn CustomersImport(app: App, picked: Picked, frame: Frame) -> impl IntoView {
    let table = picked.table.clone();
    let matching = RwSignal::new(Matching::propose(&table));
    let check = Check::<Built>::new();
    effect(move || {
        let (table, matching) = (table.clone(), matching.get());
        app.store.all(|_| ());
        check.start(table.len(), move || {
            app.store
                .peek(|workspace| Builder::new(table, matching, workspace, fresh_ids()))
        });
    });
    let problem = RwSignal::new(None::<String>);
    let count = memo(move || {
        let count = check.built().map_or(0, |built| customers(&built).count());
        (count > 0).then(|| counted(count, "customer"))
    });
    let import = move |()| {
        if let Some(built) = check.built() {
            frame.import(app, problem, ImportKind::Customers, built.records.clone());
        }
    };
    let table = picked.table.clone();
    let unused = {
        let table = table.clone();
        memo(move || matching.with(|matching| named(&table, &matching.unused(&table))))
    };
    let rows = table.clone();
    let takes = move |row: usize| {
        rows.row(row)
            .is_some_and(|row| matching.with(|matching| matching.takes(row)))
    };
    let take = move |(row, taken): (usize, bool)| {
        matching.update(|matching| matching.take_in(row, taken));
    };
    view! {
        <FileLine picked=picked.clone() frame />
        <Unused columns=unused />
        <div class="import-sections" inert=move || frame.busy.get()>
            <ReadingSection picked=picked.clone() frame />
            <RowsLeftOut table takes on_take=take />
            <Columns picked=picked.clone() matching />
            <Existing matching check />
        </div>
        <Preview app picked check matching />
        <Footer check frame count idle="Import customers" problem on_import=import />
    }
}

/// The customers that are added or changed.
fn customers(built: &Built) -> impl Iterator<Item = &Customer> {
    built.records.iter().filter_map(|record| match record {
        Record::Customer(customer) => Some(&**customer),
        _ => None,
    })
}

#[component]
fn Columns(picked: Picked, matching: RwSignal<Matching>) -> impl IntoView {
    let needed = derived(move || matching.with(|m| m.column(Target::Name).is_none()));
    let target_of = move |column: usize| {
        let feeds = |target: &Target| matching.with(|m| m.column(*target) == Some(column));
        Target::ALL.iter().position(feeds)
    };
    let shown = picked.table.clone();
    let summary = derived(move || summary(&shown, |column| target_of(column).is_some()));
    let choose = move |(column, chosen): (usize, Option<usize>)| {
        let target = chosen.and_then(|place| Target::ALL.get(place).copied());
        matching.update(|matching| matching.set_target(column, target));
    };
    view! {
        <Section title="Columns" summary needed>
            <p class="import-question" hidden=move || !needed.get()>
                "No column holds the customer's name. Choose one."
            </p>
            <ColumnTable
                table=picked.table.clone()
                targets=Target::ALL.map(Target::title).to_vec()
                target_of
                on_choose=choose
                form=|_| ().into_any()
            />
        </Section>
    }
}

/// Whether customers that are here already are overwritten.
#[component]
fn Existing(matching: RwSignal<Matching>, check: Check<Built>) -> impl IntoView {
    let here = Memo::new(move |before: Option<&usize>| {
        let built = check.built();
        built.map_or(before.copied().unwrap_or(0), |built| {
            built.counts.updated + built.counts.skipped
        })
    });
    let overwrite = memo(move || matching.with(|matching| matching.overwrite));
    let summary = derived(move || {
        let rows = counted(here.get(), "row");
        if overwrite.get() {
            format!("{rows} overwrite them")
        } else {
            format!("{rows} fill in what is missing")
        }
    });
    let id = StoredValue::new(unique_id("overwrite"));
    view! {
        <Show when=move || here.get() != 0>
            <Section title="Customers that are here already" summary needed=Signal::stored(false)>
                <div class="check">
                    <input
                        type="checkbox"
                        id=id.get_value()
                        aria-describedby=format!("{}-hint", id.get_value())
                        prop:checked=move || overwrite.get()
                        on:change=move |event| {
                            let checked = event_target_checked(&event);
                            matching.update(|matching| matching.overwrite = checked);
                        }
                    />
                    <div>
                        <label for=id.get_value()>"Overwrite what they have"</label>
                        <p class="hint" id=format!("{}-hint", id.get_value())>
                            "Otherwise only what they lack is filled in. They are known by their name."
                        </p>
                    </div>
                </div>
            </Section>
        </Show>
    }
}

#[component]
fn Preview(
    app: App,
    picked: Picked,
    check: Check<Built>,
    matching: RwSignal<Matching>,
) -> impl IntoView {
    let figures = derived(move || {
        let formats = app.formats();
        check
            .built()
            .map_or_else(Vec::new, |built| figures(&formats, &built.counts))
    });
    let picked = StoredValue::new(picked);
    let leaves_out = derived(move || matching.with(|it| it.leave_out_unread));
    let leave_out = move |leaves_out: bool| {
        matching.update(|matching| matching.leave_out_unread = leaves_out);
    };
    let findings = move || {
        check.built().map(|built| {
            let rows = (built.counts.in_error, built.counts.with_unread);
            view! {
                <FindingsView
                    picked=picked.get_value()
                    findings=built.findings.clone()
                    rows
                    leaves_out
                    on_leave_out=leave_out
                />
            }
        })
    };
    view! {
        <section
            class="import-preview"
            aria-label="Preview"
            aria-busy=move || check.step().is_some().to_string()
        >
            <h3>"Preview"</h3>
            <p class="hint" hidden=move || check.built().is_some()>
                "Checking the rows"
            </p>
            <Figures figures />
            {move || findings()}
            {move || check.built().map(|built| view! { <First app built /> })}
        </section>
    }
}

fn figures(formats: &Formats, counts: &Counts) -> Vec<Figure> {
    let figure = |name, count: usize, wrong| Figure {
        name,
        value: formats.count(count),
        detail: String::new(),
        wrong,
    };
    let mut figures = vec![figure("New customers", counts.new, false)];
    let rest = [
        ("Updated", counts.updated, false),
        ("Left as they are", counts.skipped, false),
        ("Rows in error", counts.in_error, true),
    ];
    let rest = rest.into_iter().filter(|(_, count, _)| *count > 0);
    figures.extend(rest.map(|(name, count, wrong)| figure(name, count, wrong)));
    figures
}

#[component]
fn First(app: App, built: Arc<Built>) -> impl IntoView {
    let segments = built.records.iter().find_map(|record| match record {
        Record::List(ListKind::Segments, list) => Some(List::clone(list)),
        _ => None,
    });
    let segments = segments.unwrap_or_else(|| {
        app.store
            .peek(|workspace| workspace.list(ListKind::Segments).clone())
    });
    let rows: Vec<_> = customers(&built)
        .take(MOST)
        .map(|customer| {
            view! {
                <tr>
                    <th scope="row"><bdi class="import-cell">{customer.name.to_string()}</bdi></th>
                    <td><bdi class="import-cell">{segments.name(customer.segment).to_owned()}</bdi></td>
                    <td><bdi class="import-cell">{customer.email.clone()}</bdi></td>
                    <td><bdi class="import-cell">{customer.phone.clone()}</bdi></td>
                </tr>
            }
            .into_any()
        })
        .collect();
    let all = customers(&built).count();
    let head = ["Name", "Segment", "E-mail", "Phone"].map(|name| (name, ""));
    view! { <FirstRows noun="customer" all head=head.to_vec() rows /> }
}

//! The dialog that imports deals.

mod columns;
mod currencies;
mod existing;
mod preview;
mod processes;
mod stages;
mod statuses;

use std::sync::Arc;

use self::columns::Columns;
use self::currencies::CurrenciesSection;
use self::existing::Existing;
use self::preview::Preview;
use self::processes::Processes;
use self::statuses::Statuses;
use super::check::{Check, fresh_ids, now};
use super::file::{Frame, Picked};
use super::parts::{FileLine, Footer, Unused};
use super::reading::ReadingSection;
use super::rows::RowsLeftOut;
use crate::codec::csv::deals::{Builder, Built, Matching};
use crate::codec::csv::{Looks, Table};
use crate::domain::change::command::ImportKind;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::money::Currency;
use crate::domain::value::text::counted;
use crate::ui::app::App;
use crate::ui::prelude::*;
use crate::web::intl::Formats;

/// The names of columns, each with what it looks like.
pub(super) fn named(table: &Table, columns: &[(usize, Looks)]) -> Vec<(String, &'static str)> {
    let columns = columns.iter();
    columns
        .map(|(column, looks)| (table.header(*column), looks.title()))
        .collect()
}

/// What the parts of the dialog share.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    app: App,
    picked: StoredValue<Picked>,
    /// What each column and value is taken for.
    matching: RwSignal<Matching>,
    check: Check<Built>,
}

impl Draft {
    fn new(app: App, picked: Picked) -> Self {
        let matching = app
            .store
            .peek(|workspace| Matching::propose(&picked.table, &picked.name, workspace));
        Self {
            app,
            picked: StoredValue::new(picked),
            matching: RwSignal::new(matching),
            check: Check::new(),
        }
    }

    fn table(self) -> Arc<Table> {
        self.picked.with_value(|picked| picked.table.clone())
    }

    /// Reads the matching; the caller is told when it changes.
    fn read<T>(self, read: impl FnOnce(&Matching) -> T) -> T {
        self.matching.with(read)
    }

    /// Reads the matching once.
    fn peek<T>(self, read: impl FnOnce(&Matching) -> T) -> T {
        self.matching.with_untracked(read)
    }

    /// The account's formats.
    fn formats(self) -> Formats {
        untrack(|| self.app.formats())
    }

    /// The account's formats with another currency.
    fn formats_in(self, currency: Currency) -> Formats {
        let store = self.app.store;
        store.peek(|workspace| Formats::of(&workspace.settings.locale, currency))
    }

    /// Changes the matching, and checks all rows anew.
    fn edit(self, edit: impl FnOnce(&mut Matching, &Table, &Workspace)) {
        let table = self.table();
        self.app.store.peek(|workspace| {
            self.matching
                .update(|matching| edit(matching, &table, workspace));
        });
    }

    /// Checks all rows whenever a choice or the data changes.
    fn follow(self) {
        let store = self.app.store;
        effect(move || {
            let matching = self.matching.get();
            store.all(|_| ());
            let table = self.table();
            self.check.start(table.len(), move || {
                store.peek(|workspace| Builder::new(table, matching, workspace, now(), fresh_ids()))
            });
        });
    }
}

/// The dialog's body: the proposals, the preview, the button that imports.
#[component]
pub(super) fn DealsImport(app: App, picked: Picked, frame: Frame) -> impl IntoView {
    let draft = Draft::new(app, picked.clone());
    draft.follow();
    let problem = RwSignal::new(None::<String>);
    let count = memo(move || {
        let deals = draft.check.built().map_or(0, |built| built.deals());
        (deals > 0).then(|| counted(deals, "deal"))
    });
    let import = move |()| {
        if let Some(built) = draft.check.built() {
            frame.import(app, problem, ImportKind::Deals, built.records.clone());
        }
    };
    let table = draft.table();
    let unused = {
        let table = table.clone();
        memo(move || draft.read(|matching| named(&table, &matching.unused(&table))))
    };
    let rows = table.clone();
    let takes = move |row: usize| {
        rows.row(row)
            .is_some_and(|row| draft.read(|matching| matching.takes(row)))
    };
    let take = move |(row, taken): (usize, bool)| {
        draft.edit(|matching, table, workspace| matching.take_in(row, taken, table, workspace));
    };
    view! {
        <FileLine picked=picked.clone() frame />
        <Unused columns=unused />
        <div class="import-sections" inert=move || frame.busy.get()>
            <ReadingSection picked frame />
            <RowsLeftOut table takes on_take=take />
            <Columns draft />
            <CurrenciesSection draft />
            <Processes draft />
            <Statuses draft />
            <Existing draft />
        </div>
        <Preview draft />
        <Footer check=draft.check frame count idle="Import deals" problem on_import=import />
    }
}

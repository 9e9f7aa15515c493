//! Deals as a file.

use crate::codec::csv::export::deals_csv;
use crate::domain::value::id::DealId;
use crate::domain::value::text::counted;
use crate::ui::app::App;
use crate::web::{clock, files};

/// Downloads the deals, in that order, and says how many.
pub fn deals(app: App, ids: &[DealId]) {
    let text = app.store.peek(|workspace| {
        let deals = ids.iter().filter_map(|id| workspace.deals.get(id));
        deals_csv(workspace, deals.map(AsRef::as_ref))
    });
    let name = format!("pipewright-deals-{}.csv", clock::today());
    match files::download(&name, "text/csv;charset=utf-8", &text) {
        Ok(()) => {
            let count = counted(ids.len(), "deal");
            app.messages.plain(format!("{count} exported: {name}"));
        }
        Err(error) => app.messages.problem(error.to_string()),
    }
}

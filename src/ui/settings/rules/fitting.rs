//! The deals that a rule fits as it is typed, before it is saved.

use std::sync::Arc;

use super::state::State;
use crate::domain::read::suggestion::fitting;
use crate::domain::record::deal::Deal;
use crate::domain::value::id::RuleId;
use crate::ui::app::use_app;
use crate::ui::parts::{Dialog, ProcessMark};
use crate::ui::prelude::*;

/// More than this are counted, not listed.
const MOST: usize = 100;

/// Lists the open deals that the rule is the first to fit.
#[component]
pub fn FittingDialog(
    state: State,
    id: RuleId,
    /// Only those in another process than the rule suggests.
    elsewhere: bool,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let app = use_app();
    let rules = state.readable.get_untracked();
    let deals = app
        .store
        .peek_index(|index, w| fitting(w, &rules, id, elsewhere, &index.alphabet(w)));
    let number = untrack(|| state.place_of(id)).unwrap_or_default() + 1;
    let title = if elsewhere {
        format!("Deals that rule {number} fits, in another process")
    } else {
        format!("Deals that rule {number} fits")
    };
    let rest = deals.len().saturating_sub(MOST);
    let formats = untrack(|| app.formats());
    let row = |deal: &Arc<Deal>| {
        let process = app.store.peek(|w| w.processes.get(&deal.process).cloned());
        let mark = process.map(|process| {
            let (color, name) = (process.color, process.name.to_string());
            view! { <ProcessMark color name /> }
        });
        let value = deal.value.map(|value| formats.money(value.minor().into()));
        view! {
            <li>
                <bdi class="fitting-name">{deal.name.to_string()}</bdi>
                <span class="fitting-process">{mark}</span>
                <span class="fitting-value">{value}</span>
            </li>
        }
    };
    let rows: Vec<_> = deals.iter().take(MOST).map(row).collect();
    let more = (rest > 0).then(|| {
        let rest = formats.count(rest);
        view! { <p class="hint">{format!("And {rest} more.")}</p> }
    });
    view! {
        <Dialog title on_close>
            <p class="dialog-text">
                "By the rules as they are on this page, saved or not. Nothing is changed by looking."
            </p>
            <ul role="list" class="dialog-deals fitting" tabindex="0" aria-label="Deals that the rule fits">
                {rows}
            </ul>
            {more}
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| on_close.run(())>
                    "Close"
                </button>
            </div>
        </Dialog>
    }
}

//! The process that a rule suggests, with why: on the form and on the profile.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::domain::change::command::Command;
use crate::domain::read::suggestion::{Because, Suggestion, suggest_for};
use crate::domain::record::deal::Deal;
use crate::domain::value::id::ProcessId;
use crate::domain::value::order::Gather;
use crate::ui::app::{formats_of, use_app};
use crate::ui::offers::Offer;
use crate::ui::parts::Icon;
use crate::ui::parts::process_mark::color_class;
use crate::ui::prelude::*;
use crate::web::dom;

/// The id of the status region, which keeps the focus when its buttons go.
const REGION: &str = "suggestion";

/// Why a rule fits: "value is at least 20,000, owner is Anna".
#[component]
pub fn BecauseWords(because: Vec<Because>) -> impl IntoView {
    let app = use_app();
    following(move || {
        app.store.setup(|workspace| {
            let formats = formats_of(workspace);
            let last = because.len().saturating_sub(1);
            let words = because.iter().enumerate().map(|(at, because)| {
                let money =
                    |value: crate::domain::value::money::Money| formats.money(value.minor().into());
                let (what, value) = because.words(workspace, money);
                let before = match at {
                    0 => "",
                    at if at == last => " and ",
                    _ => ", ",
                };
                view! {
                    {before}
                    {what}
                    " "
                    <bdi class="suggestion-value">{value}</bdi>
                }
            });
            words.collect::<Vec<_>>()
        })
    })
}

/// A suggestion, with a button that takes it and one that dismisses it.
#[component]
pub fn SuggestionBox(
    /// What is suggested, if anything.
    #[prop(into)]
    suggestion: Signal<Option<Suggestion>>,
    /// The suggestion is taken.
    #[prop(into)]
    on_use: Callback<ProcessId>,
    /// The suggestion is dismissed.
    #[prop(into)]
    on_dismiss: Callback<ProcessId>,
) -> impl IntoView {
    let app = use_app();
    app.offers.add(move || {
        let Some(Suggestion { process, .. }) = suggestion.get() else {
            return Vec::new();
        };
        let name = app.store.setup(|workspace| {
            let process = workspace.processes.get(&process);
            process.map_or_else(String::new, |process| process.name.to_string())
        });
        vec![
            Offer::new("star", format!("Use {name}"), move || on_use.run(process)),
            Offer::new("close", "Dismiss", move || on_dismiss.run(process)).detailed(name),
        ]
    });
    let shown = move || {
        let Suggestion {
            process, because, ..
        } = suggestion.get()?;
        let (name, color) = app.store.setup(|workspace| {
            let process = workspace.processes.get(&process)?;
            Some((process.name.to_string(), color_class(process.color)))
        })?;
        let button = name.clone();
        let act = move |callback: Callback<ProcessId>| {
            callback.run(process);
            dom::focus_soon(REGION.to_owned());
        };
        Some(view! {
            <div class=format!("suggestion {color}")>
                <Icon name="star" />
                <p class="suggestion-text">
                    <bdi class="suggestion-name">{name}</bdi>
                    " fits: "
                    <BecauseWords because />
                </p>
                <div class="suggestion-actions">
                    <button
                        type="button"
                        class="button button-small suggestion-use"
                        on:click=move |_| act(on_use)
                    >
                        <span class="suggestion-button">"Use " <bdi>{button}</bdi></span>
                    </button>
                    <button
                        type="button"
                        class="button button-quiet button-small"
                        on:click=move |_| act(on_dismiss)
                    >
                        "Dismiss"
                    </button>
                </div>
            </div>
        })
    };
    view! {
        <div class="suggestion-region" role="status" id=REGION tabindex="-1">
            {move || shown()}
        </div>
    }
}

/// What is suggested for a deal as it is.
#[component]
pub fn Suggested(deal: Memo<Option<Arc<Deal>>>) -> impl IntoView {
    let app = use_app();
    let suggestion = memo(move || {
        let deal = deal.get()?;
        app.store.setup(|workspace| suggest_for(workspace, &deal))
    });
    let id = move || deal.with_untracked(|deal| deal.as_ref().map(|deal| deal.id));
    let take = move |process: ProcessId| {
        let deals: BTreeSet<_> = id().into_iter().gather();
        app.run(Command::ChangeProcess { deals, process });
    };
    let dismiss = move |process: ProcessId| {
        if let Some(deal) = id() {
            app.run(Command::DismissSuggestion { deal, process });
        }
    };
    view! { <SuggestionBox suggestion on_use=take on_dismiss=dismiss /> }
}

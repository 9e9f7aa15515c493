//! The chance of a deal: computed, or typed by a person.

use leptos::ev;

use super::panel::Panel;
use crate::domain::change::command::Command;
use crate::domain::value::money::Chance;
use crate::ui::app::use_app;
use crate::ui::parts::{Dialog, OfferButton, TextField};
use crate::ui::prelude::*;
use crate::web::dom;
use crate::web::length::length;

/// The chance with its bar, and the way to type one.
#[component]
pub fn ChanceLine(panel: Panel) -> impl IntoView {
    let app = use_app();
    let setting = RwSignal::new(false);
    let chance = memo(move || {
        let (deal, process) = (panel.deal.get()?, panel.process.get()?);
        Some(deal.chance(&process))
    });
    let typed = memo(move || {
        let (deal, process) = (panel.deal.get()?, panel.process.get()?);
        deal.progress_in(process.id)
            .chance
            .filter(|_| deal.is_open())
    });
    let ticked = move || {
        let (deal, process) = (panel.deal.get()?, panel.process.get()?);
        let (ticked, all) = deal.progress_in(process.id).ticked(&process);
        Some(format!("{ticked} of {all} ticked"))
    };
    let width = move || {
        let permille = chance.get().map_or(0, Chance::permille);
        length(f64::from(permille) / 10.0, "%")
    };
    let text = move || chance.get().map(|chance| app.formats().chance(chance));
    view! {
        <div class="chance-line">
            <div class="chance-figures">
                <span class="chance-large">{move || text()}</span>
                <span class="chance-detail">
                    {move || if typed.get().is_some() { "chance, typed" } else { "chance" }} " · "
                    {move || ticked()}
                </span>
                <Show when=move || panel.is_open.get()>
                    <OfferButton
                        text="Set chance"
                        icon="edit"
                        class="button-quiet button-small"
                        bare=true
                        act=move |()| setting.set(true)
                    />
                </Show>
            </div>
            <span class="chance-track" aria-hidden="true">
                <span class="chance-bar" style:width=width></span>
            </span>
        </div>
        <Show when=move || setting.get()>
            <ChanceDialog panel typed on_close=move |()| setting.set(false) />
        </Show>
    }
}

#[component]
fn ChanceDialog(
    panel: Panel,
    typed: Memo<Option<Chance>>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let app = use_app();
    let text = RwSignal::new(
        typed
            .get_untracked()
            .map(Chance::to_plain)
            .unwrap_or_default(),
    );
    let error = RwSignal::new(None::<String>);
    let refuse = move |why: String| {
        error.set(Some(why));
        dom::focus_next("dialog [aria-invalid=true]");
    };
    let send = move |chance: Option<Chance>| match app.attempt(Command::SetChance {
        deal: panel.id,
        chance,
    }) {
        Ok(_) => on_close.run(()),
        Err(refused) => refuse(refused.to_string()),
    };
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        match Chance::parse_percent(&text.get_untracked()) {
            Some(chance) => send(Some(chance)),
            None => refuse("Give a percentage from 0 to 100, such as 35 or 12.5.".to_owned()),
        }
    };
    view! {
        <Dialog title="Set chance".to_owned() on_close>
            <form class="form" on:submit=save novalidate>
                <TextField
                    label="Chance"
                    value=text
                    mode="decimal"
                    error=error
                    autofocus=true
                    hint="In percent. It stands instead of the computed one, in this process, until it is cleared."
                />
                <div class="dialog-actions">
                    <Show when=move || typed.get().is_some()>
                        <button type="button" class="button" on:click=move |_| send(None)>
                            "Clear"
                        </button>
                    </Show>
                    <button type="button" class="button" on:click=move |_| on_close.run(())>
                        "Cancel"
                    </button>
                    <button type="submit" class="button button-primary">"Save"</button>
                </div>
            </form>
        </Dialog>
    }
}

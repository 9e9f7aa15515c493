//! The menu "Move" of a card. There is one for all cards: it is made when it is
//! asked for, and lies over the board, so that no column cuts it.

use super::{Carried, Goal, Moves};
use crate::domain::record::deal::Outcome;
use crate::domain::value::id::DealId;
use crate::ui::parts::menu::{MenuItem, MenuList};
use crate::ui::parts::{Floating, Icon};
use crate::ui::prelude::*;
use crate::web::dom;

/// The id of the button "Move" of a deal.
fn button_id(deal: DealId) -> String {
    format!("move-{deal}")
}

/// The button of a card that opens the menu "Move".
#[component]
pub fn MoveButton(
    moves: Moves,
    /// The deal of the card.
    deal: Memo<Option<DealId>>,
    /// Its name.
    #[prop(into)]
    label: Signal<Option<String>>,
) -> impl IntoView {
    let is_open = memo(move || {
        let deal = deal.get();
        deal.is_some() && moves.menu.get() == deal
    });
    let toggle = move |_| {
        let deal = deal.get_untracked().filter(|_| !is_open.get_untracked());
        moves.menu.set(deal);
    };
    view! {
        <button
            type="button"
            class="card-button card-move"
            id=move || deal.get().map(button_id)
            aria-label=move || label.get()
            title=move || label.get()
            aria-haspopup="menu"
            aria-expanded=move || is_open.get().to_string()
            on:click=toggle
        >
            <Icon name="move" />
        </button>
    }
}

/// The menu, while a card has it open.
#[component]
pub(super) fn MoveMenu(moves: Moves) -> impl IntoView {
    following(move || moves.menu.get().map(|deal| menu(moves, deal)))
}

fn menu(moves: Moves, id: DealId) -> impl IntoView {
    let close = move |()| moves.menu.set(None);
    let hide = Callback::new(move |()| {
        close(());
        dom::focus(&format!("#{}", button_id(id)));
    });
    let deal = memo(move || moves.app.store.deal(id));
    let label = derived(move || {
        let name = deal.with(|deal| deal.as_ref().map(|deal| deal.name.to_string()));
        format!("Move {}", name.unwrap_or_default())
    });
    let items = derived(move || {
        deal.track();
        moves.menu_items(id)
    });
    view! {
        <Floating anchor=button_id(id) label on_close=close>
            <MenuList id="move-menu".to_owned() label items open=true hide />
        </Floating>
    }
}

impl Moves {
    /// Where a deal can go.
    fn menu_items(self, id: DealId) -> Vec<MenuItem> {
        let Some(carried) = self.carried_of(id, &[id].into()) else {
            return Vec::new();
        };
        let goals = self.goals(&carried).into_iter();
        let items = goals.map(|(goal, name)| {
            let text = match goal {
                Goal::Stage(_) => name,
                Goal::Close(outcome) => format!("Mark as {}", outcome.slug()),
            };
            let is_home = carried.is_home(goal);
            let carried = carried.clone();
            let go = move |()| match is_home {
                true => self.stays(&carried),
                false => self.bring(&carried, goal),
            };
            MenuItem {
                checked: is_home,
                ..MenuItem::new(text, Callback::new(go))
            }
        });
        items.chain(self.about.items(id)).collect()
    }

    /// Everywhere that what is carried can go, in order, with the name of each.
    pub(super) fn goals(self, carried: &Carried) -> Vec<(Goal, String)> {
        let mut goals: Vec<(Goal, String)> = self.app.store.peek(|workspace| {
            let process = workspace.processes.get(&carried.process);
            let stages = process.into_iter().flat_map(|process| &process.stages);
            let goals = stages.map(|stage| (Goal::Stage(stage.id), stage.name.to_string()));
            goals.collect()
        });
        let closings =
            Outcome::ALL.map(|outcome| (Goal::Close(outcome), outcome.title().to_owned()));
        goals.extend(closings);
        goals
    }
}

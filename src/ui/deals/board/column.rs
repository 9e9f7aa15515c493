//! A column of the board: its head, and the cards in view.

use leptos::html;

use super::card::Card;
use super::{BoardView, Left};
use crate::domain::read::board::BoardColumn;
use crate::domain::read::stats::OpenTally;
use crate::domain::value::id::{DealId, StageId};
use crate::domain::value::text::counted;
use crate::ui::app::use_app;
use crate::ui::deals::moves::Goal;
use crate::ui::parts::{Icon, Places};
use crate::ui::prelude::*;
use crate::web::intl::Formats;
use crate::web::length::length;
use crate::web::{dom, pointer, scroll};

/// From the top of a card to that of the next: each takes the same, so where
/// one lies needs no look at the others.
const STEP_REM: f64 = 8.5;
/// How many cards beyond those in view there are at the least, and how many are
/// made when there are fewer.
const AROUND: (usize, usize) = (1, 2);
/// How many cards are made before the page was measured.
const AT_FIRST: usize = 6;

/// A column, as its cards know it.
#[derive(Clone, Copy)]
pub(super) struct ColumnView {
    column: Memo<Option<BoardColumn>>,
    /// How many cards it has.
    pub(super) count: Memo<usize>,
    window: RwSignal<Places>,
    body: NodeRef<html::Div>,
    step_px: f64,
}

impl ColumnView {
    /// The deal at a place; follows it.
    pub(super) fn deal(self, at: usize) -> Option<DealId> {
        self.column
            .with(|column| column.as_ref()?.deals.get(at).copied())
    }

    /// Finds out which cards are in view.
    fn measure(self, board: BoardView, at: usize) {
        let Some(body) = self.body.get_untracked() else {
            return;
        };
        let (down_px, height_px) = scroll::scrolled_down_px(&body);
        if height_px == 0.0 {
            return;
        }
        let seen = Places {
            first: (down_px / self.step_px).floor() as usize,
            end: ((down_px + height_px) / self.step_px).ceil() as usize,
        };
        let now = self.window.get_untracked();
        let next = now.follow(seen, self.count.get_untracked(), AROUND);
        if now != next {
            self.window.set(next);
        }
        board
            .left
            .update_untracked(|left| left.set_down(at, down_px));
    }

    /// Comes back to where the column was left, and follows it from then on.
    fn follow(self, board: BoardView, at: usize, is_shown: Memo<bool>) -> dom::FrameGate {
        let gate = dom::FrameGate::new(alive(move |()| self.measure(board, at)));
        let body = self.body;
        effect(move || {
            let down_px = board.left.with_untracked(|left| left.down(at));
            if let Some(body) = body.get().filter(|_| down_px > 0.0) {
                body.set_scroll_top(down_px as i32);
            }
        });
        let of_column = gate.clone();
        effect(move || {
            self.count.track();
            board.resized.track();
            if is_shown.get() {
                of_column.request();
            }
        });
        gate
    }
}

impl Left {
    fn set_down(&mut self, at: usize, down_px: f64) {
        self.down_px.insert(at, down_px);
    }

    fn down(&self, at: usize) -> f64 {
        self.down_px.get(&at).copied().unwrap_or_default()
    }
}

/// Scrolls the column at a place of the board into view, and within it the card
/// at a place.
pub(super) fn reveal(track: &dom::Element, at: usize, place: usize) {
    let Some(column) = track.children().item(at as u32) else {
        return;
    };
    pointer::bring_near(&column);
    if let Ok(Some(body)) = column.query_selector(".board-body") {
        let step_px = STEP_REM * scroll::rem_px();
        let (down_px, height_px) = scroll::scrolled_down_px(&body);
        let top_px = place as f64 * step_px;
        if top_px < down_px || top_px + step_px > down_px + height_px {
            body.set_scroll_top((top_px - (height_px - step_px).max(0.0) / 2.0) as i32);
        }
    }
}

/// What the head says.
#[derive(Clone, Default, PartialEq)]
struct Head {
    stage: Option<StageId>,
    name: String,
    count: String,
    value: String,
    weighted: String,
    /// The name of the whole column.
    label: String,
}

impl Head {
    fn of(column: &BoardColumn, formats: &Formats) -> Self {
        let OpenTally { all, weighted } = column.head.tally;
        let known = |minor: i128| match all.is_unknown() {
            true => "–".to_owned(),
            false => formats.money(minor),
        };
        let name = column.head.name.to_string();
        let value = known(all.value.minor());
        let worth = if all.is_unknown() { "no value" } else { &value };
        let label = format!("{name}, {}, {worth}", counted(all.count, "deal"));
        Self {
            stage: column.head.stage.id(),
            name,
            count: formats.count(all.count),
            weighted: known(weighted.rounded().minor()),
            value,
            label,
        }
    }
}

/// The column at a place of the board, whichever stage is there. A folded one
/// is a strip without cards.
#[component]
pub(super) fn Column(board: BoardView, at: usize) -> impl IntoView {
    let app = use_app();
    let column = Memo::new(move |before: Option<&Option<BoardColumn>>| {
        let now = board.columns.with(|columns| columns.get(at).cloned());
        now.or_else(|| before.cloned().flatten())
    });
    let head = memo(move || {
        let formats = app.formats();
        column.with(|column| column.as_ref().map(|column| Head::of(column, &formats)))
    });
    let text = move |of: fn(&Head) -> &String| {
        move || head.with(|head| head.as_ref().map(|head| of(head).clone()))
    };
    let stage = memo(move || head.with(|head| head.as_ref()?.stage));
    let count =
        memo(move || column.with(|column| column.as_ref().map_or(0, |column| column.deals.len())));
    let is_folded = memo(move || board.folded.with(|folded| folded.contains(&stage.get())));
    let is_shown = memo(move || !is_folded.get() && board.near.get().has(at));
    let step_px = STEP_REM * scroll::rem_px();
    let first = (board.left.with_untracked(|left| left.down(at)) / step_px) as usize;
    let own = ColumnView {
        column,
        count,
        window: RwSignal::new(Places {
            first,
            end: first + AT_FIRST,
        }),
        body: NodeRef::new(),
        step_px,
    };
    let gate = own.follow(board, at, is_shown);
    // Another stage, as of another process, is seen from its top.
    Effect::new(move |before: Option<Option<StageId>>| {
        let stage = stage.get();
        let is_other = before.is_some_and(|before| before != stage);
        if let Some(body) = own.body.get_untracked().filter(|_| is_other) {
            body.set_scroll_top(0);
        }
        stage
    });
    let places = move || {
        let window = if is_shown.get() {
            own.window.get()
        } else {
            Places::default()
        };
        window.of(count.get())
    };
    let above = memo(move || own.window.get().of(count.get()).start as f64 * step_px);
    let fold = move |_| board.fold(stage.get_untracked(), !is_folded.get_untracked());
    let goal = move || stage.get().map(Goal::Stage);
    let fold_label = move || {
        let word = if is_folded.get() { "Unfold" } else { "Fold" };
        let name = text(|head| &head.name)().unwrap_or_default();
        format!("{word} {name}")
    };
    view! {
        <div
            class="board-column"
            class:is-folded=move || is_folded.get()
            class:move-goal=move || goal().is_some_and(|goal| board.moves.is_goal(goal))
            data-goal=move || goal().map(Goal::mark)
            role="group"
            aria-label=text(|head| &head.label)
        >
            <div class="board-head">
                <h2 class="board-stage" dir="auto" title=text(|head| &head.name)>
                    {text(|head| &head.name)}
                </h2>
                <span class="board-count">{text(|head| &head.count)}</span>
                <button
                    type="button"
                    class="icon-button icon-button-small board-fold"
                    aria-label=fold_label
                    title=fold_label
                    on:click=fold
                >
                    <Icon name="expand" />
                </button>
                <span class="board-value">{text(|head| &head.value)}</span>
                <span class="board-weighted" title="Weighted value">
                    <span class="visually-hidden">"Weighted value "</span>
                    {text(|head| &head.weighted)}
                </span>
            </div>
            <div
                class="board-body"
                node_ref=own.body
                hidden=move || is_folded.get()
                on:scroll=move |_| gate.request()
            >
                <div
                    class="board-cards"
                    style:height=move || length(count.get() as f64 * step_px, "px")
                    style:padding-top=move || length(above.get(), "px")
                    style=("--card-step", format!("{STEP_REM}rem"))
                >
                    <For
                        each=places
                        key=|at| *at
                        children=move |at| view! { <Card board column=own at /> }
                    />
                </div>
                <p class="board-empty" hidden=move || count.get() != 0>
                    "No deals here"
                </p>
            </div>
        </div>
    }
}

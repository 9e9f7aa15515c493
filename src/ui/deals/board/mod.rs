//! The board: the open deals of a process as cards, a column per stage (§12).
//!
//! Every column is in the page with its head, for who looks for one by its
//! name; cards are there of the columns and places in view, and a few around
//! them. A column and a card belong to a place, not to a stage or a deal, so
//! another order, another process or a moved card changes texts.

mod card;
mod column;
mod face;
mod work;

use std::collections::{BTreeMap, BTreeSet};

use leptos::html;

use super::Listing;
use super::moves::{MoveLayer, Moves};
use crate::domain::read::board::BoardColumn;
use crate::domain::value::id::{DealId, StageId};
use crate::ui::app::use_app;
use crate::ui::deal::Typed;
use crate::ui::parts::{Empty, Places};
use crate::ui::prelude::*;
use crate::web::observe::SizeWatch;
use crate::web::{clock, dom, preferences, scroll};

/// How many columns beside those in view have cards.
const SPARE_COLUMNS: usize = 1;
/// The columns that have cards before the page was measured.
const AT_FIRST: Places = Places { first: 0, end: 6 };

/// What the parts of the board share.
#[derive(Clone, Copy)]
pub struct BoardView {
    /// The list that is shown; `selected` of it are the ticked cards.
    pub listing: Listing,
    /// The columns in their order. A card that is moved is told by its id, and
    /// the stage it goes to by `head.stage` of a column.
    pub columns: Memo<Vec<BoardColumn>>,
    /// The element that scrolls sideways; its children are the columns, in order.
    pub track: NodeRef<html::Div>,
    /// What moves the cards.
    pub moves: Moves,
    /// The deal whose sub-stages are open.
    working: RwSignal<Option<DealId>>,
    /// What is typed there and not saved yet.
    typed: Typed,
    /// Whose sub-stages are to be open instead, if that may go.
    asking: RwSignal<Option<Option<DealId>>>,
    /// The columns that have cards: those in view, and beside them.
    near: RwSignal<Places>,
    /// The column in the middle of the view.
    middle: RwSignal<usize>,
    /// The folded columns, by their stages.
    folded: RwSignal<BTreeSet<Option<StageId>>>,
    /// Says that the board has another size.
    resized: RwSignal<()>,
    /// How it is scrolled.
    left: RwSignal<Left>,
}

/// How the board is scrolled, to be left and come back to.
#[derive(Debug, Clone, Default)]
struct Left {
    /// Sideways.
    across_px: i32,
    /// How far each column is scrolled down.
    down_px: BTreeMap<usize, f64>,
}

impl BoardView {
    fn new(listing: Listing) -> Self {
        let app = use_app();
        let columns = memo(move || {
            let Some(process) = listing.board.get() else {
                return Vec::new();
            };
            let now = clock::here();
            listing.view.with(|view| {
                app.store.index(|index, workspace| {
                    index.board(workspace, &view.filter, process, view.sort, now)
                })
            })
        });
        let track = NodeRef::new();
        let reveal = move |deal| reveal(columns, track, deal);
        Self {
            listing,
            columns,
            track,
            moves: Moves::new(listing.selected, Callback::new(reveal)),
            working: RwSignal::new(None),
            typed: Typed::guarding(),
            asking: RwSignal::new(None),
            near: RwSignal::new(AT_FIRST),
            middle: RwSignal::new(0),
            folded: RwSignal::new(preferences::FOLDED_STAGES.get().unwrap_or_default()),
            resized: RwSignal::new(()),
            left: app.router.memory().keep("board", Left::default()),
        }
    }

    /// Opens the sub-stages of another deal, or of none; asks first where
    /// something would be lost.
    fn work_on(self, next: Option<DealId>) {
        if self.typed.is_any().get_untracked() {
            self.asking.set(Some(next));
        } else {
            self.working.set(next);
        }
    }

    /// Folds a column to a strip, or unfolds it; this browser remembers it.
    fn fold(self, stage: Option<StageId>, on: bool) {
        self.folded.update(|folded| {
            if on {
                folded.insert(stage);
            } else {
                folded.remove(&stage);
            }
        });
        preferences::FOLDED_STAGES.set(self.folded.get_untracked());
    }

    /// Moves the focus from the card of a deal to one beside it, as an arrow
    /// key asks for; whether it does.
    fn walk(self, from: DealId, key: &str) -> bool {
        let next = self.columns.with_untracked(|columns| {
            let (at, place) = place_of(columns, from)?;
            let of = |column: &BoardColumn, place: usize| {
                let last = column.deals.len().checked_sub(1)?;
                column.deals.get(place.min(last)).copied()
            };
            let is_open = |column: &&BoardColumn| {
                let stage = column.head.stage.id();
                !column.deals.is_empty() && !self.folded.with_untracked(|it| it.contains(&stage))
            };
            match key {
                "ArrowUp" => of(columns.get(at)?, place.checked_sub(1)?),
                "ArrowDown" => columns.get(at)?.deals.get(place + 1).copied(),
                "ArrowLeft" => of(columns.get(..at)?.iter().rev().find(is_open)?, place),
                "ArrowRight" => of(columns.get(at + 1..)?.iter().find(is_open)?, place),
                _ => None,
            }
        });
        if let Some(next) = next {
            reveal(self.columns, self.track, next);
        }
        next.is_some()
    }

    /// Finds out which columns are in view.
    fn measure(self) {
        let Some(track) = self.track.get_untracked() else {
            return;
        };
        let (spans, width_px) = scroll::spans_across(&track);
        let is_seen = |(start, end): &(f64, f64)| *end > 0.0 && *start < width_px;
        let seen = Places {
            first: spans.iter().position(is_seen).unwrap_or_default(),
            end: spans.iter().rposition(is_seen).map_or(0, |last| last + 1),
        };
        let around = (SPARE_COLUMNS, SPARE_COLUMNS);
        let near = self.near.get_untracked();
        let next = near.follow(seen, spans.len(), around);
        if next != near {
            self.near.set(next);
        }
        let middle_px = width_px / 2.0;
        let middle = spans.iter().position(|(_, end)| *end > middle_px);
        let middle = middle.unwrap_or_default();
        if self.middle.get_untracked() != middle {
            self.middle.set(middle);
        }
        let across_px = track.scroll_left();
        self.left
            .update_untracked(|left| left.across_px = across_px);
    }

    /// Comes back to where the board was left, and follows it from then on.
    fn follow(self) -> dom::FrameGate {
        let gate = dom::FrameGate::new(alive(move |()| self.measure()));
        let of_size = gate.clone();
        let watch = StoredValue::new_local(None::<SizeWatch>);
        effect(move || {
            let Some(track) = self.track.get() else {
                return;
            };
            self.moves.within(&track);
            track.set_scroll_left(self.left.with_untracked(|left| left.across_px));
            let gate = of_size.clone();
            let changed = alive(move |()| {
                gate.request();
                self.resized.notify();
            });
            watch.set_value(SizeWatch::new(&track, changed));
        });
        on_cleanup(move || watch.dispose());
        let of_columns = gate.clone();
        effect(move || {
            self.folded.track();
            self.columns.with(Vec::len);
            of_columns.request();
        });
        gate
    }
}

/// In which column a deal is, and at which place of it.
fn place_of(columns: &[BoardColumn], deal: DealId) -> Option<(usize, usize)> {
    let mut columns = columns.iter().enumerate();
    columns.find_map(|(at, column)| {
        let place = column.deals.iter().position(|id| *id == deal)?;
        Some((at, place))
    })
}

/// Shows the card of a deal, wherever it is now, and moves the focus to it; to
/// the button that unfolds its column, where that is folded.
fn reveal(columns: Memo<Vec<BoardColumn>>, track: NodeRef<html::Div>, deal: DealId) {
    let place = columns.with_untracked(|columns| place_of(columns, deal));
    if let Some(((at, place), track)) = place.zip(track.get_untracked()) {
        column::reveal(&track, at, place);
        dom::focus_soon(card::link_id(deal));
    }
}

/// The region "Board".
#[component]
pub fn Board(listing: Listing) -> impl IntoView {
    let app = use_app();
    let board = BoardView::new(listing);
    let gate = board.follow();
    let count = memo(move || board.columns.with(Vec::len));
    let column = move |at: usize| view! { <column::Column board at /> };
    view! {
        <section class="board" aria-label="Board" aria-busy=move || app.store.is_busy()>
            <Show
                when=move || count.get() != 0
                fallback=|| {
                    view! {
                        <Empty
                            icon="settings"
                            title="No stages yet"
                            text="This process has no stages. Add them in Account settings, under Deals."
                        />
                    }
                }
            >
                <Jump board />
            </Show>
            <div
                class="board-track"
                class:move-carrying=move || board.moves.is_carrying()
                node_ref=board.track
                hidden=move || count.get() == 0
                on:scroll=move |_| gate.request()
            >
                <For each=move || 0..count.get() key=|at| *at children=column />
            </div>
            <MoveLayer moves=board.moves />
            {move || board.working.get().map(|id| view! { <work::Work board id /> })}
        </section>
    }
}

/// Which column is in view of how many, where that is one at a time, and the
/// way to another.
#[component]
fn Jump(board: BoardView) -> impl IntoView {
    let names = memo(move || {
        board.columns.with(|columns| {
            let names = columns.iter().map(|column| column.head.name.to_string());
            names.collect::<Vec<_>>()
        })
    });
    let place = move || format!("{} of {}", board.middle.get() + 1, names.with(Vec::len));
    let options = move || {
        let middle = board.middle.get();
        let one = |(at, name): (usize, String)| {
            view! { <option value=at.to_string() selected=at == middle>{name}</option> }
        };
        names.get().into_iter().enumerate().map(one).collect_view()
    };
    let jump = move |event| {
        let at = event_target_value(&event).parse().ok();
        if let Some((track, at)) = board.track.get_untracked().zip(at) {
            scroll::scroll_to_child(&track, at);
        }
    };
    view! {
        <div class="board-jump">
            <select class="input select" aria-label="Stage in view" on:change=jump>
                {move || options()}
            </select>
            <span class="board-place">{move || place()}</span>
        </div>
    }
}

//! Moving cards about the board: by mouse and touch, by keys, by a menu.
//!
//! What is carried is a deal and not a card: cards belong to places of the
//! board, and show another deal as soon as the board is scrolled or changed.

mod keys;
mod layer;
mod menu;

use std::collections::BTreeSet;

use leptos::ev;
use leptos::html;

use crate::domain::change::command::Command;
use crate::domain::record::deal::{Deal, Outcome};
use crate::domain::value::id::{DealId, ProcessId, StageId};
use crate::domain::value::text::counted;
use crate::ui::app::{App, use_app};
use crate::ui::deal::About;
use crate::ui::parts::gesture::{Acts, Gesture, Take};
use crate::ui::prelude::*;
use crate::web::dom::{self, Listener};
use crate::web::pointer::{self, Grip, Point};

pub use layer::{MOVE_HELP, MoveLayer};
pub use menu::MoveButton;

/// What an element of the page is marked with where cards can be dropped.
const MARK: &str = "data-goal";

/// Where a card goes when it is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// To a stage.
    Stage(StageId),
    /// Out of the board: the deal is closed.
    Close(Outcome),
}

impl Goal {
    /// The value of `data-goal` on what stands for it.
    pub fn mark(self) -> String {
        match self {
            Self::Stage(stage) => stage.to_string(),
            Self::Close(outcome) => outcome.slug().to_owned(),
        }
    }

    fn of_mark(mark: &str) -> Option<Self> {
        let mut outcomes = Outcome::ALL.into_iter();
        let outcome = outcomes.find(|outcome| outcome.slug() == mark);
        let stage = || mark.parse().ok().map(Self::Stage);
        outcome.map(Self::Close).or_else(stage)
    }

    /// What is dropped at a place of the window goes there.
    fn under(at: Point) -> Option<Self> {
        let element = pointer::under(at, &format!("[{MARK}]"))?;
        Self::of_mark(&element.get_attribute(MARK)?)
    }
}

/// What is carried.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Carried {
    /// The deal whose card was taken.
    deal: DealId,
    /// All that go with it, itself among them.
    deals: BTreeSet<DealId>,
    /// Their process.
    process: ProcessId,
    /// Its stage when it was taken; none where that is not known.
    from: Option<StageId>,
    name: String,
    by_keys: bool,
}

/// What moves the cards of a board.
#[derive(Clone, Copy)]
pub struct Moves {
    app: App,
    selected: RwSignal<BTreeSet<DealId>>,
    carried: RwSignal<Option<Carried>>,
    /// Where it would go now.
    goal: RwSignal<Option<Goal>>,
    gesture: Gesture,
    /// The deal that a pointer has pressed, and where its card was gripped.
    pressed: StoredValue<Option<(DealId, Grip)>>,
    /// Hear the keys while they carry.
    keys: StoredValue<Vec<Listener>, LocalStorage>,
    /// What is said to those who don't see it.
    said: RwSignal<String>,
    /// How the deals are closed that were dropped on a way to close them.
    closing: RwSignal<Option<Outcome>>,
    closed: RwSignal<BTreeSet<DealId>>,
    /// The deal whose menu is open.
    menu: RwSignal<Option<DealId>>,
    /// What else that menu offers.
    about: About,
    picture: NodeRef<html::Div>,
    board: StoredValue<Option<dom::Element>, LocalStorage>,
    /// Shows the card of a deal, wherever it is, and moves the focus to it.
    reveal: Callback<DealId>,
    /// That of the board: a card may go while it is carried.
    life: Life,
}

impl Moves {
    /// Moves the cards of the board that is being made. `reveal` shows the
    /// card of a deal, wherever it is now, and moves the focus to it.
    pub fn new(selected: RwSignal<BTreeSet<DealId>>, reveal: Callback<DealId>) -> Self {
        let pressed = StoredValue::new(None);
        let carried = RwSignal::new(None);
        let whole = StoredValue::new(None::<Moves>);
        // The gesture is a part of what it acts on.
        let with = move |act: &dyn Fn(Moves)| {
            if let Some(moves) = whole.get_value() {
                act(moves);
            }
        };
        let gesture = Gesture::new(Acts {
            take: Callback::new(move |()| with(&|moves| moves.take_pressed())),
            follow: Callback::new(move |at| with(&|moves| moves.follow(at))),
            end: Callback::new(move |at: Option<Point>| with(&|moves| moves.end_drag(at))),
        });
        let moves = Self {
            app: use_app(),
            selected,
            carried,
            goal: RwSignal::new(None),
            gesture,
            pressed,
            keys: StoredValue::new_local(Vec::new()),
            said: RwSignal::new(String::new()),
            closing: RwSignal::new(None),
            closed: RwSignal::new(BTreeSet::new()),
            menu: RwSignal::new(None),
            about: About::new(),
            picture: NodeRef::new(),
            board: StoredValue::new_local(None),
            reveal,
            life: Life::here(),
        };
        whole.set_value(Some(moves));
        on_cleanup(move || {
            moves.keys.dispose();
            moves.board.dispose();
        });
        moves.watch();
        moves
    }

    /// The board is in the page: the element in which its columns scroll sideways.
    pub fn within(self, board: &dom::Element) {
        self.gesture.within(board);
        self.board.set_value(Some(board.clone()));
    }

    /// Whether cards are carried; follows it.
    pub fn is_carrying(self) -> bool {
        self.carried.with(Option::is_some)
    }

    /// Whether a deal is carried; follows it.
    pub fn carries(self, deal: DealId) -> bool {
        let carries = |carried: &Carried| carried.deals.contains(&deal);
        self.carried
            .with(|carried| carried.as_ref().is_some_and(carries))
    }

    /// Whether what is carried would go there, and would not stay by that;
    /// follows it.
    pub fn is_goal(self, goal: Goal) -> bool {
        let is_home = |carried: &Carried| carried.is_home(goal);
        self.goal.get() == Some(goal)
            && !self
                .carried
                .with(|carried| carried.as_ref().is_some_and(is_home))
    }

    /// A pointer is down on the card of a deal.
    pub fn press(self, event: &ev::PointerEvent, deal: DealId, card: &dom::Element) {
        let at = pointer::point(event);
        let Some(at) = at.filter(|_| !pointer::is_on_control(event)) else {
            return;
        };
        if self.gesture.press(event, Take::Felt) {
            self.pressed.set_value(Some((deal, Grip::of(card, at))));
        }
    }

    /// Takes the card of a deal, and all that are selected where it is one of
    /// them; whether there is such a card.
    fn pick(self, id: DealId, by_keys: bool) -> bool {
        let selected = self.selected.get_untracked();
        let with_it = if selected.contains(&id) {
            selected
        } else {
            [id].into()
        };
        let picked = self.carried_of(id, &with_it);
        self.put_down();
        self.menu.set(None);
        self.goal
            .set(picked.as_ref().and_then(|it| it.from).map(Goal::Stage));
        let is_picked = picked.is_some();
        self.carried
            .set(picked.map(|picked| Carried { by_keys, ..picked }));
        is_picked
    }

    /// A deal as it is carried, with those of others that can go with it; none
    /// where it can't be moved.
    fn carried_of(self, id: DealId, with: &BTreeSet<DealId>) -> Option<Carried> {
        self.app.store.peek(|workspace| {
            let deal = workspace.deals.get(&id).filter(|deal| deal.is_open())?;
            let process = workspace.processes.get(&deal.process)?;
            let goes = |id: &&DealId| {
                let deal = workspace.deals.get(id);
                deal.is_some_and(|deal| goes_with(deal, process.id))
            };
            Some(Carried {
                deal: id,
                deals: with.iter().filter(goes).copied().collect(),
                process: process.id,
                from: deal.current_stage(process).id(),
                name: deal.name.to_string(),
                by_keys: true,
            })
        })
    }

    fn take_pressed(self) {
        let pressed = self.pressed.get_value();
        if !pressed.is_some_and(|(deal, _)| self.pick(deal, false)) {
            self.gesture.give_up();
        }
    }

    fn follow(self, at: Point) {
        let grip = self.pressed.get_value().map(|(_, grip)| grip);
        if let Some((grip, picture)) = grip.zip(self.picture.get_untracked()) {
            grip.fit(&picture);
            grip.hold(&picture, at);
        }
        if let Some(board) = self.board.get_value() {
            pointer::scroll_along_in(&board, at);
        }
        if let Some(cards) = pointer::under(at, ".board-body") {
            pointer::scroll_down_in(&cards, at);
        }
        self.aim(Goal::under(at));
    }

    fn aim(self, goal: Option<Goal>) {
        if self.goal.get_untracked() != goal {
            self.goal.set(goal);
        }
    }

    fn end_drag(self, at: Option<Point>) {
        match at {
            Some(at) => self.drop_on(Goal::under(at)),
            None => self.put_back(),
        }
    }

    /// Nothing is carried any more.
    fn put_down(self) -> Option<Carried> {
        let carried = self.carried.get_untracked();
        if carried.is_some() {
            self.carried.set(None);
            self.goal.set(None);
            self.keys_off();
        }
        carried
    }

    /// Puts what is carried back where it was.
    fn put_back(self) {
        if let Some(carried) = self.put_down() {
            self.stays(&carried);
        }
    }

    fn stays(self, carried: &Carried) {
        let place = self.stage_name(carried.process, carried.from);
        self.say(format!("{} stays in {place}.", carried.words()));
        if carried.by_keys {
            self.reveal.run(carried.deal);
        }
    }

    /// Drops what is carried.
    fn drop_on(self, goal: Option<Goal>) {
        let Some(carried) = self.put_down() else {
            return;
        };
        match goal {
            Some(goal) if !carried.is_home(goal) => self.bring(&carried, goal),
            _ => self.stays(&carried),
        }
    }

    /// Brings deals to where they go.
    fn bring(self, carried: &Carried, goal: Goal) {
        let mut deals = carried.deals.clone();
        let meanwhile = self.app.store.peek(|workspace| {
            let is_there = |id: &DealId| {
                let deal = workspace.deals.get(id);
                deal.is_some_and(|deal| goes_with(deal, carried.process))
            };
            deals.retain(is_there);
            let process = workspace.processes.get(&carried.process)?;
            let now = workspace.deals.get(&carried.deal)?.current_stage(process);
            let stage = now.id().filter(|_| now.id() != carried.from)?;
            Some(process.stage(stage)?.name.to_string())
        });
        let stage = match goal {
            Goal::Stage(stage) => stage,
            Goal::Close(outcome) => {
                self.closed.set(deals);
                self.closing.set(Some(outcome));
                return;
            }
        };
        self.say(String::new());
        let is_several = deals.len() > 1;
        let done = self.app.run(Command::MoveToStage { deals, stage });
        let Some(changes) = done else { return };
        if is_several {
            self.selected.set(BTreeSet::new());
        }
        match meanwhile {
            _ if changes.is_empty() => {
                let place = self.stage_name(carried.process, Some(stage));
                self.say(format!("{} is in {place} already.", carried.words()));
            }
            Some(other) => {
                let told = format!("Another tab had moved it to {other} meanwhile");
                self.app.messages.more(&told);
            }
            None => {}
        }
        self.reveal.run(carried.deal);
    }

    /// The dialog that closes deals is done with, or turned away.
    fn closing_ended(self, done: bool) {
        self.closing.set(None);
        let deals = self.closed.get_untracked();
        if !done {
            let deals = counted(deals.len(), "deal");
            self.say(format!("Nothing was changed: {deals} put back."));
        } else if deals.len() > 1 {
            self.selected.set(BTreeSet::new());
        }
    }

    /// Lets go of a deal that another tab, or Undo, has taken off the board.
    fn watch(self) {
        effect(move || {
            let Some(carried) = self.carried.get() else {
                return;
            };
            let deal = self.app.store.deal(carried.deal);
            if !deal.is_some_and(|deal| goes_with(&deal, carried.process)) {
                self.put_down();
                self.gesture.give_up();
                let name = carried.name;
                let gone = format!("“{name}” is not on this board any more, so it was let go.");
                self.app.messages.plain(gone);
            }
        });
    }

    /// Says something to those who don't see it.
    fn say(self, words: String) {
        self.said.set(words);
    }

    fn stage_name(self, process: ProcessId, stage: Option<StageId>) -> String {
        let name = stage.and_then(|stage| {
            self.app.store.peek(|workspace| {
                let process = workspace.processes.get(&process)?;
                Some(process.stage(stage)?.name.to_string())
            })
        });
        name.unwrap_or_else(|| "Stage unknown".to_owned())
    }
}

impl Carried {
    /// Whether it would stay where it was taken.
    fn is_home(&self, goal: Goal) -> bool {
        self.from.map(Goal::Stage) == Some(goal)
    }

    /// What it is, for people.
    fn words(&self) -> String {
        match self.deals.len() {
            1 => self.name.clone(),
            count => counted(count, "deal"),
        }
    }
}

/// Whether a deal can be moved about a board of that process.
fn goes_with(deal: &Deal, process: ProcessId) -> bool {
    deal.is_open() && deal.process == process
}

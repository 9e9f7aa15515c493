//! Moving cards by the keyboard: Space picks one up, arrows choose where it
//! goes, Space or Enter drops it, Escape puts it back.

use leptos::ev;

use super::{Carried, MARK, Moves};
use crate::domain::value::id::DealId;
use crate::ui::prelude::*;
use crate::web::{dom, keyboard, pointer};

impl Moves {
    /// A key is down on the card of a deal; whether it was for the card.
    pub fn card_key(self, key: &str, deal: DealId) -> bool {
        let is_taken = self.carried.with_untracked(Option::is_some);
        if is_taken || key != " " {
            return false;
        }
        if self.pick(deal, true) {
            self.keys_on();
            self.carried.with_untracked(|carried| {
                if let Some(carried) = carried {
                    let place = self.stage_name(carried.process, carried.from);
                    self.say(format!(
                        "Picked up {}, in {place}. Use the left and right arrow keys to choose where \
                         it goes, Space to drop it, Escape to put it back.",
                        carried.words()
                    ));
                }
            });
        }
        true
    }

    fn keys_on(self) {
        let life = self.life;
        // Wherever the focus is: the card may show another deal meanwhile.
        let pressed = life.alive(move |event: ev::Event| self.carry_key(&event));
        let elsewhere = life.alive(move |_| self.put_back());
        self.keys.set_value(vec![
            dom::on_window_first("keydown", pressed),
            dom::on_window_first("pointerdown", elsewhere),
        ]);
    }

    pub(super) fn keys_off(self) {
        // Not at once: one of them is running.
        let off = move |()| {
            let is_done = self.carried.with_untracked(Option::is_none);
            if is_done {
                self.keys.set_value(Vec::new());
            }
        };
        dom::at_next_frame(self.life.alive(off));
    }

    fn carry_key(self, event: &ev::Event) {
        let Some(carried) = self.carried.get_untracked().filter(|it| it.by_keys) else {
            return;
        };
        match keyboard::key(event).as_str() {
            "ArrowRight" | "ArrowDown" => self.step(&carried, |at, _| at.map_or(0, |at| at + 1)),
            "ArrowLeft" | "ArrowUp" => {
                self.step(&carried, |at, _| at.unwrap_or_default().saturating_sub(1));
            }
            "Home" => self.step(&carried, |_, _| 0),
            "End" => self.step(&carried, |_, last| last),
            " " | "Enter" => self.drop_on(self.goal.get_untracked()),
            "Escape" => self.put_back(),
            // The focus goes on from where it was.
            "Tab" => return self.put_back(),
            _ => return,
        }
        event.prevent_default();
        event.stop_immediate_propagation();
    }

    /// Aims at another of the places where it can go.
    fn step(self, carried: &Carried, to: impl Fn(Option<usize>, usize) -> usize) {
        let goals = self.goals(carried);
        let last = goals.len().saturating_sub(1);
        let goal = self.goal.get_untracked();
        let at = goals.iter().position(|(other, _)| Some(*other) == goal);
        let next = to(at, last).min(last);
        let Some((goal, name)) = goals.get(next).cloned() else {
            return;
        };
        self.aim(Some(goal));
        let home = if carried.is_home(goal) {
            ", where it was"
        } else {
            ""
        };
        self.say(format!("{name}{home}, {} of {}", next + 1, goals.len()));
        let mark = goal.mark();
        self.board.with_value(|board| {
            let Some(board) = board else { return };
            let column = board.query_selector(&format!("[{MARK}=\"{mark}\"]"));
            if let Ok(Some(column)) = column {
                pointer::bring_near(&column);
            }
        });
    }
}

//! What was answered so far, with a signal for each text, so that a key
//! stroke touches its own field.

use std::collections::BTreeSet;

use crate::domain::record::workspace::Workspace;
use crate::domain::start::guide::{Guide, Place, Problems, Step};
use crate::ui::app::{App, formats_of};
use crate::ui::prelude::*;
use crate::web::dom;

/// The guide at work.
#[derive(Clone, Copy)]
pub struct State {
    /// The app.
    pub app: App,
    /// The step that is shown.
    pub step: RwSignal<Step>,
    /// What was answered.
    pub guide: Memo<Guide>,
    /// What has just happened, for who can't see it.
    pub said: RwSignal<String>,
    /// What is wrong with the answers.
    problems: Memo<Problems>,
    /// The answers but for the texts that are typed.
    kept: RwSignal<Guide>,
    /// The name of each process, by its row.
    names: RwSignal<Vec<(u32, RwSignal<String>)>>,
    /// The limits between bands of values.
    limits: RwSignal<Vec<RwSignal<String>>>,
    /// The fields whose errors are shown: those that were wrong on going on.
    shown: RwSignal<BTreeSet<Place>>,
    /// Owns the signals of texts that come later.
    owner: StoredValue<Owner>,
}

impl State {
    /// Nothing is answered yet.
    pub fn new(app: App) -> Self {
        let kept = RwSignal::new(Guide::default());
        let names = RwSignal::new(Vec::new());
        let limits = RwSignal::new(Vec::new());
        let guide = memo(move || typed(kept.get(), &names.get(), &limits.get()));
        let problems = memo(move || {
            let guide = guide.get();
            app.store
                .setup(|w| guide.problems(w, formats_of(w).marks()))
        });
        Self {
            app,
            step: RwSignal::new(Step::default()),
            guide,
            said: RwSignal::new(String::new()),
            problems,
            kept,
            names,
            limits,
            shown: RwSignal::new(BTreeSet::new()),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    /// Changes the answers, and gives what that says.
    pub fn change<T>(self, change: impl FnOnce(&mut Guide, &Workspace) -> T) -> T {
        let mut guide = untrack(|| self.guide.get());
        let answer = self
            .app
            .store
            .peek(|workspace| change(&mut guide, workspace));
        self.put(guide);
        answer
    }

    /// The text of a process's name; follows the rows.
    pub fn name(self, row: u32) -> RwSignal<String> {
        let found = self
            .names
            .with(|names| names.iter().find(|(r, _)| *r == row).map(|(_, name)| *name));
        found.unwrap_or_else(|| RwSignal::new(String::new()))
    }

    /// The text of the limit before a band; follows the rows.
    pub fn limit(self, band: usize) -> RwSignal<String> {
        let found = self
            .limits
            .with(|limits| limits.get(band.checked_sub(1)?).copied());
        found.unwrap_or_else(|| RwSignal::new(String::new()))
    }

    /// What is wrong with a field, once that is to be said.
    pub fn problem(self, place: Place) -> Signal<Option<String>> {
        derived(move || {
            if !self.shown.with(|shown| shown.contains(&place)) {
                return None;
            }
            self.problems.with(|problems| problems.get(&place).cloned())
        })
    }

    /// Goes a step on, if what is answered on this one is right.
    pub fn next(self) {
        let step = self.step.get_untracked();
        let mut steps = Step::ALL.into_iter();
        if !self.show_problems(|place| place.step() == step)
            && let Some(next) = steps.find(|other| *other > step)
        {
            self.go(next);
        }
    }

    /// Goes a step back; nothing is lost by it.
    pub fn back(self) {
        let step = self.step.get_untracked();
        if let Some(before) = Step::ALL.into_iter().take_while(|s| *s < step).last() {
            self.go(before);
        }
    }

    /// Shows a step.
    pub fn go(self, step: Step) {
        if step == Step::Leads {
            self.change(|guide, workspace| guide.propose_entries(workspace));
        }
        self.shown.set(BTreeSet::new());
        self.step.set(step);
        dom::arrive_at("#guide-step");
    }

    /// Takes a person to the first field that is wrong, on whatever step.
    pub fn show_first(self, problems: &Problems) {
        if let Some(place) = problems.keys().next() {
            self.go(place.step());
            self.show_problems(|other| other.step() == place.step());
        }
    }

    /// Whether something is wrong at these places; it is shown then.
    fn show_problems(self, of: impl Fn(&Place) -> bool) -> bool {
        let wrong: BTreeSet<Place> = self
            .problems
            .with_untracked(|problems| problems.keys().copied().filter(of).collect());
        let is_wrong = !wrong.is_empty();
        if is_wrong {
            self.shown.set(wrong);
            dom::focus_next("#guide-form [aria-invalid=true], .guide-problem:not([hidden])");
        }
        is_wrong
    }

    fn put(self, guide: Guide) {
        let before = self.names.get_untracked();
        let names = guide.processes.iter().map(|process| {
            let row = process.row;
            let there = before.iter().find(|(other, _)| *other == row);
            let name = there.map_or_else(|| self.text(), |(_, name)| *name);
            if name.with_untracked(|name| *name != process.name) {
                name.set(process.name.clone());
            }
            (row, name)
        });
        self.names.set(names.collect());
        let mut limits = self.limits.get_untracked();
        while limits.len() + 1 < guide.processes.len() {
            limits.push(self.text());
        }
        self.limits.set(limits);
        self.kept.set(guide);
    }

    fn text(self) -> RwSignal<String> {
        self.owner.get_value().with(|| RwSignal::new(String::new()))
    }
}

/// The answers with the texts as they are typed.
fn typed(
    mut guide: Guide,
    names: &[(u32, RwSignal<String>)],
    limits: &[RwSignal<String>],
) -> Guide {
    for process in &mut guide.processes {
        if let Some((_, name)) = names.iter().find(|(row, _)| *row == process.row) {
            process.name = name.get();
        }
    }
    guide.limits = limits.iter().map(|limit| limit.get()).collect();
    guide
}

//! What people say and mean to do about the sample's deals: noted entries and
//! next steps. They stand beside the lives of the deals and draw numbers of
//! their own, so nothing else of the sample depends on them.

use crate::domain::change::command::{Command, NextStepDraft};
use crate::domain::value::id::DealId;
use crate::domain::value::time::{Date, plus_days};

use super::{Builder, tables, working_day};

impl Builder<'_> {
    /// A deal was added: what the first contact was like, and what follows.
    pub(super) fn talk_first(&mut self, deal: DealId, day: i64) {
        self.note(deal, 45, &tables::FIRST_NOTES);
        if self.talk.percent(70) {
            let due = self.soon_after(day);
            self.mean_to(deal, Some(due));
        }
    }

    /// Work was done: mostly what was meant to be.
    pub(super) fn talk_on(&mut self, deal: DealId, day: i64) {
        if self.talk.percent(55) {
            self.do_step(deal);
            let due = self.soon_after(day);
            self.mean_to(deal, Some(due));
        }
        self.note(deal, 14, &tables::NOTES);
    }

    /// What is to be done next this morning, in a deal that is open: overdue,
    /// due today, soon, later, without a date, or nothing.
    pub(super) fn talk_of_today(&mut self, deal: DealId, day: i64) {
        self.do_step(deal);
        self.note(deal, 40, &tables::NOTES);
        let due = match self.talk.below(100) {
            0..14 => return,
            14..24 => None,
            24..38 => {
                let days = self.talk.between(1, day.clamp(1, 9));
                Some(working_day(plus_days(self.today, -days)))
            }
            38..56 => Some(self.today),
            56..82 => Some(plus_days(self.today, self.talk.between(1, 6))),
            _ => Some(plus_days(self.today, self.talk.between(8, 40))),
        };
        self.mean_to(deal, due);
    }

    /// The next step of the present deal is done, if there is one.
    pub(super) fn do_step(&mut self, deal: DealId) {
        let of_it = self.workspace.deals.get(&deal);
        if of_it.is_some_and(|deal| deal.next_step.is_some()) {
            self.aside(Command::DoNextStep([deal].into()));
        }
    }

    /// Runs a command a little after the last step, of which the next one
    /// hears nothing: seven of them take less than a quarter of an hour.
    fn aside(&mut self, command: Command) {
        self.talked += 2;
        self.apply(self.clock.plus_minutes(self.talked), self.today, command);
    }

    fn mean_to(&mut self, deal: DealId, due: Option<Date>) {
        let what = self.talk.pick(&tables::NEXT_STEPS).copied();
        let step = what.map(|what| NextStepDraft {
            what: what.to_owned(),
            due,
        });
        let deals = [deal].into();
        self.aside(Command::SetNextStep { deals, step });
    }

    fn note(&mut self, deal: DealId, percent: i64, texts: &[&str]) {
        let text = self.talk.text(percent, texts);
        if !text.is_empty() {
            self.aside(Command::AddNote { deal, text });
        }
    }

    /// A date some days after the day `day` days ago.
    fn soon_after(&mut self, day: i64) -> Date {
        let days = self.talk.between(1, 9);
        working_day(plus_days(self.today, days - day))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TODAY, loaded};
    use super::*;
    use crate::domain::record::deal::What;
    use crate::domain::record::list::ListKind;
    use crate::domain::record::next_step::NextDue;
    use crate::domain::record::workspace::Workspace;
    use crate::domain::value::id::EntryId;

    /// The open deals by when their next step is due: overdue, today, within
    /// a week, later, undated, none.
    fn due(workspace: &Workspace, owner: Option<EntryId>) -> [usize; 6] {
        let mut counts = [0; 6];
        let open = workspace.deals.values().filter(|deal| deal.is_open());
        for deal in open.filter(|deal| owner.is_none() || deal.owner == owner) {
            let place = match deal.next_due() {
                NextDue::On(date) if date < TODAY => 0,
                NextDue::On(date) if date == TODAY => 1,
                NextDue::On(date) if date <= plus_days(TODAY, 7) => 2,
                NextDue::On(_) => 3,
                NextDue::Undated => 4,
                NextDue::Missing => 5,
            };
            counts[place] += 1;
        }
        counts
    }

    #[test]
    fn it_shows_a_morning() {
        let workspace = loaded();
        let all = due(&workspace, None);
        for (kind, count) in all.into_iter().enumerate() {
            assert!((8..=45).contains(&count), "{kind}: {all:?}");
        }
        let me = workspace.settings.me;
        assert_eq!(
            workspace.entry_name(ListKind::Owners, me),
            tables::OWNERS[0]
        );
        let mine = due(&workspace, me);
        assert!((2..=8).contains(&mine[0]), "{mine:?}");
        assert!((3..=8).contains(&mine[1]), "{mine:?}");
    }

    #[test]
    fn what_was_done_and_noted_is_in_the_histories() {
        let workspace = loaded();
        let events = |of: fn(&What) -> bool| {
            let deals = workspace.deals.values();
            let all = deals.flat_map(|deal| &deal.history);
            all.filter(|event| of(&event.what)).count()
        };
        let done = events(|what| matches!(what, What::NextStepDone { .. }));
        assert!((300..=1_500).contains(&done), "{done}");
        assert_eq!(
            events(|what| matches!(what, What::NextStepDropped { .. })),
            0
        );
        let notes: Vec<_> = workspace.notes.values().collect();
        assert!((200..=700).contains(&notes.len()), "{}", notes.len());
        let with = |part: &str| notes.iter().filter(|note| note.text.contains(part)).count();
        assert!(with("\n") >= 20 && with("https://") >= 10);
        for note in notes {
            let deal = &workspace.deals[&note.deal];
            assert!(deal.history[0].at < note.at && note.at <= deal.touched);
        }
    }
}

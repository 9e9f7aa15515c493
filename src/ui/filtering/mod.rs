//! What a page filters deals by: the bar with its search box, the choices of
//! each kind, ranges, and the chips of what is on.

mod bar;
mod chips;
mod kinds;
mod ranges;

use crate::domain::read::filter::{Filter, Tab};
use crate::ui::app::App;
use crate::ui::prelude::*;

pub use bar::FilterBar;
pub use kinds::{KindFilter, values};
pub use ranges::Ranges;

/// What filters a page, as its address says.
#[derive(Clone, Copy)]
pub struct Filtering {
    /// The tab, as far as what is asked differs by it, and the filters.
    pub wanted: Memo<(Tab, Filter)>,
    /// Whether dates are among the filters.
    pub dated: bool,
    /// Shows the page with other filters: as a new step of the browser's
    /// history, or not.
    pub go: fn(App, Filter, bool),
}

impl Filtering {
    /// The tab; follows it.
    pub fn tab(self) -> Tab {
        self.wanted.with(|(tab, _)| *tab)
    }

    /// Looks at the filters; follows them.
    pub fn with<T>(self, look: impl FnOnce(&Filter) -> T) -> T {
        self.wanted.with(|(_, filter)| look(filter))
    }

    /// Filters as the edit makes it, as a new step of the browser's history.
    pub fn change(self, app: App, edit: impl FnOnce(&mut Filter)) {
        self.edit(app, edit, true);
    }

    /// The same without a new step, for what is typed letter by letter.
    pub fn refine(self, app: App, edit: impl FnOnce(&mut Filter)) {
        self.edit(app, edit, false);
    }

    fn edit(self, app: App, edit: impl FnOnce(&mut Filter), is_step: bool) {
        let mut filter = self.wanted.with_untracked(|(_, filter)| filter.clone());
        edit(&mut filter);
        (self.go)(app, filter, is_step);
    }
}

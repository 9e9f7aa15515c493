//! Whether a deal fits the filters.

use memchr::memmem::Finder;

use super::{DateField, Filter, Tab};
use crate::domain::read::brief::Brief;
use crate::domain::read::suggestion::Rules;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::text::fold;
use crate::domain::value::time::Now;

/// All filters but the search, ready for one pass over many deals.
pub struct Matcher<'a> {
    workspace: &'a Workspace,
    filter: &'a Filter,
    tab: Tab,
    now: Now,
    rules: Option<Rules<'a>>,
}

impl<'a> Matcher<'a> {
    /// Prepares a pass over deals of one tab.
    pub fn new(workspace: &'a Workspace, filter: &'a Filter, tab: Tab, now: Now) -> Self {
        Self {
            workspace,
            filter,
            tab,
            now,
            rules: filter.rule.map(|_| Rules::new(workspace, &workspace.rules)),
        }
    }

    /// Whether the deal belongs to the tab and fits all filters but the search.
    pub fn fits(&self, deal: &Brief) -> bool {
        let filter = self.filter;
        self.tab.has(deal.is_open())
            && filter.process.fits(Some(deal.process))
            && filter.stage.fits(Some(deal.stage.id().into()))
            && filter.owner.fits(Some(deal.owner.into()))
            && filter.segment.fits(Some(deal.segment.into()))
            && filter.category.fits(Some(deal.category.into()))
            && filter.source.fits(Some(deal.source.into()))
            && filter.status.fits(deal.outcome())
            && filter
                .reason
                .fits(deal.ending.map(|ending| ending.reason.into()))
            && filter.customer.is_none_or(|id| deal.customer == Some(id))
            && filter
                .value_min
                .is_none_or(|least| deal.value.is_some_and(|v| v >= least))
            && filter
                .value_max
                .is_none_or(|most| deal.value.is_some_and(|v| v <= most))
            && (!filter.undated || deal.shown_close().is_none())
            && filter.open_on.is_none_or(|date| deal.was_open_on(date))
            && (!filter.stale || deal.is_stale(self.now.moment))
            && self.fits_next(deal)
            && self.fits_rule(deal)
            && self.fits_dates(deal)
            && filter.way.fits(self.workspace, deal)
    }

    fn fits_next(&self, deal: &Brief) -> bool {
        let wanted = &self.filter.next;
        let mut any = wanted.iter();
        wanted.is_empty()
            || deal.is_open() && any.any(|when| when.fits(deal.next_due, self.now.today))
    }

    fn fits_rule(&self, deal: &Brief) -> bool {
        let (Some(wanted), Some(rules)) = (self.filter.rule, &self.rules) else {
            return true;
        };
        rules.first(&deal.facts()).is_some_and(|(_, rule)| {
            rule.id == wanted.rule && (!wanted.elsewhere || rule.then != deal.process)
        })
    }

    fn fits_dates(&self, deal: &Brief) -> bool {
        let filter = self.filter;
        if filter.from.is_none() && filter.to.is_none() {
            return true;
        }
        let date = match filter.date_field {
            DateField::Close => deal.shown_close(),
            DateField::Created => Some(deal.created),
        };
        date.is_some_and(|date| {
            filter.from.is_none_or(|from| date >= from) && filter.to.is_none_or(|to| date <= to)
        })
    }
}

/// What is searched for: every word must be found in one of the texts.
pub struct Search {
    words: Vec<Finder<'static>>,
}

impl Search {
    /// Prepares a search; texts are found without regard to case and diacritics.
    pub fn new(typed: &str) -> Self {
        let folded = fold(typed);
        let words = folded.split_whitespace();
        Self {
            words: words.map(|word| Finder::new(word).into_owned()).collect(),
        }
    }

    /// The words, to look for one by one.
    pub fn words(&self) -> &[Finder<'static>] {
        &self.words
    }

    /// Whether whatever is found by this search is found by the other too.
    pub fn narrows(&self, other: &Self) -> bool {
        other.words.iter().all(|wide| {
            let mut own = self.words.iter();
            own.any(|word| wide.find(word.needle()).is_some())
        })
    }

    /// Whether each word is in one of these texts, which are folded.
    pub fn finds<const N: usize>(&self, texts: [&str; N]) -> bool {
        self.words.iter().all(|word| {
            let mut texts = texts.iter();
            texts.any(|text| word.find(text.as_bytes()).is_some())
        })
    }
}

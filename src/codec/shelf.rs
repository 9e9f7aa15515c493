//! The keys of the storage.

use std::collections::BTreeSet;

use crate::domain::record::workspace::Key;
use crate::domain::value::order::Gather;

/// How many records a page of deals or customers holds at most.
///
/// An edit rewrites one page, so fewer make an edit cheaper; more compress
/// better. 144 worked deals with next steps take about 9,400 characters: see
/// docs/storage.md.
pub const PAGE_RECORDS: usize = 144;

/// How many noted entries a page holds at most: they are short, or the page is
/// full before.
pub const PAGE_NOTES: usize = 224;

/// A page whose text would have more characters takes no new record, though it
/// has room for one: long notes make an edit as dear as many records do. One of
/// its records that comes to be longer than that lets goes to another page. So
/// of a page of deals and one of noted entries, which are all that an edit of a
/// deal or of what was noted on it writes, neither has more, unless it holds
/// one record alone.
pub const PAGE_CHARACTERS: usize = 10_000;

/// More pages than any browser has room for: a higher number is not one of ours.
const MOST_PAGES: u32 = 50_000;

/// Which data of the browser's storage a tab works on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Space {
    /// The user's own.
    #[default]
    Main,
    /// The demo, apart from the user's own.
    Demo,
}

impl Space {
    /// The one an address asks for by its query: `?demo` is the demo.
    ///
    /// ```
    /// use pipewright::codec::shelf::Space;
    /// assert_eq!(Space::from_query("?lang=en&demo"), Space::Demo);
    /// assert_eq!(Space::from_query("?demolition"), Space::Main);
    /// ```
    pub fn from_query(query: &str) -> Self {
        let mut names = query.trim_start_matches('?').split('&');
        match names.any(|pair| pair.split('=').next() == Some("demo")) {
            true => Self::Demo,
            false => Self::Main,
        }
    }

    /// What all of its keys start with.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Main => "pipewright/main/",
            Self::Demo => "pipewright/demo/",
        }
    }

    /// The key of a shelf.
    pub fn key(self, shelf: Shelf) -> String {
        format!("{}{shelf}", self.prefix())
    }

    /// The shelf of a key; none where the key is not one of this space's shelves.
    pub fn shelf(self, key: &str) -> Option<Shelf> {
        let name = key.strip_prefix(self.prefix())?;
        let shelf = match name.split_once('/') {
            None => match name {
                "settings" => Shelf::Settings,
                "lists" => Shelf::Lists,
                "views" => Shelf::Views,
                "processes" => Shelf::Processes,
                "order" => Shelf::Order,
                "rules" => Shelf::Rules,
                _ => return None,
            },
            Some(("customers", page)) => Shelf::Customers(page.parse().ok()?),
            Some(("deals", page)) => Shelf::Deals(page.parse().ok()?),
            Some(("notes", page)) => Shelf::Notes(page.parse().ok()?),
            Some(_) => return None,
        };
        // Another spelling of a page's number is another key, and not ours.
        (shelf.to_string() == name).then_some(shelf)
    }

    /// The key of the account's generation: another number after every
    /// erasing, so that a tab that missed it brings nothing back.
    pub fn generation_key(self) -> String {
        format!("{}generation", self.prefix())
    }

    /// The key under which it is counted how many pages there are, so that one
    /// that is gone is missed.
    pub fn pages_key(self) -> String {
        format!("{}pages", self.prefix())
    }

    /// The key under which a shelf's text is kept as it was when it could
    /// not be used in full.
    pub fn aside_key(self, number: u32, shelf: Shelf) -> String {
        format!("{}aside/{number}/{shelf}", self.prefix())
    }

    /// The shelf in a key made by [`Space::aside_key`].
    pub fn aside_shelf(self, key: &str) -> Option<Shelf> {
        let name = key.strip_prefix(self.prefix())?.strip_prefix("aside/")?;
        let (number, shelf) = name.split_once('/')?;
        number.parse::<u32>().ok()?;
        self.shelf(&format!("{}{shelf}", self.prefix()))
    }
}

/// The text of a generation: twice the number, so that damage is noticed.
pub fn generation_text(generation: u64) -> String {
    format!("{generation}/{generation}")
}

/// The generation in a text; none where the text is damaged.
pub fn generation_of(text: &str) -> Option<u64> {
    let (one, other) = text.split_once('/')?;
    one.parse().ok().filter(|_| one == other)
}

/// How many pages have been written of each kind. A page that was written once
/// is never taken out again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PageCount {
    /// The pages of customers.
    pub customers: u32,
    /// The pages of deals.
    pub deals: u32,
    /// The pages of noted entries; none before version 4 of the format.
    pub notes: u32,
}

impl PageCount {
    /// The count in a text; none where the text is damaged.
    ///
    /// ```
    /// use pipewright::codec::shelf::PageCount;
    /// let count = PageCount { customers: 1, deals: 391, notes: 0 };
    /// assert_eq!(PageCount::parse(&count.to_string()), Some(count));
    /// assert_eq!(PageCount::parse("1 391/1 391"), Some(count));
    /// assert_eq!(PageCount::parse("1 391/1 39"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (one, other) = text.split_once('/')?;
        let mut numbers = one.split(' ').filter(|_| one == other);
        let number = |text: &str| text.parse().ok().filter(|number| *number <= MOST_PAGES);
        let count = Self {
            customers: number(numbers.next()?)?,
            deals: number(numbers.next()?)?,
            notes: numbers.next().map_or(Some(0), number)?,
        };
        numbers.next().is_none().then_some(count)
    }

    /// The greater number of each.
    pub fn or(self, other: Self) -> Self {
        Self {
            customers: self.customers.max(other.customers),
            deals: self.deals.max(other.deals),
            notes: self.notes.max(other.notes),
        }
    }

    /// The count that has this page, too.
    pub fn with(self, shelf: Shelf) -> Self {
        let mut least = Self::default();
        match shelf {
            Shelf::Customers(page) if page < MOST_PAGES => least.customers = page + 1,
            Shelf::Deals(page) if page < MOST_PAGES => least.deals = page + 1,
            Shelf::Notes(page) if page < MOST_PAGES => least.notes = page + 1,
            _ => {}
        }
        self.or(least)
    }

    /// The pages that should be among those that are stored, and are not.
    pub fn missing(self, stored: &BTreeSet<Shelf>) -> BTreeSet<Shelf> {
        let customers = (0..self.customers).map(Shelf::Customers);
        let pages = customers.chain((0..self.deals).map(Shelf::Deals));
        let pages = pages.chain((0..self.notes).map(Shelf::Notes));
        pages.filter(|shelf| !stored.contains(shelf)).gather()
    }
}

impl std::fmt::Display for PageCount {
    /// Twice the numbers, so that damage is noticed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            customers,
            deals,
            notes,
        } = self;
        let all = format!("{customers} {deals} {notes}");
        write!(f, "{all}/{all}")
    }
}

/// What lies under one key of the storage. In the order in which they are
/// written: what is referred to before what refers to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shelf {
    /// The settings.
    Settings,
    /// All short lists.
    Lists,
    /// The saved views.
    Views,
    /// All processes.
    Processes,
    /// The order of the processes.
    Order,
    /// The rules that suggest a process.
    Rules,
    /// One page of customers.
    Customers(u32),
    /// One page of deals.
    Deals(u32),
    /// One page of noted entries.
    Notes(u32),
}

impl std::fmt::Display for Shelf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Settings => f.write_str("settings"),
            Self::Lists => f.write_str("lists"),
            Self::Views => f.write_str("views"),
            Self::Processes => f.write_str("processes"),
            Self::Order => f.write_str("order"),
            Self::Rules => f.write_str("rules"),
            Self::Customers(page) => write!(f, "customers/{page}"),
            Self::Deals(page) => write!(f, "deals/{page}"),
            Self::Notes(page) => write!(f, "notes/{page}"),
        }
    }
}

impl Shelf {
    /// Whether it is one of many pages, and its text packed.
    pub fn is_page(self) -> bool {
        matches!(self, Self::Customers(_) | Self::Deals(_) | Self::Notes(_))
    }

    /// How many records it holds at most, where it is one of many pages.
    pub fn most_records(self) -> usize {
        match self {
            Self::Notes(_) => PAGE_NOTES,
            _ => PAGE_RECORDS,
        }
    }

    /// What it holds, for people.
    ///
    /// ```
    /// use pipewright::codec::shelf::Shelf;
    /// assert_eq!(Shelf::Deals(3).title(), "Deals, page 4");
    /// ```
    pub fn title(self) -> String {
        match self {
            Self::Settings => "Settings".to_owned(),
            Self::Lists => "Lists".to_owned(),
            Self::Views => "Saved views".to_owned(),
            Self::Processes => "Sales processes".to_owned(),
            Self::Order => "Order of the sales processes".to_owned(),
            Self::Rules => "Rules that suggest a process".to_owned(),
            Self::Customers(page) => format!("Customers, page {}", u64::from(page) + 1),
            Self::Deals(page) => format!("Deals, page {}", u64::from(page) + 1),
            Self::Notes(page) => format!("Notes, page {}", u64::from(page) + 1),
        }
    }

    /// The shelf of a record that has a fixed one; none for what lies on pages.
    pub fn fixed(key: Key) -> Option<Self> {
        match key {
            Key::Settings => Some(Self::Settings),
            Key::Order => Some(Self::Order),
            Key::List(_) => Some(Self::Lists),
            Key::Views => Some(Self::Views),
            Key::Rules => Some(Self::Rules),
            Key::Process(_) => Some(Self::Processes),
            Key::Customer(_) | Key::Deal(_) | Key::Note(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_back_and_others_are_not_ours() {
        for shelf in [
            Shelf::Settings,
            Shelf::Lists,
            Shelf::Views,
            Shelf::Processes,
        ]
        .into_iter()
        .chain([
            Shelf::Order,
            Shelf::Rules,
            Shelf::Customers(0),
            Shelf::Deals(137),
            Shelf::Notes(4),
        ]) {
            for space in [Space::Main, Space::Demo] {
                assert_eq!(space.shelf(&space.key(shelf)), Some(shelf));
            }
        }
        for key in [
            "pipewright/main/deals/07",
            "pipewright/main/deals/+7",
            "pipewright/main/deals/",
            "pipewright/main/deals/1/2",
            "pipewright/main/settings/",
            "pipewright/demo/settings",
            "pipewright/mainsettings",
            "theme",
            "",
        ] {
            assert_eq!(Space::Main.shelf(key), None, "{key}");
        }
    }

    #[test]
    fn what_is_set_aside_has_a_number_and_is_no_shelf() {
        let key = Space::Main.aside_key(12, Shelf::Deals(3));
        assert_eq!(Space::Main.aside_shelf(&key), Some(Shelf::Deals(3)));
        assert_eq!(Space::Main.shelf(&key), None);
        assert_eq!(Space::Demo.aside_shelf(&key), None);
    }
}

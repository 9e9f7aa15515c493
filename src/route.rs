//! Addresses: what stands after the `#`. `parse` takes any text, and
//! `parse(href(route))` is the route again.

mod query;
mod statistics;

use std::str::FromStr;

use form_urlencoded::{Serializer, parse as parse_query};

use crate::domain::read::column::Column;
use crate::domain::read::columns::{Columns, Layout, Sort};
use crate::domain::read::filter::{AnyOf, Filter, Tab};
use crate::domain::record::next_step::WhenDue;
use crate::domain::record::terms;
use crate::domain::value::id::{CustomerId, DealId, ProcessId};
use crate::domain::value::text::MAX_TITLE;
use query::{Query, said, take};

pub use statistics::StatisticsView;

/// A screen, with what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(
    clippy::large_enum_variant,
    reason = "few routes are held at a time, and most of those are of deals"
)]
pub enum Route {
    /// The list of deals.
    Deals(DealsView),
    /// The form of a new deal, with the customer preset where it is known.
    NewDeal(Option<CustomerId>),
    /// The profile of a deal.
    Deal(DealId),
    /// The form of a deal.
    EditDeal(DealId),
    /// The list of customers, with the text searched for.
    Customers(String),
    /// The form of a new customer.
    NewCustomer,
    /// The profile of a customer.
    Customer(CustomerId),
    /// The form of a customer.
    EditCustomer(CustomerId),
    /// The page Statistics.
    Statistics(StatisticsView),
    /// A page of the account settings.
    Settings(SettingsPage),
    /// The configurator of a new process.
    NewProcess,
    /// The configurator of a process.
    EditProcess(ProcessId),
    /// The rules that suggest a process.
    Rules,
    /// The guide to several processes.
    Guide,
    /// Any other address.
    NotFound,
}

/// A page of the account settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingsPage {
    /// Currency, region, who I am, theme.
    General,
    /// The sales processes.
    Deals,
    /// The short lists.
    Lists,
    /// Backup, import, export, storage.
    Data,
}

impl SettingsPage {
    /// Every page, in the order of the navigation.
    pub const ALL: [SettingsPage; 4] = [Self::General, Self::Deals, Self::Lists, Self::Data];

    /// Its name in the navigation.
    pub fn title(self) -> &'static str {
        match self {
            Self::General => "General",
            Self::Deals => "Deals",
            Self::Lists => "Lists",
            Self::Data => "Data",
        }
    }

    fn slug(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Deals => "deals",
            Self::Lists => "lists",
            Self::Data => "data",
        }
    }
}

/// What the Deals page shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DealsView {
    /// The tab.
    pub tab: Tab,
    /// Whether they are in a table or on a board; closed deals have no board.
    pub layout: Layout,
    /// The filters.
    pub filter: Filter,
    /// The order.
    pub sort: Sort,
    /// The columns of the table, in order; none where the address leaves them
    /// to the browser that shows it.
    pub columns: Option<Columns>,
}

impl Route {
    /// Whether both show the same screen, whatever is filtered or searched for.
    pub fn is_same_screen(&self, other: &Self) -> bool {
        matches!(
            (self, other),
            (Self::Deals(_), Self::Deals(_))
                | (Self::Customers(_), Self::Customers(_))
                | (Self::Statistics(_), Self::Statistics(_))
        ) || self == other
    }

    /// The route of an address: with or without the `#`.
    pub fn parse(address: &str) -> Self {
        let address = address.strip_prefix('#').unwrap_or(address);
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] | ["deals"] | ["deals", "open"] => Self::Deals(view(Tab::Open, query)),
            ["deals", "closed"] => Self::Deals(view(Tab::Closed, query)),
            ["deals", "all"] => Self::Deals(view(Tab::All, query)),
            ["deals", "new"] => Self::NewDeal(
                parse_query(query.as_bytes())
                    .find(|(key, _)| key == "customer")
                    .and_then(|(_, id)| id.parse().ok()),
            ),
            ["deals", id] => with_id(id, Self::Deal),
            ["deals", id, "edit"] => with_id(id, Self::EditDeal),
            ["customers"] => Self::Customers(searched(query)),
            ["customers", "new"] => Self::NewCustomer,
            ["customers", id] => with_id(id, Self::Customer),
            ["customers", id, "edit"] => with_id(id, Self::EditCustomer),
            ["statistics"] => StatisticsView::parse("overview", query),
            ["statistics", section] => StatisticsView::parse(section, query),
            ["settings"] => Self::Settings(SettingsPage::General),
            ["settings", "deals", "processes", "new"] => Self::NewProcess,
            ["settings", "deals", "processes", id] => with_id(id, Self::EditProcess),
            ["settings", "deals", "rules"] => Self::Rules,
            ["settings", "deals", "guide"] => Self::Guide,
            ["settings", slug] => SettingsPage::ALL
                .into_iter()
                .find(|page| page.slug() == *slug)
                .map_or(Self::NotFound, Self::Settings),
            _ => Self::NotFound,
        }
    }

    /// The address of a route, with the `#`.
    pub fn href(&self) -> String {
        match self {
            Self::Deals(view) => view.href(),
            Self::NewDeal(None) => "#/deals/new".to_owned(),
            Self::NewDeal(Some(customer)) => format!("#/deals/new?customer={customer}"),
            Self::Deal(id) => format!("#/deals/{id}"),
            Self::EditDeal(id) => format!("#/deals/{id}/edit"),
            Self::Customers(search) if search.is_empty() => "#/customers".to_owned(),
            Self::Customers(search) => {
                let query = Serializer::new(String::new())
                    .append_pair("q", search)
                    .finish();
                format!("#/customers?{query}")
            }
            Self::NewCustomer => "#/customers/new".to_owned(),
            Self::Customer(id) => format!("#/customers/{id}"),
            Self::EditCustomer(id) => format!("#/customers/{id}/edit"),
            Self::Statistics(view) => view.href(),
            Self::Settings(page) => format!("#/settings/{}", page.slug()),
            Self::NewProcess => "#/settings/deals/processes/new".to_owned(),
            Self::EditProcess(id) => format!("#/settings/deals/processes/{id}"),
            Self::Rules => "#/settings/deals/rules".to_owned(),
            Self::Guide => "#/settings/deals/guide".to_owned(),
            Self::NotFound => "#/not-found".to_owned(),
        }
    }
}

fn with_id<Id: FromStr>(text: &str, route: impl FnOnce(Id) -> Route) -> Route {
    text.parse().map_or(Route::NotFound, route)
}

fn searched(query: &str) -> String {
    let found = parse_query(query.as_bytes()).find(|(key, _)| key == "q");
    found
        .map(|(_, text)| text.chars().take(MAX_TITLE).collect())
        .unwrap_or_default()
}

impl DealsView {
    /// The address of this view.
    pub fn href(&self) -> String {
        let mut query = Query::new();
        query.put_filter(&self.filter);
        let is_board = self.layout == Layout::Board;
        query.put("layout", is_board.then(|| BOARD.to_owned()));
        let is_usual = self.sort == self.layout.usual_sort();
        query.put("sort", (!is_usual).then(|| sort_text(self.sort)));
        query.put("columns", self.columns.as_ref().map(Columns::text));
        query.at(match self.tab {
            Tab::Open => "#/deals/open",
            Tab::Closed => "#/deals/closed",
            Tab::All => "#/deals/all",
        })
    }

    /// What is due today or overdue: one's own deals first, as far as one has
    /// said who one is.
    pub fn today() -> Self {
        let due = [WhenDue::Overdue, WhenDue::Today];
        Self {
            filter: Filter {
                next: due.into_iter().collect(),
                ..Filter::default()
            },
            sort: Sort::MINE,
            ..Self::default()
        }
    }

    /// The open deals that nobody has a next step for.
    pub fn without_next_step() -> Self {
        Self {
            filter: Filter {
                next: WhenDue::Missing.into(),
                ..Filter::default()
            },
            ..Self::default()
        }
    }

    /// Whether it is what anyone sees who asks for nothing, but for the layout
    /// and its columns.
    pub fn is_plain(&self) -> bool {
        let plain = Self {
            columns: self.columns.clone(),
            ..Self::default()
        };
        self.clone().in_layout(Layout::Table) == plain
    }

    /// The same deals in another layout, in its usual order where they are in
    /// that of theirs.
    #[must_use]
    pub fn in_layout(self, layout: Layout) -> Self {
        let is_usual = self.sort == self.layout.usual_sort();
        let sort = if is_usual {
            layout.usual_sort()
        } else {
            self.sort
        };
        Self {
            layout,
            sort,
            ..self
        }
    }

    /// Whether it shows the same as another, which is shown with these columns.
    pub fn shows_same(&self, shown: &Self, columns: &Columns) -> bool {
        let is_same = self.columns.as_ref().is_none_or(|own| own == columns);
        let with_its_columns = Self {
            columns: shown.columns.clone(),
            ..self.clone()
        };
        is_same && with_its_columns == *shown
    }

    /// The view of a tab, with the filters that hold there as well. The other
    /// tab has columns of its own.
    pub fn on_tab(&self, tab: Tab) -> Self {
        let filter = Filter {
            status: AnyOf::default(),
            reason: AnyOf::default(),
            next: AnyOf::default(),
            stale: false,
            undated: false,
            rule: None,
            ..self.filter.clone()
        };
        let layout = match tab {
            Tab::Open => self.layout,
            Tab::Closed | Tab::All => Layout::Table,
        };
        Self {
            tab,
            layout,
            filter,
            sort: layout.usual_sort(),
            columns: self.columns.clone().filter(|_| tab == self.tab),
        }
    }
}

/// The word for the board in addresses.
const BOARD: &str = "board";

fn view(tab: Tab, query: &str) -> DealsView {
    let mut filter = Filter::default();
    let mut layout = Layout::Table;
    let mut sort = None;
    let mut columns = None;
    for (key, value) in said(query) {
        if take(&mut filter, &key, &value) {
            continue;
        }
        match key.as_ref() {
            "layout" if value == BOARD && tab == Tab::Open => layout = Layout::Board,
            "sort" => sort = sorted_by(&value).or(sort),
            "columns" => columns = Some(Columns::parse(tab, &value)),
            _ => {}
        }
    }
    DealsView {
        tab,
        layout,
        filter,
        sort: sort.unwrap_or(layout.usual_sort()),
        columns,
    }
}

/// What stands before an order, or for it, in which one's own deals come first.
const MINE: &str = "mine";

fn sort_text(sort: Sort) -> String {
    let sign = if sort.descending { "-" } else { "" };
    let slug = sort.column.about().slug;
    match sort {
        Sort::MINE => MINE.to_owned(),
        Sort {
            mine_first: true, ..
        } => format!("{MINE}{}{sign}{slug}", terms::AND),
        _ => format!("{sign}{slug}"),
    }
}

fn sorted_by(text: &str) -> Option<Sort> {
    if text == MINE {
        return Some(Sort::MINE);
    }
    let mine = text.strip_prefix(MINE);
    let mine = mine.and_then(|rest| rest.strip_prefix(terms::AND));
    let text = mine.unwrap_or(text);
    let (descending, slug) = text
        .strip_prefix('-')
        .map_or((false, text), |slug| (true, slug));
    let column = Column::of_slug(slug)?;
    Some(Sort {
        mine_first: mine.is_some(),
        ..Sort::by(column, descending)
    })
}

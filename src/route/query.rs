//! The filters of deals as an address writes them, for every page that has them.

use std::borrow::Cow;

use form_urlencoded::{Serializer, parse};

use crate::domain::read::filter::{ByRule, DateField, Filter, Kind, Way, Written};
use crate::domain::record::terms;
use crate::domain::value::money::Money;
use crate::domain::value::text::MAX_TITLE;

/// What stands after the `?`, as it is written.
pub struct Query(Serializer<'static, String>);

impl Query {
    /// Nothing yet.
    pub fn new() -> Self {
        Self(Serializer::new(String::new()))
    }

    /// Says something, if there is anything to say.
    pub fn put(&mut self, key: &str, value: Option<String>) {
        if let Some(value) = value {
            self.0.append_pair(key, &value);
        }
    }

    /// Says what is filtered.
    pub fn put_filter(&mut self, filter: &Filter) {
        for kind in Kind::ALL {
            let values = filter.values(kind).texts();
            let values = (!values.is_empty()).then(|| values.join(terms::AND));
            self.put(kind.term(), values);
        }
        self.put_way(filter.way);
        self.put(terms::CUSTOMER, filter.customer.map(|id| id.to_string()));
        self.put(terms::RULE, filter.rule.map(rule_text));
        let money = |amount: Option<Money>| amount.map(|amount| amount.minor().to_string());
        self.put("value_min", money(filter.value_min));
        self.put("value_max", money(filter.value_max));
        self.put("from", filter.from.map(|date| date.to_string()));
        self.put("to", filter.to.map(|date| date.to_string()));
        let is_created = filter.date_field == DateField::Created;
        self.put("date", is_created.then(|| CREATED.to_owned()));
        self.put("close", filter.undated.then(|| terms::BLANK.to_owned()));
        self.put("open_on", filter.open_on.map(|date| date.to_string()));
        self.put("stale", filter.stale.then(|| YES.to_owned()));
        let search = (!filter.search.is_empty()).then(|| filter.search.clone());
        self.put("q", search);
    }

    fn put_way(&mut self, way: Way) {
        self.put(terms::REACHED, way.reached.map(Written::text));
        self.put(terms::FURTHEST, way.furthest.map(Written::text));
        self.put(terms::LEFT, way.left.map(Written::text));
        self.put(terms::PARKED, way.parked.map(Written::text));
        self.put(terms::TICKED, way.ticked.map(Written::text));
        self.put(terms::LACKS, way.lacks.map(Written::text));
    }

    /// The whole address of what is shown at that path.
    pub fn at(mut self, path: &str) -> String {
        let query = self.0.finish();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{path}{mark}{}", terms::legible(&query))
    }
}

/// What a query says, in order.
pub fn said(query: &str) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    parse(query.as_bytes())
}

/// Takes what a query says into a filter, if it is about that; whether it is.
pub fn take(filter: &mut Filter, key: &str, value: &str) -> bool {
    if let Some(kind) = Kind::of_term(key) {
        let values = filter.values_mut(kind);
        values.clear();
        let all = value.split(terms::AND);
        all.for_each(|value| values.put(value, true));
        return true;
    }
    let money = || value.parse().ok().and_then(Money::from_minor);
    match key {
        terms::REACHED => filter.way.reached = Written::of_text(value),
        terms::FURTHEST => filter.way.furthest = Written::of_text(value),
        terms::LEFT => filter.way.left = Written::of_text(value),
        terms::PARKED => filter.way.parked = Written::of_text(value),
        terms::TICKED => filter.way.ticked = Written::of_text(value),
        terms::LACKS => filter.way.lacks = Written::of_text(value),
        terms::CUSTOMER => filter.customer = value.parse().ok(),
        terms::RULE => filter.rule = by_rule(value),
        "value_min" => filter.value_min = money(),
        "value_max" => filter.value_max = money(),
        "from" => filter.from = value.parse().ok(),
        "to" => filter.to = value.parse().ok(),
        "date" if value == CREATED => filter.date_field = DateField::Created,
        "close" => filter.undated = value == terms::BLANK,
        "open_on" => filter.open_on = value.parse().ok(),
        "stale" => filter.stale = value == YES,
        "q" => filter.search = value.chars().take(MAX_TITLE).collect(),
        _ => return false,
    }
    true
}

const CREATED: &str = "created";
const YES: &str = "yes";

fn rule_text(by: ByRule) -> String {
    let elsewhere = if by.elsewhere { terms::ELSEWHERE } else { "" };
    format!("{}{elsewhere}", by.rule)
}

fn by_rule(text: &str) -> Option<ByRule> {
    let (id, elsewhere) = text
        .strip_suffix(terms::ELSEWHERE)
        .map_or((text, false), |id| (id, true));
    let rule = id.parse().ok()?;
    Some(ByRule { rule, elsewhere })
}

//! A filter in words: what chips, paper and the summary say of it, and the
//! values that can be chosen.

use super::{ByRule, DateField, Filter, Kind, Pick, Tab, Way};
use crate::domain::record::deal::Outcome;
use crate::domain::record::next_step::WhenDue;
use crate::domain::record::process::Process;
use crate::domain::record::workspace::Setup;
use crate::domain::value::bidi::isolated;
use crate::domain::value::id::{EntryId, ProcessId, StageId};
use crate::domain::value::money::Money;
use crate::domain::value::time::Date;

/// How amounts and dates are said in the account's region.
pub trait Wording {
    /// An amount of the account's currency.
    fn amount(&self, amount: Money) -> String;
    /// A date.
    fn date(&self, date: Date) -> String;
}

/// One thing that a filter asks for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Condition {
    /// What it is about, such as `Owner`.
    pub name: &'static str,
    /// What is asked, such as `Ana`.
    pub value: String,
    /// The filter without it.
    pub without: Filter,
}

/// All that is asked for, but for the text that is searched for.
pub fn conditions(
    workspace: &Setup,
    filter: &Filter,
    tab: Tab,
    wording: &dyn Wording,
) -> Vec<Condition> {
    let mut all = Vec::new();
    let mut say = |name: &'static str, value: String, off: &dyn Fn(&mut Filter)| {
        let mut without = filter.clone();
        off(&mut without);
        all.push(Condition {
            name,
            value,
            without,
        });
    };
    for kind in Kind::ALL {
        for text in filter.values(kind).texts() {
            let name = name_of(workspace, kind, &text);
            say(kind.title(), name, &|filter| {
                filter.values_mut(kind).put(&text, false);
            });
        }
    }
    if let Some(id) = filter.customer {
        let customer = workspace.customers.get(&id);
        let name = customer.map_or_else(gone, |customer| customer.name.to_string());
        say("Customer", name, &|filter| filter.customer = None);
    }
    if let Some(by) = filter.rule {
        let name = rule_name(workspace, by);
        say("Rule", name, &|filter| filter.rule = None);
    }
    let amount = |amount: Money| wording.amount(amount);
    let range = (filter.value_min.map(amount), filter.value_max.map(amount));
    if let Some(range) = range_in_words(range, "at least", "at most") {
        say("Value", range, &|filter| {
            filter.value_min = None;
            filter.value_max = None;
        });
    }
    let date = |date: Date| wording.date(date);
    let range = (filter.from.map(date), filter.to.map(date));
    if let Some(range) = range_in_words(range, "from", "until") {
        say(filter.date_field.title(tab), range, &|filter| {
            filter.from = None;
            filter.to = None;
        });
    }
    if filter.undated {
        say("Expected close", "none".to_owned(), &|filter| {
            filter.undated = false;
        });
    }
    if let Some(day) = filter.open_on {
        say("Open on", date(day), &|filter| filter.open_on = None);
    }
    for (name, value, off) in way_in_words(workspace, filter.way) {
        say(name, value, &|filter| off(&mut filter.way));
    }
    if filter.stale {
        say("Stale", "yes".to_owned(), &|filter| filter.stale = false);
    }
    all
}

/// Takes one thing off that is asked of the way.
type TakeOff = fn(&mut Way);

/// What is asked of the way that deals have gone, and how each is taken off.
fn way_in_words(workspace: &Setup, way: Way) -> Vec<(&'static str, String, TakeOff)> {
    let stage = |id| stage_name(workspace, id).unwrap_or_else(gone);
    let furthest = |pick| match pick {
        Pick::Is(id) => stage(id),
        Pick::Blank => "unknown".to_owned(),
    };
    let process = |id| {
        let process = workspace.processes.get(&id);
        process.map_or_else(gone, |process| process.name.to_string())
    };
    let sub_stage = |id| {
        let mut processes = workspace.processes.values();
        let found = processes.find_map(|process| process.sub_stage(id));
        found.map_or_else(gone, |(_, sub)| sub.name.to_string())
    };
    let all: [(&'static str, Option<String>, TakeOff); 6] = [
        ("Reached", way.reached.map(stage), |way| way.reached = None),
        ("Got as far as", way.furthest.map(furthest), |way| {
            way.furthest = None;
        }),
        ("Left stage", way.left.map(stage), |way| way.left = None),
        ("Left process", way.parked.map(process), |way| {
            way.parked = None;
        }),
        ("Done", way.ticked.map(sub_stage), |way| way.ticked = None),
        ("Not done", way.lacks.map(sub_stage), |way| way.lacks = None),
    ];
    let said = all.into_iter();
    said.filter_map(|(name, value, off)| Some((name, value?, off)))
        .collect()
}

/// The filter in one line, such as `Owner: Ana, Ben · Value: at least 500`;
/// empty where nothing is filtered.
pub fn in_words(workspace: &Setup, filter: &Filter, tab: Tab, wording: &dyn Wording) -> String {
    let mut line = String::new();
    let mut last = "";
    let search = filter.search.trim();
    let search = (!search.is_empty()).then(|| ("Search", search.to_owned()));
    let all = conditions(workspace, filter, tab, wording);
    let all = all.into_iter().map(|said| (said.name, said.value));
    for (name, value) in all.chain(search) {
        if name == last {
            line.push_str(", ");
        } else {
            if !line.is_empty() {
                line.push_str(" · ");
            }
            line.push_str(name);
            line.push_str(": ");
            last = name;
        }
        line.push_str(&isolated(value));
    }
    line
}

/// A value that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its text in addresses.
    pub value: String,
    /// Its name.
    pub name: String,
    /// What it belongs to, where that has to be said.
    pub group: Option<String>,
}

/// The values of a kind that can be chosen, with those that are chosen and
/// not to be had any more. An archived process is there while `is_used`.
pub fn choices(
    workspace: &Setup,
    filter: &Filter,
    kind: Kind,
    is_used: &dyn Fn(ProcessId) -> bool,
) -> Vec<Choice> {
    let mut all: Vec<Choice> = Vec::new();
    let mut offer = |value: String, name: String, group: Option<&Process>| {
        all.push(Choice {
            value,
            name,
            group: group.map(|process| process.name.to_string()),
        });
    };
    let shown = |process: &&Process| {
        filter.process.has(&process.id) || !process.archived || is_used(process.id)
    };
    let processes = workspace.processes_in_order().map(AsRef::as_ref);
    let processes = processes.filter(shown);
    match kind {
        Kind::Process => {
            processes.for_each(|process| {
                offer(process.id.to_string(), process.name.to_string(), None);
            });
        }
        Kind::Stage => {
            let of_chosen = processes.filter(|process| filter.process.fits(Some(process.id)));
            let of_chosen: Vec<&Process> = of_chosen.collect();
            let several = of_chosen.len() > 1;
            for process in of_chosen {
                for stage in &process.stages {
                    let group = several.then_some(process);
                    offer(stage.id.to_string(), stage.name.to_string(), group);
                }
            }
        }
        Kind::Status => {
            for outcome in Outcome::ALL {
                offer(outcome.slug().to_owned(), outcome.title().to_owned(), None);
            }
        }
        Kind::NextStep => {
            for when in WhenDue::ALL {
                offer(when.slug().to_owned(), when.title().to_owned(), None);
            }
        }
        Kind::Owner | Kind::Segment | Kind::Category | Kind::Source | Kind::Reason => {
            let lists = kind.lists().iter();
            for entry in lists.flat_map(|list| &workspace.list(*list).entries) {
                offer(entry.id.to_string(), entry.name.to_string(), None);
            }
        }
    }
    if let Some(blank) = kind.blank() {
        let value = crate::domain::record::terms::BLANK.to_owned();
        offer(value, blank.to_owned(), None);
    }
    for value in filter.values(kind).texts() {
        if !all.iter().any(|choice| choice.value == value) {
            let name = name_of(workspace, kind, &value);
            all.push(Choice {
                value,
                name,
                group: None,
            });
        }
    }
    all
}

/// The name of a value, by the text that addresses have for it.
pub fn name_of(workspace: &Setup, kind: Kind, value: &str) -> String {
    use super::values::Written;
    let name = match kind {
        Kind::Process => {
            let process = ProcessId::of_text(value).and_then(|id| workspace.processes.get(&id));
            process.map(|process| process.name.to_string())
        }
        Kind::Status => Outcome::of_text(value).map(|outcome| outcome.title().to_owned()),
        Kind::NextStep => WhenDue::of_text(value).map(|when| when.title().to_owned()),
        Kind::Stage => match Pick::<StageId>::of_text(value) {
            Some(Pick::Is(id)) => stage_name(workspace, id),
            _ => kind.blank().map(str::to_owned),
        },
        _ => match Pick::<EntryId>::of_text(value) {
            Some(Pick::Is(id)) => {
                let mut lists = kind.lists().iter();
                lists
                    .find_map(|list| workspace.list(*list).get(id))
                    .map(|entry| entry.name.to_string())
            }
            _ => kind.blank().map(str::to_owned),
        },
    };
    name.unwrap_or_else(gone)
}

impl DateField {
    /// What the date is called in a tab.
    pub fn title(self, tab: Tab) -> &'static str {
        match (self, tab) {
            (Self::Close, Tab::Open) => "Expected close",
            (Self::Close, Tab::Closed) => "Closing date",
            (Self::Close, Tab::All) => "Close",
            (Self::Created, _) => "Created",
        }
    }
}

/// The name of a stage, with its process where another has one of that name.
fn stage_name(workspace: &Setup, id: StageId) -> Option<String> {
    let processes = || workspace.processes.values();
    let (process, stage) = processes().find_map(|process| Some((process, process.stage(id)?)))?;
    let key = stage.name.key();
    let mut all = processes().flat_map(|process| &process.stages);
    let is_alone = !all.any(|other| other.id != id && other.name.has_key(&key));
    Some(if is_alone {
        stage.name.to_string()
    } else {
        format!("{} ({})", stage.name, isolated(process.name.to_string()))
    })
}

fn gone() -> String {
    "no longer there".to_owned()
}

fn rule_name(workspace: &Setup, by: ByRule) -> String {
    let at = workspace.rules.iter().position(|rule| rule.id == by.rule);
    match at {
        Some(at) if by.elsewhere => format!("{}, in another process", at + 1),
        Some(at) => (at + 1).to_string(),
        None => gone(),
    }
}

fn range_in_words(
    range: (Option<String>, Option<String>),
    least: &str,
    most: &str,
) -> Option<String> {
    match range {
        (Some(from), Some(to)) if from == to => Some(from),
        (Some(from), Some(to)) => Some(format!("{from} to {to}")),
        (Some(from), None) => Some(format!("{least} {from}")),
        (None, Some(to)) => Some(format!("{most} {to}")),
        (None, None) => None,
    }
}

//! Finding things by role and accessible name.

use std::fmt;

use serde_json::{Value, json};

use crate::page::Page;
use crate::roles::{is_role, selector};
use crate::wait::NotYet;
use crate::webdriver::{Element, Fault};

const FIND: &str = include_str!("find.js");

/// The elements that have a label of their own.
const FIELDS: &str = "input,select,textarea,[contenteditable],[role=textbox],[role=combobox],[role=listbox],\
    [role=spinbutton],[role=searchbox],[role=slider],[role=checkbox],[role=switch],[role=radio]";

/// An accessible name to look for; a string means exactly that name.
#[derive(Clone, Debug)]
pub enum Name {
    /// Whatever the name, or none.
    Any,
    /// This name, but for white space.
    Exactly(String),
    /// A name that contains this.
    Containing(String),
}

/// Whatever the name, or none.
#[must_use]
pub fn any() -> Name {
    Name::Any
}

/// A name that contains this.
pub fn containing(part: impl Into<String>) -> Name {
    Name::Containing(part.into())
}

impl<T: AsRef<str>> From<T> for Name {
    fn from(name: T) -> Self {
        Self::Exactly(name.as_ref().into())
    }
}

impl Name {
    pub(crate) fn matches(&self, name: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Exactly(wanted) => squashed(wanted) == squashed(name),
            Self::Containing(part) => squashed(name).contains(&squashed(part)),
        }
    }

    pub(crate) fn words(&self) -> Vec<String> {
        match self {
            Self::Any => Vec::new(),
            Self::Exactly(text) | Self::Containing(text) => text
                .to_lowercase()
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => Ok(()),
            Self::Exactly(name) => write!(formatter, " {name:?}"),
            Self::Containing(part) => write!(formatter, " containing {part:?}"),
        }
    }
}

pub(crate) fn squashed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// None stands for any field.
    pub(crate) role: Option<String>,
    pub(crate) name: Name,
    /// Which one, if there may be several.
    pub(crate) index: Option<usize>,
}

impl fmt::Display for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}{}",
            self.role.as_deref().unwrap_or("field"),
            self.name
        )?;
        self.index
            .map_or(Ok(()), |index| write!(formatter, " (number {index})"))
    }
}

/// A way to find an element, taken anew for every action, so that it stays
/// good when the app renders again. There must be exactly one match unless
/// [`Locator::first`] or [`Locator::nth`] allows more.
#[derive(Clone)]
pub struct Locator {
    pub(crate) page: Page,
    steps: Vec<Step>,
}

impl fmt::Display for Locator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.steps.is_empty() {
            return formatter.write_str("the page");
        }
        let steps: Vec<String> = self.steps.iter().rev().map(Step::to_string).collect();
        formatter.write_str(&steps.join(" in "))
    }
}

/// Ways to find.
impl Locator {
    pub(crate) fn whole(page: Page) -> Self {
        Self {
            page,
            steps: Vec::new(),
        }
    }

    /// The element of this role and accessible name inside of this one.
    #[must_use]
    pub fn by_role(&self, role: &str, name: impl Into<Name>) -> Self {
        self.with(Step {
            role: Some(role.into()),
            name: name.into(),
            index: None,
        })
    }

    /// The field with this label inside of this one, whatever its role.
    #[must_use]
    pub fn field(&self, label: impl Into<Name>) -> Self {
        self.with(Step {
            role: None,
            name: label.into(),
            index: None,
        })
    }

    /// The first of several matches.
    #[must_use]
    pub fn first(&self) -> Self {
        self.nth(0)
    }

    /// One of several matches, counted from 0.
    #[must_use]
    pub fn nth(&self, index: usize) -> Self {
        let mut chosen = self.clone();
        if let Some(step) = chosen.steps.last_mut() {
            step.index = Some(index);
        }
        chosen
    }

    fn with(&self, step: Step) -> Self {
        let mut steps = self.steps.clone();
        steps.push(step);
        Self {
            page: self.page.clone(),
            steps,
        }
    }

    /// All that match now.
    pub(crate) fn all_now(&self) -> Result<Vec<Element>, NotYet> {
        self.page.activate()?;
        let Some((last, outer)) = self.steps.split_last() else {
            return Ok(vec![self.page.body()?]);
        };
        let mut scope = None;
        for step in outer {
            scope = Some(self.only(step, self.matches(scope.as_ref(), step)?)?);
        }
        self.matches(scope.as_ref(), last)
    }

    /// The one that matches now.
    pub(crate) fn one_now(&self) -> Result<Element, NotYet> {
        let all = self.all_now()?;
        match self.steps.last() {
            Some(step) => self.only(step, all),
            None => all
                .into_iter()
                .next()
                .ok_or_else(|| NotYet::new("the page is empty")),
        }
    }

    fn only(&self, step: &Step, mut matches: Vec<Element>) -> Result<Element, NotYet> {
        let index = match step.index {
            Some(index) => index,
            None if matches.len() > 1 => {
                return Err(NotYet::new(format!(
                    "{} match {step}: say which, or look in a smaller part",
                    matches.len()
                )));
            }
            None => 0,
        };
        if index < matches.len() {
            Ok(matches.swap_remove(index))
        } else {
            Err(NotYet::new(format!(
                "there is no {step}{}",
                self.others(step)
            )))
        }
    }

    fn matches(&self, scope: Option<&Element>, step: &Step) -> Result<Vec<Element>, NotYet> {
        let client = &self.page.session().client;
        let mut found = Vec::new();
        for element in self.candidates(scope, step, &step.name.words())? {
            if !matches!(step.name, Name::Any)
                && !step.name.matches(&client.ask(&element, "computedlabel")?)
            {
                continue;
            }
            let has_role = match &step.role {
                Some(role) => is_role(role, &client.ask(&element, "computedrole")?),
                None => true,
            };
            if has_role {
                found.push(element);
            }
        }
        Ok(found)
    }

    pub(crate) fn candidates(
        &self,
        scope: Option<&Element>,
        step: &Step,
        words: &[String],
    ) -> Result<Vec<Element>, Fault> {
        let selector = step
            .role
            .as_deref()
            .map_or_else(|| FIELDS.to_owned(), selector);
        let scope = scope.map_or(Value::Null, Element::to_json);
        let found = self
            .page
            .session()
            .client
            .execute(FIND, &[scope, json!(selector), json!(words)])?;
        Ok(found
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Element::from_json)
            .collect())
    }

    /// For the report of a failure: what of this role the page has instead.
    pub(crate) fn others(&self, step: &Step) -> String {
        let client = &self.page.session().client;
        let names: Vec<String> = self
            .candidates(None, step, &[])
            .unwrap_or_default()
            .iter()
            .take(30)
            .filter_map(|element| client.ask(element, "computedlabel").ok())
            .map(|name| format!("{:?}", squashed(&name)))
            .collect();
        if names.is_empty() {
            String::new()
        } else {
            format!("; the page has {}", names.join(", "))
        }
    }
}

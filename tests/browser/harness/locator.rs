//! Finding things by role and accessible name, and acting on them.

use std::fmt;
use std::path::Path;

use serde_json::{Value, json};

use crate::keys;
use crate::page::Page;
use crate::roles::{is_role, selector};
use crate::wait::{self, NotYet, demand};
use crate::webdriver::{Element, Fault};

const FIND: &str = include_str!("find.js");
const FILL: &str = include_str!("fill.js");

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
    fn matches(&self, name: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Exactly(wanted) => squashed(wanted) == squashed(name),
            Self::Containing(part) => squashed(name).contains(&squashed(part)),
        }
    }

    fn words(&self) -> Vec<String> {
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
struct Step {
    /// None stands for any field.
    role: Option<String>,
    name: Name,
    /// Which one, if there may be several.
    index: Option<usize>,
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

    fn candidates(
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
            .execute(FIND, &[scope, json!(selector), json!(words), json!(false)])?;
        Ok(found
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Element::from_json)
            .collect())
    }

    /// For the report of a failure: what of this role the page has instead.
    fn others(&self, step: &Step) -> String {
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

/// Ways to act. Each waits until there is one match and it can be acted upon.
impl Locator {
    #[track_caller]
    pub(crate) fn act<T>(&self, doing: &str, action: impl Fn(&Element) -> Result<T, NotYet>) -> T {
        let done = wait::until(self.page.patience(), || action(&self.one_now()?));
        demand(done, format_args!("cannot {doing} {self}"))
    }

    /// Clicks it, once it is enabled and not covered.
    #[track_caller]
    pub fn click(&self) {
        self.act("click", |element| {
            let client = &self.page.session().client;
            if client.ask(element, "enabled")? == "false" {
                return Err(NotYet::new("it is disabled"));
            }
            Ok(client.act(element, "click", &json!({}))?)
        });
    }

    /// Replaces the text of a field. Dates are written as 2026-11-23.
    #[track_caller]
    pub fn fill(&self, text: &str) {
        self.act("fill", |element| {
            let client = &self.page.session().client;
            let must_type = client.execute(FILL, &[element.to_json(), json!(text)])?;
            if must_type == json!(true) {
                client.act(element, "value", &json!({ "text": text }))?;
            }
            Ok(())
        });
    }

    /// Chooses an option of a native select.
    #[track_caller]
    pub fn choose(&self, option: &str) {
        self.act("choose in", |element| {
            let step = Step {
                role: Some("option".into()),
                name: option.into(),
                index: None,
            };
            let options = self.candidates(Some(element), &step, &step.name.words())?;
            let client = &self.page.session().client;
            for candidate in options {
                let text = client.ask(&candidate, "property/textContent")?;
                if step.name.matches(&text) {
                    return Ok(client.act(&candidate, "click", &json!({}))?);
                }
            }
            Err(NotYet::new(format!(
                "there is no option {option:?}{}",
                self.others(&step)
            )))
        });
    }

    /// Ticks or unticks a checkbox, unless it is so already.
    #[track_caller]
    pub fn set_checked(&self, checked: bool) {
        let is_checked = self.act("look at", |element| Ok(self.checked_now(element)?));
        if is_checked != checked {
            self.click();
        }
        self.expect_checked(checked);
    }

    pub(crate) fn checked_now(&self, element: &Element) -> Result<bool, Fault> {
        let state = self.page.session().client.execute(
            "const e = arguments[0]; return e.matches('input') ? e.checked : \
             ['aria-checked', 'aria-pressed', 'aria-selected'].some((n) => e.getAttribute(n) === 'true');",
            &[element.to_json()],
        )?;
        Ok(state == json!(true))
    }

    /// Gives a file to a file field, which itself may be hidden behind a button.
    #[track_caller]
    pub fn choose_file(&self, path: &Path) {
        let path = demand(path.canonicalize(), path.display());
        self.act("give a file to", |element| {
            Ok(self
                .page
                .session()
                .client
                .act(element, "value", &json!({ "text": path }))?)
        });
    }

    /// Moves the focus to it and presses a key or combination, such as "Control+ArrowUp".
    #[track_caller]
    pub fn press(&self, combination: &str) {
        self.focus();
        self.page.press(combination);
    }

    /// Moves the focus to it.
    #[track_caller]
    pub fn focus(&self) {
        self.act("focus", |element| {
            let script = "arguments[0].focus(); return document.activeElement === arguments[0];";
            let has_focus = self
                .page
                .session()
                .client
                .execute(script, &[element.to_json()])?;
            if has_focus == json!(true) {
                Ok(())
            } else {
                Err(NotYet::new("it does not take the focus"))
            }
        });
    }

    /// Moves the mouse over it.
    #[track_caller]
    pub fn hover(&self) {
        self.act("hover over", |element| {
            self.point("mouse", &[move_to(element)])
        });
    }

    /// Drags it with the mouse to the middle of another.
    #[track_caller]
    pub fn drag_to(&self, target: &Self) {
        self.drag("mouse", target);
    }

    /// Drags it with a finger to the middle of another.
    #[track_caller]
    pub fn drag_by_touch_to(&self, target: &Self) {
        self.drag("touch", target);
    }

    #[track_caller]
    fn drag(&self, pointer: &str, target: &Self) {
        self.act("drag", |element| {
            let goal = target.one_now()?;
            self.point(
                pointer,
                &[
                    move_to(element),
                    json!({ "type": "pointerDown", "button": 0 }),
                    // A hand rests before it moves, and some lists ask for that.
                    json!({ "type": "pause", "duration": 300 }),
                    json!({ "type": "pointerMove", "origin": "pointer", "x": 4, "y": 4, "duration": 50 }),
                    move_to(&goal),
                    json!({ "type": "pause", "duration": 100 }),
                    json!({ "type": "pointerUp", "button": 0 }),
                ],
            )
        });
    }

    fn point(&self, pointer: &str, actions: &[Value]) -> Result<(), NotYet> {
        let source = json!({
            "type": "pointer", "id": pointer, "parameters": { "pointerType": pointer }, "actions": actions,
        });
        self.page
            .session()
            .client
            .post("/actions", &json!({ "actions": [source] }))?;
        Ok(())
    }

    /// The text as it is shown, with single spaces.
    #[track_caller]
    #[must_use]
    pub fn text(&self) -> String {
        self.act("read", |element| {
            Ok(squashed(&self.page.session().client.ask(element, "text")?))
        })
    }

    /// The value of a field.
    #[track_caller]
    #[must_use]
    pub fn value(&self) -> String {
        self.act("read", |element| {
            Ok(self.page.session().client.ask(element, "property/value")?)
        })
    }

    /// An attribute, empty when it is not there.
    #[track_caller]
    #[must_use]
    pub fn attribute(&self, name: &str) -> String {
        self.act("read", |element| {
            Ok(self
                .page
                .session()
                .client
                .ask(element, &format!("attribute/{name}"))?)
        })
    }

    /// The texts of all matches, as they are now.
    #[track_caller]
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        let client = &self.page.session().client;
        let texts = self.all_now().and_then(|all| {
            all.iter()
                .map(|element| Ok(squashed(&client.ask(element, "text")?)))
                .collect::<Result<Vec<_>, NotYet>>()
        });
        demand(texts, format_args!("cannot read {self}"))
    }
}

fn move_to(element: &Element) -> Value {
    json!({ "type": "pointerMove", "origin": element.to_json(), "x": 0, "y": 0, "duration": 100 })
}

impl Page {
    /// Presses a key or combination, such as "Control+z", wherever the focus is.
    #[track_caller]
    pub fn press(&self, combination: &str) {
        let actions = demand(keys::actions(combination), "cannot press a key");
        let source = json!({ "type": "key", "id": "keyboard", "actions": actions });
        self.ask_driver("press a key", |client| {
            client
                .post("/actions", &json!({ "actions": [source] }))
                .map(drop)
        });
    }
}

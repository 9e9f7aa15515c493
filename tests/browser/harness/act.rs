//! Acting on what is found.

use serde_json::{Value, json};
use xtask::browsers::Browser;

use crate::keys;
use crate::locator::{Locator, Step, squashed};
use crate::page::Page;
use crate::wait::{self, NotYet, demand};
use crate::webdriver::{Element, Fault};

const FILL: &str = include_str!("fill.js");
/// A page in the background has no frames; in a busy one they are late, and what
/// is placed by one is still where it was.
const RESTS: &str = "
    const [element, done] = arguments;
    const place = () => JSON.stringify(element.getBoundingClientRect());
    const before = place();
    const look = () => done(place() === before);
    requestAnimationFrame(() => requestAnimationFrame(look));
    setTimeout(look, document.hidden ? 500 : 10000);
";
const FINGER: &str = include_str!("finger.js");
const MIDDLE: &str = "
    const { left, top, width, height } = arguments[0].getBoundingClientRect();
    return [left + width / 2, top + height / 2];
";
/// The second click of two, on whatever is there by then.
const CLICK_AGAIN: &str = "
    const [clientX, clientY] = arguments[0];
    const how = { bubbles: true, cancelable: true, composed: true, clientX, clientY, detail: 2 };
    const target = document.elementFromPoint(clientX, clientY);
    for (const kind of ['pointerdown', 'pointerup']) {
        target?.dispatchEvent(new PointerEvent(kind, { ...how, isPrimary: true, pointerType: 'mouse' }));
    }
    target?.dispatchEvent(new MouseEvent('click', how));
";

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
            self.bring_into_view(element)?;
            match client.act(element, "click", &json!({})) {
                Err(fault) if self.is_in_reach(element, &fault)? => {
                    self.point("mouse", &clicking(move_to(element)))
                }
                clicked => Ok(clicked?),
            }
        });
    }

    /// Scrolls to it: the driver would, too, but lets bars that stay in view
    /// cover it.
    fn bring_into_view(&self, element: &Element) -> Result<(), NotYet> {
        let client = &self.page.session().client;
        let script = "arguments[0].scrollIntoView({ block: 'center', inline: 'nearest' });";
        client.execute(script, &[element.to_json()])?;
        self.rests(element)
    }

    /// It is where it was a frame ago: WebKit's driver clicks where a thing has
    /// been, not where it is by then.
    fn rests(&self, element: &Element) -> Result<(), NotYet> {
        if self.page.session().browser != Browser::WebKit {
            return Ok(());
        }
        let client = &self.page.session().client;
        let rests = client.execute_async(RESTS, &[element.to_json()])?;
        if rests == json!(true) {
            Ok(())
        } else {
            Err(NotYet::new("it moves"))
        }
    }

    /// Whether WebKit's driver only takes it for out of reach: it does so with
    /// what lies in a part that scrolls sideways.
    fn is_in_reach(&self, element: &Element, fault: &Fault) -> Result<bool, Fault> {
        let session = self.page.session();
        if session.browser != Browser::WebKit || fault.error != "element not interactable" {
            return Ok(false);
        }
        let script = "const { left, top, width, height } = arguments[0].getBoundingClientRect();
             return arguments[0].contains(document.elementFromPoint(left + width / 2, top + height / 2));";
        let is_there = session.client.execute(script, &[element.to_json()])?;
        Ok(is_there == json!(true))
    }

    /// Replaces the text of a field. Dates are written as 2026-11-23.
    #[track_caller]
    pub fn fill(&self, text: &str) {
        self.act("fill", |element| {
            let client = &self.page.session().client;
            let must_type = client.execute(FILL, &[element.to_json(), json!(text)])?;
            if must_type == json!(true) {
                let text = match self.page.session().browser {
                    // The end of a line is a key to its driver.
                    Browser::WebKit => text.replace('\n', "\u{E007}"),
                    Browser::Chromium | Browser::Firefox => text.to_owned(),
                };
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

    /// Clicks it as slowly as a hand does, which leaves the page the time to
    /// move what is pressed.
    #[track_caller]
    pub fn click_slowly(&self) {
        let [down, up] = press_and_release();
        self.act("click slowly", |element| {
            self.bring_into_view(element)?;
            let pause = json!({ "type": "pause", "duration": 150 });
            self.point(
                "mouse",
                &[move_to(element), down.clone(), pause, up.clone()],
            )
        });
    }

    /// Clicks it twice, as quickly as people do who think that they must.
    #[track_caller]
    pub fn double_click(&self) {
        let [down, up] = press_and_release();
        self.act("click twice", |element| {
            self.bring_into_view(element)?;
            let once = [move_to(element), down.clone(), up.clone()];
            if self.page.session().browser == Browser::WebKit {
                // Its driver waits for all that the first click does, and the
                // second may be too late to be of the same.
                let client = &self.page.session().client;
                let at = client.execute(MIDDLE, &[element.to_json()])?;
                self.point("mouse", &once)?;
                client.execute(CLICK_AGAIN, &[at])?;
                return Ok(());
            }
            // Time for the page to do what the first click asks for.
            let pause = json!({ "type": "pause", "duration": 80 });
            self.point(
                "mouse",
                &[&once[..], &[pause, down.clone(), up.clone()]].concat(),
            )
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

    /// Takes it with a pointer, "mouse" or "touch", and carries it over the
    /// middle of another, where it is held until [`Page::let_go`].
    #[track_caller]
    pub fn carry_over(&self, pointer: &str, target: &Self) {
        self.act("carry", |element| {
            let goal = target.one_now()?;
            self.point(pointer, &carrying(pointer, element, move_to(&goal)))
        });
    }

    /// Drags it with the mouse to a point of the window, where what to drop it
    /// on may not be before it is dragged.
    #[track_caller]
    pub fn drag_to_point(&self, (x, y): (u32, u32)) {
        self.act("drag", |element| {
            let to = json!({ "type": "pointerMove", "origin": "viewport", "x": x, "y": y, "duration": 100 });
            self.point("mouse", &dragging("mouse", element, to))
        });
    }

    #[track_caller]
    fn drag(&self, pointer: &str, target: &Self) {
        self.act("drag", |element| {
            let goal = target.one_now()?;
            self.point(pointer, &dragging(pointer, element, move_to(&goal)))
        });
    }

    fn point(&self, pointer: &str, actions: &[Value]) -> Result<(), NotYet> {
        Ok(self.page.point_now(pointer, actions)?)
    }

    /// The text as it is shown, with single spaces.
    #[track_caller]
    #[must_use]
    pub fn text(&self) -> String {
        self.act("read", |element| self.text_of(element))
    }

    fn text_of(&self, element: &Element) -> Result<String, NotYet> {
        let session = self.page.session();
        if session.browser == Browser::WebKit {
            // Its driver finds no text in what scrolls sideways.
            return self.text_now(element);
        }
        Ok(squashed(&session.client.ask(element, "text")?))
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
        // One of them may be drawn anew while they are read.
        let texts = wait::until(self.page.patience(), || {
            let all = self.all_now()?;
            let texts = all.iter().map(|element| self.text_of(element));
            texts.collect::<Result<Vec<_>, NotYet>>()
        });
        demand(texts, format_args!("cannot read {self}"))
    }
}

fn press_and_release() -> [Value; 2] {
    ["pointerDown", "pointerUp"].map(|kind| json!({ "type": kind, "button": 0 }))
}

/// A click at the end of a move.
fn clicking(at: Value) -> [Value; 3] {
    let [down, up] = press_and_release();
    [at, down, up]
}

/// A press on an element, and the way on.
fn carrying(pointer: &str, element: &Element, on: Value) -> Vec<Value> {
    // A hand rests before it moves. A finger has to, for as long as a busy page
    // needs to see it.
    let rest_ms = if pointer == "touch" { 1_000 } else { 450 };
    vec![
        move_to(element),
        json!({ "type": "pointerDown", "button": 0 }),
        json!({ "type": "pause", "duration": rest_ms }),
        json!({ "type": "pointerMove", "origin": "pointer", "x": 8, "y": 8, "duration": 50 }),
        on,
    ]
}

/// The same, and letting go there.
fn dragging(pointer: &str, element: &Element, on: Value) -> Vec<Value> {
    let mut actions = carrying(pointer, element, on);
    let rest = json!({ "type": "pause", "duration": 100 });
    actions.extend([rest, json!({ "type": "pointerUp", "button": 0 })]);
    actions
}

/// Actions, and after them the elements that they name, by their places: those
/// within other arguments WebKit's driver leaves as they are.
fn elements_apart(actions: &[Value]) -> Vec<Value> {
    let mut actions = actions.to_vec();
    let mut elements = Vec::new();
    for origin in actions.iter_mut().filter_map(|it| it.get_mut("origin")) {
        if origin.is_object() {
            let place = json!(elements.len());
            elements.push(std::mem::replace(origin, place));
        }
    }
    [vec![json!(actions)], elements].concat()
}

fn move_to(element: &Element) -> Value {
    json!({ "type": "pointerMove", "origin": element.to_json(), "x": 0, "y": 0, "duration": 100 })
}

impl Page {
    /// Clicks at a point of the window, in CSS pixels, whatever is there.
    #[track_caller]
    pub fn click_at(&self, x: u32, y: u32) {
        let at =
            json!({ "type": "pointerMove", "origin": "viewport", "x": x, "y": y, "duration": 50 });
        self.point("mouse", &clicking(at));
    }

    /// Lets go of what a pointer carries.
    #[track_caller]
    pub fn let_go(&self, pointer: &str) {
        self.point(pointer, &[json!({ "type": "pointerUp", "button": 0 })]);
    }

    /// Moves a finger that does not rest from one point of the window to another.
    #[track_caller]
    pub fn swipe(&self, from: (u32, u32), to: (u32, u32)) {
        let at = |(x, y): (u32, u32), duration: u32| json!({ "type": "pointerMove", "origin": "viewport", "x": x, "y": y, "duration": duration });
        let [down, up] = press_and_release();
        self.point("touch", &[at(from, 0), down, at(to, 150), up]);
    }

    #[track_caller]
    fn point(&self, pointer: &str, actions: &[Value]) {
        self.ask_driver("move a pointer", |_| self.point_now(pointer, actions));
    }

    fn point_now(&self, pointer: &str, actions: &[Value]) -> Result<(), Fault> {
        let client = &self.session().client;
        if pointer == "touch" && self.session().browser == Browser::WebKit {
            // Its driver has no fingers.
            let failure = client.execute_async(FINGER, &elements_apart(actions))?;
            return match failure.as_str() {
                Some(failure) => Err(Fault::new("finger", failure)),
                None => Ok(()),
            };
        }
        let source = json!({
            "type": "pointer", "id": pointer, "parameters": { "pointerType": pointer }, "actions": actions,
        });
        client
            .post("/actions", &json!({ "actions": [source] }))
            .map(drop)
    }

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

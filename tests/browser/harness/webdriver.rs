//! The WebDriver protocol: one session with a browser.
//!
//! A client of our own, because the protocol is a dozen requests of JSON to a
//! program on this machine, because a blocking one lets the tests read as plain
//! sentences, and because Get Computed Role and Get Computed Label, on which
//! everything here rests, are not in every client.

use std::cell::RefCell;
use std::fmt;
use std::time::Duration;

use serde_json::{Value, json};

/// The key under which the protocol hands out elements.
const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";

/// No single request takes longer, not even the start of a browser on a busy machine.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(120);

/// Why a request failed.
#[derive(Clone, Debug)]
pub struct Fault {
    /// The protocol's name of the error, such as "stale element reference".
    pub error: String,
    /// The driver's explanation.
    pub message: String,
}

impl Fault {
    pub(crate) fn new(error: &str, message: impl fmt::Display) -> Self {
        Self {
            error: error.into(),
            message: message.to_string(),
        }
    }

    /// Whether there is no browser left to ask.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(
            self.error.as_str(),
            "transport" | "invalid session id" | "no such window" | "session not created"
        )
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first_line = self.message.lines().next().unwrap_or_default();
        write!(formatter, "{}: {first_line}", self.error)
    }
}

/// An element of the page, as the driver names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element(pub(crate) String);

impl Element {
    pub(crate) fn to_json(&self) -> Value {
        json!({ ELEMENT_KEY: self.0 })
    }

    pub(crate) fn from_json(value: &Value) -> Option<Self> {
        Some(Self(value.get(ELEMENT_KEY)?.as_str()?.to_owned()))
    }
}

/// A WebDriver session.
pub struct Client {
    agent: ureq::Agent,
    driver_url: String,
    session_url: RefCell<String>,
    browser_version: RefCell<String>,
}

impl Client {
    /// Asks the driver at `driver_url` for a browser.
    ///
    /// # Errors
    /// When the driver can't be reached or the browser can't be started.
    pub fn connect(driver_url: &str, capabilities: &Value) -> Result<Self, Fault> {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(REQUEST_TIMEOUT))
            .build()
            .into();
        let client = Self {
            agent,
            driver_url: driver_url.to_owned(),
            session_url: RefCell::default(),
            browser_version: RefCell::default(),
        };
        client.start_browser(capabilities)?;
        Ok(client)
    }

    /// Asks for another browser, in place of the one so far.
    ///
    /// # Errors
    /// When it can't be started.
    pub fn start_browser(&self, capabilities: &Value) -> Result<(), Fault> {
        let sessions = format!("{}/session", self.driver_url);
        sessions.clone_into(&mut self.session_url.borrow_mut());
        let answer = self.post(
            "",
            &json!({ "capabilities": { "alwaysMatch": capabilities } }),
        )?;
        let id = answer.get("sessionId").and_then(Value::as_str);
        let id = id.ok_or_else(|| Fault::new("transport", "the driver named no session"))?;
        *self.session_url.borrow_mut() = format!("{sessions}/{id}");
        let version = answer.pointer("/capabilities/browserVersion");
        version
            .and_then(Value::as_str)
            .unwrap_or_default()
            .clone_into(&mut self.browser_version.borrow_mut());
        Ok(())
    }

    /// What the browser says of its version.
    #[must_use]
    pub fn browser_version(&self) -> String {
        self.browser_version.borrow().clone()
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.session_url.borrow())
    }

    /// Closes the browser.
    ///
    /// # Errors
    /// When it is gone already.
    pub fn quit(&self) -> Result<(), Fault> {
        self.delete("").map(drop)
    }

    /// A request to close something.
    ///
    /// # Errors
    /// What the driver reports.
    pub fn delete(&self, path: &str) -> Result<Value, Fault> {
        unpack(self.agent.delete(self.url(path)).call())
    }

    /// A request without a body.
    ///
    /// # Errors
    /// What the driver reports.
    pub fn get(&self, path: &str) -> Result<Value, Fault> {
        unpack(self.agent.get(self.url(path)).call())
    }

    /// A request with a body.
    ///
    /// # Errors
    /// What the driver reports.
    pub fn post(&self, path: &str, body: &Value) -> Result<Value, Fault> {
        unpack(self.agent.post(self.url(path)).send_json(body))
    }

    /// A request about an element, without a body, answered by a text.
    ///
    /// # Errors
    /// What the driver reports.
    pub fn ask(&self, element: &Element, what: &str) -> Result<String, Fault> {
        let answer = self.get(&format!("/element/{}/{what}", element.0))?;
        Ok(match answer {
            Value::String(text) => text,
            Value::Null => String::new(),
            other => other.to_string(),
        })
    }

    /// Does something to an element.
    ///
    /// # Errors
    /// What the driver reports.
    pub fn act(&self, element: &Element, what: &str, body: &Value) -> Result<(), Fault> {
        self.post(&format!("/element/{}/{what}", element.0), body)
            .map(drop)
    }

    /// Runs the body of a function in the page. Elements among the arguments
    /// and the results are in the protocol's form.
    ///
    /// # Errors
    /// What the driver reports, "javascript error" for what the script throws.
    pub fn execute(&self, script: &str, arguments: &[Value]) -> Result<Value, Fault> {
        self.post(
            "/execute/sync",
            &json!({ "script": script, "args": arguments }),
        )
    }

    /// Like `execute`; the script's last argument is the function that takes the result.
    ///
    /// # Errors
    /// What the driver reports.
    pub fn execute_async(&self, script: &str, arguments: &[Value]) -> Result<Value, Fault> {
        self.post(
            "/execute/async",
            &json!({ "script": script, "args": arguments }),
        )
    }
}

fn unpack(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Value, Fault> {
    let mut response = answer.map_err(|error| Fault::new("transport", error))?;
    // Pictures and exports are larger than the library's default limit.
    let mut body: Value = response
        .body_mut()
        .with_config()
        .limit(200_000_000)
        .read_json()
        .map_err(|error| Fault::new("transport", error))?;
    let value = body.get_mut("value").map_or(Value::Null, Value::take);
    if response.status().is_success() {
        return Ok(value);
    }
    let text = |key| {
        value
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or("unknown error")
    };
    Err(Fault::new(text("error"), text("message")))
}

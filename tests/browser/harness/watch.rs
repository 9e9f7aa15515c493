//! What no page of ours may do, in whatever test: break the security policy,
//! or ask for anything outside of its folder.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::Value;
use xtask::finish::hash;

use crate::page::Page;
use crate::session::Session;

/// Runs before all other scripts of a page.
const WATCH: &str = include_str!("watch.js");

/// What it has noted in this page, and in all of those before it.
const NOTED: &str = "
    const cookies = document.cookie.split('; ').filter((cookie) => cookie.endsWith('=offence'));
    const kept = cookies.map((cookie) => decodeURIComponent(cookie.slice(0, -'=offence'.length)));
    return [...window.harnessOffences ?? [], ...kept];";

/// A page of the app with the watching script in it, so that it costs no
/// request; the policy is told of it. None where the page has no policy.
pub(crate) fn watched(page: &str) -> Option<String> {
    const SCRIPTS: &str = "script-src 'self'";
    let (before, policy) = page.split_once(SCRIPTS)?;
    let (policy, after) = policy.split_once('>')?;
    let hash = hash(WATCH);
    Some(format!(
        "{before}{SCRIPTS} {hash}{policy}><script>{WATCH}</script>{after}"
    ))
}

/// The same of the app as one file, which is written in UTF-16.
pub(crate) fn watched_file(file: &[u8]) -> Option<Vec<u8>> {
    let units = file.chunks_exact(2);
    let units = units.filter_map(|pair| Some(u16::from_le_bytes(pair.try_into().ok()?)));
    let page: String = char::decode_utf16(units).collect::<Result<_, _>>().ok()?;
    let units = watched(&page)?;
    Some(units.encode_utf16().flat_map(u16::to_le_bytes).collect())
}

/// How what a script has thrown and not caught begins.
const UNCAUGHT: &str = "uncaught: ";

/// What the pages of a visit have done, and what the test has announced of it.
#[derive(Default)]
pub(crate) struct Offences {
    pub(crate) noted: RefCell<BTreeSet<String>>,
    announced: RefCell<Vec<String>>,
}

impl Page {
    /// What the pages of this visit have done so far that no page of ours may
    /// do, but for what was announced. A visit fails at its end if there is any.
    #[must_use]
    pub fn offences(&self) -> Vec<String> {
        let session = self.session();
        // Where this tab is gone, another one tells.
        drop(self.activate());
        session.note_offences();
        let announced = session.offences.announced.borrow();
        let noted = session.offences.noted.borrow();
        let is_announced = |text: &str| announced.iter().any(|part| text.contains(part));
        let is_told = |text: &str| text.starts_with(UNCAUGHT) && session.tells_of(text);
        let offences = noted.iter().filter(|text| !is_announced(text));
        let offences = offences.filter(|text| !is_told(text));
        offences.cloned().collect()
    }

    /// Announces an offence: those that contain this text are meant.
    pub fn allow_offence(&self, part: &str) {
        let mut announced = self.session().offences.announced.borrow_mut();
        announced.push(part.to_owned());
    }
}

impl Session {
    /// Keeps what the pages have done so far. There may be none, or a dialog
    /// may stop it: whoever asks for more will find out.
    pub(crate) fn note_offences(&self) {
        let noted = self.client.execute(NOTED, &[]).unwrap_or_default();
        let noted = noted.as_array().into_iter().flatten();
        let noted = noted.filter_map(Value::as_str).map(str::to_owned);
        self.offences.noted.borrow_mut().extend(noted);
    }
}

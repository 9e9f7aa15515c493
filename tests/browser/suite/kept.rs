//! What the tests of starts without the network share.

use browser_tests::{Page, Visit};
use serde_json::json;

use crate::steps::expect_saved;

/// Where a look at something that takes a while leaves what it has found.
const CACHES: &str = "
    caches.keys().then(async (names) => {
      const found = [];
      for (const name of names) {
        const requests = await (await caches.open(name)).keys();
        found.push([name, requests.map(({ url }) => url)]);
      }
      window.foundCaches = found;
    });
    return window.foundCaches ?? null;";

const WORKER: &str = "
    navigator.serviceWorker.getRegistration().then((found) => {
      window.foundWorker = [found?.active?.state, found?.installing, found?.waiting]
        .map((part) => part?.state ?? part).join();
    });
    return window.foundWorker === 'activated,,';";

/// A visit in which the app is kept for starts without the network.
pub fn kept() -> Visit {
    Visit::default().kept_offline()
}

/// The app has started, and all of it is kept from now on.
#[track_caller]
pub fn expect_kept(page: &Page) {
    page.wait_until("the version is kept", || {
        page.evaluate(WORKER, &[]) == json!(true)
    });
}

/// Loads the page again as a person does. The drivers' own way is another:
/// that of Firefox goes past the worker.
#[track_caller]
pub fn load_again(page: &Page) {
    expect_saved(page);
    page.evaluate("window.isBefore = true; location.reload();", &[]);
    expect_loaded_again(page);
}

/// The page is not the one in which `window.isBefore` was set.
#[track_caller]
pub fn expect_loaded_again(page: &Page) {
    page.wait_until("the page is loaded again", || {
        let state = "return window.isBefore === undefined && document.readyState;";
        page.evaluate(state, &[]) == json!("complete")
    });
}

/// The names of the browser's caches, each with the addresses that are in it.
#[track_caller]
pub fn caches(page: &Page) -> Vec<(String, Vec<String>)> {
    page.evaluate("window.foundCaches = undefined;", &[]);
    page.wait_until("the caches are read", || {
        !page.evaluate(CACHES, &[]).is_null()
    });
    let found = page.evaluate("return window.foundCaches;", &[]);
    serde_json::from_value(found).unwrap()
}

/// Puts a version on the server that calls itself so.
#[track_caller]
pub fn publish(page: &Page, version: &str) {
    let html = page.file("index.html");
    let (_, rest) = html.split_once(" lang=\"en\"").unwrap();
    let html = format!("<!DOCTYPE html>\n<html data-version=\"{version}\" lang=\"en\"{rest}");
    page.put_file("index.html", html);
    page.publish();
}

/// The page is of the version that calls itself so; the release calls itself
/// nothing.
#[track_caller]
pub fn expect_version(page: &Page, version: Option<&str>) {
    page.wait_until(&format!("the page is of version {version:?}"), || {
        let shown = page.evaluate("return document.documentElement.dataset.version;", &[]);
        shown.as_str() == version
    });
}

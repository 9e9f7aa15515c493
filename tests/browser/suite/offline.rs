//! Starts without the network, and whatever may have become of what was kept
//! for them.

use std::time::Duration;

use browser_tests::{Manners, Page, visit};
use serde_json::json;

use crate::kept::{
    caches, expect_kept, expect_loaded_again, expect_version, kept, load_again, publish,
};
use crate::steps::{add_deal, expect_saved};

const NOT_STARTED: &str = "Pipewright did not start. Your saved data is safe.";

/// Does something with the cache of the shown version.
fn with_cache(page: &Page, script: &str) {
    page.evaluate(
        &format!(
            "window.isDone = false;
             caches.keys().then(async (names) => {{
               const cache = await caches.open(names.find((name) => name.startsWith('pipewright')));
               const wasm = (await cache.keys()).filter(({{ url }}) => url.endsWith('.wasm'));
               {script}
               window.isDone = true;
             }});"
        ),
        &[],
    );
    page.wait_until("the cache is changed", || {
        page.evaluate("return window.isDone;", &[]) == json!(true)
    });
}

/// A request within the folder gets an answer, or none.
fn gets(page: &Page, address: &str, how: &str) -> bool {
    page.evaluate(
        &format!(
            "window.got = undefined;
             fetch('{address}', {how}).then(({{ ok }}) => {{ window.got = ok; }},
               () => {{ window.got = false; }});"
        ),
        &[],
    );
    page.wait_until("the request is answered", || {
        !page.evaluate("return window.got;", &[]).is_null()
    });
    page.evaluate("return window.got;", &[]) == json!(true)
}

#[test]
fn after_one_visit_it_starts_without_the_network() {
    kept().under("/some/sub/path/").run(|page| {
        add_deal(page, "Chairs", &[("Value", "1000")]);
        expect_kept(page);
        page.stop_server();
        // It looks for a new version, in vain.
        page.allow_console_error("");
        load_again(page);
        page.expect_heading("Chairs");
        page.goto("?demo");
        page.expect_heading("Deals");
        // Their program is large, and read out of the cache.
        page.set_patience(Duration::from_secs(60));
        page.wait_until("the charts are drawn", || {
            page.evaluate("return !!document.querySelector('canvas');", &[]) == json!(true)
        });
        page.goto("index.html#/deals/open");
        page.expect_present("link", "Chairs");
    });
}

#[test]
fn it_can_be_installed() {
    kept().under("/some/sub/path/").run(|page| {
        page.goto("");
        page.expect_heading("Deals");
        page.evaluate(
            "const link = document.querySelector('link[rel=manifest]');
             fetch(link.href).then((answer) => answer.json()).then(async (manifest) => {
               const at = (address) => new URL(address, link.href).href;
               const icons = [];
               for (const icon of manifest.icons) {
                 const image = new Image();
                 image.src = at(icon.src);
                 await image.decode();
                 icons.push(`${image.naturalWidth}x${image.naturalHeight}` === icon.sizes);
               }
               window.manifest = [at(manifest.start_url), at(manifest.scope), manifest.display,
                 icons.length >= 3 && icons.every(Boolean)];
             });",
            &[],
        );
        let installed = json!([page.base(), page.base(), "standalone", true]);
        page.wait_until("the manifest is read", || {
            page.evaluate("return window.manifest ?? null;", &[]) == installed
        });
        assert!(gets(page, "./apple-touch-icon.png", "{}"));
    });
}

#[test]
fn the_bar_around_it_is_of_the_theme_that_was_chosen() {
    visit(|page| {
        page.goto("");
        page.expect_heading("Deals");
        let expect_bar = |background: &str| {
            page.wait_until("the bar has its colour", || {
                page.evaluate(
                    "return [...document.querySelectorAll('meta[name=theme-color]')]
                       .filter(({ media }) => matchMedia(media).matches)
                       .map(({ content }) => content);",
                    &[],
                ) == json!([background])
            });
        };
        expect_bar("#ffffff");
        page.by_role("switch", "Dark theme").click();
        expect_bar("#171a20");
        page.reload();
        page.expect_heading("Deals");
        expect_bar("#171a20");
        page.by_role("switch", "Dark theme").click();
        expect_bar("#ffffff");
    });
}

#[test]
fn a_cache_with_a_hole_starts_by_the_network_and_is_filled_again() {
    kept().run(|page| {
        add_deal(page, "Chairs", &[]);
        expect_kept(page);
        let all = caches(page);
        with_cache(
            page,
            "for (const file of wasm) { await cache.delete(file); }",
        );
        assert_ne!(caches(page), all);
        load_again(page);
        page.expect_heading("Chairs");
        page.wait_until("the hole is filled", || {
            let addresses = |caches: Vec<(String, Vec<String>)>| {
                let mut all: Vec<String> = caches.into_iter().flat_map(|(_, all)| all).collect();
                all.sort();
                all
            };
            addresses(caches(page)) == addresses(all.clone())
        });
        page.stop_server();
        page.allow_console_error("");
        load_again(page);
        page.expect_heading("Chairs");
    });
}

#[test]
fn a_cache_that_was_thrown_away_is_no_loss() {
    kept().run(|page| {
        add_deal(page, "Chairs", &[]);
        expect_kept(page);
        with_cache(
            page,
            "for (const name of names) { await caches.delete(name); }",
        );
        load_again(page);
        page.expect_heading("Chairs");
    });
}

#[test]
fn a_cache_with_a_hole_does_not_keep_anybody_in_an_old_version() {
    kept().run(|page| {
        page.goto("");
        page.expect_heading("Deals");
        expect_kept(page);
        // The server has another sheet by now, and no longer that of the page.
        let (old, new) = (page.files(".css").remove(0), "other-0123456789abcdef.css");
        page.put_file(new, page.file(&old));
        page.put_file("index.html", page.file("index.html").replace(&old, new));
        page.take_away(&old);
        publish(page, "2");
        with_cache(
            page,
            &format!("await cache.delete(new URL('./{old}', location.href));"),
        );
        load_again(page);
        page.expect_heading("Deals");
        expect_version(page, Some("2"));
    });
}

#[test]
fn a_damaged_cache_is_left_by_a_button() {
    leaves_a_damaged_cache(Manners::GOOD);
}

#[test]
fn a_damaged_cache_is_left_by_a_button_where_pages_may_not_say_where_they_are() {
    leaves_a_damaged_cache(Manners::STRICT);
}

fn leaves_a_damaged_cache(manners: Manners) {
    kept().served_with(manners).run(|page| {
        add_deal(page, "Chairs", &[]);
        expect_kept(page);
        page.evaluate("caches.open('another app');", &[]);
        with_cache(
            page,
            "const rubbish = { headers: { 'Content-Type': 'application/wasm' } };
             for (const file of wasm) { await cache.put(file, new Response('rubbish', rubbish)); }",
        );
        page.allow_console_error("");
        load_again(page);
        let panel = page.by_role("alertdialog", NOT_STARTED);
        panel.by_role("heading", NOT_STARTED).expect_focused();
        page.expect_accessible();
        page.evaluate("window.isBefore = true;", &[]);
        panel.by_role("button", "Reload without the cache").click();
        expect_loaded_again(page);
        page.expect_heading("Chairs");
        page.wait_until("the address is as it was", || {
            !page.url().contains("no-worker")
        });
        page.wait_until("the cache is gone, and no other", || {
            let names: Vec<_> = caches(page).into_iter().map(|(name, _)| name).collect();
            names == ["another app"]
        });
        // The next visit keeps it anew.
        load_again(page);
        page.expect_heading("Chairs");
        expect_kept(page);
        assert_eq!(caches(page).len(), 2);
    });
}

/// A version in which no part comes before it is asked for, kept with a damaged
/// one.
#[track_caller]
fn keep_damaged_part(page: &Page) {
    page.run_before_start("window.requestIdleCallback = () => 0;");
    page.publish();
    add_deal(page, "Chairs", &[]);
    expect_kept(page);
    with_cache(
        page,
        "const rubbish = { headers: { 'Content-Type': 'application/wasm' } };
         for (const file of wasm.filter(({ url }) => url.includes('/work-'))) {
           await cache.put(file, new Response('rubbish', rubbish));
         }",
    );
    page.allow_console_error("");
}

const NOT_LOADED: &str = "A part of Pipewright could not be loaded. Your data is safe.";

#[test]
fn a_damaged_later_part_is_mended_by_another_try() {
    kept().run(|page| {
        keep_damaged_part(page);
        load_again(page);
        page.expect_text(NOT_LOADED);
        page.by_role("button", "Try again").click();
        page.expect_heading("Chairs");
        // And stays so.
        page.stop_server();
        load_again(page);
        page.expect_heading("Chairs");
    });
}

#[test]
fn a_damaged_later_part_is_not_handed_on_to_the_next_version() {
    kept().run(|page| {
        keep_damaged_part(page);
        publish(page, "2");
        load_again(page);
        page.expect_text(NOT_LOADED);
        page.by_role("button", "Load new version").click();
        expect_version(page, Some("2"));
        page.expect_heading("Chairs");
    });
}

/// The browser takes no worker from this server, and the page starts all the
/// same, this time and the next.
fn starts_without_a_worker(page: &Page) {
    page.allow_console_error("");
    page.goto("");
    page.expect_heading("Deals");
    page.evaluate(
        "const refused = () => { window.isRefused = true; };
         navigator.serviceWorker.register('./sw.js').then(({ installing }) => {
           installing.addEventListener('statechange', () => {
             if (installing.state === 'redundant') { refused(); }
           });
         }).catch(refused);",
        &[],
    );
    page.wait_until("the worker is refused", || {
        page.evaluate("return window.isRefused;", &[]) == json!(true)
    });
    load_again(page);
    page.expect_heading("Deals");
    let controller = page.evaluate("return navigator.serviceWorker.controller;", &[]);
    assert_eq!(controller, json!(null));
}

#[test]
fn a_worker_that_can_t_be_read_leaves_the_page_to_the_network() {
    kept().run(|page| {
        page.put_file("sw.js", "this is no script {");
        starts_without_a_worker(page);
    });
}

#[test]
fn a_worker_whose_files_are_not_there_leaves_the_page_to_the_network() {
    kept().run(|page| {
        page.take_away("icon-192.png");
        starts_without_a_worker(page);
    });
}

#[test]
fn nothing_but_its_own_files_is_touched() {
    kept().under("/apps/").run(|page| {
        page.goto("");
        page.expect_heading("Deals");
        expect_kept(page);
        // A new version throws its own old caches away, and no others.
        publish(page, "2");
        page.put_file("other/index.html", "<!DOCTYPE html><h1>Another app</h1>");
        page.put_file("other/data.json", "{}");
        page.put_file("other/sw.js", "// It does nothing.");
        page.evaluate(
            "navigator.serviceWorker.register('./other/sw.js');
             caches.open('pipewright ' + location.origin + '/apps/other/ 0123');",
            &[],
        );
        load_again(page);
        page.by_role("button", "Load new version").click();
        expect_version(page, Some("2"));
        page.expect_heading("Deals");
        load_again(page);
        let of_others = |name: &str| name.contains("/apps/other/ ");
        page.wait_until("the old version is thrown away", || {
            let names: Vec<_> = caches(page).into_iter().map(|(name, _)| name).collect();
            names.len() == 2 && names.iter().filter(|name| of_others(name)).count() == 1
        });
        page.evaluate(
            "navigator.serviceWorker.getRegistrations().then((all) => {
               window.scopes = all.map(({ scope }) => new URL(scope).pathname).sort();
             });",
            &[],
        );
        page.wait_until("the other worker is there", || {
            page.evaluate("return window.scopes ?? null;", &[]) == json!(["/apps/", "/apps/other/"])
        });
        // What it has no answer for goes to the network, and so do parts of files.
        let script = page.files("versions.js").remove(0);
        assert!(gets(page, "./other/data.json", "{}"));
        assert!(gets(page, &format!("./{script}"), "{}"));
        page.stop_server();
        page.allow_console_error("");
        assert!(gets(page, &format!("./{script}"), "{}"));
        assert!(!gets(page, "./other/data.json", "{}"));
        assert!(!gets(
            page,
            &format!("./{script}"),
            "{ headers: { Range: 'bytes=0-3' } }"
        ));
        assert!(!gets(page, &format!("./{script}"), "{ method: 'POST' }"));
    });
}

#[test]
fn without_a_worker_it_is_as_it_always_was() {
    visit(|page| {
        page.run_before_start("delete Navigator.prototype.serviceWorker;");
        page.put_file("versions.js", include_str!("../../../public/versions.js"));
        page.goto("");
        page.expect_heading("Deals");
        expect_saved(page);
        page.wait_until("the script has run", || {
            let entries = "return performance.getEntriesByType('resource')
                .some(({ name }) => name.endsWith('versions.js'));";
            page.evaluate(entries, &[]) == json!(true)
        });
    });
}

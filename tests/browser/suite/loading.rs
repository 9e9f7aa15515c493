//! A start that does not come through says so, whatever the cause.

use std::fs;
use std::time::Duration;

use browser_tests::{Need, Page, Trouble, Visit, any, visit};
use serde_json::json;

use crate::steps::add_deal;

/// A wait is told after six seconds, of which a busy machine makes more.
const LONG: Duration = Duration::from_secs(40);

const NOT_STARTED: &str = "Pipewright did not start. Your saved data is safe.";

/// The page says that it waits, and goes on by itself when the rest arrives.
fn waits_and_goes_on(page: &Page, ending: &str) {
    page.set_patience(LONG);
    page.trouble(ending, Trouble::Stalls);
    page.goto("");
    let status = page.by_role("status", any()).first();
    status.expect_text(
        "Loading takes longer than usual. The connection is slow, or the server does not answer.",
    );
    page.by_role("button", "Reload").expect_present();
    page.end_trouble();
    page.expect_heading("Deals");
    page.expect_no_text("Loading takes longer");
    page.expect_absent("button", "Reload");
}

#[test]
fn a_program_that_stalls_is_told_until_it_arrives() {
    Visit::default()
        .half_loaded()
        .run(|page| waits_and_goes_on(page, ".wasm"));
}

/// The scripts that the page asks for, whichever they are.
fn scripts_of_the_page() -> Vec<String> {
    let html = fs::read_to_string(xtask::dist_dir().join("index.html")).unwrap();
    let linked = html.split("<script ").skip(1);
    let names = linked.filter_map(|tag| tag.split_once("src=\"./")?.1.split('"').next());
    names.map(str::to_owned).collect()
}

#[test]
fn a_script_that_stalls_is_told_until_it_arrives() {
    for script in scripts_of_the_page() {
        Visit::default()
            .needs(Need::ScriptsToCome)
            .half_loaded()
            .run(|page| waits_and_goes_on(page, &script));
    }
}

#[test]
fn a_style_sheet_that_stalls_keeps_nothing_from_being_shown() {
    Visit::default().half_loaded().run(|page| {
        let sheet = page.files(".css").remove(0);
        page.set_patience(LONG);
        page.trouble(&sheet, Trouble::Stalls);
        page.goto("");
        // Some browsers start the program without it, others wait.
        page.wait_until("something is shown", || {
            let text = page.text();
            text.contains("Loading takes longer than usual")
                || text.contains("Your pipeline starts here")
        });
        page.end_trouble();
        page.expect_heading("Deals");
        page.wait_until("all style sheets are there", || {
            page.evaluate(
                "return [...document.querySelectorAll('link[rel=stylesheet]')]
                   .every(({ sheet }) => sheet);",
                &[],
            ) == json!(true)
        });
    });
}

/// A later part of the program, by the beginning of its file's name, which
/// stalls.
fn stall_part(page: &Page, part: &str) {
    page.set_patience(LONG);
    page.trouble(&part_named(page, part), Trouble::Stalls);
}

fn part_named(page: &Page, part: &str) -> String {
    let mut names = page.files(".wasm").into_iter();
    names.find(|name| name.starts_with(part)).unwrap()
}

#[test]
fn a_later_part_that_stalls_is_told_until_it_arrives() {
    for (part, route, heading) in [
        ("work-", "#/customers", "Customers"),
        ("account-", "#/settings/data", "Account settings"),
        ("example-", "?demo#/deals/open", "Deals"),
    ] {
        Visit::default().half_loaded().run(|page| {
            stall_part(page, part);
            page.goto(route);
            let main = page.by_role("main", any());
            main.expect_text("Loading takes longer than usual.");
            page.by_role("button", "Reload").expect_present();
            page.end_trouble();
            page.expect_heading(heading);
            page.expect_no_text("Loading takes longer");
            page.expect_absent("button", "Reload");
        });
    }
}

#[test]
fn a_dialog_that_stalls_is_told_and_opens_when_it_arrives() {
    Visit::default().half_loaded().run(|page| {
        stall_part(page, "work-");
        page.goto("");
        page.expect_heading("Deals");
        page.by_role("button", "Commands").click();
        page.within("Messages")
            .expect_text("Loading takes longer than usual.");
        page.end_trouble();
        page.expect_present("dialog", "Commands");
    });
}

/// Asks for a dialog of which a part has a trouble, which is over then.
#[track_caller]
fn ask_for_commands_in_vain(page: &Page, part: &str, trouble: Trouble) {
    page.allow_console_error("");
    page.trouble(&part_named(page, part), trouble);
    page.goto("");
    page.expect_heading("Deals");
    page.by_role("button", "Commands").click();
    page.within("Messages")
        .expect_text("A part of Pipewright could not be loaded.");
    page.end_trouble();
}

#[test]
fn a_dialog_that_does_not_come_is_told_once_and_comes_by_another_try() {
    // Its own part, and two that hold what it shares with others.
    for (part, trouble) in [
        ("work-", Trouble::IsCut),
        ("work-", Trouble::IsPage),
        ("shared-", Trouble::IsCut),
        ("example-", Trouble::IsPage),
    ] {
        Visit::default().half_loaded().run(|page| {
            ask_for_commands_in_vain(page, part, trouble);
            page.expect_absent("dialog", "Commands");
            page.by_role("button", "Commands").click();
            page.expect_present("dialog", "Commands");
        });
    }
}

/// Nothing comes but what is asked for.
const NEVER_RESTS: &str = "window.requestIdleCallback = () => 0;";

#[test]
fn what_came_in_the_place_of_a_part_is_taken_for_no_other() {
    Visit::default().half_loaded().run(|page| {
        page.run_before_start(NEVER_RESTS);
        ask_for_commands_in_vain(page, "shared-", Trouble::IsPage);
        // Of the same file it needs what nothing has asked for so far.
        page.by_role("link", "Account settings").click();
        page.expect_heading("Account settings");
    });
}

#[test]
fn charts_that_do_not_come_are_told_and_come_by_another_try() {
    Visit::default().half_loaded().run(|page| {
        page.allow_console_error("");
        page.trouble(&part_named(page, "charts-"), Trouble::IsCut);
        page.run_before_start(NEVER_RESTS);
        add_deal(page, "Chairs", &[("Value", "1200")]);
        page.by_role("link", "Deals").first().click();
        let charts = page.within("Charts");
        charts.expect_text("A part of Pipewright could not be loaded.");
        charts.expect_text("€1,200");
        page.expect_accessible();
        page.end_trouble();
        charts.by_role("button", "Try again").click();
        charts.expect_no_text("could not be loaded");
        charts.by_role("button", "Show figures").click();
        charts.by_role("table", any()).first().expect_text("€1,200");
    });
}

#[test]
fn charts_that_are_late_are_told() {
    Visit::default().half_loaded().run(|page| {
        stall_part(page, "charts-");
        page.run_before_start(NEVER_RESTS);
        add_deal(page, "Chairs", &[("Value", "1200")]);
        page.by_role("link", "Deals").first().click();
        let charts = page.within("Charts");
        charts.expect_text("Loading takes longer than usual.");
        charts.by_role("button", "Reload").expect_present();
        page.end_trouble();
        charts.expect_no_text("Loading takes longer");
        charts.by_role("button", "Show figures").click();
        charts.by_role("table", any()).first().expect_text("€1,200");
    });
}

#[test]
fn a_drawing_that_fails_comes_by_another_try() {
    Visit::default().half_loaded().run(|page| {
        page.allow_console_error("");
        let script = page.files(".min.js").remove(0);
        page.trouble(&script, Trouble::IsCut);
        page.run_before_start(NEVER_RESTS);
        add_deal(page, "Chairs", &[("Value", "1200")]);
        page.by_role("link", "Deals").first().click();
        let charts = page.within("Charts");
        let again = charts.by_role("button", "Try again");
        again.expect_present();
        // All that it would show stands there.
        charts.by_role("table", any()).first().expect_text("€1,200");
        page.expect_accessible();
        page.end_trouble();
        again.press("Enter");
        again.expect_absent();
        charts.by_role("button", "Show figures").expect_focused();
        page.wait_until("it is drawn", || {
            let count = "return document.querySelectorAll('.figure-box canvas').length;";
            page.evaluate(count, &[]) == 1
        });
    });
}

#[test]
fn a_wait_can_be_ended_by_another_try() {
    Visit::default().half_loaded().run(|page| {
        page.set_patience(LONG);
        page.trouble(".wasm", Trouble::Stalls);
        page.goto("");
        let button = page.by_role("button", "Reload");
        button.expect_present();
        page.evaluate("window.isBefore = true;", &[]);
        button.click();
        page.wait_until("the page is loaded again", || {
            page.evaluate("return window.isBefore;", &[]).is_null()
        });
        page.end_trouble();
        page.expect_heading("Deals");
    });
}

#[test]
fn a_program_that_is_cut_off_is_told() {
    fails_by(|page| page.trouble(".wasm", Trouble::IsCut));
}

#[test]
fn a_program_of_wrong_bytes_is_told() {
    fails_by(|page| {
        for name in page.files(".wasm") {
            page.put_file(&name, "<!DOCTYPE html>\nThis host knows no such file.");
        }
    });
}

#[test]
fn a_program_that_is_not_there_is_told() {
    fails_by(|page| page.take_away(".wasm"));
}

#[test]
fn a_script_that_is_not_there_is_told() {
    let scripts = scripts_of_the_page();
    assert!(!scripts.is_empty());
    for script in scripts {
        fails_by(|page| page.take_away(&script));
    }
}

#[test]
fn a_style_sheet_that_is_not_there_is_told() {
    fails_by(|page| {
        let sheet = page.files(".css").remove(0);
        page.take_away(&sheet);
    });
}

#[test]
fn a_style_sheet_that_is_not_there_is_told_even_after_the_start() {
    fails_by(|page| {
        let sheet = page.files(".css").remove(0);
        page.take_away(&sheet);
        // The last try for it ends late.
        page.run_before_start(
            "const ask = window.fetch.bind(window);
             const started = new Promise((go) => addEventListener('TrunkApplicationStarted', go));
             window.fetch = async (address, ...how) => {
                 if (String(address).endsWith('.css')) await started;
                 return ask(address, ...how);
             };",
        );
    });
}

/// The errors of scripts that others have put into the page, before the start:
/// what it then shows, and that it starts all the same.
#[track_caller]
fn starts_in_spite_of(script: &str, shows: impl FnOnce(&Page)) {
    Visit::default().half_loaded().run(|page| {
        page.allow_console_error("");
        page.allow_offence("localhost:8/");
        page.trouble(".wasm", Trouble::Stalls);
        page.goto("");
        page.wait_until("the page is there", || {
            let there = "return !!document.getElementById('panic') && !!window.pipewrightNotStarted;";
            page.evaluate(there, &[]) == json!(true)
        });
        page.evaluate(
            &format!(
                "const put = (tag, about) => {{
                   const element = Object.assign(document.createElement(tag), about);
                   element.addEventListener('error', () => {{ window.isTold = true; }});
                   document.head.append(element);
                 }};
                 const error = new window.Error('foreign');
                 const tell = (event) => {{
                   window.dispatchEvent(event);
                   window.isTold = true;
                 }};
                 const fail = (filename) =>
                   tell(new window.ErrorEvent('error', {{ error, message: error.message, filename }}));
                 const reject = () => tell(new window.PromiseRejectionEvent(
                   'unhandledrejection', {{ promise: window.Promise.resolve(), reason: error }}));
                 {script}"
            ),
            &[],
        );
        page.wait_until("it is told", || {
            page.evaluate("return window.isTold;", &[]) == json!(true)
        });
        shows(page);
        page.end_trouble();
        page.expect_heading("Deals");
        page.expect_absent("alertdialog", NOT_STARTED);
        page.by_role("button", "Commands").click();
        page.expect_present("dialog", "Commands");
    });
}

#[test]
fn a_script_of_others_that_fails_keeps_nothing_from_starting() {
    for script in [
        "fail('chrome-extension://abc/content.js');",
        "fail('');",
        "put('script', { src: 'http://localhost:8/script' });",
        "put('link', { rel: 'stylesheet', href: 'http://localhost:8/style' });",
        "reject();",
    ] {
        starts_in_spite_of(script, |page| {
            page.expect_absent("alertdialog", NOT_STARTED);
        });
    }
}

#[test]
fn a_panel_for_what_the_start_came_through_goes_with_it() {
    // A proxy may well put its script into our folder.
    starts_in_spite_of("put('script', { src: './proxy.js' });", |page| {
        page.by_role("alertdialog", NOT_STARTED)
            .expect_text("proxy.js");
    });
}

fn fails_by(break_it: impl FnOnce(&Page)) {
    visit(|page| {
        break_it(page);
        page.allow_console_error("");
        page.goto("");
        let panel = page.by_role("alertdialog", NOT_STARTED);
        panel.by_role("button", "Reload").expect_present();
        panel.by_role("button", "Download my data").expect_present();
        // Nothing of it came out of a cache.
        panel
            .by_role("button", "Reload without the cache")
            .expect_absent();
    });
}

#[test]
fn a_program_that_is_called_something_else_starts_all_the_same() {
    visit(|page| {
        page.trouble(".wasm", Trouble::IsCalled("application/octet-stream"));
        page.goto("");
        page.expect_heading("Deals");
    });
}

#[test]
fn a_browser_without_web_assembly_is_told() {
    visit(|page| {
        page.run_before_start("delete window.WebAssembly;");
        page.allow_console_error("");
        page.goto("");
        page.wait_until("it is told", || {
            page.text().contains(
                "This browser can't run Pipewright. A current Firefox, Chrome, Edge or Safari can.",
            )
        });
        page.expect_no_text("Loading your deals");
    });
}

#[test]
fn a_browser_without_scripts_is_told() {
    Visit::default().without_scripts().run(|page| {
        page.goto("");
        let told = "Pipewright runs in your browser and needs JavaScript. Switch it on for this page and reload.";
        page.wait_until("it is told", || page.text().contains(told));
        page.expect_no_text("Loading your deals");
    });
}

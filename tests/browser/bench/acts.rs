//! What a person does on the screens, as scripts that are measured.

use browser_tests::Page;
use serde_json::json;

use crate::Line;
use crate::timing::{
    TRIES, Took, in_turns, longest_of_save, median, median_of, number, once, repeated, rest,
};

const FIND_CUSTOMER: &str = r"
    const box = document.querySelector('input[type=search]');
    box.value = box.value ? '' : '12';
    box.dispatchEvent(new Event('input', { bubbles: true }));
";
const CLEAR_SEARCH: &str = r"
    const box = document.querySelector('input[type=search]');
    box.value = '';
    box.dispatchEvent(new Event('input', { bubbles: true }));
";
const SORT_BY_VALUE: &str = "document.querySelector('th.col-value .sort').click();";
const SORT_BY_NAME: &str = "document.querySelector('th.col-name .sort').click();";
/// Opens a deal whose process has sub-stages to tick, as all have that were worked.
const OPEN_DEAL: &str = "document.querySelector('.row .deal-link').click();";
const TICK: &str = "document.querySelector('.sub-stage input').click();";
const BACK: &str = "history.back();";
const CHANGE_NAME: &str = r"
    const name = document.querySelector('form input');
    name.value = name.value + 'x';
    name.dispatchEvent(new Event('input', { bubbles: true }));
";
const SAVE: &str = "document.querySelector('form button[type=submit]').click();";
const SELECT_ALL: &str =
    "document.querySelector('.deal-table thead input[type=checkbox]').click();";

/// From the deals that are ticked to the dialog that gives them an owner, with
/// another one chosen.
const ASK_OWNER: &str = r"
    const soon = (act) => new Promise((done) => setTimeout(() => done(act()), 50));
    const named = (text) => [...document.querySelectorAll('button')]
        .find((button) => button.textContent.trim().startsWith(text));
    return (async () => {
        named('Change…').click();
        await soon(() => named('Owner…').click());
        await soon(() => {
            const box = document.querySelector('dialog select');
            box.selectedIndex = 1 + arguments[0];
            box.dispatchEvent(new Event('change', { bubbles: true }));
        });
    })();
";
const GIVE_OWNER: &str = "document.querySelector('dialog button[type=submit]').click();";
const IS_SAVED: &str = "return !!document.querySelector('.save-saved');";

/// A letter more in the search box.
fn type_on(text: &str) -> String {
    format!(
        "const box = document.querySelector('input[type=search]'); box.value = '{text}'.slice(0, box.value.length + 1); box.dispatchEvent(new Event('input', {{ bubbles: true }}));"
    )
}

/// Takes the first value in or out, in the list of a filter that is open.
fn choose(name: &str) -> String {
    format!(
        "document.querySelector('[role=group][aria-label=\"{name}\"] input[type=checkbox]').click();"
    )
}

/// Opens or closes the list of a filter.
fn open_choices(name: &str) -> String {
    format!(
        "[...document.querySelectorAll('.filters button')].find((e) => e.ariaLabel?.startsWith('{name}')).click();"
    )
}

fn press(text: &str) -> String {
    format!(
        "[...document.querySelectorAll('a, button')].find((e) => e.textContent.trim().startsWith('{text}')).click();"
    )
}

/// Measures everything that is done with deals.
pub fn lines(page: &Page) -> Vec<Line> {
    to_list(page);
    let mut lines = Vec::new();
    let mut add = |what, took| lines.push(Line::took(what, took));
    add("a letter in the search", typed(page, "plan 1234"));
    add("sort by value", repeated(page, SORT_BY_VALUE));
    add("sort by name", repeated(page, SORT_BY_NAME));
    for (what, name) in [
        ("filter by owner", "Owner"),
        ("filter by process", "Sales process"),
    ] {
        page.evaluate(&open_choices(name), &[]);
        rest(page);
        add(what, repeated(page, &choose(name)));
        page.evaluate(&open_choices(name), &[]);
        rest(page);
    }
    let (closed, open) = (press("Closed deals"), press("Open deals"));
    let [to_closed, to_open] = in_turns(page, [&closed, &open]);
    add("tab, open to closed", to_closed);
    add("tab, closed to open", to_open);
    add("select all", repeated(page, SELECT_ALL));
    to_list(page);
    let [opened, back] = in_turns(page, [OPEN_DEAL, BACK]);
    add("open a deal", opened);
    add("back to the list", back);
    page.evaluate(OPEN_DEAL, &[]);
    wait_for(page, ".sub-stage input");
    add("tick", repeated(page, TICK));
    let [form, saved] = saved(page);
    add("open the form of a deal", form);
    add("save the form", saved);
    to_screen(page, "#/customers", "Customers");
    add(
        "a letter in the search of customers",
        repeated(page, FIND_CUSTOMER),
    );
    lines.push(Line::number("characters of a tick", written(page)));
    let longest = (0..TRIES).filter_map(|_| longest_of_save(page, TICK));
    let longest = median(longest.collect());
    lines.push(Line::number("longest task while a tick is saved", longest));
    lines
}

/// The letters of a word, one after the other, several times.
fn typed(page: &Page, text: &str) -> Option<Took> {
    let took = repeated(page, &type_on(text));
    page.evaluate(CLEAR_SEARCH, &[]);
    rest(page);
    took
}

/// Measures a change of very many deals: every one of the tab gets another owner.
pub fn bulk_lines(page: &Page) -> [Line; 2] {
    let (mut all, mut longest) = (Vec::new(), Vec::new());
    for at in 0..TRIES * 2 {
        to_list(page);
        page.evaluate(SELECT_ALL, &[]);
        page.evaluate(ASK_OWNER, &[json!(at % 2)]);
        if at % 2 == 0 {
            all.extend(once(page, GIVE_OWNER));
        } else {
            longest.extend(longest_of_save(page, GIVE_OWNER));
        }
        page.wait_until("saved", || page.evaluate(IS_SAVED, &[]) == true);
    }
    [
        Line::took("give all open deals another owner", median_of(&all)),
        Line::number("longest task while that is saved", median(longest)),
    ]
}

/// Opens the form, changes the name, saves.
fn saved(page: &Page) -> [Option<Took>; 2] {
    let (mut forms, mut saves) = (Vec::new(), Vec::new());
    for _ in 0..TRIES {
        forms.extend(once(page, &press("Edit deal")));
        page.evaluate(CHANGE_NAME, &[]);
        saves.extend(once(page, SAVE));
    }
    [median_of(&forms), median_of(&saves)]
}

/// How many characters go into the storage for one tick.
fn written(page: &Page) -> Option<f64> {
    to_list(page);
    page.evaluate(OPEN_DEAL, &[]);
    wait_for(page, ".sub-stage input");
    page.evaluate("window.bench.written = 0;", &[]);
    once(page, TICK)?;
    // What is taken away and noted first is a part of it; then comes the page.
    page.wait_until("saved", || {
        number(page, "return window.bench.written;").is_some_and(|n| n > 0.0)
            && page.evaluate(IS_SAVED, &[]) == true
    });
    number(page, "return window.bench.written;")
}

fn to_list(page: &Page) {
    to_screen(page, "#/deals/open", "Deals");
}

fn to_screen(page: &Page, route: &str, heading: &str) {
    page.goto(route);
    page.expect_heading(heading);
    rest(page);
}

fn wait_for(page: &Page, selector: &str) {
    let there = format!("return !!document.querySelector('{selector}');");
    page.wait_until(selector, || page.evaluate(&there, &[]) == true);
}

//! The table's columns: chosen, put in order, sorted by, shared, remembered.

use browser_tests::{Locator, Page, Visit, any, visit};
use serde_json::{Value, json};

use crate::steps::{expect_listed, five_deals, load_sample, open, reload};

const REMEMBERED: &str = "pipewright/preferences/columns-open";

fn table(page: &Page) -> Locator {
    page.by_role("table", "Open deals")
}

#[track_caller]
fn expect_columns(page: &Page, headings: &[&str]) {
    page.wait_until(&format!("columns are {headings:?}"), || {
        headings_of(page, "Open deals") == headings
    });
}

/// The headings of a table that are shown, but for the box that selects all.
/// (The driver of WebKit finds no text in what scrolls sideways.)
fn headings_of(page: &Page, table: &str) -> Vec<String> {
    let texts = page.evaluate(
        "return [...document.querySelectorAll(`table[aria-label=\"${arguments[0]}\"] [role=columnheader]`)]
           .slice(1).filter((head) => head.offsetWidth).map((head) => head.innerText.split(/\\s+/).filter(Boolean).join(' '));",
        &[json!(table)],
    );
    let texts = texts.as_array().unwrap().iter();
    texts
        .map(|text| text.as_str().unwrap().to_owned())
        .collect()
}

#[track_caller]
fn choose(page: &Page) -> Locator {
    page.by_role("button", "Columns").click();
    let dialog = page.by_role("dialog", "Columns");
    dialog.expect_present();
    dialog
}

const USUAL: [&str; 8] = [
    "Name",
    "Customer",
    "Stage",
    "Value",
    "Next step",
    "Expected close",
    "Owner",
    "Process",
];

#[test]
fn columns_are_chosen_kept_in_the_address_and_remembered() {
    visit(|page| {
        five_deals(page);
        open(page, "#/deals/open", "Deals");
        expect_columns(page, &USUAL);
        let dialog = choose(page);
        for name in ["Next step", "Expected close", "Owner"] {
            dialog.by_role("checkbox", name).set_checked(false);
        }
        dialog
            .by_role("checkbox", "Weighted value")
            .set_checked(true);
        dialog.by_role("button", "Done").click();
        page.by_role("button", "Columns").expect_focused();
        let chosen = [
            "Name",
            "Customer",
            "Stage",
            "Value",
            "Process",
            "Weighted value",
        ];
        expect_columns(page, &chosen);
        let address = "#/deals/open?columns=name,customer,stage,value,process,weighted";
        page.expect_route(address);
        // 15 percent of 2,500.
        table(page).expect_text("€375");
        reload(page);
        expect_columns(page, &chosen);
        // The other tab has columns of its own.
        page.by_role("link", browser_tests::containing("Closed deals"))
            .click();
        page.expect_route("#/deals/closed");
        // Where the address says nothing, the last choice stands.
        open(page, "#/deals/open", "Deals");
        expect_columns(page, &chosen);
        // And goes into it with the first filter, for whom it is sent to.
        page.field("Search deals").fill("t");
        page.expect_route("#/deals/open?q=t&columns=name,customer,stage,value,process,weighted");
        // A colleague remembers nothing of it.
        page.evaluate(
            "localStorage.removeItem(arguments[0]);",
            &[json!(REMEMBERED)],
        );
        open(page, "#/settings/lists", "Account settings");
        open(page, address, "Deals");
        expect_columns(page, &chosen);
        open(page, "#/settings/lists", "Account settings");
        open(page, "#/deals/open", "Deals");
        expect_columns(page, &USUAL);
    });
}

#[test]
fn columns_are_put_in_order_by_keyboard_and_go_back_to_the_usual_ones() {
    visit(|page| {
        five_deals(page);
        open(page, "#/deals/open?columns=name,owner,stage,value", "Deals");
        expect_columns(page, &["Name", "Owner", "Stage", "Value"]);
        let dialog = choose(page);
        dialog.by_role("button", "Move Value up").focus();
        page.press("Enter");
        dialog.by_role("button", "Move Value up").expect_focused();
        dialog.expect_text("Value is now 2 of 16");
        page.press("Enter");
        dialog.expect_text("Value is now 1 of 16");
        // The first stays where it is.
        page.press("Enter");
        dialog.by_role("button", "Reorder Owner").focus();
        page.press("ArrowDown");
        dialog.by_role("button", "Reorder Owner").expect_focused();
        page.expect_route("#/deals/open?columns=name,value,stage,owner");
        dialog.by_role("button", "Move Value down").click();
        page.press("Escape");
        expect_columns(page, &["Name", "Stage", "Value", "Owner"]);
        let dialog = choose(page);
        dialog.by_role("button", "Default columns").click();
        dialog.by_role("checkbox", "Customer").expect_checked(true);
        dialog.by_role("button", "Done").click();
        page.expect_route("#/deals/open");
        expect_columns(page, &USUAL);
        reload(page);
        expect_columns(page, &USUAL);
    });
}

#[test]
fn columns_are_put_in_order_by_mouse_and_by_touch() {
    visit(|page| {
        five_deals(page);
        open(page, "#/deals/open?columns=name,owner,stage,value", "Deals");
        let dialog = choose(page);
        let handle = |name: &str| dialog.by_role("button", format!("Reorder {name}"));
        handle("Value").drag_to(&handle("Owner"));
        page.expect_route("#/deals/open?columns=name,value,owner,stage");
        handle("Value").drag_by_touch_to(&handle("Stage"));
        page.expect_route("#/deals/open?columns=name,owner,value,stage");
        page.press("Escape");
        expect_columns(page, &["Name", "Owner", "Value", "Stage"]);
    });
}

#[test]
fn a_drag_that_ends_before_the_next_frame_is_seen_to_its_end() {
    visit(|page| {
        five_deals(page);
        open(page, "#/deals/open?columns=name,owner,stage,value", "Deals");
        let dialog = choose(page);
        dialog.by_role("button", "Reorder Value").expect_present();
        let drag = "const middle = (name) => {
                const box = document.querySelector(`[aria-label='Reorder ${name}']`).getBoundingClientRect();
                return { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
            };
            const from = document.querySelector(\"[aria-label='Reorder Value']\");
            const tell = (type, buttons, at) => from.dispatchEvent(new PointerEvent(type, {
                pointerId: 1, pointerType: 'mouse', isPrimary: true, bubbles: true, cancelable: true,
                button: type === 'pointermove' ? -1 : 0, buttons, ...at,
            }));
            tell('pointerdown', 1, middle('Value'));
            tell('pointermove', 1, middle('Owner'));
            tell('pointerup', 0, middle('Owner'));";
        page.evaluate(drag, &[]);
        page.expect_route("#/deals/open?columns=name,value,owner,stage");
    });
}

/// The texts of the column at a place in the rows that are there.
fn texts_in(page: &Page, at: usize) -> Vec<String> {
    let texts = page.evaluate(
        "return [...document.querySelectorAll('.deal-table .row:not([hidden])')]
           .map((row) => [...row.children].filter((cell) => cell.offsetWidth)[arguments[0]].innerText);",
        &[json!(at)],
    );
    let texts = texts.as_array().unwrap().iter();
    texts
        .map(|text| text.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn each_column_sorts_up_and_down_with_the_unknown_last() {
    visit(|page| {
        five_deals(page);
        for (address, tab) in [
            (
                "#/deals/open?columns=name,customer,stage,next_step,value,weighted,chance,close,owner,process,segment,category,source,created,touched,age,in_stage",
                "Open deals",
            ),
            (
                "#/deals/closed?columns=name,customer,stage,status,value,close,reason",
                "Closed deals",
            ),
        ] {
            if tab == "Closed deals" {
                open(page, "#/deals/open", "Deals");
                for name in ["Select Chairs", "Select Tower"] {
                    page.by_role("checkbox", name).click();
                }
                page.by_role("button", "Change…").click();
                page.by_role("menuitem", "Mark as lost…").click();
                let dialog = page.by_role("dialog", any());
                dialog.field("Reason").choose("Too expensive");
                dialog.by_role("button", "Mark as lost").click();
                page.within("Summary").expect_text("Open deals 3 ");
            }
            open(page, address, "Deals");
            let table = page.by_role("table", tab);
            table.expect_present();
            for (at, heading) in headings_of(page, tab).iter().enumerate() {
                let name = heading.trim_end_matches([' ', '↑', '↓']);
                let head = table.by_role("columnheader", name);
                let press = || {
                    let before = head.attribute("aria-sort");
                    head.by_role("button", name).click();
                    page.wait_until(&format!("{name} sorts another way"), || {
                        head.attribute("aria-sort") != before
                    });
                    // The unknown are last, in either direction.
                    let texts = texts_in(page, at + 1);
                    let known: Vec<String> = texts
                        .iter()
                        .take_while(|text| !text.is_empty())
                        .cloned()
                        .collect();
                    assert!(
                        texts[known.len()..].iter().all(String::is_empty),
                        "{name}: {texts:?}"
                    );
                    known
                };
                let (mut first, second) = (press(), press());
                first.reverse();
                assert_eq!(first, second, "{name}");
            }
        }
    });
}

#[test]
fn a_list_sorted_by_what_it_does_not_show_says_so() {
    visit(|page| {
        five_deals(page);
        open(
            page,
            "#/deals/open?columns=name,value&sort=-category",
            "Deals",
        );
        page.expect_text("Sorted by Category, descending");
        open(
            page,
            "#/deals/open?columns=name,category&sort=category",
            "Deals",
        );
        expect_columns(page, &["Name", "Category ↑"]);
        page.expect_no_text("Sorted by");
    });
}

#[test]
fn a_saved_view_keeps_its_columns_whatever_is_chosen_later() {
    visit(|page| {
        five_deals(page);
        open(page, "#/deals/open?columns=name,value,owner", "Deals");
        expect_columns(page, &["Name", "Value", "Owner"]);
        page.by_role("button", "Views").click();
        page.by_role("menuitem", "Save this view…").click();
        let dialog = page.by_role("dialog", "Save this view");
        dialog.field("View name").fill("By value");
        dialog.by_role("button", "Save").click();
        page.expect_absent("dialog", "Save this view");
        let dialog = choose(page);
        dialog.by_role("button", "Default columns").click();
        dialog.by_role("button", "Done").click();
        expect_columns(page, &USUAL);
        // What is seen is kept, where the address does not say it too.
        page.by_role("button", "Views").click();
        page.by_role("menuitem", "Save this view…").click();
        let dialog = page.by_role("dialog", "Save this view");
        dialog.field("View name").fill("As usual");
        dialog.by_role("button", "Save").click();
        page.expect_absent("dialog", "Save this view");
        page.by_role("button", "Views").click();
        page.by_role("menuitem", "By value").click();
        expect_columns(page, &["Name", "Value", "Owner"]);
        let dialog = choose(page);
        dialog.by_role("checkbox", "Owner").set_checked(false);
        dialog.by_role("button", "Done").click();
        reload(page);
        expect_columns(page, &["Name", "Value"]);
        page.by_role("button", "Views").click();
        page.by_role("menuitem", "By value").click();
        expect_columns(page, &["Name", "Value", "Owner"]);
        page.by_role("button", "Views").click();
        page.by_role("menuitemradio", "By value")
            .expect_checked(true);
        page.by_role("menuitem", "As usual").click();
        expect_columns(page, &USUAL);
    });
}

/// The names of all rows, and those that are cut, found by scrolling through
/// the whole list.
const NAMES: &str = "
  const found = new Map();
  const step = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return (async () => {
    for (let top = 0; ; top += innerHeight / 2) {
      scrollTo(0, top);
      await step();
      for (const name of document.querySelectorAll('.row:not([hidden]) .deal-link')) {
        if (!name.offsetWidth) continue;
        found.set(name.getAttribute('href'), name.scrollWidth > name.clientWidth ? name.innerText : '');
      }
      if (top + innerHeight >= document.scrollingElement.scrollHeight) break;
    }
    return [found.size, [...found.values()].filter((name) => name)];
  })();";

#[test]
fn no_name_of_the_sample_is_cut_at_1440() {
    Visit::default().size(1440, 900).run(|page| {
        load_sample(page);
        for (address, count) in [("#/deals/open", 142), ("#/deals/closed", 158)] {
            open(page, address, "Deals");
            page.settle();
            assert_eq!(page.evaluate(NAMES, &[]), json!([count, []]), "{address}");
            // And nothing has to be scrolled for.
            let fits = "const head = document.querySelector('.deal-table thead'); return head.scrollWidth <= head.clientWidth;";
            assert_eq!(page.evaluate(fits, &[]), json!(true));
        }
    });
}

#[test]
fn at_768_the_columns_scroll_aside_under_their_headings_and_the_name_stays() {
    Visit::default().size(768, 1024).run(|page| {
        load_sample(page);
        open(page, "#/deals/open", "Deals");
        expect_columns(page, &USUAL);
        let lefts = || -> Value {
            page.evaluate(
                "const left = (of) => Math.round(document.querySelector(`.deal-table ${of}`).getBoundingClientRect().left);
                 return [left('.row .col-name'), left('.row .col-value'), left('th.col-value'), document.scrollingElement.scrollWidth <= innerWidth];",
                &[],
            )
        };
        let before = lefts();
        assert_eq!(before[1], before[2]);
        assert_eq!(before[3], json!(true), "the page itself scrolls sideways");
        let shown = "const rect = document.querySelector('th.col-value').getBoundingClientRect(); return rect.right <= innerWidth;";
        assert_eq!(page.evaluate(shown, &[]), json!(true), "the value is in view");
        // To the last heading, as a person does who goes there by key.
        table(page).by_role("button", "Process").focus();
        page.wait_until("rows follow the headings", || {
            let now = lefts();
            now[1] != before[1] && now[1] == now[2] && now[0] == before[0]
        });
        table(page).by_role("button", "Name").focus();
        page.evaluate("document.querySelector('.deal-table tbody').scrollLeft = 60;", &[]);
        page.wait_until("headings follow the rows", || {
            let now = lefts();
            now[1] != before[1] && now[1] == now[2] && now[0] == before[0]
        });
    });
}

#[test]
fn a_phone_sorts_by_a_menu_and_shows_what_was_chosen() {
    visit(|page| {
        five_deals(page);
        page.resize(390, 844);
        open(page, "#/deals/open", "Deals");
        page.field("Sort by").choose("Value");
        let by_value = ["Tower", "Harbour", "Desks", "Chairs", "Lamps"];
        expect_listed(page, "Open deals", &by_value);
        page.by_role("button", "Reverse the order").click();
        let by_value = ["Chairs", "Desks", "Harbour", "Tower", "Lamps"];
        expect_listed(page, "Open deals", &by_value);
        let first = || table(page).by_role("row", any()).nth(1).text();
        assert!(first().contains("Müller"), "{}", first());
        let dialog = choose(page);
        dialog.by_role("checkbox", "Customer").set_checked(false);
        dialog.by_role("button", "Done").click();
        page.wait_until("no customer", || !first().contains("Müller"));
    });
}

#[test]
fn the_dialog_of_the_columns_is_accessible() {
    visit(|page| {
        five_deals(page);
        open(page, "#/deals/open", "Deals");
        let dialog = choose(page);
        for dark in [false, true] {
            page.set_color_scheme(dark);
            page.settle();
            page.expect_accessible();
        }
        dialog.by_role("button", "Done").click();
        page.expect_accessible();
    });
}

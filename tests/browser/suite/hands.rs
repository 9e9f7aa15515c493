//! Keys and clicks as people and their systems make them: input methods, other
//! layouts, double clicks, wheels.

use browser_tests::{Page, any, containing, visit};
use serde_json::{Value, json};

use crate::steps::{add_deal, load_sample, more, open};

/// Sends a key to what has the focus, as a keyboard of another layout or an
/// input method does; whether the page took it.
fn send(page: &Page, key: &Value) -> bool {
    let script = "const init = { bubbles: true, cancelable: true, ...arguments[0] };
      return !document.activeElement.dispatchEvent(new KeyboardEvent('keydown', init));";
    page.evaluate(script, std::slice::from_ref(key)) == json!(true)
}

#[test]
fn keys_of_a_composition_are_left_to_the_input_method() {
    visit(|page| {
        add_deal(page, "Chairs", &[("Customer", "Oak Ltd")]);
        let taken = |key: &str, code: u32| json!({ "key": key, "keyCode": code, "isComposing": code != 229 });
        let leaves_alone = |keys: &[&str]| {
            for key in keys {
                for code in [0, 229] {
                    assert!(!send(page, &taken(key, code)), "{key} was taken");
                }
            }
        };
        open(page, "#/deals/new", "Add deal");
        let customer = page.field("Customer");
        customer.click();
        page.by_role("option", "Oak Ltd").expect_present();
        leaves_alone(&["ArrowDown", "Enter", "Escape"]);
        page.by_role("option", "Oak Ltd").expect_present();
        assert!(send(page, &json!({ "key": "ArrowDown" })));
        page.by_role("option", "Oak Ltd").expect_checked(true);
        leaves_alone(&["Enter"]);
        customer.expect_value("");

        page.press("Control+k");
        page.field("Command or name").expect_focused();
        leaves_alone(&["ArrowDown", "Enter"]);
        page.expect_present("dialog", "Commands");
        page.press("Escape");

        open(page, "#/settings/lists", "Account settings");
        page.by_role("button", "Rename Customers")
            .first()
            .expect_absent();
        let rename = page.by_role("button", containing("Rename ")).first();
        rename.click();
        page.field(containing("Name of ")).expect_focused();
        leaves_alone(&["Escape"]);
        page.field(containing("Name of ")).expect_present();
        page.press("Escape");
        page.field(containing("Name of ")).expect_absent();

        open(page, "#/settings/deals", "Account settings");
        page.by_role("button", "Edit Default").click();
        page.expect_heading("Edit process");
        page.field("Process name").focus();
        assert!(!send(
            page,
            &json!({ "key": "Enter", "ctrlKey": true, "isComposing": true })
        ));
        page.field("Sub-stage name").first().focus();
        leaves_alone(&["Enter"]);
        page.expect_heading("Edit process");
        // Nowhere do they ask for what the same keys would otherwise.
        page.evaluate("document.activeElement.blur();", &[]);
        leaves_alone(&["n", "?", "/"]);
        page.expect_heading("Edit process");
    });
}

#[test]
fn shortcuts_work_on_keyboards_of_other_scripts() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        let with_control = |key: &str, code: &str, shift: bool| json!({ "key": key, "code": code, "ctrlKey": true, "shiftKey": shift });
        let blur = || page.evaluate("document.activeElement.blur();", &[]);
        blur();
        assert!(send(page, &with_control("я", "KeyZ", false)));
        page.expect_text("Undone: Add deal");
        assert!(send(page, &with_control("Я", "KeyZ", true)));
        page.expect_text("Redone: Add deal");
        assert!(send(page, &with_control("ζ", "KeyZ", false)));
        page.expect_heading("Not found");
        assert!(send(page, &with_control("ט", "KeyY", false)));
        page.expect_heading("Chairs");
        assert!(send(page, &with_control("ن", "KeyK", false)));
        page.expect_present("dialog", "Commands");
        page.press("Escape");
        page.expect_absent("dialog", "Commands");
        blur();
        assert!(!send(
            page,
            &json!({ "key": "ń", "code": "KeyN", "altKey": true })
        ));
        assert!(send(page, &json!({ "key": "т", "code": "KeyN" })));
        page.expect_heading("Add deal");
        page.field("Name").expect_focused();
        // In a field they are letters.
        assert!(!send(page, &json!({ "key": "т", "code": "KeyN" })));
        assert!(!send(page, &with_control("я", "KeyZ", false)));
    });
}

#[test]
fn a_double_click_does_once_what_is_done_once() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        more(page, "Duplicate").double_click();
        page.expect_heading("Chairs (copy)");
        open(page, "#/deals/open", "Deals");
        page.by_role("table", "Open deals")
            .by_role("link", any())
            .expect_texts(&["Chairs (copy)", "Chairs"]);

        open(page, "#/deals/new", "Add deal");
        page.field("Name").fill("Lamps");
        page.by_role("button", "Save").double_click();
        page.expect_heading("Lamps");
        // What came under the pointer was not pressed.
        page.by_role("dialog", any()).expect_absent();
        page.by_role("button", "Mark as won").double_click();
        let dialog = page.by_role("dialog", "Mark as won");
        dialog.expect_present();
        dialog.by_role("button", "Cancel").click();
        more(page, "Mark as outdated").double_click();
        let dialog = page.by_role("dialog", "Mark as outdated");
        dialog.expect_present();
        dialog.field("Comment").fill("Too late");
        dialog.field("Reason").focus();
        page.press("ArrowDown");
        dialog.by_role("button", "Mark as outdated").double_click();
        dialog.expect_absent();
        page.by_role("button", "Reopen").double_click();
        page.by_role("button", "Mark as won").expect_present();
        page.by_role("dialog", any()).expect_absent();
        open(page, "#/deals/open", "Deals");
        page.by_role("table", "Open deals")
            .by_role("link", any())
            .expect_texts(&["Lamps", "Chairs (copy)", "Chairs"]);

        open(page, "#/settings/lists", "Account settings");
        let owners = page.by_role("group", "Owners");
        owners.field("New owner").fill("Zoë");
        owners.by_role("button", "Add").double_click();
        owners.by_role("button", "Rename Zoë").expect_present();
        owners.expect_no_text("can't be empty");
    });
}

#[test]
fn quick_clicks_on_undo_are_all_meant() {
    visit(|page| {
        for name in ["Chairs", "Lamps", "Desks"] {
            add_deal(page, name, &[]);
        }
        open(page, "#/deals/open", "Deals");
        page.by_role("button", "Undo").first().double_click();
        page.by_role("table", "Open deals")
            .by_role("link", any())
            .expect_texts(&["Chairs"]);
    });
}

#[test]
fn a_wheel_over_a_field_changes_nothing() {
    visit(|page| {
        add_deal(page, "Chairs", &[("Value", "1000")]);
        open(page, "#/deals/open", "Deals");
        page.by_role("button", "More filters").click();
        let kinds = page.evaluate(
            "return [...document.querySelectorAll('input')].filter((field) => field.type === 'number').length;",
            &[],
        );
        assert_eq!(kinds, json!(0), "a number field counts on a wheel");
    });
}

#[test]
fn a_row_under_the_mouse_covers_no_other() {
    visit(|page| {
        load_sample(page);
        open(page, "#/customers", "Customers");
        let table = page.by_role("table", "Customers");
        table.by_role("link", "Brennwick Logistics").hover();
        table.by_role("link", "Aldermoor Foods").click();
        page.expect_heading("Aldermoor Foods");
        open(page, "#/customers", "Customers");
        table.by_role("link", "Brennwick Logistics").hover();
        // All of a row leads where its name leads.
        let end = page.evaluate(
            "const rows = [...document.querySelectorAll('tbody tr')];
             const row = rows.find((it) => it.textContent.includes('Castrelle Pharma'));
             const { right, top, height } = row.getBoundingClientRect();
             return [right - 20, top + height / 2].map(Math.round);",
            &[],
        );
        let at = |axis: usize| u32::try_from(end[axis].as_u64().unwrap()).unwrap();
        page.click_at(at(0), at(1));
        page.expect_heading("Castrelle Pharma");
    });
}

#[test]
fn a_press_on_an_offered_name_picks_nothing_and_a_click_picks_it() {
    visit(|page| {
        add_deal(page, "Chairs", &[("Customer", "Oak Ltd")]);
        open(page, "#/deals/new", "Add deal");
        let customer = page.field("Customer");
        customer.click();
        let offered = page.by_role("option", "Oak Ltd");
        offered.expect_present();
        // The beginning of a scrolling finger, and the other button of a mouse.
        let press =
            "const option = document.querySelector('.combo-list:not([hidden]) [role=option]');
            const init = { bubbles: true, cancelable: true };
            for (const own of [{ pointerType: 'touch' }, { pointerType: 'mouse', button: 2 }]) {
                option.dispatchEvent(new PointerEvent('pointerdown', { ...init, ...own }));
            }
            return option.dispatchEvent(new MouseEvent('mousedown', init));";
        let may_take_the_focus = page.evaluate(press, &[]);
        assert_eq!(may_take_the_focus, json!(false));
        offered.expect_present();
        customer.expect_value("");
        offered.click();
        customer.expect_value("Oak Ltd");
        offered.expect_absent();
        customer.expect_focused();
    });
}

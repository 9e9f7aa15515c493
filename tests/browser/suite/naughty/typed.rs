//! The same by hand: a payload into each field of each form.

use browser_tests::{Page, any, visit};
use serde_json::Value;

use super::{look, names, watch};
use crate::steps::{add_deal, expect_saved, more, open, panel, reload, snapshot};

/// Hands out payloads, each once.
struct Payloads {
    left: Vec<String>,
    given: Vec<String>,
}

impl Payloads {
    fn new() -> Self {
        let scripts = names(80).into_iter();
        let left = scripts.filter(|text| text.contains("alert")).collect();
        Self {
            left,
            given: Vec::new(),
        }
    }

    /// Another one in the place of one that is not to be kept.
    fn instead_of(&mut self, old: &str) -> String {
        self.given.retain(|given| given != old);
        self.next()
    }

    fn next(&mut self) -> String {
        let text = self.left.pop().unwrap();
        self.given.push(text.clone());
        text
    }
}

fn add_process(page: &Page, payloads: &mut Payloads) {
    open(page, "#/settings/deals/processes/new", "New process");
    let name = payloads.next();
    page.field("Process name").fill(&name);
    page.by_role("button", "Add stage").click();
    page.field("Stage name").fill(&payloads.next());
    page.by_role("button", "More").click();
    page.field("Hint").fill(&payloads.next());
    page.by_role("button", "Add sub-stage").click();
    page.field("Sub-stage name").fill(&payloads.next());
    page.by_role("button", "More").nth(1).click();
    page.field("Hint").nth(1).fill(&payloads.next());
    look(page);
    page.by_role("button", "Save").click();
    page.expect_present("button", format!("Edit {name}"));
    look(page);
}

fn add_entries(page: &Page, payloads: &mut Payloads) -> String {
    open(page, "#/settings/lists", "Account settings");
    let mut last = String::new();
    for list in [
        "Segments",
        "Categories",
        "Owners",
        "Sources",
        "Reasons: won",
        "Reasons: outdated",
        "Reasons: lost",
    ] {
        last = payloads.next();
        let group = page.by_role("group", list);
        group.field(any()).first().fill(&last);
        group.by_role("button", "Add").click();
        group
            .by_role("button", format!("Delete {last}"))
            .expect_present();
    }
    page.by_role("button", format!("Rename {last}")).click();
    let name = page.field(format!("Name of {last}"));
    last = payloads.instead_of(&last);
    name.fill(&last);
    name.press("Enter");
    page.expect_present("button", format!("Delete {last}"));
    look(page);
    last
}

fn add_customer(page: &Page, payloads: &mut Payloads) {
    open(page, "#/customers/new", "Add customer");
    let name = payloads.next();
    page.field("Name").fill(&name);
    for label in ["E-mail", "Telephone", "Notes"] {
        page.field(label).fill(&payloads.next());
    }
    page.by_role("button", "Save").click();
    page.expect_heading(&name);
    look(page);
}

/// A deal with all that can be written on it, closed at last.
fn add_and_close(page: &Page, payloads: &mut Payloads, reason: &str) {
    let name = payloads.next();
    let fields = [
        "Customer", "Segment", "Category", "Owner", "Source", "Notes",
    ];
    let fields = fields.map(|label| (label, payloads.next()));
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(label, text)| (*label, text.as_str()))
        .collect();
    add_deal(page, &name, &fields);
    look(page);
    let history = page.within("History");
    history.field("Note").fill(&payloads.next());
    history.by_role("button", "Add note").click();
    let step = page.within("Next step");
    step.field("Next step").fill(&payloads.next());
    step.by_role("button", "Save").click();
    more(page, "Snooze").click();
    let dialog = page.by_role("dialog", "Snooze");
    dialog.field("Until").fill("2090-01-31");
    dialog.field("Reason").fill(&payloads.next());
    dialog.by_role("button", "Snooze").click();
    dialog.expect_absent();
    page.by_role("button", "Note: Hold the meeting").click();
    let note = panel(page).field("Note");
    note.fill(&payloads.next());
    note.press("Control+Enter");
    note.expect_absent();
    look(page);
    page.by_role("button", "Mark as lost").click();
    let dialog = page.by_role("dialog", "Mark as lost");
    dialog.field("Reason").choose(reason);
    dialog.field("Comment").fill(&payloads.next());
    look(page);
    dialog.by_role("button", "Mark as lost").click();
    dialog.expect_absent();
    look(page);
}

fn save_view(page: &Page, payloads: &mut Payloads) {
    open(page, "#/deals/closed", "Deals");
    page.field("Search deals").fill(&payloads.next());
    look(page);
    page.by_role("button", "Views").click();
    page.by_role("menuitem", "Save this view…").click();
    let dialog = page.by_role("dialog", "Save this view");
    dialog.field("View name").fill(&payloads.next());
    dialog.by_role("button", "Save").click();
    dialog.expect_absent();
    look(page);
}

/// What is looked for, and what can be no amount, date or chance, is kept
/// nowhere: it is only shown.
fn type_into_the_rest(page: &Page, payloads: &mut Payloads) {
    let mut passing = || {
        let text = payloads.next();
        payloads.given.pop();
        text
    };
    open(page, "#/customers", "Customers");
    page.field("Search customers").fill(&passing());
    look(page);
    open(page, "#/deals/open", "Deals");
    page.by_role("button", "More filters").click();
    page.field("Value from").fill(&passing());
    look(page);
    page.press("Control+k");
    page.field("Command or name").fill(&passing());
    look(page);
    page.press("Escape");
    // No person types so fast that WebKit refuses to follow in its history.
    page.wait_until("the browser takes addresses", || {
        let script =
            "try { history.replaceState(history.state, ''); return true; } catch { return false; }";
        page.evaluate(script, &[]) == true
    });
    add_deal(page, "Chairs", &[]);
    page.by_role("button", "Set chance").click();
    let dialog = page.by_role("dialog", "Set chance");
    dialog.field("Chance").fill(&passing());
    dialog.field("Chance").press("Enter");
    look(page);
    dialog.by_role("button", "Cancel").click();
    dialog.expect_absent();
    page.by_role("link", "Edit deal").click();
    page.field("Value").fill(&passing());
    page.by_role("button", "Save").click();
    look(page);
    page.by_role("button", "Cancel").click();
    page.expect_heading("Chairs");
    open(page, "#/settings/deals/guide", "Set up several processes");
    page.by_role("radio", "The customer's segment")
        .set_checked(true);
    page.by_role("button", "Next").click();
    page.by_role("group", "Process 2")
        .field("Process name")
        .fill(&passing());
    look(page);
    for _ in 0..2 {
        page.by_role("button", "Next").click();
        look(page);
    }
    page.by_role("button", "Cancel").click();
    page.expect_heading("Chairs");
}

/// A text as the program writes it into an address.
fn in_address(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b' ' => "+".to_owned(),
        b'*' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// Whether a text stands in a file by itself, or within an address.
fn holds(value: &Value, text: &str) -> bool {
    match value {
        Value::String(kept) => kept == text || kept.contains(&format!("={}", in_address(text))),
        Value::Array(all) => all.iter().any(|one| holds(one, text)),
        Value::Object(all) => all.values().any(|one| holds(one, text)),
        _ => false,
    }
}

#[test]
fn what_is_typed_into_each_field_is_kept_and_shown_as_typed() {
    visit(|page| {
        watch(page);
        let mut payloads = Payloads::new();
        add_process(page, &mut payloads);
        let reason = add_entries(page, &mut payloads);
        add_customer(page, &mut payloads);
        add_and_close(page, &mut payloads, &reason);
        save_view(page, &mut payloads);
        type_into_the_rest(page, &mut payloads);
        expect_saved(page);
        let kept = snapshot(page);
        let given = payloads.given.iter().enumerate();
        let lost: Vec<_> = given.filter(|(_, text)| !holds(&kept, text)).collect();
        assert_eq!(lost, [], "by the order in which they were typed");
        reload(page);
        assert_eq!(snapshot(page), kept);
    });
}

#[test]
fn a_mail_address_is_kept_as_it_was_typed() {
    visit(|page| {
        open(page, "#/customers/new", "Add customer");
        page.field("Name").fill("Müller");
        page.field("E-mail").fill("info@müller.example");
        page.by_role("button", "Save").click();
        page.expect_heading("Müller");
        page.within("Contact details")
            .expect_text("info@müller.example");
    });
}

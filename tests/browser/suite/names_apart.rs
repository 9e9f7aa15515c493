//! When names are the same, how they are found, and in what order they stand.

use browser_tests::{Page, any, visit};
use serde_json::json;

use crate::steps::{add_deal, description, expect_listed, filter_by, open};

#[test]
fn an_edit_of_the_notes_leaves_an_owner_who_has_nearly_the_same_name() {
    visit(|page| {
        for (owner, category) in [("Müller", "バス"), ("Muller", "パス")] {
            let fields = [("Owner", owner), ("Category", category)];
            add_deal(page, &format!("Of {owner}"), &fields);
        }
        for (owner, category) in [("Müller", "バス"), ("Muller", "パス")] {
            open(page, "#/deals/open", "Deals");
            page.by_role("link", format!("Of {owner}")).click();
            page.by_role("link", "Edit deal").click();
            page.expect_heading("Edit deal");
            page.field("Notes").fill("Called");
            page.by_role("button", "Save").click();
            page.expect_heading(&format!("Of {owner}"));
            let details = page.within("Details");
            details.expect_text(&format!("Owner {owner}"));
            details.expect_text(&format!("Category {category}"));
            details.expect_text("Called");
        }
        // The two ways to write é are one customer.
        add_deal(page, "One", &[("Customer", "Caf\u{e9} Noir")]);
        add_deal(page, "Two", &[("Customer", "CAFE\u{301}  noir")]);
        open(page, "#/customers", "Customers");
        page.by_role("link", "Caf\u{e9} Noir").expect_present();
        assert_eq!(
            page.by_role("table", any())
                .first()
                .attribute("aria-rowcount"),
            "2"
        );
    });
}

#[test]
fn a_search_finds_letters_by_what_people_type() {
    visit(|page| {
        let names = ["Łódź", "Hauptstraße 5", "Işık İnşaat"];
        for name in names {
            add_deal(page, name, &[]);
        }
        open(page, "#/deals/open", "Deals");
        let search = page.field("Search deals");
        for (typed, found) in [
            ("lodz", names[0]),
            ("ŁÓDŹ", names[0]),
            ("strasse", names[1]),
            ("isik insaat", names[2]),
        ] {
            search.fill(typed);
            expect_listed(page, "Open deals", &[found]);
        }
        page.press("Control+k");
        page.field("Command or name").fill("lodz");
        page.by_role("option", browser_tests::containing("Łódź"))
            .expect_present();
    });
}

/// The names of the deals in the order of the language.
#[track_caller]
fn expect_order(page: &Page, region: &str, names: &[&str]) {
    open(page, "#/settings/general", "Account settings");
    page.select("Language and region", region);
    open(page, "#/deals/open?sort=name", "Deals");
    expect_listed(page, "Open deals", names);
    open(page, "#/customers", "Customers");
    page.by_role("table", any())
        .first()
        .by_role("link", any())
        .expect_texts(names);
}

#[test]
fn names_stand_in_the_order_of_the_region() {
    visit(|page| {
        for name in [
            "Mak", "Łoś", "Lis", "Zorn", "Åsa", "Ärla", "Abel", "chata", "Hora",
        ] {
            add_deal(page, name, &[("Customer", name)]);
        }
        expect_order(
            page,
            "Polski (Polska)",
            &[
                "Abel", "Ärla", "Åsa", "chata", "Hora", "Lis", "Łoś", "Mak", "Zorn",
            ],
        );
        expect_order(
            page,
            "Svenska (Sverige)",
            &[
                "Abel", "chata", "Hora", "Lis", "Łoś", "Mak", "Zorn", "Åsa", "Ärla",
            ],
        );
        expect_order(
            page,
            "Čeština (Česko)",
            &[
                "Abel", "Ärla", "Åsa", "Hora", "chata", "Lis", "Łoś", "Mak", "Zorn",
            ],
        );
        // A letter that was not there before has its place too.
        add_deal(page, "Żak", &[("Customer", "Żak")]);
        expect_order(
            page,
            "Polski (Polska)",
            &[
                "Abel", "Ärla", "Åsa", "chata", "Hora", "Lis", "Łoś", "Mak", "Zorn", "Żak",
            ],
        );
    });
}

#[test]
fn names_with_nothing_to_see_and_too_long_ones_are_refused_at_their_field() {
    visit(|page| {
        open(page, "#/deals/new", "Add deal");
        let name = page.field("Name");
        name.fill("\u{200b}\u{3164}");
        page.by_role("button", "Save").click();
        page.expect_text("The name is missing.");
        assert!(description(&name, page).contains("The name is missing."));
        name.fill("Chairs");
        for (label, most, wrong) in [
            (
                "Customer",
                200,
                "The customer's name is too long: at most 200 characters.",
            ),
            (
                "Category",
                80,
                "The category is too long: at most 80 characters.",
            ),
            ("Owner", 80, "The owner is too long: at most 80 characters."),
            (
                "Source",
                80,
                "The source is too long: at most 80 characters.",
            ),
        ] {
            let field = page.field(label);
            field.fill(&"x".repeat(most + 1));
            page.press("Tab");
            page.by_role("button", "Save").click();
            page.expect_text(wrong);
            assert!(description(&field, page).contains(wrong), "{label}");
            field.fill("");
            page.press("Tab");
        }
        page.evaluate(
            "const field = [...document.querySelectorAll('textarea')].at(-1);
             field.value = 'x'.repeat(10001);
             field.dispatchEvent(new Event('input', { bubbles: true }));",
            &[],
        );
        page.by_role("button", "Save").click();
        let notes = page.field("Notes");
        page.expect_text("The notes are too long: at most 10000 characters.");
        assert!(description(&notes, page).contains("too long"));
        page.expect_accessible();
    });
}

#[test]
fn an_address_that_names_what_is_gone_says_so() {
    visit(|page| {
        add_deal(page, "Chairs", &[("Owner", "Ann"), ("Customer", "Acme")]);
        let gone = "#/deals/open?owner=1zzzzzzzzzzzz&customer=1zzzzzzzzzzzz&reason=1zzzzzzzzzzzz&process=1zzzzzzzzzzzz";
        open(page, gone, "Deals");
        page.expect_text("No deal fits");
        page.expect_accessible();
        // The list has it too, so that it can be taken off there.
        filter_by(page, "Owner: no longer there", &["no longer there"]);
        for kind in ["Sales process", "Reason", "Customer"] {
            page.by_role("button", format!("Remove {kind}: no longer there"))
                .click();
        }
        page.expect_route("#/deals/open");
        expect_listed(page, "Open deals", &["Chairs"]);
    });
}

#[test]
fn what_is_unknown_weighs_an_unknown_value() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        page.expect_text("Weighted value –");
        open(page, "#/deals/open", "Deals");
        page.within("Summary").expect_text("Weighted value –");
        page.within("Summary").expect_text("Total value –");
    });
}

#[test]
fn amounts_are_whole_at_every_width() {
    visit(|page| {
        open(page, "#/settings/general", "Account settings");
        page.select("Language and region", "Deutsch (Schweiz)");
        page.by_role("combobox", "Currency").expect_present();
        page.evaluate(
            "const field = [...document.querySelectorAll('select')]
               .find((field) => field.labels[0].textContent.trim() === 'Currency');
             field.value = 'CHF';
             field.dispatchEvent(new Event('change', { bubbles: true }));",
            &[],
        );
        add_deal(
            page,
            "Tower",
            &[("Value", "1'234'567.89"), ("Customer", "Acme")],
        );
        add_deal(
            page,
            "Bridge",
            &[("Value", "1000000000000"), ("Customer", "Acme")],
        );
        for width in [390, 768, 1440] {
            page.resize(width, 844);
            for (route, heading) in [("#/deals/open", "Deals"), ("#/customers", "Customers")] {
                open(page, route, heading);
                if route == "#/deals/open" {
                    page.by_role("link", "Tower").expect_present();
                }
                page.wait_until("every amount is whole", || {
                    page.evaluate(WHOLE, &[]) == json!([])
                });
            }
        }
    });
}

/// The amounts that are broken into lines, or cut by what they stand in.
const WHOLE: &str = "
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const broken = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!/CHF.*[0-9]/.test(node.textContent) || !node.parentElement.checkVisibility()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 1);
      if (boxes.length === 0) continue;
      const lines = new Set(boxes.map((box) => Math.round(box.top)));
      let cut = lines.size > 1 && /^CHF[^A-Za-z]*$/.test(node.textContent.trim());
      cut ||= boxes.some((box) => box.right > innerWidth + 0.5 || box.left < -0.5);
      const right = Math.max(...boxes.map((box) => box.right));
      const left = Math.min(...boxes.map((box) => box.left));
      for (let at = node.parentElement; at; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.overflowX === 'hidden' || style.overflowX === 'clip') {
          const box = at.getBoundingClientRect();
          cut ||= right > box.right + 0.5 || left < box.left - 0.5;
        }
      }
      if (cut) broken.push(node.textContent);
    }
    return broken;";

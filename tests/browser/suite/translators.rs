//! The page with what translators do to it: they put elements of their own in
//! the place of its texts.

use browser_tests::{Page, any, containing, visit};
use serde_json::json;

use crate::steps::{expect_listed, five_deals, open, panel};

/// Puts something else in the place of every text of the page: in two steps as
/// Chrome does, in one, with plain text, or around it.
const TRANSLATE: &str = "
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (text.data.trim() && !text.parentElement.closest('script, style, title')) texts.push(text);
  }
  for (const text of texts) {
    const words = document.createTextNode('«' + text.data + '»');
    const font = document.createElement('font');
    font.appendChild(document.createElement('font')).append(words);
    const span = document.createElement('span');
    span.append(words.cloneNode());
    switch (arguments[0]) {
      case 'two steps': text.before(font); text.remove(); break;
      case 'one step': text.replaceWith(font); break;
      case 'another element': text.replaceWith(span); break;
      case 'plain text': text.replaceWith(words); break;
      case 'around': text.before(font); font.firstChild.replaceChildren(text); break;
    }
  }
  return texts.length;";

fn translate(page: &Page, how: &str) {
    let texts = page.evaluate(TRANSLATE, &[json!(how)]);
    assert!(
        texts.as_u64().unwrap() > 20,
        "{texts} texts were translated"
    );
}

#[test]
fn browsers_are_asked_to_leave_the_texts_alone() {
    visit(|page| {
        open(page, "", "Deals");
        let asked = "return [document.documentElement.translate,
          document.querySelector('meta[name=google]').content];";
        assert_eq!(page.evaluate(asked, &[]), json!([false, "notranslate"]));
    });
}

#[track_caller]
fn work_on(page: &Page, how: &str) {
    open(page, "#/deals/open", "Deals");
    page.within("Summary").expect_text("Open deals 5");
    translate(page, how);
    page.field("Search deals").fill("oak");
    expect_listed(page, "Open deals", &["Harbour", "Tower"]);
    page.within("Summary").expect_text("€70,000.50");
    translate(page, how);
    page.by_role("columnheader", "Name")
        .by_role("button", any())
        .click();
    translate(page, how);
    page.by_role("columnheader", "Name")
        .by_role("button", any())
        .click();
    expect_listed(page, "Open deals", &["Tower", "Harbour"]);
    page.field("Search deals").fill("");
    expect_listed(
        page,
        "Open deals",
        &["Tower", "Lamps", "Harbour", "Desks", "Chairs"],
    );
    page.within("Summary").expect_text("Open deals 5");
    translate(page, how);
    page.by_role("link", "Lamps").click();
    page.expect_heading("Lamps");
    translate(page, how);
    // Texts that come and go.
    panel(page)
        .by_role("checkbox", "Reach the person")
        .set_checked(true);
    panel(page).expect_text("Contact Current stage");
    translate(page, how);
    page.by_role("button", "Undo").first().click();
    panel(page).expect_text("Collect information Current stage");
    page.by_role("link", "Edit deal").click();
    page.expect_heading("Edit deal");
    translate(page, how);
    page.field("Name").fill("");
    page.by_role("button", "Save").click();
    page.field("Name").expect_focused();
    page.expect_text("The name is missing");
    translate(page, how);
    page.field("Name").fill("Ten lamps");
    page.by_role("button", "Save").click();
    page.expect_heading("Ten lamps");
    // The browser goes back to it a moment later.
    page.wait_until("the address is that of the deal", || {
        !page.route().ends_with("/edit")
    });
    page.back();
    page.by_role("link", "Ten lamps").expect_present();
}

#[track_caller]
fn check(ways: &[&str]) {
    visit(|page| {
        five_deals(page);
        for how in ways {
            work_on(page, how);
            page.by_role("button", "Undo").first().click();
            page.by_role("link", "Lamps").expect_present();
        }
    });
}

#[test]
fn the_list_tells_the_truth_after_a_translation() {
    check(&["two steps", "plain text"]);
}

#[test]
fn the_list_tells_the_truth_after_other_changes_to_its_texts() {
    check(&["one step", "another element", "around"]);
}

#[test]
fn what_never_lets_go_is_told_of_and_does_not_stop_the_page() {
    visit(|page| {
        five_deals(page);
        open(page, "#/deals/open", "Deals");
        page.evaluate(
            "const wrap = (text) => {
               const font = document.createElement('font');
               font.textContent = text.data;
               text.replaceWith(font);
             };
             const heading = document.querySelector('h1');
             new MutationObserver(() => {
               if (heading.firstChild.nodeType === 3) wrap(heading.firstChild);
             }).observe(heading, { childList: true });
             wrap(heading.firstChild);",
            &[],
        );
        page.by_role("region", "Messages")
            .expect_text("Something in this browser keeps rewriting this page");
        page.by_role("link", containing("Lamps")).click();
        page.expect_heading("Lamps");
    });
}

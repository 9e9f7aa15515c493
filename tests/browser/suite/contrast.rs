//! Where the system gives the colours.

use browser_tests::{Need, Page, Visit, any, containing};
use serde_json::{Value, json};

use crate::steps::{load_sample, open, panel};

/// What an element looks like, as far as it may tell its state.
const LOOK: &str = "
  const look = (e, part) => {
    const s = getComputedStyle(e, part);
    return [s.appearance, s.backgroundColor, s.borderBlockEndColor, s.borderBlockEndWidth, s.outlineStyle, s.outlineColor, s.content, s.color];
  };
  return arguments.length && [...document.querySelectorAll(arguments[0])].map((e) => JSON.stringify([look(e), look(e, '::after'), e.checked && getComputedStyle(e).appearance === 'auto']));";

/// The look of the one that is `chosen` is that of none of the others.
#[track_caller]
fn expect_told(page: &Page, all: &str, chosen: &str) {
    let looks = |selector: &str| -> Vec<String> {
        let found = page.evaluate(LOOK, &[json!(selector)]);
        let texts = found.as_array().unwrap().iter();
        texts
            .map(|look| look.as_str().unwrap().to_owned())
            .collect()
    };
    let chosen_look = looks(&format!("{all}{chosen}"));
    let others = looks(&format!("{all}:not({chosen})"));
    assert_eq!(chosen_look.len(), 1, "{all}{chosen}");
    assert!(!others.is_empty(), "{all}");
    assert!(
        !others.contains(&chosen_look[0]),
        "{all}{chosen} looks like the others: {}",
        chosen_look[0]
    );
}

/// The colours of which there is much in the first drawing of the page.
const DRAWN: &str = "
  const canvas = [...document.querySelectorAll('figure canvas')].find((canvas) => canvas.offsetParent);
  if (!canvas) return [];
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const counts = new Map();
  for (let at = 0; at < data.length; at += 4) {
    const color = `rgb(${data[at]}, ${data[at + 1]}, ${data[at + 2]})`;
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count > 150).map(([color]) => color);";

/// Colours of the system, as they are drawn on its canvas.
fn system_colors(page: &Page, names: &[&str]) -> Vec<Value> {
    let script = "const probe = document.body.appendChild(document.createElement('i'));
      probe.style.forcedColorAdjust = 'none';
      const pen = document.createElement('canvas').getContext('2d');
      const found = arguments[0].map((name) => {
        for (const color of ['Canvas', name]) {
          probe.style.color = color;
          pen.fillStyle = getComputedStyle(probe).color;
          pen.fillRect(0, 0, 1, 1);
        }
        const { data } = pen.getImageData(0, 0, 1, 1);
        return `rgb(${data[0]}, ${data[1]}, ${data[2]})`;
      });
      probe.remove();
      return found;";
    let colors = page.evaluate(script, &[json!(names)]);
    colors.as_array().unwrap().clone()
}

#[test]
fn states_are_told_where_the_system_gives_the_colours() {
    Visit::default().needs(Need::ForcedColors).run(|page| {
        load_sample(page);
        page.force_colors(true);
        expect_told(page, ".tab", "[aria-current]");
        expect_told(page, ".nav-link", "[aria-current]");
        open(page, "#/settings/general", "Account settings");
        expect_told(page, ".settings-link", "[aria-current]");
        expect_told(page, ".theme-choice", ":has(:checked)");
        open(page, "#/deals/open", "Deals");
        page.by_role("table", "Open deals").by_role("link", any()).first().click();
        panel(page).expect_present();
        let boxes = page.evaluate(
            "return [...document.querySelectorAll('input[type=checkbox]')].every((box) => getComputedStyle(box).appearance === 'auto');",
            &[],
        );
        assert_eq!(boxes, json!(true));
        page.press("Control+k");
        page.by_role("option", containing("Add deal")).first().expect_present();
        expect_told(page, ".palette-option", "[aria-selected=true]");
    });
}

#[test]
fn charts_are_drawn_in_colours_of_the_system_that_differ() {
    Visit::default().needs(Need::ForcedColors).run(|page| {
        load_sample(page);
        open(page, "#/deals/closed", "Deals");
        page.by_role("figure", containing(": closed deals"))
            .first()
            .by_role("button", "Save")
            .expect_enabled(true);
        page.settle();
        let wanted = ["Highlight", "CanvasText", "GrayText"];
        let is_drawn_so = || {
            let colors = system_colors(page, &wanted);
            let drawn = page.evaluate(DRAWN, &[]);
            colors
                .iter()
                .all(|color| drawn.as_array().unwrap().contains(color))
        };
        assert!(!is_drawn_so(), "the colours are ours");
        // It follows the setting.
        page.force_colors(true);
        page.wait_until("the chart has the colours of the system", is_drawn_so);
        let colors = system_colors(page, &["Highlight", "CanvasText", "GrayText", "Canvas"]);
        for (at, color) in colors.iter().enumerate() {
            assert!(
                !colors[..at].contains(color),
                "{color} stands for two things"
            );
        }
    });
}

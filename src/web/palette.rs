//! What charts take from the browser: the theme's colours, as a canvas
//! understands them, and the account's way to write numbers.

use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement, Window};

use super::intl::Formats;
use super::observe::FORCED_COLORS;
use crate::chart::{Format, Palette};
use crate::domain::read::stats::Month;
use crate::domain::record::process::Color;
use crate::domain::value::money::Total;
use crate::domain::value::time::Date;

impl Format for Formats {
    fn count(&self, count: usize) -> String {
        Formats::count(self, count)
    }

    fn money(&self, amount: Total) -> String {
        Formats::money(self, amount.minor())
    }

    fn short_money(&self, amount: Total) -> String {
        Formats::short_money(self, amount.minor())
    }

    fn plain_money(&self, amount: Total) -> String {
        self.plain(amount.minor())
    }

    fn tenths(&self, tenths: i64) -> String {
        Formats::tenths(self, tenths)
    }

    fn percent(&self, permille: u16) -> String {
        self.permille(permille)
    }

    fn month(&self, month: Month) -> String {
        let first = Date::new(month.year, month.month, 1);
        first.map_or_else(|| month.to_string(), |first| Formats::month(self, first))
    }

    fn date(&self, date: Date) -> String {
        Formats::date(self, date)
    }
}

/// The palette in use, from the style sheet's custom properties.
///
/// A property may hold `light-dark(…)` or refer to another one, so each is
/// asked for as the colour of an element.
pub fn palette() -> Palette {
    read(None).unwrap_or_default()
}

/// The palette of the light theme, whichever is in use.
pub fn light_palette() -> Palette {
    read(Some("light")).unwrap_or_default()
}

fn read(scheme: Option<&str>) -> Option<Palette> {
    let window = web_sys::window()?;
    let document = window.document()?;
    let body = document.body()?;
    let probe = hidden_element(&document)?;
    if let Some(scheme) = scheme {
        probe.style().set_property("color-scheme", scheme).ok()?;
    }
    body.append_child(&probe).ok()?;
    // The colours of processes are ours, and a person who has others forced
    // gets one of those.
    let forced = super::dom::matches_media(FORCED_COLORS);
    let color = |property: &str| color_of(&window, &probe, property).unwrap_or_default();
    let palette = Palette {
        text: color("--text"),
        muted: color("--text-muted"),
        line: color("--line"),
        surface: color("--surface"),
        accent: color("--accent"),
        won: color("--won"),
        lost: color("--lost"),
        outdated: color("--outdated"),
        processes: (0..Color::COUNT)
            .map(|index| match forced {
                true => color("--accent"),
                false => color(&format!("--process-{index}")),
            })
            .collect(),
        // ECharts puts it between double quotes in a picture, as it is.
        font: computed(&window, &body, "font-family")
            .unwrap_or_default()
            .replace('"', "'"),
    };
    probe.remove();
    Some(palette)
}

fn hidden_element(document: &Document) -> Option<HtmlElement> {
    let probe: HtmlElement = document.create_element("span").ok()?.dyn_into().ok()?;
    probe.set_hidden(true);
    // Or all that is asked for would be the one colour of forced texts.
    let keep = probe.style().set_property("forced-color-adjust", "none");
    keep.ok()?;
    Some(probe)
}

fn color_of(window: &Window, probe: &HtmlElement, property: &str) -> Option<String> {
    probe
        .style()
        .set_property("color", &format!("var({property})"))
        .ok()?;
    computed(window, probe, "color")
}

fn computed(window: &Window, element: &HtmlElement, property: &str) -> Option<String> {
    window
        .get_computed_style(element)
        .ok()??
        .get_property_value(property)
        .ok()
}

//! Where everything stands in the drawing of the forecast, by how wide it is.

use serde_json::{Value, json};

use crate::chart::palette::Palette;
use crate::chart::statistics::rows::LEGEND_PX;
use crate::chart::text::width_px;
use crate::domain::read::statistics::forecast::Forecast;

/// How many months back, the last ones, are drawn at most.
pub const BACK: usize = 12;
/// How many months ahead are drawn at most; what is expected later is one
/// column.
pub const AHEAD: usize = 12;
/// The longest name in the legend, in pixels.
pub const NAME_PX: i64 = 150;

/// The height of the drawing without its legend, in pixels.
const HEIGHT_PX: u32 = 300;
/// Up to this width fewer months are drawn, in pixels.
const WIDE_PX: i64 = 900;
/// Up to this width the fewest are drawn, in pixels.
const NARROW_MOST_PX: i64 = 560;
/// The width of the drawing on a phone, in pixels.
const NARROW_PX: i64 = 300;
/// The gap before what stands apart, in percent of the width.
const GAP_PERCENT: usize = 3;
/// The height of titles, and of what is written above columns, in pixels.
const HEAD_PX: u32 = 60;
/// The height of the names below columns, in pixels.
const NAMES_PX: u32 = 40;
/// The height of a row of the legend, in pixels.
const LEGEND_ROW_PX: u32 = 22;

/// The height the drawing reads best at, in CSS pixels.
pub fn forecast_height_px(stats: &Forecast) -> u32 {
    HEIGHT_PX + legend_px(stats, NARROW_PX)
}

/// The height of the legend in a drawing of such a width: of several processes,
/// as many rows as they take.
fn legend_px(stats: &Forecast, width: i64) -> u32 {
    /// The mark of a name and the gap after it.
    const MARK_PX: i64 = 34;
    if stats.processes.len() < 2 {
        return 0;
    }
    let mut rows = 1;
    let mut used = 0;
    for whose in &stats.processes {
        let own = width_px(whose.name.as_str()).min(NAME_PX) + MARK_PX;
        if used > 0 && used + own > width {
            rows += 1;
            used = 0;
        }
        used += own;
    }
    (rows - 1) * LEGEND_ROW_PX + LEGEND_PX
}

/// How much room there is.
#[derive(Clone, Copy)]
pub enum Width {
    /// As on a phone.
    Narrow,
    /// As on a tablet.
    Middle,
    /// As on a desktop.
    Wide,
}

impl Width {
    /// How many months back and ahead are drawn at most.
    fn months(self) -> (usize, usize) {
        match self {
            Self::Narrow => (2, 4),
            Self::Middle => (5, 7),
            Self::Wide => (BACK, AHEAD),
        }
    }

    /// The width that the legend has at least.
    fn least_px(self) -> i64 {
        match self {
            Self::Narrow => NARROW_PX,
            Self::Middle => NARROW_MOST_PX,
            Self::Wide => WIDE_PX,
        }
    }
}

/// What there is to place: so many columns of won and of expected months, and
/// of what stands apart.
pub struct Layout<'a> {
    pub stats: &'a Forecast,
    pub won: usize,
    pub ahead: usize,
    pub apart: usize,
    pub palette: &'a Palette,
}

impl Layout<'_> {
    /// Where all stands in drawings of any width.
    pub fn media(&self) -> Value {
        json!([
            { "query": { "maxWidth": NARROW_MOST_PX }, "option": self.of(Width::Narrow) },
            {
                "query": { "minWidth": NARROW_MOST_PX + 1, "maxWidth": WIDE_PX },
                "option": self.of(Width::Middle),
            },
            { "option": self.of(Width::Wide) },
        ])
    }

    /// Where all stands in a drawing of that width.
    pub fn of(&self, width: Width) -> Value {
        let legend = legend_px(self.stats, width.least_px());
        let (back, on) = width.months();
        let (back, on) = (self.won.min(back), self.ahead.min(on));
        let columns = (back + on + self.apart).max(1);
        // What stands apart has columns of the same width, after a gap.
        let gap = if self.apart > 0 { GAP_PERCENT } else { 0 };
        let months_percent = (100 - gap) * (back + on) / columns;
        let apart_percent = (100 - gap) * self.apart / columns;
        let height = forecast_height_px(self.stats).saturating_sub(legend + HEAD_PX + NAMES_PX);
        let grid = |left: usize, width: usize| {
            json!({
                "left": format!("{left}%"), "width": format!("{width}%"),
                "top": legend + HEAD_PX, "height": height,
            })
        };
        let expected_at = months_percent * back / (back + on).max(1);
        let won = if back > 0 { "Won" } else { "" };
        let title = |text: &str, left: usize| {
            json!({
                "text": text, "left": format!("{left}%"), "top": legend + 6, "padding": 0,
                "textStyle": {
                    "fontSize": 12, "fontWeight": 600, "color": self.palette.text,
                    "fontFamily": self.palette.font,
                },
            })
        };
        let last = (self.won + on).saturating_sub(1);
        let months = json!({ "min": self.won - back, "max": last });
        let apart = json!({ "min": 0, "max": self.apart.saturating_sub(1) });
        json!({
            "title": [title(won, 0), title("Expected", expected_at)],
            "grid": [grid(0, months_percent), grid(months_percent + gap, apart_percent)],
            "xAxis": [months, apart, months, apart],
        })
    }
}

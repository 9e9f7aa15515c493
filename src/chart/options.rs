//! What both charts share, and what charming has no words for.

use charming::Chart;
use charming::component::{Axis, Grid};
use charming::element::{
    AxisLabel, AxisLine, AxisTick, AxisType, Emphasis, ItemStyle, SplitLine, Tooltip, Trigger,
};
use charming::series::Bar;
use serde_json::{Value, json};

use super::palette::Palette;

/// One part of a chart that can be pointed at and picked.
pub(super) struct ChartPart {
    /// What a click reports.
    pub key: String,
    /// What the tooltip says; already safe to show (see [`super::text::literal`]).
    pub tooltip: String,
}

/// A chart without anything in it, in the colours of the palette.
pub(super) fn canvas(palette: &Palette, reduced_motion: bool) -> Chart {
    let chart = Chart::new()
        .background_color(palette.surface.as_str())
        .tooltip(
            Tooltip::new()
                .trigger(Trigger::Item)
                .background_color(palette.surface.as_str())
                .border_color(palette.line.as_str())
                .border_width(1),
        )
        .animation(!reduced_motion);
    if reduced_motion {
        chart
    } else {
        chart.animation_duration(300)
    }
}

/// An axis of names without line and ticks.
pub(super) fn names_axis(names: Vec<String>) -> Axis {
    Axis::new()
        .type_(AxisType::Category)
        .axis_line(AxisLine::new().show(false))
        .axis_tick(AxisTick::new().show(false))
        .split_line(SplitLine::new().show(false))
        .data(names)
}

/// A label of an axis.
pub(super) fn label(color: &str) -> AxisLabel {
    AxisLabel::new().color(color).font_size(12)
}

/// An axis of numbers from 0 to `top` that is not drawn itself.
pub(super) fn hidden_scale(top: usize) -> Axis {
    scale().max(whole(top.max(1)))
}

/// The same for what is no count.
pub(super) fn scale_to(top: f64) -> Axis {
    scale().max(if top > 0.0 { top } else { 1.0 })
}

fn scale() -> Axis {
    Axis::new()
        .type_(AxisType::Value)
        .show(false)
        // Labels take up room even on an axis that is not drawn.
        .axis_label(AxisLabel::new().show(false))
        .min(0)
}

/// A chart of bars that lie below each other, `top` pixels from its upper edge:
/// names at the left, figures at the right, and a second pair of axes for
/// [`hit_areas`].
pub(super) fn lying(
    (palette, reduced_motion): (&Palette, bool),
    top: u32,
    scale: Axis,
    (names, ends): (Vec<String>, Vec<String>),
) -> Chart {
    let axis = |names, color: &str| {
        names_axis(names)
            .inverse(true)
            .axis_label(label(color).interval(0))
    };
    canvas(palette, reduced_motion)
        .grid(
            Grid::new()
                .left(0)
                .right(0)
                .top(i64::from(top))
                .bottom(0)
                .contain_label(true),
        )
        .x_axis(scale)
        .x_axis(hidden_scale(1))
        .y_axis(axis(names, &palette.text))
        .y_axis(axis(ends, &palette.muted).position("right"))
}

/// A clear bar over the whole width of each part, so that a part is easily hit
/// however small its own bar is. It lies on the second pair of axes.
pub(super) fn hit_areas(palette: &Palette, parts: &[ChartPart]) -> Bar {
    Bar::new()
        .id("parts")
        .x_axis_index(1)
        .y_axis_index(1)
        .bar_width("100%")
        .item_style(ItemStyle::new().color("transparent"))
        .emphasis(
            Emphasis::new().item_style(ItemStyle::new().color(palette.text.as_str()).opacity(0.07)),
        )
        .data(vec![1; parts.len()])
}

/// The data of [`hit_areas`]: charming's data points carry no id and no tooltip.
pub(super) fn hit_data(parts: Vec<ChartPart>) -> Value {
    parts.into_iter().map(hit).collect()
}

/// A part that has nothing to pick, or nothing to tell, does neither.
fn hit(part: ChartPart) -> Value {
    let mut hit = json!({ "value": 1, "tooltip": { "formatter": part.tooltip } });
    if let Some(hit) = hit.as_object_mut() {
        if !part.key.is_empty() {
            hit.insert("id".to_owned(), part.key.into());
        }
        if part.tooltip.is_empty() {
            hit.insert("tooltip".to_owned(), json!({ "show": false }));
        }
    }
    hit
}

/// The options as JSON text, with `extra` laid over what charming can say.
pub(super) fn finish(chart: &Chart, palette: &Palette, extra: Value) -> String {
    let mut options = serde_json::to_value(chart).unwrap_or_default();
    let common = json!({
        "textStyle": { "fontFamily": palette.font },
        "tooltip": {
            // HTML tooltips need inline styles, and would take names for HTML.
            "renderMode": "richText",
            "confine": true,
            "padding": [8, 12],
            "borderRadius": 6,
            "transitionDuration": 0,
            "textStyle": { "color": palette.text, "fontFamily": palette.font, "fontSize": 12 },
        },
    });
    lay_over(&mut options, common);
    lay_over(&mut options, extra);
    for axes in ["xAxis", "yAxis"] {
        for axis in options
            .get_mut(axes)
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            // The room for labels is measured in the font that stands here, and
            // their height otherwise by a letter that not every font has.
            let measured = json!({ "fontFamily": palette.font, "lineHeight": 16 });
            lay_over(axis, json!({ "axisLabel": measured }));
        }
    }
    options.to_string()
}

/// Objects are joined key by key and arrays place by place; anything else
/// takes the place of what was there.
fn lay_over(under: &mut Value, over: Value) {
    match (under, over) {
        (Value::Object(under), Value::Object(over)) => {
            for (key, value) in over {
                lay_over(under.entry(key).or_insert(Value::Null), value);
            }
        }
        (Value::Array(under), Value::Array(over)) => {
            for (place, value) in over.into_iter().enumerate() {
                match under.get_mut(place) {
                    Some(there) => lay_over(there, value),
                    None => under.push(value),
                }
            }
        }
        (under, over) => *under = over,
    }
}

/// A count as charming takes it.
pub(super) fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The gridlines of a scale that holds `most`: 0, a round step, its multiples.
pub(super) fn ticks(most: usize) -> Vec<usize> {
    let steps = (0..18u32).flat_map(|power| [1, 2, 5].map(|digit| digit * 10usize.pow(power)));
    let step = steps
        .into_iter()
        .find(|step| most.div_ceil(*step) <= 4)
        .unwrap_or(most.max(1));
    (0..=most.div_ceil(step).max(1))
        .map(|place| place * step)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_has_few_round_ticks_and_holds_its_most() {
        assert_eq!(ticks(0), [0, 1]);
        assert_eq!(ticks(3), [0, 1, 2, 3]);
        assert_eq!(ticks(5), [0, 2, 4, 6]);
        assert_eq!(ticks(331), [0, 100, 200, 300, 400]);
        for most in 0..3000 {
            let ticks = ticks(most);
            assert!(
                ticks.len() <= 5 && ticks.last().unwrap() >= &most,
                "{most}: {ticks:?}"
            );
        }
    }

    #[test]
    fn what_is_laid_over_joins_objects_and_arrays() {
        let mut options = json!({ "a": { "b": 1 }, "c": [{ "d": 1 }, 2], "e": 1 });
        lay_over(
            &mut options,
            json!({ "a": { "x": 2 }, "c": [{ "y": 3 }, 4, 5], "e": [] }),
        );
        let wanted = json!({ "a": { "b": 1, "x": 2 }, "c": [{ "d": 1, "y": 3 }, 4, 5], "e": [] });
        assert_eq!(options, wanted);
    }
}

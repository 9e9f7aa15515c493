//! The mark a process is known by: its colour and its name.

use crate::domain::record::process::Color;
use crate::ui::prelude::*;

/// The class that paints in the colour of a process.
pub fn color_class(color: Color) -> String {
    format!("process-color-{}", color.0 % Color::COUNT)
}

/// A dot in the colour of a process, with its name.
#[component]
pub fn ProcessMark(
    /// The colour.
    color: Color,
    /// The name.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    view! {
        <span class=format!("process-mark {}", color_class(color))>
            <span class="process-dot" aria-hidden="true"></span>
            <bdi class="process-name">{name}</bdi>
        </span>
    }
}

//! A figure as a file to take along.

use crate::chart::{Palette, Table, picture, tables_csv};
use crate::web::echarts::{self, EChart};
use crate::web::files;

/// What a figure is saved as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveAs {
    /// A picture of points.
    Png,
    /// A picture of lines.
    Svg,
    /// Its tables.
    Csv,
}

impl SaveAs {
    /// All of them, in the order of the menu.
    pub const ALL: [SaveAs; 3] = [Self::Png, Self::Svg, Self::Csv];

    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Svg => "SVG",
            Self::Csv => "CSV",
        }
    }

    /// Whether it needs the drawing.
    pub fn is_picture(self) -> bool {
        self != Self::Csv
    }
}

/// What there is of a figure to save.
pub struct Saved<'a> {
    /// Its title.
    pub title: String,
    /// The day it is of, as people read it.
    pub date: String,
    /// Its drawing on the screen.
    pub chart: Option<&'a EChart>,
    /// What that was drawn from.
    pub options: String,
    /// Its colours.
    pub palette: Palette,
    /// Its tables.
    pub tables: Vec<Table>,
}

/// Gives the visitor a figure as a file.
///
/// # Errors
/// What is said where the browser refuses.
pub fn save(kind: SaveAs, figure: &Saved<'_>) -> Result<(), String> {
    let Saved {
        title,
        date,
        palette,
        ..
    } = figure;
    // No file may have a colon in its name.
    let name = |ending: &str| format!("{}.{ending}", title.replace(": ", " - "));
    match (kind, figure.chart) {
        (SaveAs::Csv, _) => {
            let text = tables_csv(&figure.tables);
            files::download(&name("csv"), "text/csv;charset=utf-8", &text)
                .map_err(|error| error.to_string())
        }
        (SaveAs::Png, Some(chart)) => chart
            .save_png(&name("png"), (title, date), palette)
            .map_err(|error| error.to_string()),
        (SaveAs::Svg, Some(chart)) => {
            let size = chart.size_px();
            let drawing = echarts::svg(&figure.options, size).map_err(|error| error.to_string())?;
            let text = picture::titled(&drawing, size, (title, date), palette);
            files::download(&name("svg"), "image/svg+xml;charset=utf-8", &text)
                .map_err(|error| error.to_string())
        }
        (SaveAs::Png | SaveAs::Svg, None) => Ok(()),
    }
}

//! Texts of people with the addresses in them as links.

use crate::domain::value::links::{Piece, pieces};
use crate::ui::prelude::*;

/// A text with the addresses in it as links that are opened on purpose. It is
/// never read as HTML.
pub fn with_links(text: &str) -> Vec<AnyView> {
    let piece = |piece: Piece<'_>| match piece {
        Piece::Text(text) => text.to_owned().into_any(),
        Piece::Link(text, href) => view! {
            <a href=href target="_blank" rel="noopener noreferrer" dir="auto">
                {text.to_owned()}
            </a>
        }
        .into_any(),
    };
    pieces(text).into_iter().map(piece).collect()
}

//! A drawing with its title as a picture of its own.

use super::palette::Palette;

/// The room around it, in pixels.
const MARGIN: u32 = 16;
/// The height of the title and the date, in pixels.
const HEAD: u32 = 48;

/// The drawing (SVG, as wide and high as said in pixels) with a title and a
/// date above it, as SVG.
pub fn titled(
    drawing: &str,
    (width, height): (u32, u32),
    (title, date): (&str, &str),
    palette: &Palette,
) -> String {
    let (all_wide, all_high) = (width + 2 * MARGIN, height + HEAD + 2 * MARGIN);
    let text = |below: u32, look: &str, color: &str, text: &str| {
        let font = escaped(&palette.font);
        let (color, text, y) = (escaped(color), escaped(text), MARGIN + below);
        format!(
            "<text x=\"{MARGIN}\" y=\"{y}\" font-family=\"{font}\" {look} fill=\"{color}\">{text}</text>"
        )
    };
    let title_text = text(
        14,
        "font-size=\"15\" font-weight=\"600\"",
        &palette.text,
        title,
    );
    let date_text = text(33, "font-size=\"12\"", &palette.muted, date);
    let (surface, top) = (escaped(&palette.surface), MARGIN + HEAD);
    let name = escaped(title);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{all_wide}\" height=\"{all_high}\" \
         viewBox=\"0 0 {all_wide} {all_high}\" role=\"img\"><title>{name}</title>\
         <rect width=\"100%\" height=\"100%\" fill=\"{surface}\"/>{title_text}{date_text}\
         <g transform=\"translate({MARGIN} {top})\">{drawing}</g></svg>\n"
    )
}

/// A text within XML. Control characters can't stand there at all.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_text_whatever_stands_in_it() {
        let palette = Palette::default();
        let title = "</title><script>alert(1)</script> & \"quotes\" \u{1}";
        let svg = titled("<svg/>", (10, 20), (title, "1 May"), &palette);
        assert!(!svg.contains("<script") && !svg.contains('\u{1}'), "{svg}");
        assert!(svg.contains("&lt;script&gt;") && svg.contains("&amp; &quot;quotes"));
        assert!(svg.contains("width=\"42\" height=\"100\""));
        assert!(svg.contains(">1 May</text>") && svg.contains("<g transform"));
    }
}

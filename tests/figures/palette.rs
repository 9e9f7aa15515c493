//! The colours of charts, as people with any sight see them: they stand out
//! from what they lie on, and from each other also for the colour-blind.
//!
//! How the colour-blind see them is simulated by the matrices of Machado,
//! Oliveira and Fernandes, "A Physiologically-based Model for Simulation of
//! Color Vision Deficiency" (2009), at full severity, in linear light. How far
//! two colours are from each other is measured in OKLab (Björn Ottosson, 2020),
//! in which about 0.02 is the least that the eye tells apart side by side.

use std::collections::BTreeMap;

/// The least distance of two colours that must be told apart.
const APART: f64 = 0.07;
/// The least contrast of a graphic to its surface (WCAG 2.2, 1.4.11).
const CONTRAST: f64 = 3.0;

type Rgb = [f64; 3];

/// The sight of most people, and of those who lack a kind of cone.
const SIGHTS: [(&str, [[f64; 3]; 3]); 4] = [
    ("usual", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

/// A colour as `#rrggbb`, in linear light.
fn linear(hex: &str) -> Rgb {
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        match value <= 0.040_45 {
            true => value / 12.92,
            false => ((value + 0.055) / 1.055).powf(2.4),
        }
    };
    [part(1), part(3), part(5)]
}

fn seen(color: Rgb, sight: &[[f64; 3]; 3]) -> Rgb {
    sight.map(|row| {
        let sum: f64 = row.iter().zip(color).map(|(a, b)| a * b).sum();
        sum.clamp(0.0, 1.0)
    })
}

fn oklab([r, g, b]: Rgb) -> Rgb {
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    [
        0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
    ]
}

fn distance(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (oklab(a), oklab(b));
    let squares = a.iter().zip(b).map(|(a, b)| (a - b).powi(2));
    squares.sum::<f64>().sqrt()
}

fn contrast(a: Rgb, b: Rgb) -> f64 {
    let light = |[r, g, b]: Rgb| 0.2126 * r + 0.7152 * g + 0.0722 * b;
    let (a, b) = (light(a), light(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The colours of the style sheet by their names, of the light theme and of the
/// dark one.
fn tokens() -> [BTreeMap<String, String>; 2] {
    let path = format!("{}/style/tokens.css", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let mut themes = [BTreeMap::new(), BTreeMap::new()];
    for line in text.lines() {
        let Some((name, value)) = line
            .trim()
            .strip_prefix("--")
            .and_then(|line| line.split_once(": "))
        else {
            continue;
        };
        let Some(both) = value
            .strip_prefix("light-dark(")
            .and_then(|it| it.strip_suffix(");"))
        else {
            continue;
        };
        let both: Vec<&str> = both.split(", ").collect();
        for (theme, color) in themes.iter_mut().zip(both) {
            theme.insert(name.to_owned(), color.to_owned());
        }
    }
    themes
}

/// The colours that stand beside each other in charts: those of processes, and
/// those of outcomes.
fn groups() -> [Vec<String>; 2] {
    let processes = (0..8).map(|place| format!("process-{place}")).collect();
    [
        processes,
        ["won", "lost", "outdated"].map(str::to_owned).to_vec(),
    ]
}

#[test]
fn colours_stand_out_from_their_surface() {
    for theme in tokens() {
        let surface = linear(&theme["surface"]);
        for name in groups().concat() {
            let contrast = contrast(linear(&theme[&name]), surface);
            assert!(
                contrast >= CONTRAST,
                "{name} {}: {contrast:.2}",
                theme[&name]
            );
        }
    }
}

#[test]
fn colours_are_told_apart_whatever_cones_one_has() {
    for theme in tokens() {
        for names in groups() {
            for (at, a) in names.iter().enumerate() {
                for b in &names[at + 1..] {
                    for (sight, matrix) in &SIGHTS {
                        let of = |name: &str| seen(linear(&theme[name]), matrix);
                        let apart = distance(of(a), of(b));
                        assert!(
                            apart >= APART,
                            "{a} {} and {b} {} with {sight}: {apart:.3}",
                            theme[a],
                            theme[b],
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn the_measures_know_what_is_known() {
    let (black, white) = (linear("#000000"), linear("#ffffff"));
    assert!((contrast(black, white) - 21.0).abs() < 1e-9);
    assert!((distance(black, white) - 1.0).abs() < 1e-3);
    // A red and an olive that are the same without the cones for red.
    let protanopia = &SIGHTS[1].1;
    let of = |hex: &str| seen(linear(hex), protanopia);
    assert!(distance(of("#b00000"), of("#4d4000")) < 0.01);
    assert!(distance(linear("#b00000"), linear("#4d4000")) > 0.2);
}

//! Of thousands of rows only those in view are in the page. All rows of a list
//! are of one height, for that is how it is known which are in view: rows that
//! are higher would be passed over by whoever pages through the list.

use leptos::html;

use crate::ui::prelude::*;
use crate::web::dom;
use crate::web::length::length;

/// How many rows are kept ready above and below those in view.
const SPARE: usize = 8;
/// With fewer than these on a side, more are made.
const LEAST: usize = 3;
/// The rows that are drawn before the page was measured.
const AT_FIRST: Places = Places { first: 0, end: 16 };

/// Places of a list, from the first up to the end.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Places {
    /// The first.
    pub first: usize,
    /// The one after the last.
    pub end: usize,
}

impl Places {
    /// The places to have in the page while those `seen` are: these, as long as
    /// they are enough and not many more, so that a small movement draws
    /// nothing anew; else those seen with some to spare on either side.
    #[must_use]
    pub fn follow(self, seen: Self, count: usize, (least, spare): (usize, usize)) -> Self {
        let needed_first = seen.first.saturating_sub(least);
        let needed_end = (seen.end + least).min(count);
        let most = seen.end.saturating_sub(seen.first) + 3 * spare;
        let is_enough = self.first <= needed_first
            && self.end >= needed_end
            && self.end.min(count).saturating_sub(self.first) <= most;
        if is_enough {
            return self;
        }
        Self {
            first: seen.first.saturating_sub(spare),
            end: seen.end + spare,
        }
    }

    /// Those that a list of so many has.
    pub fn of(self, count: usize) -> std::ops::Range<usize> {
        self.first..self.end.min(count)
    }

    /// Whether a place is among them.
    pub fn has(self, at: usize) -> bool {
        (self.first..self.end).contains(&at)
    }
}

/// The rows that are in the page, and the height of those that are not.
#[derive(Clone, Copy, PartialEq)]
struct Window {
    places: Places,
    row_px: f64,
}

/// The rows of a table that are in the page, as the page is scrolled.
#[derive(Clone, Copy)]
pub struct RowWindow {
    /// The body of the table, to be tied to it.
    pub body: NodeRef<html::Tbody>,
    count: Memo<usize>,
    window: RwSignal<Window>,
    /// The places that are seen.
    seen: RwSignal<Places>,
}

impl RowWindow {
    /// Follows the page for a table of `count` rows, while the caller lives.
    pub fn new(count: Memo<usize>) -> Self {
        let rows = Self {
            body: NodeRef::new(),
            count,
            window: RwSignal::new(Window {
                places: AT_FIRST,
                row_px: 38.0,
            }),
            seen: RwSignal::new(AT_FIRST),
        };
        let gate = dom::FrameGate::new(alive(move |()| rows.measure()));
        let (on_scroll, on_size) = (gate.clone(), gate);
        let listeners = StoredValue::new_local([
            dom::on_window("scroll", alive(move |_| on_scroll.request())),
            dom::on_window("resize", alive(move |_| on_size.request())),
        ]);
        on_cleanup(move || listeners.dispose());
        effect(move || {
            count.track();
            dom::at_next_frame(alive(move |()| rows.measure()));
        });
        rows
    }

    fn measure(self) {
        let body = self.body.get_untracked();
        let Some(metrics) = body.and_then(|body| dom::row_metrics(&body)) else {
            return;
        };
        let above = (-metrics.top_px / metrics.row_px).floor().max(0.0) as usize;
        let seen_px = metrics.window_px - metrics.top_px.max(0.0);
        let fitting = (seen_px / metrics.row_px).ceil().max(0.0) as usize;
        let seen = Places {
            first: above,
            end: above + fitting,
        };
        let (now, count) = (self.window.get_untracked(), self.count.get_untracked());
        if self.seen.get_untracked() != seen {
            self.seen.set(seen);
        }
        let next = Window {
            places: now.places.follow(seen, count, (LEAST, SPARE)),
            row_px: metrics.row_px,
        };
        if now != next {
            self.window.set(next);
        }
    }

    /// The places of the rows that are in the page; follows them. Rows that
    /// were made `before` stay where the list has become shorter: they are
    /// quicker shown again than made.
    pub fn places(self, before: Option<&Vec<usize>>) -> Vec<usize> {
        let places = self.window.get().places;
        let made = before.and_then(|places| places.last());
        let made = made.map_or(0, |last| last + 1);
        places.of(self.count.get().max(made)).collect()
    }

    /// Whether the row at a place is seen, or about to be; follows it.
    pub fn is_seen(self, at: usize) -> bool {
        let seen = self.seen.get();
        at + 1 >= seen.first && at <= seen.end
    }

    /// The row that stands for those above the ones in the page.
    pub fn above(self, columns: Signal<usize>) -> impl IntoView {
        spacer(columns, move || {
            let window = self.window.get();
            window.places.first.min(self.count.get()) as f64 * window.row_px
        })
    }

    /// The row that stands for those below the ones in the page.
    pub fn below(self, columns: Signal<usize>) -> impl IntoView {
        spacer(columns, move || {
            let window = self.window.get();
            self.count.get().saturating_sub(window.places.end) as f64 * window.row_px
        })
    }
}

fn spacer(columns: Signal<usize>, height_px: impl Fn() -> f64 + Send + Sync + 'static) -> AnyView {
    let height_px = memo(height_px);
    view! {
        <tr class="row-spacer" aria-hidden="true" hidden=move || height_px.get() == 0.0>
            <td
                colspan=move || columns.get().to_string()
                style:height=move || length(height_px.get(), "px")
            ></td>
        </tr>
    }
    .into_any()
}

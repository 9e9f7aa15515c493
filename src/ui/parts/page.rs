//! The frame of a screen: its one heading, its title, its actions.

use crate::ui::app::use_app;
use crate::ui::prelude::*;
use crate::web::dom;

/// The id of the heading, which takes the focus when the screen is entered.
pub const HEADING: &str = "heading";

/// A screen with its heading; the page's title follows it.
#[component]
pub fn Page(
    /// The heading.
    #[prop(into)]
    heading: Signal<String>,
    /// What stands beside the heading.
    #[prop(optional, into)]
    actions: ViewFn,
    /// What stands right after the heading, such as tabs.
    #[prop(optional, into)]
    beside: ViewFn,
    /// A way back, above the heading.
    #[prop(optional, into)]
    back: ViewFn,
    children: Children,
) -> impl IntoView {
    let app = use_app();
    effect(move || dom::set_title(&heading.get()));
    effect(move || {
        if app.is_first_screen() || app.router.memory().has_returned() {
            return;
        }
        dom::arrive_at("#heading");
    });
    view! {
        <div class="page">
            {back.run()}
            <div class="page-head">
                <h1 id=HEADING tabindex="-1" dir="auto">{move || heading.get()}</h1>
                {beside.run()}
                <div class="page-actions">{actions.run()}</div>
            </div>
            {children()}
        </div>
    }
}

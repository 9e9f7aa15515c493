//! The sample data, and the way to the demo and back.

use super::DataSection;
use crate::codec::shelf::Space;
use crate::domain::record::workspace::Workspace;
use crate::store::start::space;
use crate::ui::app::use_app;
use crate::ui::parts::OfferButton;
use crate::ui::prelude::*;
use crate::ui::sample;
use crate::web::{dom, router};

const HEADING: &str = "data-sample";

/// In an empty account a button that fills it, elsewhere a way to the demo.
#[component]
pub(super) fn SampleSection() -> impl IntoView {
    let app = use_app();
    let is_unused = memo(move || app.store.all(Workspace::is_unused));
    let load = move |()| {
        sample::load(app);
        // The button has gone with the empty account.
        dom::focus_soon(HEADING.to_owned());
    };
    let content = move || {
        if space() == Space::Demo {
            view! {
                <p class="data-text">
                    "This is the demo: a workspace of its own with three sales processes and some 300 deals. Whatever you do here leaves your own data alone."
                </p>
                <div class="data-actions">
                    <a class="button" href=router::own_address()>
                        "Back to my data"
                    </a>
                </div>
            }
            .into_any()
        } else if is_unused.get() {
            view! {
                <p class="data-text">
                    "Three sales processes and some 300 deals with their history, to look around in. You can undo it in one step."
                </p>
                <div class="data-actions">
                    <OfferButton text="Load sample data" icon="add" bare=true act=load />
                </div>
            }
            .into_any()
        } else {
            view! {
                <p class="data-text">
                    "Sample data is not mixed with yours. The demo has it, in a workspace of its own."
                </p>
                <div class="data-actions">
                    <a class="button" href=router::demo_address()>
                        "Open the demo"
                    </a>
                </div>
            }
            .into_any()
        }
    };
    view! {
        <DataSection title="Sample data" id=HEADING>
            {move || content()}
        </DataSection>
    }
}

//! One deal: its form and its profile.

mod about;
mod chance;
mod closing;
mod form;
mod history;
mod next_step;
mod notes;
mod panel;
mod parked;
mod profile;
mod snooze;
mod step_fields;
mod sub_stage;
mod suggestion;
mod switch;
mod typed;
mod walk;

pub use about::{About, AboutDialog};
pub use closing::CloseDialog;
pub use form::{EditDeal, NewDeal};
pub use panel::Panel;
pub use profile::DealProfile;
pub use snooze::SnoozeDialog;
pub use sub_stage::SubStageRow;
pub use suggestion::BecauseWords;
pub use typed::{Typed, discard_question};

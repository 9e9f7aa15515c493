//! One deal: its form and its profile.

mod chance;
mod closing;
mod form;
mod history;
mod panel;
mod parked;
mod profile;
mod sub_stage;

pub use closing::CloseDialog;
pub use form::{EditDeal, NewDeal};
pub use profile::DealProfile;

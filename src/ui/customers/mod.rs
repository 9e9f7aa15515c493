//! Customers: the list, the form, the profile.

mod deals;
mod form;
mod list;
mod profile;
mod table;

pub use deals::deals_of_customer;
pub use form::{EditCustomer, NewCustomer};
pub use list::CustomersPage;
pub use profile::CustomerProfile;

use super::parts::{Back, Page};
use crate::domain::read::stats::Tally;
use crate::route::Route;
use crate::ui::prelude::*;
use crate::web::intl::Formats;

/// What stands for a value that is not known, or for none at all.
const DASH: &str = "–";

/// The sum of a tally; a dash where no deal has a value.
fn tally_money(formats: &Formats, tally: Tally) -> String {
    if tally.has_value() {
        formats.money(tally.value.minor())
    } else {
        DASH.to_owned()
    }
}

/// The way back to the list.
#[component]
fn BackToList() -> impl IntoView {
    view! {
        <Back href=Route::Customers(String::new()).href() to="Customers" />
    }
}

/// What is shown for an address whose customer is not there.
#[component]
fn Gone() -> impl IntoView {
    view! {
        <Page heading="Not found".to_owned() back=|| view! { <BackToList /> }>
            <p>"This customer is not there any more. It may have been deleted."</p>
        </Page>
    }
}

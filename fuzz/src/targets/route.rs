//! Addresses.

use pipewright::domain::read::index::Index;
use pipewright::route::Route;

use crate::world::{now, sample_account};

thread_local! {
    static INDEX: Index = Index::new(sample_account());
}

/// Any address leads somewhere, has one spelling, and is answered.
pub fn route(bytes: &[u8]) {
    let address = String::from_utf8_lossy(bytes);
    let route = Route::parse(&address);
    let href = route.href();
    assert_eq!(Route::parse(&href), route, "{address:?} as {href:?}");
    assert_eq!(Route::parse(&href).href(), href);
    if let Route::Deals(view) = &route {
        let shown = INDEX.with(|index| {
            index.summary(sample_account(), &view.filter, view.tab, now());
            index.listed(sample_account(), &view.filter, view.tab, view.sort, now())
        });
        let is_of_tab = |id| sample_account().deals.contains_key(id);
        assert!(shown.iter().all(is_of_tab), "{address:?}");
        let other = view.on_tab(view.tab);
        assert_eq!(Route::parse(&other.href()), Route::Deals(other));
    }
}

//! A value once it has come to rest.

use std::time::Duration;

use crate::ui::prelude::*;
use crate::web::dom;

/// Longer than most people take from one key to the next.
const REST: Duration = Duration::from_millis(150);

/// The value as it last stood still: for what walks over all deals, which is
/// not to be done between two keys.
pub fn settled<T>(value: Memo<T>) -> Signal<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let rested = RwSignal::new(value.get_untracked());
    effect(move || {
        let now = value.get();
        // The next value ends the life of this one.
        let rest = alive(move |()| {
            if rested.with_untracked(|before| *before != now) {
                rested.set(now.clone());
            }
        });
        dom::after(REST, rest);
    });
    rested.into()
}

//! A value once it has come to rest.

use std::time::Duration;

use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;

/// Longer than most people take from one key to the next.
const REST: Duration = Duration::from_millis(150);

/// The value as it last stood still: for what walks over all deals, which is
/// not to be done between two keys.
pub fn settled<T>(value: Memo<T>) -> Signal<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let rested = RwSignal::new(value.get_untracked());
    let mut rest = debounce(REST, move |now: T| {
        if rested.with_untracked(|before| *before != now) {
            rested.set(now);
        }
    });
    Effect::new(move |_| rest(value.get()));
    rested.into()
}

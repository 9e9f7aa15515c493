//! A form over something that another tab may change meanwhile.

use crate::domain::mend::merge::{field, told};
use crate::ui::prelude::*;

/// How a form stands to what is saved.
#[derive(Clone, Copy)]
pub struct Following {
    /// Something is not as it is saved.
    pub is_changed: Memo<bool>,
    /// The fields that were changed here and in another tab.
    both: Memo<Vec<String>>,
}

impl Following {
    /// What is to be said of fields that were changed here and elsewhere.
    pub fn told(self) -> Option<String> {
        told(&self.both.get())
    }
}

/// Lets the fields of a form, with their names, follow what is saved, as long
/// as `saved` knows it: what was not changed here becomes what it is there.
/// So to save the form changes only what was changed in it.
pub fn follow(
    fields: Vec<(&'static str, RwSignal<String>)>,
    saved: Memo<Option<Vec<String>>>,
) -> Following {
    let base = RwSignal::new(untrack(|| texts(&fields)));
    let touched = RwSignal::new(Vec::<&'static str>::new());
    let fields = StoredValue::new(fields);
    effect(move || {
        let Some(there) = saved.get() else { return };
        let before = base.get_untracked();
        if before == there {
            return;
        }
        fields.with_value(|fields| {
            for (((name, text), base), there) in fields.iter().zip(&before).zip(&there) {
                let here = text.get_untracked();
                let (merged, both) = field(base, &here, there);
                if merged != here {
                    text.set(merged);
                }
                if both {
                    touched.update(|touched| touched.push(name));
                }
            }
        });
        base.set(there);
    });
    let changed = move || {
        let changed = |fields: &Vec<(&'static str, RwSignal<String>)>| {
            base.with(|base| {
                let fields = fields.iter().zip(base);
                let changed = fields.filter(|((_, text), base)| text.with(|text| text != *base));
                changed.map(|((name, _), _)| *name).collect::<Vec<_>>()
            })
        };
        fields.with_value(changed)
    };
    let both = move || {
        let all = changed().into_iter();
        touched.with(|touched| {
            let both = all.filter(|name| touched.contains(name));
            both.map(str::to_owned).collect()
        })
    };
    Following {
        is_changed: memo(move || !changed().is_empty()),
        both: memo(both),
    }
}

fn texts(fields: &[(&'static str, RwSignal<String>)]) -> Vec<String> {
    fields.iter().map(|(_, text)| text.get()).collect()
}

/// Says which fields were changed here and in another tab.
#[component]
pub fn Clashes(following: Following) -> impl IntoView {
    view! { <p class="hint" role="status">{move || following.told()}</p> }
}

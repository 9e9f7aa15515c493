//! What every view needs of Leptos, with its handlers bound to the view's life
//! and its elements, memos and lists of one kind each.
//!
//! `view!` makes elements and their attributes by methods of traits that it
//! finds in scope. Those here stand in the place of Leptos's own, so no handler
//! in `ui` can run when its view is gone, however it is written.

mod attributes;
mod element;
mod memo;
mod shared;

pub use leptos::prelude::*;

pub use self::attributes::Attributes as AddAnyAttr;
pub use self::attributes::Attributes as AriaAttributes;
pub use self::attributes::Attributes as BindAttribute;
pub use self::attributes::Attributes as ClassAttribute;
pub use self::attributes::Attributes as CustomAttribute;
pub use self::attributes::Attributes as GlobalAttributes;
pub use self::attributes::Attributes as GlobalOnAttributes;
pub use self::attributes::Attributes as NodeRefAttribute;
pub use self::attributes::Attributes as OnAttribute;
pub use self::attributes::Attributes as OnTargetAttribute;
pub use self::attributes::Attributes as PropAttribute;
pub use self::attributes::Attributes as StyleAttribute;
pub use self::element::ElementChild;
pub use self::memo::Memo;
pub use self::shared::{For, Show, derived, effect, following, memo};
pub use crate::web::life::{Life, alive, carry_out, spawn};

//! Parts that several screens share.

pub mod amount;
pub mod back;
pub mod chart;
pub mod combo;
pub mod confirm;
pub mod date;
pub mod dialog;
pub mod drag;
pub mod empty;
pub mod field;
pub mod following;
pub mod icon;
pub mod menu;
pub mod page;
pub mod process_mark;
pub mod rows;
pub mod select;
pub mod settled;
pub mod tool;

pub use amount::AmountField;
pub use back::Back;
pub use combo::Combo;
pub use confirm::Confirm;
pub use date::{DateField, DateText};
pub use dialog::{Dialog, DialogEnd};
pub use empty::Empty;
pub use field::{TextArea, TextField};
pub use following::{Clashes, follow};
pub use icon::Icon;
pub use menu::{Menu, MenuItem};
pub use page::Page;
pub use process_mark::ProcessMark;
pub use rows::RowWindow;
pub use select::{Choices, Select};
pub use settled::settled;
pub use tool::Tool;

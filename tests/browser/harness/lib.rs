//! The harness of the tests in a browser.
//!
//! A test is a sentence about roles and accessible names, which is how a
//! screen reader finds things too:
//!
//! ```ignore
//! #[test]
//! fn a_deal_can_be_added() {
//!     visit(|page| {
//!         page.goto("#/deals/new");
//!         page.field("Name").fill("Forty chairs");
//!         page.by_role("button", "Save").click();
//!         page.expect_heading("Forty chairs");
//!     });
//! }
//! ```
//!
//! Everything waits by itself until it comes true, and fails after
//! [`Page::set_patience`]; no test sleeps. Each visit has a browser, a profile
//! and a server of its own. A visit fails also when the console shows an error,
//! as far as the browser's driver tells, and in every browser when a page of it
//! broke the security policy or asked for anything outside of its folder. Every
//! test is for every browser, unless it says what it [`Need`]s. What a failed
//! visit looked like is kept under `target/browser/`.
//!
//! | module | what it knows |
//! | --- | --- |
//! | `visit` | a test's browser and server, from start to report |
//! | `page` | a tab: addresses, keys, storage, console, pictures |
//! | `paper` | what was printed |
//! | `served` | what the page is served |
//! | `screen` | its size and its colours |
//! | `locator` | finding by role and name |
//! | `act` | acting on what is found |
//! | `expect` | expectations |
//! | `roles` | which elements may have a role |
//! | `keys` | names of keys |
//! | `axe` | accessibility checks |
//! | `engine` | starting the browsers, and what each of them can't do |
//! | `session` | a running browser |
//! | `site` | the served folder and its server |
//! | `watch` | what no page may do |
//! | `webdriver` | the protocol |

mod act;
mod axe;
mod display;
mod engine;
mod expect;
mod keys;
mod locator;
mod page;
mod paper;
mod roles;
mod screen;
mod served;
mod session;
mod site;
mod typed;
mod visit;
mod wait;
mod watch;
mod webdriver;

pub use axe::Violation;
pub use engine::Need;
pub use locator::{Locator, Name, any, containing};
pub use page::Page;
pub use paper::Paper;
pub use session::Message;
pub use visit::{Visit, visit};
pub use xtask::browsers::Browser;
pub use xtask::manners::Manners;
pub use xtask::trouble::Trouble;

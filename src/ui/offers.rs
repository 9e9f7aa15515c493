//! What the shown screen offers: its buttons, the items of its menus and the
//! lines of the palette are the same things, told once.
//!
//! A part of a screen offers what it can do for as long as it lives. Most do so
//! by being an [`OfferButton`](super::parts::OfferButton), an
//! [`OfferLink`](super::parts::OfferLink), or a menu that offers its items.

use std::sync::Arc;

use crate::keys::Shortcut;
use crate::ui::prelude::*;

/// Something that can be done now.
#[derive(Clone)]
pub struct Offer {
    /// Its icon.
    pub icon: &'static str,
    /// What it does, as its button says it.
    pub text: String,
    /// What else is to be said of it.
    pub detail: String,
    /// The key that does it, too.
    pub shortcut: Option<Shortcut>,
    act: Callback<()>,
    /// What it is done as a part of; of nothing that may go, where there is none.
    life: Option<Life>,
}

impl Offer {
    /// Something that can be done now.
    pub fn new(
        icon: &'static str,
        text: impl Into<String>,
        act: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        Self {
            icon,
            text: text.into(),
            detail: String::new(),
            shortcut: None,
            act: Callback::new(move |()| act()),
            life: None,
        }
    }

    /// Does it.
    pub fn take(&self) {
        let act = || self.act.try_run(());
        match self.life {
            Some(life) => drop(life.run(act)),
            None => drop(act()),
        }
    }

    /// With a key that does it, too.
    #[must_use]
    pub fn by(mut self, shortcut: Shortcut) -> Self {
        self.shortcut = Some(shortcut);
        self
    }

    /// With something else that is to be said of it.
    #[must_use]
    pub fn detailed(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }
}

/// What a part of a screen offers at a time.
type Make = Arc<dyn Fn() -> Vec<Offer> + Send + Sync>;

/// All that the shown screen offers.
#[derive(Clone, Copy)]
pub struct Offers(RwSignal<Vec<(u32, Life, Make)>>);

impl Offers {
    /// Nothing is offered yet.
    pub fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }

    /// Offers what `make` makes while the caller lives. It is asked whenever
    /// the palette wants to know, and leaves out what can't be done then.
    pub fn add(self, make: impl Fn() -> Vec<Offer> + Send + Sync + 'static) {
        let life = Life::here();
        let id = self
            .0
            .with_untracked(|all| all.last().map_or(0, |(last, ..)| last + 1));
        self.0.update(|all| all.push((id, life, Arc::new(make))));
        on_cleanup(move || {
            self.0.try_update(|all| all.retain(|(of, ..)| *of != id));
        });
    }

    /// What is offered now; follows it.
    pub fn now(self) -> Vec<Offer> {
        let mut offers = Vec::new();
        for (_, life, make) in self.0.get() {
            let made = if life.goes_on() { make() } else { Vec::new() };
            offers.extend(made.into_iter().map(|offer| Offer {
                life: Some(life),
                ..offer
            }));
        }
        offers
    }

    /// Does what a key stands for on this screen, where it offers that.
    pub fn follow(self, shortcut: Shortcut) {
        let offers = untrack(|| self.now()).into_iter();
        let mut of_key = offers.filter(|offer| offer.shortcut == Some(shortcut));
        if let Some(offer) = of_key.next() {
            offer.take();
        }
    }
}

//! Light or dark: as the system says, unless the visitor chose.

use leptos::prelude::document;

use super::preferences::THEME;

/// The visitor's choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Every choice.
    pub const ALL: [Theme; 3] = [Self::System, Self::Light, Self::Dark];

    /// Its name on the settings page.
    pub fn title(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }

    /// Its name in the page and the storage.
    pub fn slug(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The choice the page was opened with.
    pub fn chosen() -> Self {
        let root = document().document_element();
        let set = root
            .and_then(|root| root.get_attribute("data-theme"))
            .unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|theme| theme.slug() == set)
            .unwrap_or_default()
    }

    /// Whether it is dark now.
    pub fn is_dark(self) -> bool {
        match self {
            Self::System => super::dom::matches_media("(prefers-color-scheme: dark)"),
            Self::Light => false,
            Self::Dark => true,
        }
    }

    /// Shows it, and keeps it for the next visit where the browser lets us.
    pub fn apply(self) {
        let Some(root) = document().document_element() else {
            return;
        };
        if self == Self::System {
            let _ = root.remove_attribute("data-theme");
            THEME.forget();
        } else {
            let _ = root.set_attribute("data-theme", self.slug());
            THEME.set(self.slug().to_owned());
        }
    }
}

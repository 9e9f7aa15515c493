//! Currency, language and region, who the user is, theme.

use crate::domain::change::command::Command;
use crate::domain::record::list::ListKind;
use crate::domain::value::money::CURRENCIES;
use crate::route::{Route, SettingsPage};
use crate::ui::app::{unique_id, use_app};
use crate::ui::frame::set_theme;
use crate::ui::parts::{Choices, Select};
use crate::ui::prelude::*;
use crate::web::theme::Theme;
use crate::web::{clock, intl};

/// The languages and regions that are offered.
const LOCALES: &[&str] = &[
    "cs-CZ", "da-DK", "de-AT", "de-CH", "de-DE", "en-AU", "en-CA", "en-GB", "en-IE", "en-IN",
    "en-US", "es-ES", "es-MX", "fi-FI", "fr-CA", "fr-CH", "fr-FR", "hu-HU", "it-IT", "ja-JP",
    "nb-NO", "nl-NL", "pl-PL", "pt-BR", "pt-PT", "ro-RO", "sk-SK", "sv-SE", "tr-TR", "uk-UA",
];

/// The page "General". What is chosen holds at once.
#[component]
pub fn GeneralPage() -> impl IntoView {
    view! {
        <h2>"General"</h2>
        <section class="card settings-card" aria-label="Money and region">
            <Currency />
            <Region />
            <Example />
        </section>
        <section class="card settings-card" aria-label="You">
            <Me />
        </section>
        <section class="card settings-card" aria-label="Appearance">
            <Appearance />
        </section>
    }
}

#[component]
fn Currency() -> impl IntoView {
    let app = use_app();
    let chosen = memo(move || app.store.setup(|w| w.settings.currency.clone()));
    let shown = RwSignal::new(chosen.get_untracked());
    effect(move || shown.set(chosen.get()));
    let error = RwSignal::new(None::<String>);
    let choices = memo(move || {
        let locale = app.store.setup(|w| w.settings.locale.clone());
        let known = CURRENCIES.iter().map(|currency| {
            let name = intl::name_of(&locale, "currency", currency.code);
            let text = name.map_or_else(
                || currency.code.to_owned(),
                |name| format!("{} – {name}", currency.code),
            );
            (currency.code.to_owned(), text)
        });
        vec![(None, known.collect())] as Choices
    });
    let choose = move |code: String| {
        let refused = app.attempt(Command::SetCurrency(code)).err();
        error.set(refused.map(|error| error.to_string()));
        // A refused choice springs back.
        shown.set(chosen.get_untracked());
    };
    view! {
        <Select
            label="Currency"
            value=shown
            choices=choices
            on_choose=choose
            error=error
            hint="One currency for the whole account. Changing it converts nothing."
        />
    }
}

#[component]
fn Region() -> impl IntoView {
    let app = use_app();
    let chosen = memo(move || app.store.setup(|w| w.settings.locale.clone()));
    let choices = memo(move || {
        let mut known: Vec<(String, String)> = LOCALES
            .iter()
            .map(|tag| {
                let name = intl::name_of(tag, "language", tag);
                ((*tag).to_owned(), name.unwrap_or_else(|| (*tag).to_owned()))
            })
            .collect();
        let tag = chosen.get();
        if !tag.is_empty() && !LOCALES.contains(&tag.as_str()) {
            let name = intl::name_of(&tag, "language", &tag).unwrap_or_else(|| tag.clone());
            known.push((tag, name));
        }
        let browser = (String::new(), "Browser default".to_owned());
        vec![(None, vec![browser]), (Some("Languages".to_owned()), known)] as Choices
    });
    view! {
        <Select
            label="Language and region"
            value=chosen
            choices=choices
            on_choose=move |tag| {
                app.run(Command::SetLocale(tag));
            }
            hint="How numbers, amounts and dates are written. The texts stay English."
        />
    }
}

/// How numbers will look.
#[component]
fn Example() -> impl IntoView {
    let app = use_app();
    let part = move |name: &'static str, text: Signal<String>| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>
                    <bdi>{move || text.get()}</bdi>
                </dd>
            </div>
        }
    };
    let minor = move || {
        let decimals = app.store.setup(|w| w.currency().decimals);
        1_234_567 * 10i128.pow(u32::from(decimals)) + if decimals > 0 { 50 } else { 0 }
    };
    view! {
        <dl class="settings-example" aria-label="Example">
            {part("Number", derived(move || app.formats().count(1_234_567)))}
            {part("Amount", derived(move || app.formats().money(minor())))}
            {part("Date", derived(move || app.formats().date(clock::today())))}
        </dl>
    }
}

#[component]
fn Me() -> impl IntoView {
    let app = use_app();
    let chosen = memo(move || {
        let me = app.store.setup(|w| w.settings.me);
        me.map(|id| id.to_string()).unwrap_or_default()
    });
    let choices = memo(move || {
        let owners = app.store.setup(|w| {
            let entries = w.list(ListKind::Owners).entries.iter();
            let named = entries.map(|e| (e.id.to_string(), e.name.to_string()));
            named.collect::<Vec<_>>()
        });
        let nobody = (String::new(), "Nobody in particular".to_owned());
        vec![(None, vec![nobody]), (Some("Owners".to_owned()), owners)] as Choices
    });
    let no_owners = memo(move || {
        app.store
            .setup(|w| w.list(ListKind::Owners).entries.is_empty())
    });
    view! {
        <Select
            label="I am"
            value=chosen
            choices=choices
            on_choose=move |id: String| {
                app.run(Command::SetMe(id.parse().ok()));
            }
            hint="The owner that is preset on new deals."
        />
        <Show when=move || no_owners.get()>
            <p class="hint">
                "There are no owners yet. "
                <a href=Route::Settings(SettingsPage::Lists).href()>"Add owners in Lists"</a>
            </p>
        </Show>
    }
}

#[component]
fn Appearance() -> impl IntoView {
    let app = use_app();
    let group = unique_id("theme");
    let choice = |theme: Theme| {
        let name = group.clone();
        view! {
            <label class="theme-choice">
                <input
                    type="radio"
                    name=name
                    value=theme.slug()
                    prop:checked=move || app.theme.get() == theme
                    on:change=move |_| set_theme(app, theme)
                />
                <span class=format!("theme-sample theme-sample-{}", theme.slug()) aria-hidden="true">
                    <span></span>
                </span>
                <span>{theme.title()}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field" role="radiogroup">
            <legend class="label">"Theme"</legend>
            <div class="theme-choices">{Theme::ALL.map(choice)}</div>
            <p class="hint">"For this browser only."</p>
        </fieldset>
    }
}

//! Buttons and links that the palette offers as well.

use leptos::html;

use super::Icon;
use crate::route::Route;
use crate::ui::app::use_app;
use crate::ui::offers::Offer;
use crate::ui::prelude::*;

/// A button whose act the palette offers as well, for as long as it is there
/// and not off.
#[component]
pub fn OfferButton(
    /// What it does.
    text: &'static str,
    /// What the palette calls it, where its place says what it is about.
    #[prop(default = text)]
    offered: &'static str,
    /// Its icon.
    icon: &'static str,
    /// Its class beside `button`.
    #[prop(optional)]
    class: &'static str,
    /// Its id in the page.
    #[prop(optional)]
    id: Option<&'static str>,
    /// Without the icon, which stands in the palette only.
    #[prop(optional)]
    bare: bool,
    /// It can't be done now.
    #[prop(optional, into)]
    off: Signal<bool>,
    /// Does it.
    #[prop(into)]
    act: Callback<()>,
) -> impl IntoView {
    use_app().offers.add(move || {
        let offer = (!off.get()).then(|| Offer::new(icon, offered, move || act.run(())));
        offer.into_iter().collect()
    });
    view! {
        <button
            type="button"
            class=format!("button {class}")
            id=id
            disabled=move || off.get()
            on:click=move |_| act.run(())
        >
            {(!bare).then(|| view! { <Icon name=icon /> })}
            {text}
        </button>
    }
}

/// A link to a screen that the palette offers as well.
#[component]
pub fn OfferLink(
    /// What the screen is for.
    text: &'static str,
    /// Its icon.
    icon: &'static str,
    /// Its class beside `button`.
    #[prop(optional)]
    class: &'static str,
    /// Where it leads to.
    route: Route,
) -> impl IntoView {
    let app = use_app();
    let href = route.href();
    app.offers.add(move || {
        let route = route.clone();
        vec![Offer::new(icon, text, move || app.router.go(&route))]
    });
    view! {
        <a class=format!("button {class}") href=href>
            <Icon name=icon />
            {text}
        </a>
    }
}

/// The button that sends off a screen's form, which the palette offers as well.
#[component]
pub fn SaveButton() -> impl IntoView {
    let button = NodeRef::<html::Button>::new();
    use_app().offers.add(move || {
        let press = move || {
            if let Some(button) = button.get_untracked() {
                button.click();
            }
        };
        vec![Offer::new("check", "Save", press)]
    });
    view! {
        <button type="submit" class="button button-primary" node_ref=button>
            "Save"
        </button>
    }
}

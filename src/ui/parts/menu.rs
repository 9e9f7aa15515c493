//! A button that opens a list of actions.

use leptos::ev;
use leptos::html;

use super::Icon;
use super::popup::close_elsewhere;
use crate::ui::app::{unique_id, use_app};
use crate::ui::offers::Offer;
use crate::ui::prelude::*;
use crate::web::{dom, keyboard};

/// One action of a menu.
#[derive(Clone)]
pub struct MenuItem {
    /// Its name.
    pub text: String,
    /// It is the present one.
    pub checked: bool,
    /// Why it would do nothing now, in few words. It can be reached and
    /// pressed still, which is where a refusal says more.
    pub off: Option<String>,
    /// What it does.
    pub act: Callback<()>,
}

impl MenuItem {
    /// An action that can be done.
    pub fn new(text: impl Into<String>, act: impl Into<Callback<()>>) -> Self {
        Self {
            text: text.into(),
            checked: false,
            off: None,
            act: act.into(),
        }
    }
}

/// A button with a menu; arrow keys move in it, Escape closes it.
#[component]
pub fn Menu(
    /// The name of the button.
    #[prop(into)]
    label: Signal<String>,
    /// What is shown of it, where its place says the rest.
    #[prop(optional)]
    shown: Option<&'static str>,
    /// The id of the button.
    #[prop(optional, into)]
    button_id: Option<String>,
    /// The actions.
    #[prop(into)]
    items: Signal<Vec<MenuItem>>,
    /// An icon before the name.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// The palette offers the actions as well, with this beside each.
    #[prop(optional)]
    offered: Option<&'static str>,
    /// It can't be opened now.
    #[prop(optional, into)]
    disabled: Option<Signal<bool>>,
) -> impl IntoView {
    if let Some(beside) = offered {
        let icon = icon.unwrap_or("more");
        use_app().offers.add(move || {
            let items = items.get().into_iter();
            let offers = items.map(|item| {
                let act = item.act;
                Offer::new(icon, item.text, move || act.run(())).detailed(beside)
            });
            offers.collect()
        });
    }
    let open = RwSignal::new(false);
    let node = NodeRef::<html::Div>::new();
    let id = unique_id("menu");
    let button_id = button_id.unwrap_or_else(|| format!("{id}-button"));
    let (controls, list_id) = (id.clone(), id.clone());
    let (button, back) = (button_id.clone(), button_id);
    let show = move || {
        open.set(true);
        focus_item(&id, 0);
    };
    let hide = Callback::new(move |()| {
        open.set(false);
        // At once, so that a dialog that an action opens can give it back.
        dom::focus(&format!("#{back}"));
    });
    let leave = close_elsewhere(node, open);
    let toggle = {
        let show = show.clone();
        move |_| {
            if open.get_untracked() {
                open.set(false)
            } else {
                show()
            }
        }
    };
    let on_button_key = move |event: ev::KeyboardEvent| {
        if matches!(keyboard::key(&event).as_str(), "ArrowDown" | "ArrowUp") {
            event.prevent_default();
            show();
        }
    };
    view! {
        <div class="menu" node_ref=node on:focusout=leave>
            <button
                type="button"
                class="button"
                id=button
                aria-label=move || shown.is_some().then(|| label.get())
                aria-haspopup="menu"
                aria-expanded=move || open.get().to_string()
                aria-controls=controls
                disabled=move || disabled.is_some_and(|disabled| disabled.get())
                on:click=toggle
                on:keydown=on_button_key
            >
                {icon.map(|name| view! { <Icon name /> })}
                <span>{move || shown.map_or_else(|| label.get(), str::to_owned)}</span>
                <Icon name="expand" />
            </button>
            <MenuList id=list_id label items open hide />
        </div>
    }
}

/// The actions of a menu, for as long as it is open: whatever has opened it
/// moves the focus to the first by [`focus_item`].
#[component]
pub fn MenuList(
    /// Its id, by which its items are found.
    id: String,
    /// The name of the menu.
    label: Signal<String>,
    /// The actions.
    items: Signal<Vec<MenuItem>>,
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Closes it and gives the focus back.
    hide: Callback<()>,
) -> impl IntoView {
    let items_id = id.clone();
    view! {
            <div class="menu-list" role="menu" id=id aria-label=move || label.get() hidden=move || !open.get()>
                // Made when they are asked for: what they do may follow every change.
                {move || {
                    let items = if open.get() { items.get() } else { Vec::new() };
                    let count = items.len();
                    items
                        .into_iter()
                        .enumerate()
                        .map(|(at, item)| {
                            let menu_id = items_id.clone();
                            let go_to = move |at: usize| focus_item(&menu_id, at);
                            let act = item.act;
                            let role = if item.checked { "menuitemradio" } else { "menuitem" };
                            let item_id = format!("{items_id}-{at}");
                            let (text_id, why_id) = (format!("{item_id}-text"), format!("{item_id}-why"));
                            let (named_by, told_by) = (text_id.clone(), why_id.clone());
                            let is_off = item.off.is_some();
                            view! {
                                <button
                                    type="button"
                                    class="menu-item"
                                    role=role
                                    aria-checked=item.checked.then_some("true")
                                    aria-disabled=is_off.then_some("true")
                                    aria-labelledby=is_off.then_some(named_by)
                                    aria-describedby=is_off.then_some(told_by)
                                    tabindex="-1"
                                    id=item_id
                                    on:click=move |_| {
                                        hide.run(());
                                        act.run(());
                                    }
                                    on:keydown=move |event| match keyboard::key(&event).as_str() {
                                        "ArrowDown" => {
                                            event.prevent_default();
                                            go_to((at + 1) % count.max(1));
                                        }
                                        "ArrowUp" => {
                                            event.prevent_default();
                                            go_to((at + count - 1) % count.max(1));
                                        }
                                        "Home" => {
                                            event.prevent_default();
                                            go_to(0);
                                        }
                                        "End" => {
                                            event.prevent_default();
                                            go_to(count.saturating_sub(1));
                                        }
                                        "Escape" => {
                                            event.prevent_default();
                                            event.stop_propagation();
                                            hide.run(());
                                        }
                                        _ => {}
                                    }
                                >
                                    <bdi id=text_id>{item.text}</bdi>
                                    {item.off.map(|why| view! { <span class="menu-why" id=why_id>{why}</span> })}
                                    {item.checked.then(|| view! { <Icon name="check" /> })}
                                </button>
                            }
                        })
                        .collect::<Vec<_>>()
                }}
            </div>
    }
}

/// Moves the focus to the action at a place of the menu of that id.
pub fn focus_item(id: &str, at: usize) {
    dom::focus_soon(format!("{id}-{at}"));
}

//! One sub-stage in the panel: its tick, its date, its note.

use leptos::ev;

use super::notes::send;
use super::panel::Panel;
use super::typed::FormInPlace;
use crate::domain::change::command::Command;
use crate::domain::record::deal::Deal;
use crate::domain::record::process::SubStage;
use crate::domain::value::id::SubStageId;
use crate::ui::app::{unique_id, use_app};
use crate::ui::parts::{Icon, TextArea};
use crate::ui::prelude::*;
use crate::web::dom;

/// A sub-stage to tick off.
#[component]
pub fn SubStageRow(panel: Panel, id: SubStageId) -> impl IntoView {
    let app = use_app();
    let of = memo(move || {
        panel.process.with(|process| {
            process
                .as_ref()
                .and_then(|process| process.sub_stage(id).map(|(_, sub)| sub.clone()))
        })
    });
    let tick = memo(move || {
        let (deal, process) = (panel.deal.get()?, panel.process.get()?);
        deal.progress_in(process.id).ticks.get(&id).cloned()
    });
    let noting = RwSignal::new(false);
    let is_ticked = memo(move || tick.with(Option::is_some));
    let must_note = move || of.with_untracked(|sub| sub.as_ref().is_some_and(|s| s.note_required));
    let has_earlier_note = move || {
        let earlier = |deal: &Deal| deal.earlier_note(id).is_some();
        panel
            .deal
            .with_untracked(|deal| deal.as_deref().is_some_and(earlier))
    };
    // Shown as the data says: a tick that waits for its note is not set yet.
    let redraw = RwSignal::new(());
    let change = move |event: ev::Event| {
        let on = event_target_checked(&event);
        if on && must_note() {
            noting.set(true);
        } else if on {
            let ticked = app.run(Command::Tick {
                deal: panel.id,
                sub_stage: id,
                note: String::new(),
            });
            // What was noted before is proposed again.
            noting.set(ticked.is_some() && has_earlier_note());
        } else {
            app.run(Command::Untick {
                deal: panel.id,
                sub_stage: id,
            });
        }
        redraw.notify();
    };
    let control = unique_id("sub-stage");
    let described = format!("{control}-more");
    let (for_control, described_by) = (control.clone(), described.clone());
    let note_control = StoredValue::new(control.clone());
    let text = move |get: fn(&SubStage) -> String| {
        of.with(|sub| sub.as_ref().map(get)).unwrap_or_default()
    };
    let hint = move || Some(text(|sub| sub.hint.clone())).filter(|hint| !hint.is_empty());
    let marks = move || {
        of.with(|sub| {
            let sub = sub.as_ref()?;
            let marks = [
                (sub.required, "Required to win", "badge badge-warn"),
                (sub.note_required, "Note required", "badge"),
                (sub.establishes_value, "Establishes the value", "badge"),
            ];
            let marks = marks.into_iter().filter(|(on, ..)| *on);
            Some(
                marks
                    .map(|(_, text, class)| view! { <span class=class>{text}</span> })
                    .collect::<Vec<_>>(),
            )
        })
    };
    let since = move || tick.get().map(|tick| app.formats().moment(tick.at));
    let note = move || {
        tick.get()
            .map(|tick| tick.note)
            .filter(|note| !note.is_empty())
    };
    view! {
        <li class="sub-stage" class:sub-stage-done=move || is_ticked.get()>
            <input
                type="checkbox"
                id=control
                aria-describedby=described_by
                disabled=move || !panel.is_open.get()
                prop:checked=move || {
                    redraw.track();
                    is_ticked.get()
                }
                on:change=change
            />
            <div class="sub-stage-body">
                <label for=for_control dir="auto">{move || text(|sub| sub.name.to_string())}</label>
                <div class="sub-stage-more" id=described>
                    {move || since().map(|since| view! { <span class="sub-stage-date">{since}</span> })}
                    {move || marks()}
                    {move || hint().map(|hint| view! { <span class="hint" dir="auto">{hint}</span> })}
                </div>
                {move || note().map(|note| view! { <p class="tick-note" dir="auto">{note}</p> })}
                <Show when=move || noting.get()>
                    <NoteForm panel id noting control=note_control.get_value() />
                </Show>
            </div>
            <span class="sub-stage-weight" title="Weight">
                <span class="visually-hidden">"Weight "</span>
                {move || text(|sub| sub.weight.to_string())}
            </span>
            <Show when=move || panel.is_open.get() && !noting.get()>
                <button
                    type="button"
                    class="icon-button icon-button-small"
                    aria-label=move || format!("Note: {}", text(|sub| sub.name.to_string()))
                    title="Tick with a note"
                    on:click=move |_| noting.set(true)
                >
                    <Icon name="edit" />
                </button>
            </Show>
        </li>
    }
}

/// The note of a tick: typed before it, or changed after. It takes the focus,
/// and gives it to the tick when it is done.
#[component]
fn NoteForm(
    panel: Panel,
    id: SubStageId,
    noting: RwSignal<bool>,
    control: String,
) -> impl IntoView {
    let app = use_app();
    let earlier = panel.deal.with_untracked(|deal| {
        let deal = deal.as_ref()?;
        let ticked = deal
            .progress
            .get(&deal.process)
            .and_then(|p| p.ticks.get(&id));
        let note = ticked.map(|tick| tick.note.as_str());
        let note = note.filter(|note| !note.is_empty());
        note.or_else(|| deal.earlier_note(id)).map(str::to_owned)
    });
    let earlier = StoredValue::new(earlier.unwrap_or_default());
    let note = RwSignal::new(earlier.get_value());
    let is_changed = derived(move || {
        note.with(|note| earlier.with_value(|earlier| note.trim() != earlier.trim()))
    });
    panel.typed.also(is_changed);
    let error = RwSignal::new(None::<String>);
    let control = StoredValue::new(control);
    let close = move |()| {
        noting.set(false);
        dom::focus_soon(control.get_value());
    };
    let save = move |()| {
        let command = Command::Tick {
            deal: panel.id,
            sub_stage: id,
            note: note.get_untracked(),
        };
        if send(app, command, error) {
            close(());
        }
    };
    view! {
        <FormInPlace class="note-form" is_changed on_send=save on_cancel=close>
            <TextArea label="Note" value=note error=error rows=2 autofocus=true />
            <div class="form-actions">
                <button type="submit" class="button button-primary button-small">"Tick with this note"</button>
                <button
                    type="button"
                    class="button button-small"
                    on:click=move |_| close(())
                >
                    "Cancel"
                </button>
            </div>
        </FormInPlace>
    }
}

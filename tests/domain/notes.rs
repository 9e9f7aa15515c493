//! What was noted on deals (§13.2), by example.

use std::collections::BTreeSet;

use pipewright::domain::change::apply::install;
use pipewright::domain::change::command::Command;
use pipewright::domain::read::history::{Entry, entries, in_view};
use pipewright::domain::record::deal::{Outcome, What};
use pipewright::domain::value::error::DomainError;
use pipewright::domain::value::id::NoteId;

use crate::support::desk::Desk;

fn add(desk: &mut Desk, text: &str) -> Result<(), DomainError> {
    let (deal, text) = (desk.id, text.to_owned());
    desk.world.run(Command::AddNote { deal, text }).map(drop)
}

fn noted(desk: &Desk) -> Vec<&str> {
    let notes = desk.world.workspace.notes.of(desk.id);
    notes.map(|note| note.text.as_str()).collect()
}

fn first(desk: &Desk) -> NoteId {
    desk.world.workspace.notes.keys().next().unwrap()
}

#[test]
fn what_is_noted_keeps_its_lines_and_its_moment() {
    let mut desk = Desk::after("Sales: Find[a10]", "");
    add(&mut desk, "Called.\r\nWants two references.\n\n").unwrap();
    let at = desk.world.now;
    desk.world.wait(600);
    add(&mut desk, "Sent them.").unwrap();
    let (note, text) = (first(&desk), "Called.\nWants three.".to_owned());
    desk.world.run(Command::EditNote { note, text }).unwrap();
    assert_eq!(noted(&desk), ["Called.\nWants three.", "Sent them."]);
    let note = desk.world.workspace.notes.get(note).unwrap();
    assert_eq!(note.at, at);
    assert_eq!(desk.deal().touched, desk.world.now, "a person did it");
}

#[test]
fn a_closed_deal_is_noted_on_as_well() {
    let mut desk = Desk::after("Sales: Find[a10]", "");
    let closing = desk.closing(Outcome::Won);
    let deals = [desk.id].into();
    desk.world.run(Command::Close { deals, closing }).unwrap();
    add(&mut desk, "They are happy.").unwrap();
    assert_eq!(noted(&desk), ["They are happy."]);
}

#[test]
fn notes_go_with_their_deal_and_come_back_with_it() {
    let mut desk = Desk::after("Sales: Find[a10]", "");
    add(&mut desk, "Called.").unwrap();
    let deals = [desk.id].into();
    let done = desk.world.run(Command::DeleteDeals(deals)).unwrap();
    assert!(desk.world.workspace.notes.is_empty());
    install(&mut desk.world.workspace, &done.inverse()).unwrap();
    assert_eq!(noted(&desk), ["Called."]);
}

#[test]
fn a_note_says_something_and_not_too_much() {
    let mut desk = Desk::after("Sales: Find[a10]", "");
    let error = add(&mut desk, " \n ").unwrap_err();
    assert_eq!(error.to_string(), "The note is missing.");
    add(&mut desk, &"ż".repeat(5_000)).unwrap();
    let error = add(&mut desk, &"ż".repeat(5_001)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "The note is too long: at most 5000 characters."
    );
    let error = desk.world.run(Command::DeleteNote(NoteId(7))).unwrap_err();
    assert_eq!(error, DomainError::Missing { what: "note" });
}

#[test]
fn the_history_has_what_was_noted_in_its_place_newest_first() {
    let mut desk = Desk::after("Sales: Find[a10,b10]", "");
    desk.world.wait(60);
    add(&mut desk, "First").unwrap();
    desk.world.wait(60);
    desk.play("tick a");
    // In the minute of the tick, one after the other.
    add(&mut desk, "Second").unwrap();
    add(&mut desk, "Third").unwrap();
    desk.play("wait 60; tick b");
    let told = |only_notes| {
        let notes = &desk.world.workspace.notes;
        let all = entries(desk.deal(), notes, only_notes);
        let words = all.into_iter().map(|entry| match entry {
            Entry::Note(note) => note.text.clone(),
            Entry::Event(0, _) => "created".to_owned(),
            Entry::Event(place, event) => match &event.what {
                What::Ticked { name, .. } => format!("{place}: {name}"),
                other => panic!("{other:?}"),
            },
        });
        words.collect::<Vec<_>>()
    };
    let noted = ["Third", "Second", "First"];
    assert_eq!(told(true), noted);
    assert_eq!(
        told(false),
        ["2: b", "Third", "Second", "1: a", "First", "created"]
    );
}

#[test]
fn of_a_long_history_what_is_edited_is_shown_beyond_the_first_entries() {
    let mut desk = Desk::after("Sales: Find[a10]", "");
    for text in ["First", "Second", "Third", "Fourth"] {
        desk.world.wait(60);
        add(&mut desk, text).unwrap();
    }
    let all = entries(desk.deal(), &desk.world.workspace.notes, true);
    let ids: Vec<NoteId> = desk.world.workspace.notes.keys().collect();
    let told = |most, edited: &[NoteId]| {
        let edited = BTreeSet::from_iter(edited.iter().copied());
        let shown = in_view(&all, most, &edited).into_iter();
        let texts = shown.map(|entry| match entry {
            Entry::Note(note) => note.text.as_str(),
            Entry::Event(..) => panic!("only notes were asked for"),
        });
        texts.collect::<Vec<_>>()
    };
    assert_eq!(told(2, &[]), ["Fourth", "Third"]);
    assert_eq!(told(2, &[ids[0], ids[3]]), ["Fourth", "Third", "First"]);
    assert_eq!(told(9, &[ids[0]]).len(), 4);
}

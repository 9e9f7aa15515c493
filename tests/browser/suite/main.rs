//! The tests in a browser, by theme.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

mod accessibility;
mod board;
mod board_moves;
mod charts;
mod closing;
mod columns;
mod contrast;
mod crash;
mod deals;
mod dialogs;
mod durability;
mod edits;
mod exports;
mod faults;
mod filters;
mod first_screen;
mod forms;
mod going;
mod guide;
mod hands;
mod harness;
mod history;
mod hosting;
mod import;
mod in_view;
mod kept;
mod keyboard;
mod leaving;
mod letters;
mod loading;
mod morning;
mod names;
mod names_apart;
mod naughty;
mod next_steps;
mod notes;
mod offline;
mod one_file;
mod palette;
mod policy;
mod preferences;
mod print;
mod processes;
mod profile;
mod progress;
mod regions;
mod rules;
mod saving;
mod shell;
mod small;
mod statistics;
mod steps;
mod storage;
mod tabs;
mod today;
mod translators;
mod typing;
mod undo;
mod versions;

//! Tests of the whole that need no database: the program as users run it, and the rules that the code keeps.

mod again;
mod bad_input;
mod base;
mod choice;
mod cli;
mod convert;
mod coverage;
mod fill;
mod folders;
mod followed;
mod hear;
mod hostile;
mod judged;
mod kept;
#[path = "../shared/lite.rs"]
mod lite;
mod open;
mod path;
mod program;
mod property;
mod scripts;
mod snapshots;
mod sqlite;
mod tidy;
mod transactions;
mod verify;

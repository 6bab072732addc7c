//! Any bytes as what a process that runs scripts says. `cargo fuzz run tape`, from the root.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/it/hear.rs"]
mod hear;

fuzz_target!(|bytes: &[u8]| hear::take(bytes));

//! Any text as a history: read, replayed, undone and printed. `cargo fuzz run history`, from the root.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/it/path.rs"]
mod path;

fuzz_target!(|text: &str| {
    path::take(text);
});

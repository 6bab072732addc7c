//! Findings: what the program has to say about its input, with the place. Knows what a finding is, which kinds there
//! are and how they are shown, not when one is due.

mod codes;
mod finding;
mod json;
mod problem;
mod text;

pub use codes::{CODES, Code, lookup};
pub use finding::{Finding, Level, Outcome};
pub use json::{FindingView, view};
pub use text::{Style, harmless, plain, render, title};

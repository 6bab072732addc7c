//! Findings: what the program has to say about its input, with the place. Knows what a finding is and how it is
//! shown, not when one is due.

mod finding;

pub use finding::{Finding, Level, Outcome};

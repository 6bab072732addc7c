//! SQLite in and out.

mod lower;
mod print;
#[cfg(test)]
mod tests;

pub use lower::lower;
pub use print::{Rebuild, can_add, print, print_together, quote_identifier, quote_name, rebuild};

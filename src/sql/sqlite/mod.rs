//! SQLite in and out.

mod lower;
mod print;

pub use lower::{Copied, CopiedValue, copied, lower};
pub use print::{
    Rebuild, can_add, cannot_add, in_one_statement, is_about_counters, is_rebuild, print, print_together,
    quote_identifier, quote_name, rebuild, stop,
};

//! PostgreSQL in and out.

mod lower;
mod print;

pub use lower::{arguments, is_builtin_function, lower};
pub use print::{print, print_type, quote_identifier, quote_name};

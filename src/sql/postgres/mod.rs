//! PostgreSQL in and out.

mod lower;
mod print;

pub use lower::{TriggerBody, arguments, is_builtin_function, lower, trigger_body};
pub(crate) use lower::{builtin_type, is_keyword};
pub use print::{print, print_type, quote_identifier, quote_name};

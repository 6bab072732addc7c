//! PostgreSQL in and out.

mod lower;
mod print;

pub(crate) use lower::{builtin_type, is_keyword};
pub use lower::{TriggerBody, arguments, is_builtin_function, lower, returned_type_names, trigger_body, type_names};
pub use print::{print, print_type, quote_identifier, quote_name};

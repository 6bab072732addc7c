//! PostgreSQL in and out.

mod lower;
mod print;

pub use lower::{
    RuleParts, StatisticsParts, TriggerBody, altered_table, arguments, calls_unknown, column_reference,
    is_builtin_function, lower, returned_type_names, rule_parts, statistics_parts, trigger_body, type_names,
};
pub(crate) use lower::{builtin_type, is_keyword};
pub use print::{Manner, is_one_statement, print, print_together, print_type, quote_identifier, quote_name, stop};

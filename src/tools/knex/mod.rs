//! Knex 3.x: migrations are programs that say what to do to builders; what runs is a chain of calls. Here each chain
//! becomes the SQL that Knex's own compilers for PostgreSQL make of it, which our SQL reader then understands like any other.
//!
//! The compilers follow knex 3.3.0 function by function; `cases/` holds what the real one sent for scripts of our own.

mod answer;
mod column;
mod compile;
mod condition;
mod join;
mod key;
mod meaning;
mod query;
mod raw;
mod rows;
mod schema;
mod select;
mod table;
#[cfg(test)]
mod tests;
mod value;
mod view;

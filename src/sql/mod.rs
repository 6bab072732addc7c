//! SQL in and out, per dialect.

pub mod lex;
pub mod postgres;
pub mod query;
mod scan;
pub mod split;

//! SQL in and out, per dialect.

pub mod lex;
pub mod postgres;
pub mod query;
pub mod split;

//! SQL in and out, per dialect.

pub mod postgres;
pub mod query;

//! SQL in and out, per dialect.

pub mod postgres;

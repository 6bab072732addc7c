//! Reads the whole migration history that a Node tool wrote, understands it as one model, and writes what it lacks.

pub mod cli;
pub mod convert;
pub mod diag;
pub mod emit;
pub mod invert;
pub mod ir;
pub mod js;
pub mod schema;
pub mod source;
pub mod sql;
pub mod threads;
pub mod tools;
pub mod verify;

//! Runs a script against recording shims and gives back a tape. Knows nothing of migrations.
//!
//! The script runs in a process of its own (`worker`), this program started again, with limits on memory, stack, calls and
//! time; nothing of the disk, the network, the environment, the clock or chance reaches it. `pool` starts and stops these
//! processes, `prepare` makes a script ready, `guest` holds what runs in the engine before it.

pub mod bridge;
mod message;
mod pool;
mod prepare;
mod tape;
mod worker;

pub use message::{End, Event, Failure, FailureKind, Found, LONGEST_MESSAGE, Module, is_report};
pub use pool::{Answer, Broken, Host, Script, Shim, Worker, hear, use_program};
pub use prepare::{
    Body, Called, Callee, Calls, Entry, Form, Formless, Function, Given, Import, Outline, Parameter, Style, UNKNOWN,
    Vocabulary, aliases, calls, outline,
};
pub use tape::{Call, Hole, Piece, Place, Value};
pub use worker::{ARGUMENT, serve};

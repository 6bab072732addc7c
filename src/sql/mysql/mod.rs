//! MySQL and MariaDB in and out. What the two do differently is in [`Server`].

mod lower;
mod print;
mod server;
mod together;

pub(crate) use lower::hides_names;
pub use lower::lower;
pub use print::{in_one_statement, print, print_together, quote_identifier, quote_name, stop};
pub use server::Server;
pub use together::together;

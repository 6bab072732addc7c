//! MySQL and MariaDB in and out. What the two do differently is in [`Server`].

mod lower;
mod print;
mod server;

pub use lower::lower;
pub use print::{in_one_statement, print, print_together, quote_identifier, quote_name};
pub use server::Server;

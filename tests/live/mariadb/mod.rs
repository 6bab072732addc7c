//! MariaDB as the judge: what is understood and printed again makes the same database, and replay knows at each step what
//! is in it. Where the server is comes from the environment variable `TRANSMIGRATE_MARIADB_URL`, the path of its socket.

mod printed;
mod replayed;
mod server;
mod undone;
mod written;

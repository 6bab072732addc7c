//! What transmigrate says, held against a real PostgreSQL.

mod bridge;
mod case;
mod cluster;
mod converted;
mod converted_sqlite;
mod corpus;
mod datamodel;
mod filled;
mod ground;
mod guards;
mod hollow;
mod judge;
mod law;
#[path = "../shared/lite.rs"]
mod lite;
mod lite_judge;
mod mariadb;
mod matrix;
mod node;
mod past;
mod rows;
mod runner;
mod trail;
mod tried;

//! What transmigrate says, held against a real PostgreSQL.

mod case;
mod catalogue;
mod cluster;
mod guards;
mod judge;
mod law;
mod node;
mod past;
mod rows;
mod trail;

//! What transmigrate says, held against a real PostgreSQL.

mod bridge;
mod case;
mod catalogue;
mod cluster;
mod converted;
mod corpus;
mod datamodel;
mod filled;
mod ground;
mod guards;
mod hollow;
mod judge;
mod law;
mod mariadb;
mod matrix;
mod node;
mod past;
mod rows;
mod runner;
mod trail;

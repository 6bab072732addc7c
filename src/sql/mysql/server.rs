//! What MySQL and MariaDB do differently. MariaDB's side was tried on 10.11; MySQL's is what its manual of 8.0 says.

use crate::ir::{Dialect, ReferentialAction};
use crate::sql::rules::{MARIADB, MYSQL, Rules};

/// One of the two servers.
#[derive(Debug)]
pub struct Server {
    /// Which dialect it speaks.
    pub dialect: Dialect,
    /// What people call it.
    pub name: &'static str,
    pub(super) rules: &'static Rules,
    /// Whether `REFERENCES` in a column's definition makes a foreign key; `None`: it depends on the version.
    pub inline_references: Option<bool>,
    /// Whether a `CHECK` in a column's definition is a part of the column, which has no name, rather than a constraint of the
    /// table.
    pub checks_in_columns: bool,
    /// What a foreign key does that says nothing of it; the server does not tell the two apart in its catalogue.
    pub bare_action: ReferentialAction,
    /// Whether a foreign key without a name takes that of the index which is written with it; `None`: it is not worked out.
    pub key_named_by_index: Option<bool>,
    /// What the names of checks without one begin with, before a number; `None`: they are not worked out, because the
    /// history may be MariaDB's, which Prisma calls by the same name.
    pub check_name: Option<&'static str>,
    /// Whether a column stays that is one of several of a unique index or primary key; the other server takes it out of that.
    pub keeps_columns_of_keys: bool,
    /// Whether index keys may be expressions.
    pub expression_keys: bool,
    /// The word by which an index is kept without being used.
    pub unused_index: &'static str,
    /// Whether `OR REPLACE` may stand before other things than views, and `IF EXISTS` in `ALTER TABLE`.
    pub guards_anywhere: bool,
    /// The types that the other has not, in the words that they go by.
    pub types: &'static [&'static str],
}

/// The types that both have, in the words that they go by.
const SHARED: &[&str] = &[
    "tinyint",
    "smallint",
    "mediumint",
    "int",
    "bigint",
    "decimal",
    "float",
    "double",
    "bit",
    "date",
    "time",
    "datetime",
    "timestamp",
    "year",
    "char",
    "varchar",
    "binary",
    "varbinary",
    "tinyblob",
    "blob",
    "mediumblob",
    "longblob",
    "tinytext",
    "text",
    "mediumtext",
    "longtext",
    "enum",
    "set",
    "json",
    "geometry",
    "point",
    "linestring",
    "polygon",
    "multipoint",
    "multilinestring",
    "multipolygon",
    "geometrycollection",
];

/// MySQL 8.0.
pub(super) static MYSQL_SERVER: Server = Server {
    dialect: Dialect::Mysql,
    name: "MySQL",
    rules: &MYSQL,
    // 9.0 makes one.
    inline_references: None,
    checks_in_columns: false,
    bare_action: ReferentialAction::NoAction,
    key_named_by_index: None,
    check_name: None,
    keeps_columns_of_keys: false,
    expression_keys: true,
    unused_index: "INVISIBLE",
    guards_anywhere: false,
    types: &["geomcollection"],
};

/// MariaDB 10.5 and newer.
pub(super) static MARIADB_SERVER: Server = Server {
    dialect: Dialect::Mariadb,
    name: "MariaDB",
    rules: &MARIADB,
    inline_references: Some(true),
    checks_in_columns: true,
    bare_action: ReferentialAction::Restrict,
    key_named_by_index: Some(true),
    check_name: Some("CONSTRAINT_"),
    keeps_columns_of_keys: true,
    expression_keys: false,
    unused_index: "IGNORED",
    guards_anywhere: true,
    types: &["uuid", "inet4", "inet6"],
};

impl Server {
    /// That of a dialect; MySQL's for one that is neither's.
    pub fn of(dialect: Dialect) -> &'static Server {
        match dialect {
            Dialect::Mariadb => &MARIADB_SERVER,
            Dialect::Mysql | Dialect::Postgres | Dialect::Sqlite => &MYSQL_SERVER,
        }
    }

    /// Whether it has a type of that name, in lower case.
    pub(super) fn has_type(&self, name: &str) -> bool {
        SHARED.contains(&name) || self.types.contains(&name)
    }
}

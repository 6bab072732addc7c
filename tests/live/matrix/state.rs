//! What a database holds after a migration, and how it differs from what it should hold.

use crate::cluster::Database;
use crate::rows::{self, Digests};
use transmigrate::verify::{Catalogue, ColumnOrder, compare};

/// What a database holds.
#[derive(Clone, PartialEq)]
pub struct State {
    /// Its objects.
    pub catalogue: Catalogue,
    /// The digests of its tables' rows.
    pub rows: Digests,
}

impl State {
    /// Takes it.
    pub fn of(database: &mut Database) -> Result<Self, String> {
        let mut rows = rows::digests(database)?;
        rows.retain(|table, _| !table.starts_with("_judge."));
        Ok(State { catalogue: database.catalogue()?, rows })
    }

    /// How the objects of another state differ from this one's.
    pub fn objects(&self, other: &State, order: ColumnOrder) -> Vec<String> {
        compare(&self.catalogue, &other.catalogue, order)
    }

    /// The tables that are in both states and whose rows in another are not this one's, each with both digests in words.
    pub fn rows(&self, other: &State) -> Vec<(String, String)> {
        let pairs = self.rows.iter().filter_map(|(table, digest)| Some((table, digest, other.rows.get(table)?)));
        let differing = pairs.filter(|(_, digest, found)| digest != found);
        differing
            .map(|(table, digest, found)| (table.clone(), format!("rows of {table} differ: {digest} became {found}")))
            .collect()
    }
}

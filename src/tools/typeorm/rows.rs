//! Row operations of the entity manager, of repositories and of query builders.

use super::Calling;
use super::Unclear;

impl Calling<'_> {
    /// A query builder that is executed.
    pub(super) fn built(&self) -> Result<Vec<String>, Unclear> {
        Err(Unclear::new("rows are changed by a query builder"))
    }

    /// A method of the entity manager or of a repository.
    pub(super) fn managed(&self, method: &str) -> Result<Vec<String>, Unclear> {
        Err(Unclear::new(format!("rows are changed through entities: {method}")))
    }
}

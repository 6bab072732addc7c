//! The statements of a `down.sql` for MySQL and MariaDB. Prisma sends the file as it is, and the server takes each statement
//! by itself: no transaction covers a change of a table, so that a down which stops has done what stands before.

use super::write::Statement;
use crate::emit::heading::heading;
use crate::emit::statement::ended;
use crate::ir::{Dialect, Op};
use crate::sql::mysql::{Server, print_together, together};

/// The operations as statements: what is done with one table in one of them, where that is the same.
pub(super) fn statements(dialect: Dialect, ops: &[Op]) -> Vec<Statement> {
    let statement = |run: &[Op]| {
        let heading = run.first().map(heading).unwrap_or_default();
        Statement { heading, sql: ended(&print_together(&run.iter().collect::<Vec<_>>())) }
    };
    together(Server::of(dialect), ops).into_iter().map(statement).collect()
}

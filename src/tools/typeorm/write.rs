//! Downs in the way of a file's up: by the query runner's methods, or as TypeORM's own generator writes them, each statement
//! as SQL in a template.

use super::kept::Kept;
use super::{TypeOrm, build};
use crate::ir::Dialect;
use crate::ir::Op;
use crate::js::Parameter;
use crate::sql::postgres;
use crate::tools::script::{Desk, Handle, Lines, Meaning, Stage, Uses, Writing, Written, lite, template};
use std::collections::BTreeSet;

/// How TypeORM's downs are written.
pub(super) struct Writer {
    /// What its calls mean.
    pub meaning: TypeOrm,
    /// What the up keeps in `typeorm_metadata`, or keeps no longer.
    pub kept: BTreeSet<Kept>,
    /// Whether it writes by the query runner's methods even where the file shows none.
    pub builds: bool,
}

impl Writing for Writer {
    fn meaning(&self) -> &dyn Meaning {
        &self.meaning
    }

    fn handle(&self, of: Uses<'_>) -> Option<Handle> {
        match of.parameter {
            Parameter::Named(name) => Some(Handle { builder: name.clone(), sql: name.clone() }),
            Parameter::None | Parameter::Object(_) | Parameter::Other => None,
        }
    }

    fn parameters(&self, typed: bool) -> &'static str {
        if typed { "queryRunner: import('typeorm').QueryRunner" } else { "queryRunner" }
    }

    fn default_schema(&self) -> Option<&str> {
        Some(&self.meaning.search_schema)
    }

    fn statements(&self, stages: &[Stage<'_>], desk: &Desk<'_>) -> Result<Vec<Written>, String> {
        if stages.first().is_some_and(|first| first.at.before.dialect() == Dialect::Sqlite) {
            return Ok(on_sqlite(stages, desk));
        }
        if !self.builds && !build::is_built(desk.text) {
            let written = |stage: &Stage<'_>| Written { ops: 1, built: None, sql: vec![query(stage.op, desk)] };
            return Ok(stages.iter().map(written).collect());
        }
        let mut rest = stages;
        let written = build::groups(stages, desk, &self.meaning, &self.kept).into_iter().map(|(count, built)| {
            let (these, others) = rest.split_at(count.min(rest.len()));
            rest = others;
            // In a project of its own nothing is certain to be there but what its migrations have made.
            let found = !self.builds || these.iter().all(|stage| build::is_found(stage, &self.meaning.search_schema));
            Written {
                ops: count,
                built: built.filter(|_| found),
                sql: these.iter().map(|stage| query(stage.op, desk)).collect(),
            }
        });
        Ok(written.collect())
    }

    fn settled(&self, stages: &[Stage<'_>], said: Vec<Written>) -> Vec<Written> {
        build::settled(stages, said)
    }

    fn in_transaction(&self, _: Vec<Lines>, _: &Desk<'_>) -> Option<Lines> {
        None
    }
}

/// Operations on SQLite, where `query` takes one statement.
fn on_sqlite(stages: &[Stage<'_>], desk: &Desk<'_>) -> Vec<Written> {
    let written = |these: &[Stage<'_>]| {
        let sql = lite::statements(these).iter().map(|sql| sent(sql, desk)).collect();
        Written { ops: these.len(), built: None, sql }
    };
    lite::apart(stages).into_iter().map(written).collect()
}

/// A statement as it is sent.
fn sent(sql: &str, desk: &Desk<'_>) -> Lines {
    vec![(0, format!("{}.query({})", desk.handle.sql, template(sql)))]
}

/// An operation as SQL (`commands/MigrationGenerateCommand.js` of typeorm 0.3.31 writes the same call).
fn query(op: &Op, desk: &Desk<'_>) -> Lines {
    sent(&postgres::print(op), desk)
}

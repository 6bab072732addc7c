//! TypeORM 0.3 and 1.x: what the calls of its migrations mean; `lite` says it for SQLite. On PostgreSQL each becomes the SQL that
//! `driver/postgres/PostgresQueryRunner.js` sends (typeorm 0.3.31 and 1.1.1), with the replayed state in place of the tables
//! that it loads from the server first. The rows that it keeps for itself in `typeorm_metadata` are left out (see `kept`).

mod answer;
mod bridge;
mod build;
mod cache;
mod change;
mod classes;
mod columns;
mod constraints;
mod defaults;
mod find;
mod kept;
mod listed;
mod lite;
mod load;
mod model;
mod names;
mod query;
mod remake;
mod rows;
mod source;
mod spell;
mod strategy;
mod tables;
mod target;
#[cfg(test)]
mod tests;
mod write;

pub(super) use bridge::TypeOrmBridge;

use super::script::{
    Facts, History as Scripts, Meaning, Shape, State, Unclear, files, fill, histories, history, hole as spelled_hole,
    literal, quoted,
};
use crate::ir::Dialect;
use crate::js::{Call, Shim, Value};
use crate::schema::{Id, Key};
use cache::{Cache, Path};
use load::Found;
use model::{Table, certain};
use spell::Speller;
use std::cell::RefCell;
use std::collections::BTreeSet;

use super::{DownFile, Given, Place, Tool};
use crate::diag::{Finding, Outcome};
use crate::invert::MadeDown;
use crate::ir::{self, Migration};
use crate::source::SourceTree;

pub(super) use target::Files;

/// TypeORM.
pub(super) struct Reader;

impl Tool for Reader {
    fn tool(&self) -> ir::Tool {
        ir::Tool::Typeorm
    }

    fn find(&self, tree: &SourceTree) -> Outcome<Vec<Place>> {
        find::find(tree)
    }

    fn read(&self, tree: &SourceTree, place: &Place, given: Given) -> Result<Outcome<ir::History>, Vec<Finding>> {
        find::read(tree, place, given)
    }

    fn down(
        &self,
        tree: &SourceTree,
        place: &Place,
        migration: &Migration,
        made: &MadeDown,
    ) -> Result<DownFile, String> {
        let text = tree.read(migration.file).unwrap_or_default();
        // SQL means the same whatever TypeORM it is sent by.
        let meaning = if build::is_built(text) { find::meaning(tree, place) } else { TypeOrm::default() };
        let kept = kept::kept(migration);
        let writer = write::Writer { meaning, kept, builds: false };
        let filled = fill(tree, place, migration, made, &writer);
        if classes::classes(text).len() > 1 {
            let barred = Some("its file holds several migrations".to_owned());
            return Ok(DownFile { text: text.to_owned(), ours: false, barred, ..filled });
        }
        if filled.barred.is_some() || filled.text == text {
            return Ok(filled);
        }
        let keeps = !writer.kept.is_empty();
        let lost = if keeps { kept::lost(tree, place, &writer.kept, &filled) } else { None };
        match lost.or_else(|| strategy::unsure(tree, place, &filled)) {
            Some(why) => Ok(DownFile { text: text.to_owned(), barred: Some(why), ..filled }),
            None => Ok(filled),
        }
    }
}

/// Which TypeORM it is, as far as the SQL that it sends differs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Version {
    /// Up to 0.3.
    #[default]
    Zero,
    /// From 1.0 on.
    One,
}

/// What one project's TypeORM makes of the calls of its migrations.
#[derive(Clone, Debug)]
pub(super) struct TypeOrm {
    /// Its version.
    pub version: Version,
    /// `schema` of the data source; `None`: the one that the server starts with.
    pub schema: Option<String>,
    /// The schema that the server starts with (`current_schema()`).
    pub search_schema: String,
    /// `uuidExtension: 'pgcrypto'` in the data source, rather than `uuid-ossp`.
    pub uuid_by_pgcrypto: bool,
    /// `type` of the data source, where there are several for one database.
    pub kind: Option<String>,
    /// Whether a naming strategy of the project's own may name what migrations leave unnamed.
    pub own_names: bool,
}

impl Default for TypeOrm {
    fn default() -> Self {
        TypeOrm {
            version: Version::Zero,
            schema: None,
            search_schema: "public".to_owned(),
            uuid_by_pgcrypto: false,
            kind: None,
            own_names: false,
        }
    }
}

impl Meaning for TypeOrm {
    fn shim(&self) -> Shim {
        Shim {
            main: include_str!("shim.js"),
            parts: &[
                ("runner", include_str!("runner.js")),
                ("tables", include_str!("tables.js")),
                ("rows", include_str!("rows.js")),
            ],
        }
    }

    fn sends(&self, call: &Call, state: &State<'_>) -> Result<Vec<String>, Unclear> {
        let mut calling = Calling {
            speller: Speller { tool: self },
            state,
            call,
            gone: BTreeSet::new(),
            changed: RefCell::default(),
        };
        if state.dialect == Dialect::Sqlite {
            return calling.on_sqlite();
        }
        let sql = calling.sql();
        match sql {
            Ok(_) if call.name == "queryRunner.goesBy" => {}
            Ok(_) => calling.remember(),
            Err(_) => calling.forget(),
        }
        sql
    }

    fn is_about_state(&self, question: &Call) -> bool {
        question.name != "queryRunner.query"
    }

    fn answer(&self, call: &Call, state: &State<'_>) -> Option<Value> {
        if state.dialect == Dialect::Sqlite {
            return lite::answer(self.kind.as_deref(), call, state);
        }
        answer::answer(Speller { tool: self }, call, state)
    }
}

/// One call.
struct Calling<'a> {
    speller: Speller<'a>,
    state: &'a State<'a>,
    call: &'a Call,
    /// Types that the call itself has dropped so far.
    gone: BTreeSet<(String, String)>,
    /// What becomes of the tables that the query runner keeps.
    changed: RefCell<Vec<Change>>,
}

/// What a call makes of a table that the query runner keeps.
struct Change {
    /// Its schema and name when it was found.
    path: Path,
    /// The instance that was handed over; `None`: it was found by its name.
    given: Option<Table>,
    /// What it is like afterwards.
    table: Table,
    /// Whether it takes the place of the one that is found by its name, too.
    replaces: bool,
}

impl Calling<'_> {
    fn sql(&mut self) -> Result<Vec<String>, Unclear> {
        let (owner, method) = self.call.name.split_once('.').unwrap_or(("", &self.call.name));
        match (owner, method) {
            ("", "module") => Ok(Vec::new()),
            ("queryRunner", "query") => self.query(),
            ("queryBuilder", "execute") => self.built(),
            ("manager", method) => self.managed(method),
            ("queryRunner", method) if answer::QUESTIONS.contains(&method) => Ok(Vec::new()),
            ("queryRunner", "goesBy") => self.goes_by(),
            ("queryRunner", _) => {
                for arg in &self.call.args {
                    certain(arg)?;
                }
                self.runner(method)
            }
            _ => Err(Unclear::new(format!("the call {} is not known", self.call.name))),
        }
    }

    fn runner(&mut self, method: &str) -> Result<Vec<String>, Unclear> {
        match method {
            "createDatabase" => self.create_database(),
            "dropDatabase" => self.drop_database(),
            "createSchema" => self.create_schema(),
            "dropSchema" => self.drop_schema(),
            "createTable" => self.create_table(),
            "dropTable" => self.drop_table(),
            "renameTable" => self.rename_table(),
            "clearTable" => self.clear_table(),
            "changeTableComment" => self.change_table_comment(),
            "createView" => self.create_view(),
            "dropView" => self.drop_view(),
            "createViewIndex" => self.create_view_index(),
            "dropViewIndex" => self.drop_view_index(),
            "addColumn" => self.add_column(),
            "dropColumn" => self.drop_column(),
            "renameColumn" => self.rename_column(),
            "changeColumn" => self.change_column(),
            "createPrimaryKey" => self.create_primary_key(),
            "updatePrimaryKeys" => self.update_primary_keys(),
            "dropPrimaryKey" => self.drop_primary_key(),
            "createUniqueConstraint" => self.create_unique(),
            "createCheckConstraint" => self.create_check(),
            "createExclusionConstraint" => self.create_exclusion(),
            "createForeignKey" => self.create_foreign_key(),
            "createIndex" => self.create_index(),
            "dropUniqueConstraint" | "dropCheckConstraint" | "dropExclusionConstraint" | "dropForeignKey" => {
                self.drop_constraint(method)
            }
            "dropIndex" => self.drop_index(),
            "startTransaction" => self.start_transaction(),
            "commitTransaction" => Ok(vec![self.end_transaction("RELEASE SAVEPOINT", "COMMIT")]),
            "rollbackTransaction" => Ok(vec![self.end_transaction("ROLLBACK TO SAVEPOINT", "ROLLBACK")]),
            _ => Err(Unclear::new(format!("the method {method} of the query runner is not known"))),
        }
    }

    /// How deep in transactions the script is; the shim counts.
    fn depth(&self, index: usize) -> f64 {
        match self.call.arg(index) {
            Some(Value::Number(depth)) => *depth,
            _ => 0.0,
        }
    }

    fn start_transaction(&self) -> Result<Vec<String>, Unclear> {
        let depth = self.depth(1);
        if depth > 0.0 {
            return Ok(vec![format!("SAVEPOINT typeorm_{depth}")]);
        }
        let mut sql = vec!["START TRANSACTION".to_owned()];
        if let Some(level) = self.call.arg(0).and_then(Value::text) {
            sql.push(format!("SET TRANSACTION ISOLATION LEVEL {level}"));
        }
        Ok(sql)
    }

    fn end_transaction(&self, inner: &str, outer: &str) -> String {
        let depth = self.depth(0);
        if depth > 0.0 { format!("{inner} typeorm_{depth}") } else { outer.to_owned() }
    }

    /// The table that an argument means: an instance, or one that is loaded by its name.
    fn owner(&self, index: usize) -> Result<Table, Unclear> {
        let Some(value) = self.call.arg(index) else {
            return Err(Unclear::new(format!("{} is given no table", self.call.name)));
        };
        if let Some(given) = Table::read(value) {
            let given = given?;
            let path = self.speller.parse(&given);
            // What is kept knows more of the parts that the script left as they were.
            let kept = self.state.memory.with(|cache: &mut Cache| cache.table(&path).cloned());
            let table = match kept {
                Some(kept) => given.clone().known_from(&kept),
                None => given.clone(),
            };
            let given = Some(given);
            self.changed.borrow_mut().push(Change { path, given, table: table.clone(), replaces: false });
            return Ok(table);
        }
        match value {
            Value::Text(path) => Ok(self.kept_or_loaded(path)),
            _ => Err(Unclear::new(format!("{} expects a table or its name", self.call.name))),
        }
    }

    /// The table of that name as the query runner has it.
    fn kept_or_loaded(&self, path: &str) -> Table {
        let parsed = self.speller.parse_path(path);
        let kept = self.state.memory.with(|cache: &mut Cache| cache.table(&parsed).cloned());
        let table = match kept {
            Some(table) => table,
            None => match load::table(self.speller, self.state.schema(), path) {
                Found::Table(table) => *table,
                // Nothing is kept of these, and the real tool stops.
                Found::Absent | Found::Unknown => return self.load(path),
            },
        };
        let change = Change { path: parsed, given: None, table: table.clone(), replaces: true };
        self.changed.borrow_mut().push(change);
        table
    }

    /// Says what the call makes of the table that it is called on. `replaces` is whether the method makes a copy that takes
    /// the place of the one that is found by its name.
    fn becomes(&self, table: &Table, replaces: bool) {
        let mut changed = self.changed.borrow_mut();
        if let Some(change) = changed.last_mut().filter(|change| change.table.name == table.name) {
            table.clone_into(&mut change.table);
            change.replaces |= replaces;
        }
    }

    /// Hands on what has become of the tables.
    fn remember(self) {
        let changed = self.changed.into_inner();
        // What is not known has to be asked for again.
        let known = changed.into_iter().filter(|change| change.table.known);
        self.state.memory.with(|cache: &mut Cache| {
            for Change { path, given, table, replaces } in known {
                match given {
                    Some(_) => cache.keep_instance(&path, table, replaces),
                    None => cache.keep(path, table),
                }
            }
            cache.is_called();
        });
    }

    /// Keeps nothing of the tables that a call was on which is not understood.
    fn forget(self) {
        let paths = self.changed.into_inner().into_iter().map(|change| change.path);
        self.state.memory.with(|cache: &mut Cache| {
            paths.for_each(|path| cache.forget(&path));
            cache.is_called();
        });
    }

    /// What the shim says before a call on a table that the script holds and the query runner keeps.
    fn goes_by(&self) -> Result<Vec<String>, Unclear> {
        let Some(value) = self.call.arg(0) else { return Ok(Vec::new()) };
        let held = match Table::read(value) {
            Some(Ok(held)) => held,
            // Something in it only a real run can know.
            _ => match value.get("name").and_then(Value::text) {
                Some(name) => Table::named(name),
                None => return Err(Unclear::new("the name of a table that the query runner keeps is not known")),
            },
        };
        let path = self.speller.parse(&held);
        self.state.memory.with(|cache: &mut Cache| cache.goes_by(path, held));
        Ok(Vec::new())
    }

    /// `Err` when the call is on an instance which the query runner no longer keeps: it goes by it twice, or the script may,
    /// and what the first time makes of it is not followed there.
    fn must_keep(&self) -> Result<(), Unclear> {
        let changed = self.changed.borrow();
        let Some(Change { path, given: Some(given), .. }) = changed.last() else { return Ok(()) };
        if self.state.memory.with(|cache: &mut Cache| cache.table(path).is_some()) {
            return Ok(());
        }
        let method = self.call.name.split('.').next_back().unwrap_or_default();
        Err(Unclear::new(format!(
            "{method} is given an instance of table {} that the query runner no longer keeps, as after a later getTable",
            given.name
        )))
    }

    /// The table of that name as the server has it; one that is certainly not there has nothing in it.
    fn load(&self, path: &str) -> Table {
        match load::table(self.speller, self.state.schema(), path) {
            Found::Table(table) => *table,
            Found::Absent => Table { known: true, ..Table::named(path) },
            Found::Unknown => Table::named(path),
        }
    }

    /// `Err` when what the table holds is not known.
    fn must_know(&self, table: &Table) -> Result<(), Unclear> {
        if table.known {
            return Ok(());
        }
        let method = self.call.name.split('.').next_back().unwrap_or_default();
        Err(Unclear::new(format!("what {method} does rests on what table {} holds, which is not known", table.name)))
    }

    /// A text among the arguments.
    fn text(&self, index: usize, what: &str) -> Result<&str, Unclear> {
        let text = self.call.arg(index).and_then(Value::text);
        text.ok_or_else(|| Unclear::new(format!("{} expects {what} as a text", self.call.name)))
    }

    /// Whether an argument is taken for true; `usual` when it is not given.
    fn flag(&self, index: usize, usual: bool) -> bool {
        self.call.arg(index).map_or(usual, |value| value.truth() == Some(true))
    }

    /// Only from 1.0 on methods that drop take `ifExists`.
    fn if_exists(&self, index: usize) -> bool {
        self.speller.tool.version == Version::One && self.flag(index, false)
    }

    /// Whether a type of that path is there: `hasEnumType`.
    fn has_type(&self, schema: &str, name: &str) -> bool {
        let gone = self.gone.contains(&(schema.to_owned(), name.to_owned()));
        !gone && self.state.schema().has(&Id::Type(Key::new(schema, name)))
    }
}

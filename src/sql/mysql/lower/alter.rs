//! `ALTER TABLE`: its actions in the order in which the server carries them out.

use super::column::{self, Defined};
use super::constraint::{self, Element};
use super::{atom, index, table, types};
use crate::ir::{
    Behaviour, ColumnChange, ColumnPosition, Constraint, ConstraintWord, Index, Name, ObjectKind, ObjectRef, Op, Place,
    TableChange,
};
use crate::sql::cursor::{Cursor, Parse};
use crate::sql::mysql::Server;
use std::collections::BTreeSet;

/// What the server does first, and what after that, whatever the order in which it is written: what goes, columns that stay
/// where they are, columns that are put somewhere, everything that rests on columns, the table itself. Source:
/// `mysql_prepare_alter_table` in MariaDB 10.11, and tried there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pass {
    DropKey,
    DropConstraint,
    DropColumn,
    Change,
    Put,
    Default,
    RenameIndex,
    Add,
    Table,
    Rename,
}

/// The actions of one statement.
struct Queue<'a> {
    server: &'a Server,
    on: Place,
    ops: Vec<(Pass, Op)>,
    /// The columns that some action has given a name, taken away or changed, in lower case.
    touched: BTreeSet<String>,
}

/// From behind `ALTER [ONLINE] TABLE`.
pub(super) fn alter(c: &mut Cursor<'_>, server: &Server) -> Parse<Vec<Op>> {
    let if_exists = server.guards_anywhere && c.eat("IF EXISTS");
    let on = Place { if_exists, ..Place::new(atom::qualified(c)?) };
    let mut queue = Queue { server, on, ops: Vec::new(), touched: BTreeSet::new() };
    let rest = c.rest();
    c.skip(rest.tokens().len());
    for mut piece in rest.commas() {
        queue.action(&mut piece)?;
        piece.end()?;
    }
    if queue.ops.is_empty() {
        return Err(c.stop("an action"));
    }
    let is_of_index = |op: &Op| match op {
        Op::CreateIndex { .. } => true,
        Op::Drop { object, .. } | Op::Rename { object, .. } => object.kind == ObjectKind::Index,
        _ => false,
    };
    if if_exists && queue.ops.iter().any(|(_, op)| is_of_index(op)) {
        return Err(c.refuse("index of a table that need not be there"));
    }
    queue.ops.sort_by_key(|(pass, _)| *pass);
    Ok(queue.ops.into_iter().map(|(_, op)| op).collect())
}

impl Queue<'_> {
    fn push(&mut self, pass: Pass, op: Op) {
        self.ops.push((pass, op));
    }

    /// A column takes part in one action of a statement only: what several come to is not followed.
    fn touch(&mut self, c: &Cursor<'_>, column: &str) -> Parse<()> {
        match self.touched.insert(column.to_lowercase()) {
            true => Ok(()),
            false => Err(c.refuse(format!("column {column} in several actions"))),
        }
    }

    fn action(&mut self, c: &mut Cursor<'_>) -> Parse<()> {
        const WORDS: &[&str] = &["ADD", "DROP", "MODIFY", "CHANGE", "ALTER", "RENAME", "CONVERT TO"];
        match c.eat_any(WORDS) {
            Some("ADD") => self.add(c),
            Some("DROP") => self.drop(c),
            Some("MODIFY") => self.change(c, false),
            Some("CHANGE") => self.change(c, true),
            Some("ALTER") => self.alter_column(c),
            Some("RENAME") => self.rename(c),
            Some(_) => self.convert(c),
            None => self.options(c),
        }
    }

    fn add(&mut self, c: &mut Cursor<'_>) -> Parse<()> {
        if constraint::starts(c) {
            match constraint::of_table(c, self.server, &self.on.table)? {
                Element::Constraint(constraint) => self.add_constraint(constraint),
                Element::Index(index, if_not_exists) => self.add_index(index, if_not_exists),
            }
            return Ok(());
        }
        if c.is("PARTITION") || c.is("SYSTEM") || c.is("PERIOD") {
            return Err(c.refuse(format!("{} of a table", c.text(0))));
        }
        c.eat("COLUMN");
        let if_not_exists = self.server.guards_anywhere && atom::unless_there(c);
        if c.is_mark(0, "(") {
            for mut piece in c.parens()?.commas() {
                self.add_column(&mut piece, if_not_exists)?;
                piece.end()?;
            }
            return Ok(());
        }
        self.add_column(c, if_not_exists)
    }

    fn add_column(&mut self, c: &mut Cursor<'_>, if_not_exists: bool) -> Parse<()> {
        if constraint::starts(c) {
            return Err(c.refuse("index or constraint among added columns"));
        }
        let Defined { column, constraints, indexes } = column::definition(c, self.server, &self.on.table)?;
        if if_not_exists && !(constraints.is_empty() && indexes.is_empty()) {
            return Err(c.refuse("column with a key that is added only if it is not there"));
        }
        self.touch(c, &column.name)?;
        let position = column::position(c)?;
        let add = Op::AddColumn { on: self.on.clone(), column, if_not_exists, position };
        self.push(Pass::Put, add);
        constraints.into_iter().for_each(|constraint| self.add_constraint(constraint));
        indexes.into_iter().for_each(|index| self.add_index(index, false));
        Ok(())
    }

    fn add_constraint(&mut self, constraint: Constraint) {
        let on = self.on.clone();
        self.push(Pass::Add, Op::AddConstraint { on, constraint });
    }

    fn add_index(&mut self, index: Index, if_not_exists: bool) {
        self.push(Pass::Add, Op::CreateIndex { index, if_not_exists, concurrently: false });
    }

    fn drop(&mut self, c: &mut Cursor<'_>) -> Parse<()> {
        const WORDS: &[&str] = &["PRIMARY KEY", "FOREIGN KEY", "CONSTRAINT", "CHECK", "INDEX", "KEY"];
        if c.is("PARTITION") || c.is("SYSTEM") || c.is("PERIOD") {
            return Err(c.refuse(format!("{} of a table", c.text(0))));
        }
        let on = self.on.clone();
        let Some(word) = c.eat_any(WORDS) else {
            c.eat("COLUMN");
            let if_exists = self.guard(c);
            let column = atom::name(c)?;
            c.eat_any(&["RESTRICT", "CASCADE"]);
            self.touch(c, &column)?;
            self.push(Pass::DropColumn, Op::DropColumn { on, column, if_exists, behaviour: Behaviour::Restrict });
            return Ok(());
        };
        let kind = match word {
            "PRIMARY KEY" => Some(ConstraintWord::PrimaryKey),
            "FOREIGN KEY" => Some(ConstraintWord::ForeignKey),
            "CHECK" => Some(ConstraintWord::Check),
            _ => None,
        };
        let if_exists = kind != Some(ConstraintWord::PrimaryKey) && self.guard(c);
        let name = if word == "PRIMARY KEY" { "PRIMARY".to_owned() } else { atom::name(c)? };
        let op = match word {
            "INDEX" | "KEY" if !name.eq_ignore_ascii_case("PRIMARY") => {
                drop_index(ObjectRef::on(ObjectKind::Index, name, on.table), if_exists)
            }
            "INDEX" | "KEY" => {
                let kind = Some(ConstraintWord::PrimaryKey);
                Op::DropConstraint { on, name: "PRIMARY".to_owned(), if_exists, behaviour: Behaviour::Restrict, kind }
            }
            _ => Op::DropConstraint { on, name, if_exists, behaviour: Behaviour::Restrict, kind },
        };
        let pass = if kind == Some(ConstraintWord::ForeignKey) { Pass::DropKey } else { Pass::DropConstraint };
        self.push(pass, op);
        Ok(())
    }

    fn guard(&self, c: &mut Cursor<'_>) -> bool {
        self.server.guards_anywhere && c.eat("IF EXISTS")
    }

    /// `MODIFY`, or `CHANGE` with another name first.
    fn change(&mut self, c: &mut Cursor<'_>, renames: bool) -> Parse<()> {
        c.eat("COLUMN");
        if c.are("IF EXISTS") {
            return Err(c.refuse("column that is changed only if it is there"));
        }
        let from = if renames { Some(atom::name(c)?) } else { None };
        let Defined { column, constraints, indexes } = column::definition(c, self.server, &self.on.table)?;
        let from = from.unwrap_or_else(|| column.name.clone());
        self.touch(c, &from)?;
        if !from.eq_ignore_ascii_case(&column.name) {
            self.touch(c, &column.name)?;
        }
        let position = column::position(c)?;
        let pass = if position.is_some() { Pass::Put } else { Pass::Change };
        if position == Some(ColumnPosition::After(from.clone())) {
            return Err(c.refuse("column that is put behind itself"));
        }
        let change = ColumnChange::Redefine { column: Box::new(column), position };
        self.push(pass, Op::AlterColumn { on: self.on.clone(), column: from, change });
        constraints.into_iter().for_each(|constraint| self.add_constraint(constraint));
        indexes.into_iter().for_each(|index| self.add_index(index, false));
        Ok(())
    }

    fn alter_column(&mut self, c: &mut Cursor<'_>) -> Parse<()> {
        if c.is("INDEX") || c.is("KEY") || c.is("CHECK") || c.is("CONSTRAINT") {
            return Err(c.refuse(format!("ALTER {} of a table", c.text(0))));
        }
        c.eat("COLUMN");
        let column = atom::name(c)?;
        self.touch(c, &column)?;
        let change = match c.expect_any(&["SET DEFAULT", "DROP DEFAULT"])? {
            "SET DEFAULT" => ColumnChange::SetDefault(column::default(c)?),
            _ => ColumnChange::DropDefault,
        };
        self.push(Pass::Default, Op::AlterColumn { on: self.on.clone(), column, change });
        Ok(())
    }

    fn rename(&mut self, c: &mut Cursor<'_>) -> Parse<()> {
        let table = self.on.table.clone();
        if c.eat("COLUMN") {
            let from = atom::name(c)?;
            c.expect("TO")?;
            let to = atom::name(c)?;
            self.touch(c, &from)?;
            self.touch(c, &to)?;
            self.push(Pass::Change, Op::RenameColumn { on: self.on.clone(), from, to });
        } else if c.eat_any(&["INDEX", "KEY"]).is_some() {
            let from = atom::name(c)?;
            c.expect("TO")?;
            let to = atom::name(c)?;
            let object = ObjectRef::on(ObjectKind::Index, from, table);
            self.push(Pass::RenameIndex, Op::Rename { object, to, if_exists: false });
        } else {
            c.eat_any(&["TO", "AS"]);
            c.eat_mark("=");
            let to = atom::qualified(c)?.name;
            let object = ObjectRef::new(ObjectKind::Table, table);
            self.push(Pass::Rename, Op::Rename { object, to, if_exists: self.on.if_exists });
        }
        Ok(())
    }

    fn convert(&mut self, c: &mut Cursor<'_>) -> Parse<()> {
        c.expect_any(&["CHARACTER SET", "CHARSET"])?;
        let charset = types::charset(c)?;
        let collation = if c.eat("COLLATE") { Some(types::charset(c)?) } else { None };
        let change = TableChange::Convert { charset, collation };
        self.push(Pass::Table, Op::AlterTable { on: self.on.clone(), change });
        Ok(())
    }

    /// Options of the table, and how the statement is carried out.
    fn options(&mut self, c: &mut Cursor<'_>) -> Parse<()> {
        let mut set = Vec::new();
        index::how(c, &mut set)?;
        if set.is_empty() {
            set = table::options(c)?;
        }
        if set.is_empty() {
            return Err(c.stop("an action"));
        }
        let change = TableChange::SetOptions(set);
        self.push(Pass::Table, Op::AlterTable { on: self.on.clone(), change });
        Ok(())
    }
}

/// Drops an index of a table.
pub(super) fn drop_index(object: ObjectRef, if_exists: bool) -> Op {
    Op::Drop { object, if_exists, behaviour: Behaviour::Restrict, concurrently: false }
}

/// From behind `RENAME TABLE`.
pub(super) fn rename(c: &mut Cursor<'_>) -> Parse<Vec<Op>> {
    let one = |c: &mut Cursor<'_>| {
        let from: Name = atom::qualified(c)?;
        c.expect("TO")?;
        let to = atom::qualified(c)?.name;
        let object = ObjectRef::new(ObjectKind::Table, from);
        Ok(Op::Rename { object, to, if_exists: false })
    };
    let ops = c.list(one)?;
    c.end()?;
    Ok(ops)
}

//! `ALTER TABLE` and its like for views, materialized views and indexes: the actions, in the order in which the
//! server carries them out.

use super::column;
use super::constraint;
use super::object::{behaviour, role};
use super::sequence;
use super::table;
use super::types;
use crate::ir::*;
use crate::sql::cursor::{Cursor, Parse};
use crate::sql::lex::TokenKind;

/// The server's passes over the actions of one statement (`AT_PASS_*` in `tablecmds.c`, PostgreSQL 13 to 17), but for
/// those that no action written by a user is put in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pass {
    Drop,
    AlterType,
    AddColumn,
    SetExpression,
    ColumnAttributes,
    AddIndexConstraint,
    AddIndex,
    AddOtherConstraint,
    Misc,
}

/// An operation with its pass and, inside that, when the server put it there: actions as written go first, then the
/// constraints of added columns, then added constraints.
type Queued = (Pass, u8, Op);

/// Everything behind `ALTER TABLE name`: actions with commas between.
pub(super) fn actions(c: &mut Cursor<'_>, on: &Place, kind: ObjectKind) -> Parse<Vec<Op>> {
    let rest = c.rest();
    c.skip(rest.tokens().len());
    let mut queue: Vec<Queued> = Vec::new();
    for mut piece in rest.commas() {
        action(&mut piece, on, kind, &mut queue)?;
        piece.end()?;
    }
    if queue.is_empty() {
        return Err(c.stop("an action"));
    }
    queue.sort_by_key(|(pass, turn, _)| (*pass, *turn));
    Ok(queue.into_iter().map(|(.., op)| op).collect())
}

fn action(c: &mut Cursor<'_>, on: &Place, kind: ObjectKind, queue: &mut Vec<Queued>) -> Parse<()> {
    if c.eat("ADD") {
        return add(c, on, queue);
    }
    if c.eat("DROP CONSTRAINT") {
        let if_exists = c.eat("IF EXISTS");
        let name = c.name()?;
        let behaviour = behaviour(c);
        queue.push((Pass::Drop, 0, Op::DropConstraint { on: on.clone(), name, if_exists, behaviour, kind: None }));
        return Ok(());
    }
    if c.eat("DROP") {
        c.eat("COLUMN");
        let if_exists = c.eat("IF EXISTS");
        let column = c.name()?;
        let behaviour = behaviour(c);
        queue.push((Pass::Drop, 0, Op::DropColumn { on: on.clone(), column, if_exists, behaviour }));
        return Ok(());
    }
    if c.eat("ALTER CONSTRAINT") {
        let name = c.name()?;
        let mut deferrable = Deferrable::No;
        let start = c.position();
        while constraint::deferrable_word(c, &mut deferrable) {}
        if c.position() == start {
            return Err(c.stop("DEFERRABLE or NOT DEFERRABLE"));
        }
        queue.push((Pass::Misc, 0, Op::AlterConstraint { on: on.clone(), name, deferrable }));
        return Ok(());
    }
    if c.eat("ALTER") {
        c.eat("COLUMN");
        let column = c.name()?;
        let (pass, change) = column_change(c, &on.table, &column)?;
        queue.push((pass, 0, Op::AlterColumn { on: on.clone(), column, change }));
        return Ok(());
    }
    if c.eat("VALIDATE CONSTRAINT") {
        let name = c.name()?;
        queue.push((Pass::Misc, 0, Op::ValidateConstraint { on: on.clone(), name }));
        return Ok(());
    }
    if c.eat("OWNER TO") {
        let owner = role(c)?;
        if on.if_exists {
            return Err(c.refuse("IF EXISTS with OWNER TO among other actions"));
        }
        let object = ObjectRef::new(kind, on.table.clone());
        queue.push((Pass::Misc, 0, Op::SetOwner { object, owner }));
        return Ok(());
    }
    let change = table_change(c)?;
    queue.push((Pass::Misc, 0, Op::AlterTable { on: on.clone(), change }));
    Ok(())
}

fn add(c: &mut Cursor<'_>, on: &Place, queue: &mut Vec<Queued>) -> Parse<()> {
    if constraint::starts(c) {
        let constraint = constraint::table_constraint(c)?;
        queue.push((pass_of(&constraint), 2, Op::AddConstraint { on: on.clone(), constraint }));
        return Ok(());
    }
    c.eat("COLUMN");
    let if_not_exists = c.eat("IF NOT EXISTS");
    let (column, constraints) = column::definition(c, Some(&on.table))?;
    let name = column.name.clone();
    let op = Op::AddColumn { on: on.clone(), column, if_not_exists, position: None };
    let lifted = constraints.into_iter().map(|constraint| {
        let pass = pass_of(&constraint);
        (pass, 1, Op::AddConstraint { on: on.clone(), constraint })
    });
    if !if_not_exists || lifted.len() == 0 {
        queue.push((Pass::AddColumn, 0, op));
        queue.extend(lifted);
        return Ok(());
    }
    // The server leaves out the column's constraints too when the column is there.
    let fact = Fact::Column { schema: on.table.schema.clone(), table: on.table.name.clone(), column: name };
    let mut lifted: Vec<Queued> = lifted.collect();
    lifted.sort_by_key(|(pass, ..)| *pass);
    let ops = std::iter::once(op).chain(lifted.into_iter().map(|(.., op)| op));
    let then = ops.map(|op| Step::new(op, c.whole())).collect();
    let condition = Condition::Not(Box::new(Condition::Exists(fact)));
    queue.push((Pass::AddColumn, 0, Op::When { condition, then, otherwise: Vec::new() }));
    Ok(())
}

fn pass_of(constraint: &Constraint) -> Pass {
    match &constraint.kind {
        ConstraintKind::PrimaryKey(key) | ConstraintKind::Unique(key) if key.using_index.is_some() => {
            Pass::AddIndexConstraint
        }
        ConstraintKind::PrimaryKey(_) | ConstraintKind::Unique(_) | ConstraintKind::Exclusion(_) => Pass::AddIndex,
        ConstraintKind::Check { .. } | ConstraintKind::ForeignKey(_) => Pass::AddOtherConstraint,
    }
}

/// What stands behind `ALTER COLUMN name`.
fn column_change(c: &mut Cursor<'_>, table: &Name, column: &str) -> Parse<(Pass, ColumnChange)> {
    let rest = |c: &mut Cursor<'_>| {
        let rest = c.rest();
        c.skip(rest.tokens().len());
        rest.expr()
    };
    if c.eat("SET DEFAULT") {
        return Ok((Pass::AddOtherConstraint, ColumnChange::SetDefault(rest(c)?)));
    }
    if c.eat("DROP DEFAULT") {
        return Ok((Pass::Drop, ColumnChange::DropDefault));
    }
    if c.eat("SET NOT NULL") {
        return Ok((Pass::ColumnAttributes, ColumnChange::SetNotNull));
    }
    if c.eat("DROP NOT NULL") {
        return Ok((Pass::Drop, ColumnChange::DropNotNull));
    }
    if c.eat("SET DATA TYPE") || c.eat("TYPE") {
        let data_type = types::any_type(c)?;
        let collation = if c.eat("COLLATE") { Some(c.qualified()?) } else { None };
        let using = if c.eat("USING") { Some(rest(c)?) } else { None };
        return Ok((Pass::AlterType, ColumnChange::Type { data_type, collation, using }));
    }
    if c.eat("SET EXPRESSION AS") {
        return Ok((Pass::SetExpression, ColumnChange::SetExpression(c.parens()?.expr()?)));
    }
    if c.eat("DROP EXPRESSION") {
        return Ok((Pass::Drop, ColumnChange::DropExpression { if_exists: c.eat("IF EXISTS") }));
    }
    if c.eat("ADD GENERATED") {
        let always = c.expect_any(&["ALWAYS", "BY DEFAULT"])? == "ALWAYS";
        c.expect("AS IDENTITY")?;
        let (options, sequence) = sequence::identity_options(c, Some(table), column)?;
        return Ok((Pass::AddOtherConstraint, ColumnChange::AddIdentity(Identity { always, options, sequence })));
    }
    if c.eat("DROP IDENTITY") {
        return Ok((Pass::Drop, ColumnChange::DropIdentity { if_exists: c.eat("IF EXISTS") }));
    }
    if c.eat("SET STATISTICS") {
        let number = c.number()?;
        let number = number.parse().map_err(|_| c.refuse("statistics target that is no number"))?;
        return Ok((Pass::Misc, ColumnChange::SetStatistics(number)));
    }
    if c.eat("SET STORAGE") {
        return Ok((Pass::Misc, ColumnChange::SetStorage(column::storage(c)?)));
    }
    if c.eat("SET COMPRESSION") {
        return Ok((Pass::Misc, ColumnChange::SetCompression(c.label()?)));
    }
    if c.is("SET") && c.is_mark(1, "(") {
        c.skip(1);
        return Ok((Pass::Misc, ColumnChange::SetOptions(c.options()?)));
    }
    if c.eat("RESET") {
        return Ok((Pass::Misc, ColumnChange::ResetOptions(c.option_names()?)));
    }
    let (always, change) = identity_change(c)?;
    Ok((Pass::Misc, ColumnChange::SetIdentity { always, change }))
}

/// `SET GENERATED …`, `SET <sequence option>`, `RESTART …`, one after the other.
fn identity_change(c: &mut Cursor<'_>) -> Parse<(Option<bool>, SequenceChange)> {
    let (mut always, mut change) = (None, SequenceChange::default());
    let start = c.position();
    while !c.at_end() {
        if c.eat("SET GENERATED") {
            always = Some(c.expect_any(&["ALWAYS", "BY DEFAULT"])? == "ALWAYS");
        } else if c.is("RESTART") || c.eat("SET") {
            if !sequence::option(c, &mut change)? {
                return Err(c.stop("a sequence option"));
            }
        } else {
            break;
        }
    }
    if c.position() == start { Err(c.stop("an ALTER COLUMN action")) } else { Ok((always, change)) }
}

fn table_change(c: &mut Cursor<'_>) -> Parse<TableChange> {
    let states = ["ENABLE REPLICA", "ENABLE ALWAYS", "ENABLE", "DISABLE"];
    if let Some(word) = c.eat_any(&["ENABLE ROW LEVEL SECURITY", "DISABLE ROW LEVEL SECURITY"]) {
        return Ok(TableChange::RowSecurity { enabled: word.starts_with("ENABLE") });
    }
    if let Some(word) = c.eat_any(&["FORCE ROW LEVEL SECURITY", "NO FORCE ROW LEVEL SECURITY"]) {
        return Ok(TableChange::ForceRowSecurity { forced: word.starts_with("FORCE") });
    }
    if let Some(state) = c.eat_any(&states) {
        let state = state.to_string();
        if c.eat("RULE") {
            return Ok(TableChange::Rule { state, name: c.name()? });
        }
        c.expect("TRIGGER")?;
        let every = c.eat_any(&["ALL", "USER"]);
        let name = match every {
            Some(word) => word.to_string(),
            None => c.name()?,
        };
        return Ok(TableChange::Trigger { state, name, every: every.is_some() });
    }
    if c.is("SET") && c.is_mark(1, "(") {
        c.skip(1);
        return Ok(TableChange::SetOptions(c.options()?));
    }
    if c.is("RESET") {
        c.skip(1);
        return Ok(TableChange::ResetOptions(c.option_names()?));
    }
    let words = [
        "SET LOGGED",
        "SET UNLOGGED",
        "NO INHERIT",
        "INHERIT",
        "ATTACH PARTITION",
        "DETACH PARTITION",
        "REPLICA IDENTITY",
        "CLUSTER ON",
        "SET WITHOUT CLUSTER",
        "SET TABLESPACE",
        "SET ACCESS METHOD",
        "OF",
        "NOT OF",
    ];
    Ok(match c.expect_any(&words)? {
        "SET LOGGED" => TableChange::Logged { logged: true },
        "SET UNLOGGED" => TableChange::Logged { logged: false },
        "NO INHERIT" => TableChange::NoInherit { parent: c.qualified()? },
        "INHERIT" => TableChange::Inherit { parent: c.qualified()? },
        "ATTACH PARTITION" => TableChange::AttachPartition { child: c.qualified()?, bound: table::bound(c)? },
        "DETACH PARTITION" => {
            let child = c.qualified()?;
            if c.is("FINALIZE") {
                return Err(c.stop("CONCURRENTLY"));
            }
            TableChange::DetachPartition { child, concurrently: c.eat("CONCURRENTLY") }
        }
        "REPLICA IDENTITY" => match c.expect_any(&["DEFAULT", "FULL", "NOTHING", "USING INDEX"])? {
            "USING INDEX" => TableChange::ReplicaIdentity { mode: "USING INDEX".into(), index: Some(c.name()?) },
            mode => TableChange::ReplicaIdentity { mode: mode.to_string(), index: None },
        },
        "CLUSTER ON" => TableChange::ClusterOn { index: Some(c.name()?) },
        "SET WITHOUT CLUSTER" => TableChange::ClusterOn { index: None },
        "SET TABLESPACE" => TableChange::Tablespace { name: c.name()? },
        "SET ACCESS METHOD" if c.kind(0) == Some(TokenKind::Word) && c.is("DEFAULT") => {
            return Err(c.stop("a name"));
        }
        "SET ACCESS METHOD" => TableChange::AccessMethod { name: c.name()? },
        "OF" => {
            let name = TypeName::User(c.qualified_type()?);
            TableChange::OfType { data_type: Some(DataType { name, args: Vec::new(), dimensions: 0 }) }
        }
        _ => TableChange::OfType { data_type: None },
    })
}

//! Operations as PostgreSQL statements, in the style of Prisma Migrate. What an operation holds as text is printed as
//! it stands. Knows nothing of the state that an operation meets.

mod block;
mod column;
mod constraint;
mod domain;
mod grant;
mod index;
mod object;
mod reference;
mod routine;
mod sequence;
mod table;
mod text;
mod together;
mod types;

#[cfg(test)]
mod tests;

use crate::ir::{DataType, Name, Op};
use text::{ident, name, statement};
pub use together::{is_one_statement, print_together};
pub use types::Manner;

/// A statement that stops a script with an error; with its semicolon.
pub fn stop(message: &str) -> String {
    let message = message.replace('\'', "''").replace('%', "%%");
    let mut tag = "$refuse$".to_owned();
    while message.contains(&tag) {
        tag.insert(1, 'x');
    }
    // Whether a backslash escapes depends on a setting of the server; none is left.
    let message = message.replace('\\', "/");
    format!("DO {tag} BEGIN RAISE EXCEPTION '{message}'; END {tag};")
}

/// The statement that says an operation, without the closing semicolon. A few operations need more than one statement
/// (a table with a column's statistics target); these are separated by a semicolon and a line break.
pub fn print(op: &Op) -> String {
    print_in(op, Manner::Prisma)
}

/// The same in another manner.
pub fn print_in(op: &Op, manner: Manner) -> String {
    match op {
        Op::CreateTable { table, if_not_exists } => table::create(table, *if_not_exists, manner),
        Op::AlterTable { on, change } => table::alter(on, change),
        Op::AddColumn { on, column, if_not_exists, .. } => column::add(on, column, *if_not_exists, manner),
        Op::AlterColumn { on, column, change } => column::alter(on, column, change, manner),
        Op::DropColumn { on, column, if_exists, behaviour } => {
            format!(
                "{} DROP COLUMN {}{}{}",
                table::place(on),
                reference::if_exists(*if_exists),
                ident(column),
                reference::behaviour(*behaviour)
            )
        }
        Op::RenameColumn { on, from, to } => {
            format!("{} RENAME COLUMN {} TO {}", table::place(on), ident(from), ident(to))
        }
        Op::AddConstraint { on, constraint } => {
            format!("{} ADD {}", table::place(on), constraint::definition(constraint))
        }
        Op::ValidateConstraint { on, name } => format!("{} VALIDATE CONSTRAINT {}", table::place(on), ident(name)),
        Op::AlterConstraint { on, name, deferrable } => {
            format!("{} ALTER CONSTRAINT {} {}", table::place(on), ident(name), constraint::deferrability(*deferrable))
        }
        Op::DropConstraint { on, name, if_exists, behaviour, .. } => {
            format!(
                "{} DROP CONSTRAINT {}{}{}",
                table::place(on),
                reference::if_exists(*if_exists),
                ident(name),
                reference::behaviour(*behaviour)
            )
        }
        Op::RenameConstraint { on, from, to } => {
            format!("{} RENAME CONSTRAINT {} TO {}", table::place(on), ident(from), ident(to))
        }
        Op::CreateIndex { index, if_not_exists, concurrently } => index::create(index, *if_not_exists, *concurrently),
        Op::AlterIndex { name, set, if_exists } => index::alter(name, set, *if_exists),
        Op::AttachIndex { name: index, child } => {
            format!("ALTER INDEX {} ATTACH PARTITION {}", name(index), name(child))
        }
        Op::CreateView { view, or_replace, if_not_exists } => object::view(view, *or_replace, *if_not_exists),
        Op::RefreshView { name, concurrently, with_no_data } => object::refresh(name, *concurrently, *with_no_data),
        Op::CreateEnum { definition } => object::create_enum(definition),
        Op::AddEnumValue { name, value, before, after, if_not_exists } => {
            object::add_value(name, value, before.as_deref(), after.as_deref(), *if_not_exists)
        }
        Op::RenameEnumValue { name: owner, from, to } => {
            format!("ALTER TYPE {} RENAME VALUE {} TO {}", name(owner), text::literal(from), text::literal(to))
        }
        Op::CreateDomain { domain } => domain::create(domain),
        Op::AlterDomain { name, change } => domain::alter(name, change),
        Op::CreateComposite { composite } => object::composite(composite),
        Op::AlterComposite { name, change } => object::alter_composite(name, change),
        Op::CreateSequence { sequence, if_not_exists } => sequence::create(sequence, *if_not_exists),
        Op::AlterSequence { name, change, if_exists } => sequence::alter(name, change, *if_exists),
        Op::CreateRoutine { routine, or_replace } => routine::create(routine, *or_replace),
        Op::AlterRoutine { object, attributes } => {
            format!("ALTER {} {}", reference::reference(object), statement(attributes))
        }
        Op::CreateTrigger { trigger, or_replace } => routine::trigger(trigger, *or_replace),
        Op::CreatePolicy { policy } => routine::create_policy(policy),
        Op::AlterPolicy { policy } => routine::alter_policy(policy),
        Op::CreateSchema { name, if_not_exists, owner } => object::schema(name, *if_not_exists, owner.as_deref()),
        Op::CreateExtension { extension, if_not_exists } => object::extension(extension, *if_not_exists),
        Op::AlterExtension { name, change } => format!("ALTER EXTENSION {} {}", ident(name), statement(change)),
        Op::CreatePublication { publication } => object::create_publication(publication),
        Op::AlterPublication { action, publication } => object::alter_publication(action, publication),
        Op::Define { definition, or_replace, if_not_exists } => {
            object::definition(definition, *or_replace, *if_not_exists)
        }
        Op::Drop { object, if_exists, behaviour, concurrently } => {
            reference::drop(object, *if_exists, *behaviour, *concurrently)
        }
        Op::Rename { object, to, if_exists } => reference::rename(object, to, *if_exists),
        Op::SetSchema { object, schema, if_exists } => reference::set_schema(object, schema, *if_exists),
        Op::SetOwner { object, owner } => reference::set_owner(object, owner),
        Op::Comment { object, text } => reference::comment(object, text.as_deref()),
        Op::Grant { grant } => grant::grant(grant),
        Op::Revoke { grant, behaviour } => grant::revoke(grant, *behaviour),
        Op::Insert { insert } => statement(&insert.sql),
        Op::Update { write } | Op::Delete { write } | Op::Write { write } => statement(&write.sql),
        Op::When { .. } | Op::Attempt { .. } => block::block(op),
        Op::Code { source, why, .. } | Op::ByRows { source, why, .. } => {
            crate::sql::comment_out(source, &format!("in a script only ({why})"))
        }
        Op::AlterDefinition { sql, .. }
        | Op::Truncate { sql, .. }
        | Op::Query { sql }
        | Op::SetParameter { sql, .. }
        | Op::Transaction { sql, .. }
        | Op::Maintenance { sql }
        | Op::Call { sql, .. }
        | Op::Sql { sql, .. } => statement(sql),
    }
}

/// An identifier in quotes.
pub fn quote_identifier(name: &str) -> String {
    text::ident(name)
}

/// A name in quotes, with its schema if it has one.
pub fn quote_name(name: &Name) -> String {
    text::name(name)
}

/// A type as Prisma Migrate spells it.
pub fn print_type(data_type: &DataType) -> String {
    types::data_type(data_type)
}

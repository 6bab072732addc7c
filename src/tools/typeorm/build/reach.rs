//! What TypeORM's methods find on a server where nothing but migrations was run. They look at a table before they change it
//! (`loadTables` in `driver/postgres/PostgresQueryRunner.js` of typeorm 1.1.1).

use crate::ir::{KeyPart, Name, ObjectKind, Op};
use crate::schema::{Object, Schema};
use crate::tools::script::Stage;

/// Whether a method that does the operation finds what it looks for. `usual` is the schema that TypeORM leaves out.
pub(in crate::tools::typeorm) fn is_found(stage: &Stage<'_>, usual: &str) -> bool {
    let goes = |schema: &Schema, name: &Name| match schema.relation(name).and_then(|id| schema.table(&id)) {
        None => true,
        Some(state) => {
            // What generates a column stands in a table that is there only where an entity has such columns.
            let generates = state.table.columns.iter().any(|column| column.generated.is_some());
            // Their indexes hang together, and each is dropped by itself.
            let is_part = state.table.partition_by.is_some() || state.table.partition_of.is_some();
            !generates && !is_part
        }
    };
    let (before, after) = (&stage.at.before, &stage.at.after);
    before.search_path().first().is_some_and(|first| first == usual)
        && table(stage).is_none_or(|name| goes(before, name) && goes(after, name))
        && match stage.op {
            // Indexes are found by the columns that they have.
            Op::Drop { object, .. } if object.kind == ObjectKind::Index => index_has_column(before, &object.name),
            // The type would get another name too, which may be the one that it has.
            Op::RenameColumn { on, from, .. } => !is_enum(before, &on.table, from),
            _ => true,
        }
}

/// The table that a method looks at.
fn table<'s>(stage: &'s Stage<'_>) -> Option<&'s Name> {
    match stage.op {
        Op::CreateTable { table, .. } => Some(&table.name),
        Op::AddColumn { on, .. }
        | Op::AlterColumn { on, .. }
        | Op::DropColumn { on, .. }
        | Op::RenameColumn { on, .. }
        | Op::AddConstraint { on, .. }
        | Op::DropConstraint { on, .. }
        | Op::RenameConstraint { on, .. } => Some(&on.table),
        Op::CreateIndex { index, .. } => Some(&index.table),
        Op::Drop { object, .. } if object.kind == ObjectKind::Index => indexed(&stage.at.before, &object.name),
        Op::Drop { object, .. } | Op::Rename { object, .. } | Op::Comment { object, .. } => Some(&object.name),
        _ => None,
    }
}

fn index<'s>(schema: &'s Schema, name: &Name) -> Option<&'s crate::ir::Index> {
    match &schema.get(&schema.relation(name)?)?.object {
        Object::Index(state) => Some(&state.index),
        _ => None,
    }
}

fn indexed<'s>(schema: &'s Schema, name: &Name) -> Option<&'s Name> {
    index(schema, name).map(|index| &index.table)
}

fn index_has_column(schema: &Schema, name: &Name) -> bool {
    index(schema, name).is_some_and(|index| index.keys.iter().any(|key| matches!(key.part, KeyPart::Column(_))))
}

fn is_enum(schema: &Schema, table: &Name, column: &str) -> bool {
    let state = schema.relation(table).and_then(|id| schema.table(&id));
    let column = state.and_then(|state| state.table.columns.iter().find(|own| own.name == column));
    let id = column.and_then(|column| column.data_type.user()).and_then(|name| schema.type_named(name));
    id.and_then(|id| schema.get(&id)).is_some_and(|entry| matches!(entry.object, Object::Enum(_)))
}

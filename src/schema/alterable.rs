//! Which changes of a column PostgreSQL refuses, each tried on a server (15).

use super::{Id, Key, Object, Part, Schema, TableState, dependants};
use crate::ir::{Column, ColumnChange, ConstraintKind, Index, KeyPart};

/// Why a column's type, default or nullability cannot be changed like this; `None` where nothing is known to stand against
/// it.
pub(crate) fn barred(schema: &Schema, id: &Id, column: &str, change: &ColumnChange) -> Option<String> {
    let state = schema.table(id)?;
    let found = state.table.columns.iter().find(|found| found.name == column)?;
    let why = match change {
        ColumnChange::DropNotNull => stays_not_null(schema, id, state, found)?,
        ColumnChange::SetDefault(_) | ColumnChange::DropDefault => has_other_default(found)?,
        ColumnChange::Type { using, .. } => keeps_its_type(schema, id, state, found, using.is_some())?,
        ColumnChange::SetNotNull
        | ColumnChange::SetExpression(_)
        | ColumnChange::DropExpression { .. }
        | ColumnChange::AddIdentity(_)
        | ColumnChange::SetIdentity { .. }
        | ColumnChange::DropIdentity { .. }
        | ColumnChange::SetStorage(_)
        | ColumnChange::SetCompression(_)
        | ColumnChange::SetStatistics(_)
        | ColumnChange::SetOptions(_)
        | ColumnChange::ResetOptions(_)
        | ColumnChange::Redefine { .. } => return None,
    };
    Some(format!("column {id}.{column} {why}"))
}

fn stays_not_null(schema: &Schema, id: &Id, state: &TableState, column: &Column) -> Option<&'static str> {
    let in_key = state.table.constraints.iter().any(
        |constraint| matches!(&constraint.kind, ConstraintKind::PrimaryKey(key) if key.columns.contains(&column.name)),
    );
    let parent = state.table.partition_of.as_ref().and_then(|of| schema.table(&schema.relation(&of.parent)?));
    let is_held = |parent: &TableState| parent.table.columns.iter().any(|own| own.name == column.name && own.not_null);
    if column.identity.is_some() {
        Some("is an identity column")
    } else if in_key {
        Some("is in a primary key")
    } else if tells_rows_apart(schema, id, state, &column.name) {
        Some("is in the index that is the replica identity")
    } else {
        parent.is_some_and(is_held).then_some("is NOT NULL in the partitioned table")
    }
}

/// Whether a column is in the index that is the replica identity.
fn tells_rows_apart(schema: &Schema, id: &Id, state: &TableState, column: &str) -> bool {
    let (Some((_, Some(name))), Id::Relation(table)) = (&state.replica_identity, id) else { return false };
    let of_constraint = state.table.constraints.iter().any(|constraint| match &constraint.kind {
        ConstraintKind::PrimaryKey(key) | ConstraintKind::Unique(key) => {
            constraint.name.as_ref() == Some(name) && key.columns.iter().any(|own| own == column)
        }
        ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } | ConstraintKind::Exclusion(_) => false,
    });
    let has = |index: &Index| index.keys.iter().any(|key| matches!(&key.part, KeyPart::Column(own) if own == column));
    let index = schema.get(&Id::Relation(Key::new(&table.schema, name.clone())));
    of_constraint || index.is_some_and(|entry| matches!(&entry.object, Object::Index(state) if has(&state.index)))
}

fn has_other_default(column: &Column) -> Option<&'static str> {
    match (&column.identity, &column.generated) {
        (Some(_), _) => Some("is an identity column"),
        (None, Some(_)) => Some("is a generated column"),
        (None, None) => None,
    }
}

fn keeps_its_type(
    schema: &Schema,
    id: &Id,
    state: &TableState,
    column: &Column,
    has_using: bool,
) -> Option<&'static str> {
    if column.generated.is_some() && has_using {
        return Some("is a generated column");
    }
    if state.inherited.contains_key(&Part::Column(column.name.clone())) {
        return Some("is inherited");
    }
    if state.table.of_type.is_some() {
        return Some("is one of a typed table");
    }
    if generated_from(schema, id, &column.name).is_some() {
        return Some("is read by a generated column");
    }
    let key = state.table.partition_by.as_deref().unwrap_or_default();
    partition_columns(key).any(|own| own == column.name).then_some("is in the partition key")
}

/// The column that is generated from another.
pub(crate) fn generated_from(schema: &Schema, id: &Id, column: &str) -> Option<String> {
    let state = schema.table(id)?;
    let is_generated = |name: &str| state.table.columns.iter().any(|own| own.name == name && own.generated.is_some());
    let mut uses = schema.get(id)?.uses.iter().filter(|used| used.id == *id && used.column.as_deref() == Some(column));
    uses.find_map(|used| match &used.part {
        Part::Column(reader) if reader != column && is_generated(reader) => Some(reader.clone()),
        _ => None,
    })
}

/// What stands against another type of a column: a view, trigger or policy that reads it, whatever the type.
pub(crate) fn keeps_type(schema: &Schema, id: &Id, column: &str) -> Option<Id> {
    let reads = |id: &Id| {
        let object = schema.get(id).map(|entry| &entry.object);
        matches!(object, Some(Object::View(_) | Object::Trigger(_) | Object::Policy(_)))
    };
    dependants(schema, id, Some(column)).into_iter().map(|dependant| dependant.id).find(reads)
}

/// The columns of `RANGE (a, "B" text_ops)`; those of expressions are not looked for.
fn partition_columns(key: &str) -> impl Iterator<Item = String> {
    let list = key.split_once('(').map_or("", |(_, list)| list).strip_suffix(')').unwrap_or_default();
    let list = if list.contains('(') { "" } else { list };
    list.split(',').filter_map(|one| {
        let one = one.trim();
        match one.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').map(|(name, _)| name.to_owned()),
            None => one.split_whitespace().next().map(str::to_lowercase),
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::schema::Replay;
    use crate::source::FileId;
    use crate::sql::postgres;

    const TABLES: &str = "create table k (id int primary key, a int not null);
        create unique index k_a on k (a);
        alter table k replica identity using index k_a;
        create table i (id int generated always as identity, g int, gg int generated always as (g * 2) stored);
        create table p (\"A\" int, b int, v int) partition by range (\"A\", b);
        create table p1 partition of p for values from (1, 1) to (10, 10);
        alter table p alter v set not null;
        create table base (x int not null);
        create table child () inherits (base);";

    fn conflicts(sql: &str) -> usize {
        let steps = postgres::lower(&format!("{TABLES}{sql}"), FileId(0)).value.steps;
        let mut replay = Replay::new("public");
        replay.migration(&steps, &mut |_| ());
        replay.findings.iter().filter(|finding| finding.code == "S001").count()
    }

    #[test]
    fn what_the_server_refuses_is_a_conflict() {
        for sql in [
            "alter table k alter id drop not null",
            "alter table k alter a drop not null",
            "alter table i alter id drop not null",
            "alter table i alter id drop default",
            "alter table i alter id set default 3",
            "alter table i alter gg drop default",
            "alter table i alter gg set default 3",
            "alter table i alter gg type int using 3",
            "alter table i alter g type bigint",
            "alter table p alter \"A\" type bigint",
            "alter table p alter b type bigint",
            "alter table p1 alter v type bigint",
            "alter table p1 alter v drop not null",
            "alter table child alter x type bigint",
        ] {
            assert_eq!(conflicts(sql), 1, "{sql}");
        }
        for sql in [
            "alter table k alter id type bigint, alter id set default 1",
            "alter table k drop constraint k_pkey, alter id drop not null",
            "alter table i alter id type bigint",
            "alter table i alter id drop identity, alter id drop not null",
            "alter table i alter gg type bigint, alter gg set not null, alter gg drop not null",
            "alter table i alter g set default 1, alter g set not null",
            "alter table i drop gg, alter g type bigint",
            "alter table i alter gg drop expression, alter gg set default 1",
            "alter table p alter v type bigint, alter v drop not null, alter b set default 1, alter b drop not null",
            "alter table p1 alter v set default 9",
            "alter table base alter x type bigint",
            "alter table child alter x drop not null",
        ] {
            assert_eq!(conflicts(sql), 0, "{sql}");
        }
    }
}

//! Tables and their indexes back to operations: partitions, inheriting tables, columns that only a query tells.

use super::Build;
use crate::ir::{
    Behaviour, Column, ColumnChange, Constraint, ConstraintKind, DataType, Index, IndexKey, KeyPart, Name, ObjectKind,
    ObjectRef, Op, Place, SequenceChange, SequenceOptions, Table, TableChange, TypeName,
};
use crate::schema::{Id, IndexState, Inherited, Object, Part, Schema, TableState, apply, derive, family, output};
use crate::sql::query;

impl Build<'_> {
    /// Makes a table.
    pub(super) fn table(&mut self, id: &Id, state: &TableState) {
        let mut table = state.table.clone();
        let place = Place::new(table.name.clone());
        let only = |part: &Part| state.inherited.get(part) == Some(&Inherited::Only);
        let (inline, later): (Vec<Constraint>, Vec<Constraint>) =
            std::mem::take(&mut table.constraints).into_iter().partition(stands_inline);
        // A partition's foreign keys come with the parent's.
        let inherits = |constraint: &Constraint| only(&Part::Constraint(constraint.name.clone().unwrap_or_default()));
        let later = later.into_iter().filter(|constraint| !inherits(constraint));
        self.keys.extend(later.map(|constraint| Op::AddConstraint { on: place.clone(), constraint }));
        self.last.extend(table_settings(state));
        if let Some(partition) = table.partition_of.take() {
            if let Some(made) = family::made_as_partition(self.target, id, self.together) {
                self.ops.push(made);
                self.ops.extend(column_settings(&state.table));
                return;
            }
            let change = TableChange::AttachPartition { child: table.name.clone(), bound: partition.bound };
            self.last.push(Op::AlterTable { on: Place::new(partition.parent), change });
        }
        let mut differing = Vec::new();
        let inline: Vec<Constraint> = if table.inherits.is_empty() {
            inline
        } else if family::inherits_later(self.target, id) {
            table.columns.retain(|column| !only(&Part::Column(column.name.clone())));
            let change = |parent| Op::AlterTable { on: place.clone(), change: TableChange::Inherit { parent } };
            differing.extend(std::mem::take(&mut table.inherits).into_iter().map(change));
            inline.into_iter().filter(|constraint| !inherits(constraint)).collect()
        } else {
            differing = self.inherited_differences(state);
            table.columns.retain(|column| !only(&Part::Column(column.name.clone())));
            inline.into_iter().filter(|constraint| !inherits(constraint)).collect()
        };
        if table.as_query.is_some() || !state.columns_known {
            self.table_as_query(state, table, &place);
            self.ops.extend(inline.into_iter().map(|constraint| Op::AddConstraint { on: place.clone(), constraint }));
        } else {
            // Of keys that say the same, only one would come of the table's own statement.
            table.constraints = apply::without_repeated(&inline);
            let repeated = inline.into_iter().filter(|constraint| !table.constraints.contains(constraint));
            let repeated: Vec<Op> =
                repeated.map(|constraint| Op::AddConstraint { on: place.clone(), constraint }).collect();
            self.leave_for_later(id, state, &mut table);
            for column in &mut table.columns {
                let sequence = self.serial_sequence(state, column);
                if sequence.is_some() {
                    as_serial(column);
                }
            }
            let settings = column_settings(&table);
            for column in &mut table.columns {
                column.statistics = None;
                column.options.clear();
                column.storage = None;
                if let Some(identity) = &mut column.identity {
                    identity.options.data_type = None;
                }
            }
            if table.of_type.is_some() {
                // The type says the rest.
                table.columns.retain(|column| {
                    column.not_null
                        || column.default.is_some()
                        || column.generated.is_some()
                        || column.identity.is_some()
                });
            }
            self.ops.push(Op::CreateTable { table, if_not_exists: false });
            self.ops.extend(repeated);
            self.ops.extend(settings);
            self.ops.extend(differing);
        }
        if matches!(&state.replica_identity, Some((mode, None)) if mode == DANGLING) {
            self.dangling_identity(state);
        }
    }

    /// Keeps back the columns that came after the tables that inherit them, so that all stand in the right order.
    fn leave_for_later(&mut self, id: &Id, state: &TableState, table: &mut Table) {
        let early = family::columns_before_children(self.target, id);
        let children = family::descendants(self.target, id);
        let Some(entry) = self.target.get(id) else { return };
        if early >= table.columns.len() || !children.iter().all(|child| self.ids.contains(child)) {
            return;
        }
        let late: Vec<Column> = table.columns.split_off(early);
        let on_late = |constraint: &Constraint| {
            let part = Part::Constraint(constraint.name.clone().unwrap_or_default());
            entry.uses.iter().any(|used| {
                used.part == part
                    && used.id == *id
                    && used.column.as_ref().is_some_and(|name| late.iter().any(|column| column.name == *name))
            })
        };
        let on = Place::new(table.name.clone());
        let mut ops = Vec::new();
        for column in &late {
            let mut written = column.clone();
            if self.serial_sequence(state, column).is_some() {
                as_serial(&mut written);
            }
            written.storage = None;
            written.statistics = None;
            written.options.clear();
            ops.push(Op::AddColumn { on: on.clone(), column: written, if_not_exists: false, position: None });
            ops.extend(settings_of(&table.name, column));
        }
        let (later, inline) = std::mem::take(&mut table.constraints).into_iter().partition(on_late);
        table.constraints = inline;
        let later: Vec<Constraint> = later;
        ops.extend(later.into_iter().map(|constraint| Op::AddConstraint { on: on.clone(), constraint }));
        self.waiting.push((children, ops));
    }

    /// Adds the columns that waited for the table that was just made.
    pub(super) fn catch_up(&mut self, id: &Id) {
        for (children, ops) in &mut self.waiting {
            if children.remove(id) && children.is_empty() {
                self.ops.append(ops);
            }
        }
    }

    /// An index. One that PostgreSQL makes under a partitioned table's needs no statement.
    pub(super) fn index(&mut self, id: &Id, state: &IndexState) {
        let mut index = state.index.clone();
        if let (Some(parent), Some(name)) = (&state.attached_to, &index.name)
            && let Some(parent_id) = self.target.relation(parent)
        {
            let table_id = self.target.relation(&index.table);
            let by_table = table_id.as_ref().is_some_and(|table| {
                self.together.contains(table) && family::made_as_partition(self.target, table, self.together).is_some()
            });
            let made = if self.together.contains(&parent_id) {
                !family::is_made_by_hand(self.target, &parent_id)
            } else {
                by_table
            };
            if made {
                return;
            }
            let child = index.table.sibling(name);
            self.last.push(Op::AttachIndex { name: parent.clone(), child });
        }
        index.only = family::is_made_by_hand(self.target, id);
        self.ops.push(Op::CreateIndex { index, if_not_exists: false, concurrently: false });
    }

    /// What an inheriting table says differently of the columns that it has from its parents.
    fn inherited_differences(&self, state: &TableState) -> Vec<Op> {
        let parents = family::parents(self.target, state);
        let mut ops = Vec::new();
        for column in &state.table.columns {
            // What is its own too, its definition says, unless it says less.
            let Some(how) = state.inherited.get(&Part::Column(column.name.clone())) else { continue };
            let only = *how == Inherited::Only;
            let theirs: Vec<&Column> = parents
                .iter()
                .filter_map(|parent| self.target.table(parent))
                .filter_map(|parent| parent.table.columns.iter().find(|found| found.name == column.name))
                .collect();
            let alter = |change| Op::AlterColumn {
                on: Place::new(state.table.name.clone()),
                column: column.name.clone(),
                change,
            };
            if theirs.first().is_some_and(|theirs| theirs.default != column.default)
                && (only || column.default.is_none())
            {
                ops.push(alter(match &column.default {
                    Some(default) => ColumnChange::SetDefault(default.clone()),
                    None => ColumnChange::DropDefault,
                }));
            }
            if column.not_null != theirs.iter().any(|theirs| theirs.not_null) && (only || !column.not_null) {
                ops.push(alter(if column.not_null { ColumnChange::SetNotNull } else { ColumnChange::DropNotNull }));
            }
        }
        ops
    }

    /// A replica identity whose index is gone: made by such an index for a moment.
    fn dangling_identity(&mut self, state: &TableState) {
        let table = &state.table.name;
        let Some(column) = state.table.columns.iter().find(|column| column.not_null && column.generated.is_none())
        else {
            self.unknown.push(format!("the index that was the replica identity of {table} is gone"));
            return;
        };
        let name = format!("{}_replica_identity", table.name);
        let key = IndexKey {
            part: KeyPart::Column(column.name.clone()),
            length: None,
            collation: None,
            operator_class: None,
            order: None,
            nulls: None,
        };
        let index = Index {
            name: Some(name.clone()),
            table: table.clone(),
            only: false,
            unique: true,
            method: None,
            keys: vec![key],
            include: Vec::new(),
            nulls_not_distinct: false,
            with: Vec::new(),
            tablespace: None,
            predicate: None,
            implied: false,
        };
        self.last.push(Op::CreateIndex { index, if_not_exists: false, concurrently: false });
        let change = TableChange::ReplicaIdentity { mode: DANGLING.to_owned(), index: Some(name.clone()) };
        self.last.push(Op::AlterTable { on: Place::new(table.clone()), change });
        self.last.push(Op::Drop {
            object: ObjectRef::new(ObjectKind::Index, table.sibling(name)),
            if_exists: false,
            behaviour: Behaviour::Restrict,
            concurrently: false,
        });
    }

    /// The sequence in `ids` that makes `column` a serial one.
    fn serial_sequence(&self, state: &TableState, column: &Column) -> Option<&Id> {
        self.serial.iter().find(|id| is_serial(self.target, state, column, id))
    }

    /// A table whose column types only its query knows.
    fn table_as_query(&mut self, state: &TableState, mut table: Table, place: &Place) {
        let (columns, reads) = (&state.table.columns, &state.reads);
        let name = table.name.clone();
        let text = table.as_query.clone().unwrap_or_default();
        let outputs = query::output_columns(&output::as_select(&text), self.target);
        let (Some(outputs), Some(reads)) = (outputs, reads) else {
            self.unknown.push(format!("the columns of {name} are known to the server alone"));
            return;
        };
        if output::reads(self.target, &text).as_ref() != Some(reads) {
            self.unknown.push(format!(
                "the types of the columns of {name} came from a query, and what that query reads is not what it was when \
                 the table was made"
            ));
            return;
        }
        let unknown = DataType::builtin("unknown");
        let given = output::columns(self.target, &text).unwrap_or_default();
        table.columns.clear();
        table.with_no_data = true;
        self.ops.push(Op::CreateTable { table, if_not_exists: false });
        for output in outputs.iter().filter(|output| !columns.iter().any(|column| column.name == **output)) {
            self.ops.push(Op::DropColumn {
                on: place.clone(),
                column: output.clone(),
                if_exists: false,
                behaviour: Behaviour::Restrict,
            });
        }
        for column in columns {
            let alter = |change| Op::AlterColumn { on: place.clone(), column: column.name.clone(), change };
            if !outputs.contains(&column.name) {
                if column.data_type == unknown {
                    self.unknown
                        .push(format!("the type of column {name}.{} is known to the server alone", column.name));
                    return;
                }
                let column = column.clone();
                self.ops.push(Op::AddColumn { on: place.clone(), column, if_not_exists: false, position: None });
                continue;
            }
            let same = given.iter().any(|found| {
                found.name == column.name && found.data_type == column.data_type && found.collation == column.collation
            });
            if column.data_type != unknown && !same {
                let (data_type, collation) = (column.data_type.clone(), column.collation.clone());
                self.ops.push(alter(ColumnChange::Type { data_type, collation, using: None }));
            }
            if let Some(default) = &column.default {
                self.ops.push(alter(ColumnChange::SetDefault(default.clone())));
            }
            if column.not_null {
                self.ops.push(alter(ColumnChange::SetNotNull));
            }
        }
    }
}

/// Whether a constraint can stand in `CREATE TABLE`: foreign keys wait for their targets, and `NOT VALID` means
/// nothing there.
fn stands_inline(constraint: &Constraint) -> bool {
    !matches!(constraint.kind, ConstraintKind::ForeignKey(_)) && !constraint.not_valid
}

/// Whether `column` is just what `SERIAL` makes, with the sequence `id`.
pub(crate) fn is_serial(target: &Schema, state: &TableState, column: &Column, id: &Id) -> bool {
    let Some(entry) = target.get(id) else { return false };
    let (Object::Sequence(sequence), Id::Relation(key)) = (&entry.object, id) else { return false };
    let TypeName::Builtin(base) = &column.data_type.name else { return false };
    let expected = match base.as_str() {
        "integer" | "smallint" => Some(DataType::builtin(base)),
        "bigint" => None,
        _ => return false,
    };
    let owned = sequence.owned_by.as_ref().is_some_and(|(table, owner)| {
        *owner == column.name && target.relation(table) == target.relation(&state.table.name)
    });
    owned
        && column.not_null
        && column.identity.is_none()
        && column.data_type.dimensions == 0
        && key.name == derive::derived_sequence_name(&state.table.name.name, &column.name)
        && sequence.options == SequenceOptions { data_type: expected, ..SequenceOptions::default() }
        && column.default.as_ref().is_some_and(|default| {
            *default == apply::nextval(&sequence.name)
                || query::expr_uses(&default.0, target.dialect()).is_some_and(|uses| {
                    uses.functions.iter().any(|name| name.name == "nextval")
                        && uses.sequences.iter().any(|name| target.relation(name).as_ref() == Some(id))
                })
        })
}

/// Writes an integer column with its own sequence as the serial type.
pub(crate) fn as_serial(column: &mut Column) {
    let TypeName::Builtin(base) = &column.data_type.name else { return };
    let serial = match base.as_str() {
        "smallint" => "smallserial",
        "bigint" => "bigserial",
        _ => "serial",
    };
    column.data_type = DataType::builtin(serial);
    column.default = None;
}

/// Column settings that `CREATE TABLE` and `ADD COLUMN` cannot say.
pub(crate) fn settings_of(on: &Name, column: &Column) -> Vec<Op> {
    let alter = |change| Op::AlterColumn { on: Place::new(on.clone()), column: column.name.clone(), change };
    let mut ops = Vec::new();
    if let Some(storage) = &column.storage {
        ops.push(alter(ColumnChange::SetStorage(storage.clone())));
    }
    if let Some(target) = column.statistics {
        ops.push(alter(ColumnChange::SetStatistics(target)));
    }
    if !column.options.is_empty() {
        ops.push(alter(ColumnChange::SetOptions(column.options.clone())));
    }
    if let Some(identity) = &column.identity
        && let Some(data_type) = &identity.options.data_type
    {
        // A definition cannot say it: the sequence has the column's type then.
        let change = SequenceChange {
            data_type: Some(data_type.clone()),
            min: identity.options.min.clone().map(Some),
            max: identity.options.max.clone().map(Some),
            ..SequenceChange::default()
        };
        let name = on.sibling(derive::derived_sequence_name(&on.name, &column.name));
        ops.push(Op::AlterSequence { name, change, if_exists: false });
    }
    ops
}

fn column_settings(table: &Table) -> Vec<Op> {
    table.columns.iter().flat_map(|column| settings_of(&table.name, column)).collect()
}

/// The mode of a replica identity by an index; without one, the index is gone.
pub(crate) const DANGLING: &str = "USING INDEX";

/// What `CREATE TABLE` cannot say of the table itself.
fn table_settings(state: &TableState) -> Vec<Op> {
    let alter = |change| Op::AlterTable { on: Place::new(state.table.name.clone()), change };
    let mut ops = Vec::new();
    if state.row_security {
        ops.push(alter(TableChange::RowSecurity { enabled: true }));
    }
    if state.force_row_security {
        ops.push(alter(TableChange::ForceRowSecurity { forced: true }));
    }
    if let Some((mode, index)) = &state.replica_identity
        && (index.is_some() || mode != DANGLING)
    {
        ops.push(alter(TableChange::ReplicaIdentity { mode: mode.clone(), index: index.clone() }));
    }
    if let Some(index) = &state.cluster_on {
        ops.push(alter(TableChange::ClusterOn { index: Some(index.clone()) }));
    }
    ops
}

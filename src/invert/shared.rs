//! What partitions and inheriting tables have from their parents, and get and lose with them.

use super::plan::same_family;
use super::table::Context;
use crate::ir::{Column, ColumnChange, Op, Place};
use crate::schema::{Id, Inherited, Part, Schema, TableState};

impl Context<'_> {
    /// Whether a part that goes, comes or changes does so with the parents' part, so that nothing has to be said of it.
    pub(super) fn follows(&self, now: &TableState, wanted: &TableState, part: &Part) -> bool {
        let (was, will) = (now.inherited.get(part), wanted.inherited.get(part));
        if was.is_none() && will.is_none() {
            return false;
        }
        let there = |state: &TableState| match part {
            Part::Column(name) => state.table.columns.iter().any(|column| column.name == *name),
            Part::Constraint(name) => state.table.constraints.iter().any(|found| found.name.as_ref() == Some(name)),
            Part::Whole | Part::Default(_) => false,
        };
        same_family(now, wanted)
            && match (there(now), there(wanted)) {
                (true, false) => was == Some(&Inherited::Only),
                (false, true) => will == Some(&Inherited::Only),
                _ => was.is_some() && will.is_some(),
            }
    }

    /// A column as the change of the parents' column leaves it.
    pub(super) fn after_parents(&mut self, now: &TableState, column: &Column, place: &Place) -> Column {
        let mut column = column.clone();
        let names = now.table.partition_of.iter().map(|partition| &partition.parent).chain(&now.table.inherits);
        let find = |schema: &Schema, id: &Id| {
            schema
                .table(id)
                .and_then(|state| state.table.columns.iter().find(|found| found.name == column.name))
                .cloned()
        };
        let changes: Vec<(Column, Column)> = names
            .filter_map(|name| self.from.relation(name))
            .filter_map(|id| Some((find(self.from, &id)?, find(self.to, &id)?)))
            .collect();
        for (was, is) in changes {
            if was.data_type.name != is.data_type.name || was.data_type.dimensions != is.data_type.dimensions {
                // A default would stop the change of type; the parents' is set again behind it.
                if column.default.is_some() && was.default.is_none() {
                    let change = ColumnChange::DropDefault;
                    let drop = Op::AlterColumn { on: place.clone(), column: column.name.clone(), change };
                    self.phases.before_types.push(drop);
                }
                column.default.clone_from(&is.default);
            }
            if was.data_type != is.data_type || was.collation != is.collation {
                column.data_type = is.data_type;
                column.collation = is.collation;
                column.storage.clone_from(&is.storage);
            }
            if was.default != is.default {
                column.default = is.default;
            }
            if was.not_null != is.not_null {
                column.not_null = is.not_null;
            }
            if was.generated != is.generated {
                column.generated = is.generated;
            }
            if was.storage != is.storage {
                column.storage = is.storage;
            }
            if was.statistics != is.statistics {
                column.statistics = is.statistics;
            }
        }
        column
    }
}

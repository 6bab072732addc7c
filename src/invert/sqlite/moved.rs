//! Steps that together change one table: another is made, filled, and takes its name. Prisma, TypeORM, Knex and Sequelize
//! each have a way of their own; what they come to is read off where the rows go.

use crate::ir::{ObjectKind, Op, Step};
use crate::schema::Schema;
use crate::sql::sqlite::{CopiedValue, copied};
use std::collections::BTreeMap;

/// A table that is changed by several steps, with what becomes of its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::invert) struct Moved {
    /// The table.
    pub table: String,
    /// How many steps there are.
    pub steps: usize,
    /// What each of its columns holds afterwards: what a column held before, or an expression over these. Others hold their
    /// default.
    pub values: BTreeMap<String, CopiedValue>,
}

/// Where the rows of a table are, and in which columns.
type Contents = BTreeMap<String, CopiedValue>;

/// The change of a table that begins with the first of these steps, if one does. A column that is added with its
/// constraints is one as well.
pub(in crate::invert) fn moved(before: &Schema, steps: &[&Step]) -> Option<Moved> {
    let (first, rest) = steps.split_first()?;
    if let Op::AddColumn { on, .. } = &first.op {
        let its = rest.iter().take_while(|step| step.joined).count();
        let state = before.table(&before.relation(&on.table)?)?;
        let stay = |column: &crate::ir::Column| (column.name.clone(), CopiedValue::Column(column.name.clone()));
        let values = state.table.columns.iter().map(stay).collect();
        return (its > 0).then(|| Moved { table: on.table.name.clone(), steps: 1 + its, values });
    }
    if !matches!(&first.op, Op::CreateTable { .. } | Op::Rename { .. }) {
        return None;
    }
    let mut moving = Moving { before, rows: BTreeMap::new(), columns: BTreeMap::new(), made: Vec::new() };
    for (number, step) in steps.iter().enumerate() {
        moving.take(&step.op)?;
        if let Some((table, values)) = moving.at_rest() {
            return Some(Moved { table, steps: number + 1, values });
        }
    }
    None
}

struct Moving<'a> {
    before: &'a Schema,
    /// For each table that has been touched and is there: whose rows it has, and in which columns; `None` for one that
    /// has none yet.
    rows: BTreeMap<String, Option<(String, Contents)>>,
    /// The columns of the tables that were made, in order.
    columns: BTreeMap<String, Vec<String>>,
    /// The tables that were made or renamed, gone ones among them.
    made: Vec<String>,
}

impl Moving<'_> {
    /// The rows of a table, as they are by now.
    fn rows_of(&mut self, table: &str) -> Option<(String, Contents)> {
        if let Some(known) = self.rows.get(table) {
            return known.clone();
        }
        let id = self.before.relation(&crate::ir::Name::bare(table))?;
        let state = self.before.table(&id).filter(|state| state.columns_known)?;
        let own = |column: &crate::ir::Column| (column.name.clone(), CopiedValue::Column(column.name.clone()));
        Some((table.to_owned(), state.table.columns.iter().map(own).collect()))
    }

    /// Follows an operation; `None` for one that belongs to nothing of the kind.
    fn take(&mut self, op: &Op) -> Option<()> {
        match op {
            Op::CreateTable { table, .. } if table.as_query.is_none() => {
                self.rows.insert(table.name.name.clone(), None);
                self.made.push(table.name.name.clone());
                let columns = table.columns.iter().filter(|column| column.generated.is_none());
                self.columns.insert(table.name.name.clone(), columns.map(|column| column.name.clone()).collect());
            }
            Op::Rename { object, to, .. } if object.kind == ObjectKind::Table => {
                let rows = self.rows_of(&object.name.name);
                self.rows.remove(&object.name.name);
                self.made.extend([object.name.name.clone(), to.clone()]);
                self.rows.insert(to.clone(), rows);
            }
            Op::Drop { object, .. } if object.kind == ObjectKind::Table => {
                self.rows.remove(&object.name.name);
                self.made.push(object.name.name.clone());
            }
            Op::Insert { insert } => {
                let copy = copied(&insert.sql)?;
                let (origin, contents) = self.rows_of(&copy.from)?;
                let through = |value: &CopiedValue| match value {
                    CopiedValue::Column(name) => contents.get(name).cloned(),
                    // Over names that mean other columns by now.
                    CopiedValue::Expr(_) if copy.from != origin => None,
                    CopiedValue::Expr(text) => Some(CopiedValue::Expr(text.clone())),
                };
                let into = self.rows.get_mut(&copy.into).filter(|rows| rows.is_none())?;
                let columns = match copy.columns.is_empty() {
                    true => self.columns.get(&copy.into).filter(|columns| columns.len() == copy.values.len())?,
                    false => &copy.columns,
                };
                let values =
                    columns.iter().zip(&copy.values).map(|(name, value)| Some((name.clone(), through(value)?)));
                *into = Some((origin.clone(), values.collect::<Option<Contents>>()?));
            }
            Op::CreateIndex { index, .. } if self.made.contains(&index.table.name) => {}
            Op::Drop { object, .. } if object.kind == ObjectKind::Index => {}
            Op::SetParameter { .. } | Op::Maintenance { .. } | Op::Query { .. } => {}
            _ => return None,
        }
        Some(())
    }

    /// The table that has its own rows again, where none else is left over.
    fn at_rest(&self) -> Option<(String, Contents)> {
        let mut found = None;
        for name in &self.made {
            let was = self.before.relation(&crate::ir::Name::bare(name)).is_some();
            match (was, self.rows.get(name)) {
                (false, None) => {}
                (true, Some(Some((origin, contents)))) if origin == name => {
                    if found.as_ref().is_some_and(|(other, _)| other != name) {
                        return None;
                    }
                    found = Some((name.clone(), contents.clone()));
                }
                _ => return None,
            }
        }
        found
    }
}

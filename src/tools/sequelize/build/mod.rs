//! Operations by Sequelize's query interface. What is written here is only a proposal: it is read back before it is taken.

use crate::ir::{Behaviour, Constraint, ConstraintKind, Index, KeyPart, Name, ObjectKind, Op, ReferentialAction};
use crate::tools::script::{Desk, Lines, string_literal};

/// A statement that does an operation; `None` where there is no method for it.
pub(super) fn statement(op: &Op, desk: &Desk<'_>) -> Option<Lines> {
    let build = Build { desk };
    let text = |text: &str| build.text(text);
    let line = match op {
        Op::Drop { object, behaviour: Behaviour::Restrict, concurrently: false, .. } => match object.kind {
            ObjectKind::Table => build.call("dropTable", vec![build.table(&object.name)]),
            ObjectKind::Schema => build.call("dropSchema", vec![text(&object.name.name)]),
            ObjectKind::Index => {
                // Which table it belongs to is known where the migration itself has made it.
                let table = desk.up.iter().find_map(|step| match &step.op {
                    Op::CreateIndex { index, .. } if index.name.as_ref() == Some(&object.name.name) => {
                        Some(&index.table)
                    }
                    _ => None,
                })?;
                build.call("removeIndex", vec![build.table(table), text(&object.name.name)])
            }
            _ => return None,
        },
        Op::Rename { object, to, if_exists: false } if object.kind == ObjectKind::Table => {
            build.call("renameTable", vec![build.table(&object.name), text(to)])
        }
        Op::DropColumn { on, column, behaviour: Behaviour::Restrict, .. } => {
            build.call("removeColumn", vec![build.table(&on.table), text(column)])
        }
        Op::DropConstraint { on, name, behaviour: Behaviour::Restrict, .. } => {
            build.call("removeConstraint", vec![build.table(&on.table), text(name)])
        }
        Op::AddConstraint { on, constraint } => return build.constraint(&on.table, constraint),
        Op::CreateIndex { index, if_not_exists: false, concurrently } => return build.index(index, *concurrently),
        Op::CreateSchema { name, owner: None, .. } => build.call("createSchema", vec![text(name)]),
        _ => return None,
    };
    Some(vec![(0, line)])
}

struct Build<'d> {
    desk: &'d Desk<'d>,
}

impl Build<'_> {
    fn text(&self, text: &str) -> String {
        string_literal(text, self.desk.style.quote)
    }

    fn list(&self, names: &[String]) -> String {
        let names: Vec<String> = names.iter().map(|name| self.text(name)).collect();
        format!("[{}]", names.join(", "))
    }

    fn table(&self, name: &Name) -> String {
        match &name.schema {
            Some(schema) => format!("{{ schema: {}, tableName: {} }}", self.text(schema), self.text(&name.name)),
            None => self.text(&name.name),
        }
    }

    fn call(&self, method: &str, mut arguments: Vec<String>) -> String {
        if self.desk.own_transaction {
            arguments.push("{ transaction }".to_owned());
        }
        format!("{}.{method}({})", self.desk.handle.builder, arguments.join(", "))
    }

    /// A call whose last argument is an object.
    fn with(&self, method: &str, table: &Name, mut fields: Vec<(&str, String)>) -> Lines {
        if self.desk.own_transaction {
            fields.push(("transaction", String::new()));
        }
        let mut lines = vec![(0, format!("{}.{method}({}, {{", self.desk.handle.builder, self.table(table)))];
        lines.extend(fields.into_iter().map(|(key, value)| match value.as_str() {
            "" => (1, format!("{key},")),
            value => (1, format!("{key}: {value},")),
        }));
        lines.push((0, "})".to_owned()));
        lines
    }

    fn constraint(&self, table: &Name, constraint: &Constraint) -> Option<Lines> {
        let mut fields = match &constraint.kind {
            ConstraintKind::PrimaryKey(key) => {
                vec![("fields", self.list(&key.columns)), ("type", self.text("primary key"))]
            }
            ConstraintKind::Unique(key) => vec![("fields", self.list(&key.columns)), ("type", self.text("unique"))],
            ConstraintKind::ForeignKey(key) => {
                let target = match key.referenced.as_slice() {
                    [one] => format!("field: {}", self.text(one)),
                    several => format!("fields: {}", self.list(several)),
                };
                let mut fields = vec![
                    ("fields", self.list(&key.columns)),
                    ("type", self.text("foreign key")),
                    ("references", format!("{{ table: {}, {target} }}", self.table(&key.references))),
                ];
                for (field, action) in [("onDelete", &key.on_delete), ("onUpdate", &key.on_update)] {
                    let word = match action {
                        ReferentialAction::NoAction => continue,
                        ReferentialAction::Restrict => "RESTRICT",
                        ReferentialAction::Cascade => "CASCADE",
                        ReferentialAction::SetNull(columns) if columns.is_empty() => "SET NULL",
                        ReferentialAction::SetDefault(columns) if columns.is_empty() => "SET DEFAULT",
                        ReferentialAction::SetNull(_) | ReferentialAction::SetDefault(_) => return None,
                    };
                    fields.push((field, self.text(word)));
                }
                fields
            }
            ConstraintKind::Check { .. } | ConstraintKind::Exclusion(_) => return None,
        };
        fields.push(("name", self.text(constraint.name.as_deref()?)));
        Some(self.with("addConstraint", table, fields))
    }

    fn index(&self, index: &Index, concurrently: bool) -> Option<Lines> {
        let keys = index.keys.iter().map(|key| match &key.part {
            KeyPart::Column(name) if key.order.is_none() && key.nulls.is_none() && key.operator_class.is_none() => {
                Some(name.clone())
            }
            _ => None,
        });
        if !index.include.is_empty() || index.predicate.is_some() {
            return None;
        }
        let mut fields = vec![
            ("fields", self.list(&keys.collect::<Option<Vec<_>>>()?)),
            ("name", self.text(index.name.as_deref()?)),
        ];
        if index.unique {
            fields.push(("unique", "true".to_owned()));
        }
        if let Some(method) = index.method.as_deref().filter(|method| *method != "btree") {
            fields.push(("using", self.text(method)));
        }
        if concurrently {
            fields.push(("concurrently", "true".to_owned()));
        }
        Some(self.with("addIndex", &index.table, fields))
    }
}

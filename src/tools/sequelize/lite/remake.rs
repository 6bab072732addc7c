//! Tables that the tool makes anew on SQLite (6.37.8 `dialects/sqlite/query-interface.js`). `removeColumn`, `changeColumn`
//! and `renameColumn` go by what `describeTable` tells: the type, whether it is null, the default as a string, the primary
//! key, whether some index that the column is in is unique, and where it leads. `addConstraint` goes by the text that made
//! the table, which keeps all that; both lose indexes and triggers.

use super::column::{Field, create_table, described};
use super::{quote, rows, table};
use crate::ir::{ConstraintKind, Index, KeyPart, Name, Op, Persistence, Table};
use crate::js::{Call, Value};
use crate::schema::{Id, Object, Schema};
use crate::source::FileId;
use crate::sql::sqlite;
use crate::tools::script::{State, Unclear, quoted};
use crate::tools::sequelize::index;
use crate::tools::sequelize::reading::{fails, option, text, text_option};

/// A table with its indexes in the order in which they were made, as far as that is known.
struct Found {
    table: Table,
    indexes: Vec<Index>,
}

/// `removeColumn(table, name)`; one that is not there is passed over.
pub(super) fn remove(call: &Call, state: &State<'_>) -> Result<Vec<String>, Unclear> {
    let name = table(call.arg(0))?;
    let column = text(call.arg(1), "the column's name")?;
    let mut fields = Found::of(state.schema(), &name)?.fields()?;
    fields.retain(|field| field.name != column);
    remade(state.schema(), &name, &fields, None)
}

/// `changeColumn(table, name, attribute)`: what the definition does not say stays as it is found.
pub(super) fn change(call: &Call, state: &State<'_>) -> Result<Vec<String>, Unclear> {
    let name = table(call.arg(0))?;
    let column = text(call.arg(1), "the column's name")?;
    let given = call.arg(2).ok_or_else(|| fails("no definition is given"))?;
    if matches!(given, Value::Object(_)) && text_option(Some(given), "field")?.is_some_and(|field| field != column) {
        return Err(Unclear::new("a column that is changed under another name"));
    }
    let mut fields = Found::of(state.schema(), &name)?.fields()?;
    let field = fields.iter_mut().find(|field| field.name == column);
    field.ok_or_else(|| fails(format_args!("there is no column {column}")))?.take(given)?;
    remade(state.schema(), &name, &fields, None)
}

/// `renameColumn(table, before, after)`: the column becomes the last one.
pub(super) fn rename(call: &Call, state: &State<'_>) -> Result<Vec<String>, Unclear> {
    let name = table(call.arg(0))?;
    let (before, after) = (text(call.arg(1), "the column's name")?, text(call.arg(2), "the column's new name")?);
    let mut fields = Found::of(state.schema(), &name)?.fields()?;
    let at = fields.iter().position(|field| field.name == before);
    let mut field = fields.remove(at.ok_or_else(|| fails(format_args!("there is no column {before}")))?);
    if fields.iter().any(|field| field.name == after) {
        return Err(Unclear::new(format!("a column that is renamed to {after}, which is there")));
    }
    after.clone_into(&mut field.name);
    fields.push(field);
    remade(state.schema(), &name, &fields, Some((before, after)))
}

/// `describeTable`; `None` when the state cannot tell. Computed columns are not among those that the pragma tells.
pub(super) fn describe(schema: &Schema, name: &str) -> Option<Value> {
    let (_, mut found) = Found::known(schema, name).ok()?;
    found.table.columns.retain(|column| column.generated.is_none());
    let columns = found.table.columns.iter().map(|column| {
        let field = found.field(&column.name).ok()?;
        let text = column.default.as_ref().map(|expr| expr.0.as_str());
        let default = match (text, field.kind.as_str()) {
            (Some("0"), "TINYINT(1)") => Value::Bool(false),
            (Some("1"), "TINYINT(1)") => Value::Bool(true),
            (None, _) | (_, "TINYINT(1)") => Value::Undefined,
            (Some("NULL"), _) => Value::Null,
            (Some(text), _) => Value::Text(text.replace('\'', "")),
        };
        let mut described = vec![
            ("type".to_owned(), Value::Text(field.kind)),
            ("allowNull".to_owned(), Value::Bool(!field.not_null)),
            ("defaultValue".to_owned(), default),
            ("primaryKey".to_owned(), Value::Bool(field.primary)),
            ("unique".to_owned(), Value::Bool(field.unique)),
        ];
        if let Some((table, key)) = found.leads_to(&column.name) {
            let to = vec![("model".to_owned(), Value::Text(table)), ("key".to_owned(), Value::Text(key))];
            described.push(("references".to_owned(), Value::Object(to)));
        }
        Some((column.name.clone(), Value::Object(described)))
    });
    found.fields().ok()?;
    columns.collect::<Option<Vec<_>>>().map(Value::Object)
}

/// The six statements of the tool: by way of a table with another name.
fn remade(
    schema: &Schema,
    name: &str,
    fields: &[Field],
    renamed: Option<(&str, &str)>,
) -> Result<Vec<String>, Unclear> {
    let backup = format!("{name}_backup");
    is_free(schema, &backup)?;
    if fields.is_empty() {
        return Err(fails("the table has no columns left"));
    }
    let there: Vec<String> = fields.iter().map(|field| quote(&field.name)).collect();
    let from = |field: &Field| match renamed {
        Some((before, after)) if field.name == after => format!("{} AS {}", quote(before), quote(after)),
        _ => quote(&field.name),
    };
    let taken: Vec<String> = fields.iter().map(from).collect();
    let made = [create_table(&backup, fields, ""), create_table(name, fields, "")];
    if made.iter().any(|sql| sql.contains(';')) {
        return Err(fails("it takes the statements apart at each semicolon, and there is one in a definition"));
    }
    let [first, second] = made;
    let (there, taken) = (there.join(", "), taken.join(", "));
    let (table, backup) = (quote(name), quote(&backup));
    Ok(vec![
        first,
        format!("INSERT INTO {backup} SELECT {taken} FROM {table}"),
        format!("DROP TABLE {table}"),
        second,
        format!("INSERT INTO {table} SELECT {there} FROM {backup}"),
        format!("DROP TABLE {backup}"),
    ])
}

/// `addConstraint(table, options)`.
pub(super) fn constrain(call: &Call, state: &State<'_>) -> Result<Vec<String>, Unclear> {
    rows::is_plain(call)?;
    let name = table(call.arg(0))?;
    let options = if matches!(call.arg(1), Some(Value::List(_))) { call.arg(2) } else { call.arg(1) };
    if option(options, "deferrable")?.is_some() {
        return Err(Unclear::new("a constraint that is deferrable"));
    }
    let sent = index::add_constraint(call)?;
    let snippet = sent.first().and_then(|sql| sql.split_once(" ADD ")).map(|(_, rest)| rest.trim_end_matches(';'));
    let snippet = snippet.ok_or_else(|| Unclear::new("a constraint that is not understood"))?;
    let found = Found::of(state.schema(), &name)?;
    let backup = format!("{name}_backup");
    is_free(state.schema(), &backup)?;
    let mut table = found.table;
    if !table.options.is_empty() {
        return Err(fails("it puts the constraint in front of the last letter, which closes no parenthesis"));
    }
    let columns: Vec<String> = table.columns.iter().map(|column| quote(&column.name)).collect();
    let keys = table.constraints.iter().filter(|one| matches!(one.kind, ConstraintKind::PrimaryKey(_))).count();
    table.constraints.push(constraint(snippet)?);
    if keys > 0 && matches!(table.constraints.last(), Some(one) if matches!(one.kind, ConstraintKind::PrimaryKey(_))) {
        return Err(Unclear::new("a second primary key, which SQLite refuses"));
    }
    table.name = Name::bare(&backup);
    let made = sqlite::print(&Op::CreateTable { table, if_not_exists: false });
    if made.contains(';') {
        return Err(fails("it takes the statements apart at each semicolon, and there is one in a definition"));
    }
    let (table, backup, columns) = (quote(&name), quote(&backup), columns.join(", "));
    Ok(vec![
        made,
        format!("INSERT INTO {backup} ({columns}) SELECT {columns} FROM {table}"),
        format!("DROP TABLE {table}"),
        format!("ALTER TABLE {backup} RENAME TO {table}"),
    ])
}

/// A constraint of a table, as SQL.
fn constraint(sql: &str) -> Result<crate::ir::Constraint, Unclear> {
    let steps = sqlite::lower(&format!("CREATE TABLE a (b, {sql})"), FileId(0)).value.steps;
    match steps.into_iter().next().map(|step| step.op) {
        Some(Op::CreateTable { mut table, .. }) if table.constraints.len() == 1 => Ok(table.constraints.remove(0)),
        _ => Err(Unclear::new("a constraint that is not understood")),
    }
}

/// `Err` when there may be something of that name, which the tool takes for its own.
fn is_free(schema: &Schema, name: &str) -> Result<(), Unclear> {
    let taken = schema.iter().any(|(id, _)| matches!(id, Id::Relation(key) if key.name.eq_ignore_ascii_case(name)));
    match taken || !schema.knows_names() {
        true => Err(Unclear::new(format!("table {name} may be there already"))),
        false => Ok(()),
    }
}

impl Found {
    /// The table of that name, if it is known.
    fn known(schema: &Schema, name: &str) -> Result<(Id, Self), Unclear> {
        let named = |id: &&Id| matches!(id, Id::Relation(key) if key.name.eq_ignore_ascii_case(name));
        let Some(id) = schema.iter().map(|(id, _)| id).find(named) else {
            return Err(Unclear::new(format!("table {name} is not there, or not known")));
        };
        let known = schema.get(id).filter(|entry| !entry.is_unsure() && schema.doubt.is_none());
        let state = known.and_then(|entry| entry.object.as_table()).filter(|state| state.columns_known);
        let state = state.ok_or_else(|| Unclear::new(format!("what table {name} is like is not known")))?;
        let indexes = schema.indexes(id).map(|(_, state)| state.index.clone()).collect();
        Ok((id.clone(), Found { table: state.table.clone(), indexes }))
    }

    /// The table of that name. `Err` when it is not known, or SQLite does not get through.
    fn of(schema: &Schema, name: &str) -> Result<Self, Unclear> {
        let (id, found) = Found::known(schema, name)?;
        let table = &found.table;
        if table.columns.iter().any(|column| column.generated.is_some()) {
            return Err(fails(format_args!("it does not copy the rows of table {name}, which has computed columns")));
        }
        if table.persistence != Persistence::Permanent {
            return Err(Unclear::new(format!("table {name} is a temporary one")));
        }
        // Behind `DROP TABLE` SQLite renames nothing as long as a view or trigger of another table misses what it names.
        for user in schema.users(&id) {
            let misses = match schema.get(user).map(|entry| &entry.object) {
                Some(Object::View(_)) => true,
                Some(Object::Trigger(state)) => !state.trigger.table.name.eq_ignore_ascii_case(name),
                _ => false,
            };
            if misses {
                return Err(Unclear::new(format!("{user} uses table {name} while it is made anew")));
            }
        }
        Ok(found)
    }

    /// `describeTable`.
    fn fields(&self) -> Result<Vec<Field>, Unclear> {
        let has_expressions = |index: &Index| index.keys.iter().any(|key| matches!(key.part, KeyPart::Expr(_)));
        if self.indexes.iter().any(has_expressions) {
            return Err(fails("it does not describe a table that has an index on an expression"));
        }
        self.table.columns.iter().map(|column| self.field(&column.name)).collect()
    }

    fn field(&self, name: &str) -> Result<Field, Unclear> {
        let column = self.table.columns.iter().find(|column| column.name == name);
        let column = column.ok_or_else(|| Unclear::new(format!("column {name} is not known")))?;
        let kind = described(&column.data_type);
        let keys = |constraint: &crate::ir::Constraint| match &constraint.kind {
            ConstraintKind::PrimaryKey(key) => key.columns.iter().any(|own| own.eq_ignore_ascii_case(name)),
            _ => false,
        };
        let default = column.default.as_ref().and_then(|expr| default(&expr.0, &kind));
        Ok(Field {
            name: name.to_owned(),
            not_null: column.not_null,
            default,
            unique: self.is_unique(name)?,
            primary: self.table.constraints.iter().any(keys),
            counts: false,
            references: self
                .leads_to(name)
                .map(|(table, column)| format!(" REFERENCES {} ({})", quote(&table), quote(&column))),
            actions: String::new(),
            kind,
        })
    }

    /// Whether the index that was made last, of those that the column is in, is unique: those of the table's own keys come
    /// first. A primary key has one, unless it is the row's own number.
    fn is_unique(&self, name: &str) -> Result<bool, Unclear> {
        let has = |columns: &[String]| columns.iter().any(|own| own.eq_ignore_ascii_case(name));
        let own = self.table.constraints.iter().any(|constraint| match &constraint.kind {
            ConstraintKind::Unique(key) => has(&key.columns),
            ConstraintKind::PrimaryKey(key) => has(&key.columns) && !self.is_row_number(&key.columns),
            _ => false,
        });
        let is_in = |index: &&Index| {
            index.keys.iter().any(|key| matches!(&key.part, KeyPart::Column(own) if own.eq_ignore_ascii_case(name)))
        };
        let mut later = self.indexes.iter().filter(is_in).map(|index| index.unique);
        match later.next() {
            None => Ok(own),
            Some(first) if later.all(|other| other == first) => Ok(first),
            Some(_) => Err(Unclear::new(format!("which index of column {name} was made last is not known"))),
        }
    }

    /// Whether a primary key on these columns is `INTEGER PRIMARY KEY`, for which SQLite makes no index.
    fn is_row_number(&self, columns: &[String]) -> bool {
        let [only] = columns else { return false };
        let column = self.table.columns.iter().find(|column| column.name.eq_ignore_ascii_case(only));
        column.is_some_and(|column| described(&column.data_type).eq_ignore_ascii_case("INTEGER"))
            && !self.table.options.iter().any(|(option, _)| option == "WITHOUT ROWID")
    }

    /// Where a column leads: the pragma tells the keys from the last to the first, and the one told last counts.
    fn leads_to(&self, name: &str) -> Option<(String, String)> {
        self.table.constraints.iter().find_map(|constraint| match &constraint.kind {
            ConstraintKind::ForeignKey(key) => {
                let at = key.columns.iter().position(|own| own.eq_ignore_ascii_case(name))?;
                let column = key.referenced.get(at).map_or("id", String::as_str);
                Some((key.references.name.clone(), column.to_owned()))
            }
            _ => None,
        })
    }
}

/// A default as the tool makes it of what the pragma tells: a string without its quotes, which then gets some again; truth in
/// a column of that type.
fn default(text: &str, kind: &str) -> Option<String> {
    if kind == "TINYINT(1)" {
        return ["0", "1"].contains(&text).then(|| text.to_owned());
    }
    if text == "NULL" {
        return Some(text.to_owned());
    }
    Some(quoted(&text.replace('\'', "")))
}

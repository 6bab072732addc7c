//! A query of the catalogue and the one fact that it asks for. Columns that say what the fact's kind says already
//! (`contype` beside `conname`, `typtype`, `attisdropped`) are taken for granted.

use super::constant::{self, Variables};
use super::fact::Facts;
use super::name_text;
use crate::ir::{Fact, Name};
use crate::sql::cursor::{Cursor, Parse};
use std::collections::BTreeMap;

/// The columns of each catalogue that questions compare.
#[rustfmt::skip] // a table
const CATALOGS: &[(&str, &[&str])] = &[
    ("pg_attribute", &["attname", "attrelid", "attisdropped", "attnum"]),
    ("pg_class", &["oid", "relname", "relnamespace", "relkind"]),
    ("pg_constraint", &["oid", "conname", "conrelid", "connamespace", "contype"]),
    ("pg_enum", &["oid", "enumlabel", "enumtypid"]),
    ("pg_extension", &["oid", "extname"]),
    ("pg_indexes", &["schemaname", "tablename", "indexname"]),
    ("pg_matviews", &["schemaname", "matviewname"]),
    ("pg_namespace", &["oid", "nspname"]),
    ("pg_policies", &["schemaname", "tablename", "policyname"]),
    ("pg_policy", &["oid", "polname", "polrelid"]),
    ("pg_proc", &["oid", "proname", "pronamespace", "prokind"]),
    ("pg_publication", &["oid", "pubname"]),
    ("pg_publication_rel", &["prpubid", "prrelid"]),
    ("pg_publication_tables", &["pubname", "schemaname", "tablename"]),
    ("pg_roles", &["oid", "rolname"]),
    ("pg_authid", &["oid", "rolname"]),
    ("pg_user", &["usename"]),
    ("pg_sequences", &["schemaname", "sequencename"]),
    ("pg_tables", &["schemaname", "tablename"]),
    ("pg_trigger", &["oid", "tgname", "tgrelid", "tgisinternal"]),
    ("pg_type", &["oid", "typname", "typnamespace", "typtype"]),
    ("pg_views", &["schemaname", "viewname"]),
    ("columns", &["table_catalog", "table_schema", "table_name", "column_name"]),
    ("tables", &["table_catalog", "table_schema", "table_name", "table_type"]),
    ("views", &["table_catalog", "table_schema", "table_name"]),
    ("sequences", &["sequence_catalog", "sequence_schema", "sequence_name"]),
    ("schemata", &["catalog_name", "schema_name"]),
    ("table_constraints", &["constraint_catalog", "constraint_schema", "constraint_name", "table_catalog",
        "table_schema", "table_name", "constraint_type"]),
    ("referential_constraints", &["constraint_catalog", "constraint_schema", "constraint_name"]),
    ("routines", &["routine_catalog", "routine_schema", "routine_name", "routine_type", "specific_schema"]),
    ("triggers", &["trigger_catalog", "trigger_schema", "trigger_name", "event_object_schema", "event_object_table"]),
];

/// What a column is compared with.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    OneOf(Vec<String>),
    /// `'…'::regclass` and its like.
    Named(Name),
    /// The row of another source.
    Row(usize),
    /// The schema on the search path, which bare names mean.
    CurrentSchema,
}

/// One relation of the query with what is asked of its columns.
#[derive(Clone, Debug)]
pub(super) struct SourceRow {
    pub catalog: &'static str,
    columns: &'static [&'static str],
    alias: String,
    pub asked: BTreeMap<&'static str, Value>,
    /// Part of what another one asks.
    aside: bool,
}

/// A query of the catalogue.
pub(super) struct Question<'a> {
    pub cursor: Cursor<'a>,
    pub sources: Vec<SourceRow>,
}

impl<'a> Question<'a> {
    /// `SELECT … FROM … WHERE …` that gives a row or none.
    pub(super) fn ask(c: &Cursor<'a>, variables: &Variables) -> Parse<Question<'a>> {
        let mut at = c.slice(0, c.tokens().len());
        at.expect("SELECT")?;
        // `SELECT FROM t` asks as well.
        let target = if at.is("FROM") { at.slice(0, 0) } else { at.until(|c| c.is("FROM")) };
        // An aggregate gives a row from none.
        if target.tokens().iter().any(|t| t.text(c.source.text) == "(") {
            return Err(target.refuse("question for more than a row"));
        }
        Question::from(at, variables)
    }

    /// The same with `count(*)`.
    pub(super) fn count(c: &Cursor<'a>, variables: &Variables) -> Parse<Question<'a>> {
        let mut at = c.slice(0, c.tokens().len());
        at.expect("SELECT count")?;
        let what = at.parens()?;
        if what.tokens().len() != 1 || !matches!(what.text(0), "*" | "1") {
            return Err(what.stop("*"));
        }
        Question::from(at, variables)
    }

    fn from(mut at: Cursor<'a>, variables: &Variables) -> Parse<Question<'a>> {
        let mut question = Question { cursor: at, sources: Vec::new() };
        question.read(&mut at, variables)?;
        Ok(question)
    }

    fn read(&mut self, at: &mut Cursor<'a>, variables: &Variables) -> Parse<()> {
        let mut conditions = self.relations(at)?;
        if at.eat("WHERE") {
            conditions.push(at.until(|c| c.is("LIMIT")));
        }
        if at.eat("LIMIT") {
            at.number()?;
        }
        at.end()?;
        for condition in conditions {
            self.terms(&condition, variables, 0)?;
        }
        Ok(())
    }

    /// `FROM a x, b y JOIN c z ON …`: the conditions of the joins.
    fn relations(&mut self, at: &mut Cursor<'a>) -> Parse<Vec<Cursor<'a>>> {
        at.expect("FROM")?;
        let mut conditions = Vec::new();
        let mut outer = false;
        loop {
            let source = relation(at)?;
            self.sources.push(source);
            if at.eat("ON") {
                const ENDS: &[&str] = &["JOIN", "INNER", "LEFT", "CROSS", "WHERE", "LIMIT"];
                let on = at.until(|c| c.is_mark(0, ",") || ENDS.iter().any(|word| c.is(word)));
                // What stands behind the ON of an outer join leaves nothing out, so it may only say which row.
                if outer && on.commas().iter().any(|on| (0..on.tokens().len()).any(|n| on.is_at(n, "AND"))) {
                    return Err(on.refuse("outer join on more than a row"));
                }
                conditions.push(on);
            }
            let joins = ["INNER JOIN", "JOIN", "CROSS JOIN", "LEFT JOIN", "LEFT OUTER JOIN"];
            let join = at.eat_any(&joins);
            outer = join.is_some_and(|join| join.starts_with("LEFT"));
            if join.is_none() && !at.eat_mark(",") {
                return Ok(conditions);
            }
        }
    }

    /// Conditions with `AND` between.
    fn terms(&mut self, c: &Cursor<'a>, variables: &Variables, depth: usize) -> Parse<()> {
        let mut c = c.unwrapped();
        while !c.at_end() {
            let mut term = c.until(|c| c.is("AND") || c.is("OR"));
            if term.is_mark(0, "(") && term.unwrapped().tokens().len() < term.tokens().len() {
                if depth > super::MAX_DEPTH {
                    return Err(super::too_deep(&term));
                }
                self.terms(&term, variables, depth + 1)?;
            } else {
                self.term(&mut term, variables)?;
                term.end()?;
            }
            if !c.at_end() {
                c.expect("AND")?;
                if c.at_end() {
                    return Err(c.stop("a condition"));
                }
            }
        }
        Ok(())
    }

    fn term(&mut self, c: &mut Cursor<'a>, variables: &Variables) -> Parse<()> {
        // Dropped columns, system columns and internal triggers are none to anybody.
        let negated = c.eat("NOT");
        if c.is_mark(1, "(") || c.is_mark(3, "(") {
            c.eat("pg_catalog");
            c.eat_mark(".");
            if !negated && c.eat_any(&["pg_table_is_visible", "pg_type_is_visible", "pg_function_is_visible"]).is_some()
            {
                return c.parens().map(|_| ());
            }
        }
        if let Some(value) = self.value_alone(c, variables)? {
            // `'literal' = column`
            c.expect_mark("=")?;
            let (source, column) = self.column(c)?;
            return self.note(c, source, column, value);
        }
        let (source, column) = self.column(c)?;
        match column {
            "attisdropped" | "tgisinternal" => {
                let is_false =
                    negated || (c.eat_mark("=") && c.eat("FALSE")) || c.eat("IS FALSE") || c.eat("IS NOT TRUE");
                return if is_false { Ok(()) } else { Err(c.stop("FALSE")) };
            }
            "attnum" => {
                let plain = (c.eat_mark(">") && c.text(0) == "0") || (c.eat_mark(">=") && c.text(0) == "1");
                c.skip(1);
                return if plain { Ok(()) } else { Err(c.refuse("condition on attnum")) };
            }
            _ => {}
        }
        if negated {
            return Err(c.refuse("negated condition"));
        }
        if c.eat("IN") {
            let inner = c.parens()?;
            if inner.is("SELECT") {
                let value = self.subquery(&inner, variables)?;
                return self.note(c, source, column, value);
            }
            let items: Option<Vec<_>> = inner.commas().iter().map(|item| constant::text(item, variables)).collect();
            let items = items.ok_or_else(|| inner.stop("texts"))?;
            return self.note(c, source, column, one_of(items));
        }
        if c.eat("NOT IN") {
            // Leaving out the system's own schemas asks for nothing.
            let inner = c.parens()?;
            let system = |item: &Cursor<'_>| {
                constant::text(item, variables)
                    .is_some_and(|text| text.starts_with("pg_") || text == "information_schema")
            };
            let plain = is_schema(column) && inner.commas().iter().all(system);
            return if plain { Ok(()) } else { Err(inner.refuse("NOT IN")) };
        }
        c.expect_mark("=")?;
        if c.eat("ANY") {
            let inner = c.parens()?;
            let items = constant::list(&inner, variables).ok_or_else(|| inner.stop("an ARRAY of texts"))?;
            return self.note(c, source, column, one_of(items));
        }
        if let Some(value) = self.value_alone(c, variables)? {
            return self.note(c, source, column, value);
        }
        if c.is_mark(0, "(") {
            let inner = c.parens()?;
            let value = self.subquery(&inner, variables)?;
            return self.note(c, source, column, value);
        }
        let (other, other_column) = self.column(c)?;
        self.link(c, (source, column), (other, other_column))
    }

    /// `(SELECT oid FROM … WHERE …)`: its sources become part of the question.
    fn subquery(&mut self, inner: &Cursor<'a>, variables: &Variables) -> Parse<Value> {
        let mut at = inner.slice(0, inner.tokens().len());
        at.expect("SELECT")?;
        let mut target = at.until(|c| c.is("FROM"));
        let mut sub = Question { cursor: at, sources: Vec::new() };
        sub.read(&mut at, variables)?;
        let (row, column) = sub.column(&mut target)?;
        target.end()?;
        if column != "oid" {
            return Err(target.refuse("question inside a question"));
        }
        let offset = self.sources.len();
        for mut source in sub.sources {
            source.aside = true;
            for value in source.asked.values_mut() {
                if let Value::Row(n) = value {
                    *n += offset;
                }
            }
            // Its columns are not in sight outside.
            source.alias = String::new();
            source.columns = &[];
            self.sources.push(source);
        }
        Ok(Value::Row(offset + row))
    }

    /// A value that stands by itself, if one is next.
    fn value_alone(&self, c: &mut Cursor<'a>, variables: &Variables) -> Parse<Option<Value>> {
        let schema_call = if c.is("current_schema") { usize::from(c.is_mark(1, "(")) * 2 + 1 } else { 0 };
        if schema_call > 0 {
            c.skip(schema_call);
            casts(c)?;
            return Ok(Some(Value::CurrentSchema));
        }
        if (c.is("current_database") && c.is_mark(1, "(")) || c.is("current_catalog") {
            let count = if c.is_mark(1, "(") { 3 } else { 1 };
            c.skip(count);
            casts(c)?;
            return Ok(Some(Value::OneOf(Vec::new())));
        }
        let mut ahead = *c;
        let literal = ahead.until(|c| c.is_mark(0, "::") || c.is_mark(0, "=") || c.is("IN"));
        let variable = literal.tokens().len() == 1 && self.column(&mut literal.rest()).is_err();
        let text = if matches!(c.kind(0), Some(crate::sql::lex::TokenKind::String)) || variable || c.is_mark(1, "(") {
            constant::text(&literal, variables)
        } else {
            None
        };
        let Some(text) = text else { return Ok(None) };
        *c = ahead;
        let cast = casts(c)?;
        if cast.is_none() {
            return Ok(Some(Value::Text(text)));
        }
        let name = name_text::parse(&text).ok_or_else(|| c.refuse("name that cannot be read"))?;
        Ok(Some(Value::Named(name)))
    }

    /// `alias.column` or `column`, with casts to text.
    fn column(&self, c: &mut Cursor<'a>) -> Parse<(usize, &'static str)> {
        let stop = c.refuse("column that guards do not ask for");
        let first = c.label()?;
        let (alias, name) = if c.eat_mark(".") { (Some(first), c.label()?) } else { (None, first) };
        casts(c)?;
        let fits = |source: &&SourceRow| alias.as_ref().is_none_or(|alias| *alias == source.alias);
        let mut found = self.sources.iter().enumerate().filter(|(_, source)| fits(source)).filter_map(|(n, source)| {
            let column = source.columns.iter().find(|column| **column == name)?;
            Some((n, *column))
        });
        match (found.next(), found.next()) {
            (Some(one), None) => Ok(one),
            _ => Err(stop),
        }
    }

    fn note(&mut self, c: &Cursor<'_>, source: usize, column: &'static str, value: Value) -> Parse<()> {
        let row = self.sources.get_mut(source).ok_or_else(|| c.refuse("column of nothing"))?;
        match row.asked.insert(column, value.clone()) {
            Some(before) if before != value => Err(c.refuse(format!("two conditions on {column}"))),
            _ => Ok(()),
        }
    }

    /// `a.x = b.y`.
    fn link(&mut self, c: &Cursor<'_>, one: (usize, &'static str), other: (usize, &'static str)) -> Parse<()> {
        let (from, to) = match (one.1, other.1) {
            ("oid", "oid") => return Err(c.refuse("join of two rows")),
            (_, "oid") => (one, other),
            ("oid", _) => (other, one),
            // Views that share names are joined by them.
            (a, b) if a == b => {
                if let Some(value) = self.sources.get(one.0).and_then(|source| source.asked.get(a)).cloned() {
                    return self.note(c, other.0, b, value);
                }
                return Err(c.refuse("join that guards do not make"));
            }
            _ => return Err(c.refuse("join that guards do not make")),
        };
        if let Some(source) = self.sources.get_mut(to.0) {
            source.aside = true;
        }
        self.note(c, from.0, from.1, Value::Row(to.0))
    }

    /// The one fact that is asked for.
    pub(super) fn fact(self) -> Parse<Fact> {
        let mut main = self.sources.iter().enumerate().filter(|(_, source)| !source.aside);
        let (Some((number, row)), None) = (main.next(), main.next()) else {
            return Err(self.cursor.refuse("question for several things at once"));
        };
        let mut facts = Facts { question: &self, used: vec![number] };
        let fact = facts.of(row)?;
        if facts.used.len() < self.sources.len() {
            return Err(self.cursor.refuse("question over more relations than the fact has"));
        }
        Ok(fact)
    }
}

/// `a`, `a.b AS x`.
fn relation(c: &mut Cursor<'_>) -> Parse<SourceRow> {
    let name = c.qualified()?;
    let known = match name.schema.as_deref() {
        None | Some("pg_catalog") => name.name.starts_with("pg_"),
        Some("information_schema") => !name.name.starts_with("pg_"),
        Some(_) => false,
    };
    let entry = CATALOGS.iter().find(|(catalog, _)| known && *catalog == name.name);
    let Some((catalog, columns)) = entry else {
        return Err(c.refuse(format!("question to {name}, which is no catalogue that guards ask")));
    };
    let ends = ["WHERE", "JOIN", "INNER", "LEFT", "CROSS", "ON", "LIMIT"];
    let aliased = c.eat("AS") || (!c.at_end() && !c.is_mark(0, ",") && !ends.iter().any(|word| c.is(word)));
    let alias = if aliased { c.name()? } else { name.name };
    Ok(SourceRow { catalog, columns, alias, asked: BTreeMap::new(), aside: false })
}

/// Casts; the `reg…` one if there is one.
fn casts(c: &mut Cursor<'_>) -> Parse<Option<&'static str>> {
    let mut found = None;
    while c.eat_mark("::") {
        if c.eat("pg_catalog") {
            c.expect_mark(".")?;
        }
        if c.eat_any(&["text", "varchar", "name", "oid", "character varying"]).is_some() {
            continue;
        }
        if c.kind(0) == Some(crate::sql::lex::TokenKind::Quoted) && c.text(0) == "\"char\"" {
            c.skip(1);
            continue;
        }
        found = Some(c.expect_any(&["regclass", "regtype", "regnamespace"])?);
    }
    Ok(found)
}

fn one_of(mut items: Vec<String>) -> Value {
    if items.len() == 1 { Value::Text(items.remove(0)) } else { Value::OneOf(items) }
}

fn is_schema(column: &str) -> bool {
    column == "nspname" || column == "schemaname" || column.ends_with("_schema") || column == "schema_name"
}

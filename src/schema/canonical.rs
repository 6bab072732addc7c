//! One way of saying what can be said in several: names resolved, what is the default left out, texts spelled alike.
//! For comparing a definition with one that somebody else wrote; nothing is ever printed from it.

use super::parts::{Role, TextKind, names, texts};
use super::{Id, Key, Object, Schema, apply, rename};
use crate::ir::{
    Column, ConstraintKind, DataType, Expr, Index, Name, NullsOrder, Policy, Routine, SequenceOptions, SortOrder,
    Table, TypeName,
};
use crate::sql::{lex, postgres, query};

/// An object of `schema` in that one way.
pub(super) fn canonical(schema: &Schema, id: &Id, object: &Object) -> Object {
    let mut object = object.clone();
    if let Object::Table(state) = &mut object {
        for default in state.table.columns.iter_mut().filter_map(|column| column.default.as_mut()) {
            if let Some(sequence) = drawn_from(schema, &default.0) {
                *default = apply::nextval(&Name::from(&sequence));
            }
        }
    }
    names(&mut object, &mut |role, name| resolve(schema, role, name));
    texts(&mut object, &mut |kind, text| {
        let read = match kind {
            TextKind::Expr => query::spell_expr(text, schema.dialect()),
            TextKind::Query => query::spell_query(text, schema.dialect()),
        };
        *text = spelled(schema, read.as_deref().unwrap_or(text));
    });
    rename::rename_self(&mut object, id, true);
    match &mut object {
        Object::Table(state) => table(schema, &mut state.table),
        Object::Index(state) => index(&mut state.index),
        Object::Sequence(sequence) => options(&mut sequence.options),
        Object::Policy(policy) => who(policy),
        Object::Trigger(state) => {
            let trigger = &mut state.trigger;
            trigger.events.sort();
            for text in trigger.arguments.iter_mut().chain(&mut trigger.referencing) {
                *text = spelled(schema, text);
            }
        }
        Object::View(state) => {
            state.view.with.sort();
        }
        Object::Routine(state) => {
            routine(schema, &mut state.routine);
            for text in &mut state.altered {
                *text = spelled(schema, text);
            }
        }
        Object::Domain(domain) => domain.checks.sort_by(|one, other| one.name.cmp(&other.name)),
        Object::Defined(state) => {
            state.definition.sql = spelled(schema, &state.definition.sql);
            for text in &mut state.altered {
                *text = spelled(schema, text);
            }
        }
        Object::Extension(extension) => {
            extension.cascade = false;
            extension.schema = extension.schema.take().or_else(|| schema.search_path().first().cloned());
        }
        Object::Enum(_)
        | Object::Composite(_)
        | Object::Schema(_)
        | Object::Publication(_)
        | Object::Defaults { .. } => {}
    }
    object
}

/// The same without its texts, which two people may word differently and mean the same.
pub(super) fn without_texts(mut object: Object) -> Object {
    texts(&mut object, &mut |_, text| text.clear());
    match &mut object {
        Object::Routine(state) => {
            state.routine.rest.clear();
            state.routine.body = None;
            state.altered.clear();
        }
        Object::Defined(state) => {
            state.definition.sql.clear();
            state.altered.clear();
        }
        Object::View(state) => state.columns = None,
        _ => {}
    }
    object
}

fn resolve(schema: &Schema, role: Role, name: &mut Name) {
    let found = match role {
        Role::Relation => schema.relation(name),
        Role::Type => schema.type_named(name),
        Role::Routine => schema.routines(name).into_iter().next(),
    };
    if let Some(Id::Relation(key) | Id::Type(key) | Id::Routine(key, _)) = &found {
        *name = Name::from(key);
    }
}

fn table(schema: &Schema, table: &mut Table) {
    table.columns.sort_by(|one, other| one.name.cmp(&other.name));
    table.constraints.sort_by(|one, other| one.name.cmp(&other.name));
    table.with.sort();
    for column in &mut table.columns {
        self::column(column);
    }
    for constraint in &mut table.constraints {
        match &mut constraint.kind {
            ConstraintKind::ForeignKey(key) if key.referenced.is_empty() => {
                key.referenced = primary_key(schema, &key.references).unwrap_or_default();
            }
            ConstraintKind::Check { column, .. } => *column = None,
            ConstraintKind::Exclusion(exclusion) => {
                exclusion.method.get_or_insert_with(|| "btree".to_owned());
            }
            ConstraintKind::ForeignKey(_) | ConstraintKind::PrimaryKey(_) | ConstraintKind::Unique(_) => {}
        }
    }
    // Those without a name, as SQLite has them, are told apart by what they say.
    if table.constraints.iter().any(|constraint| constraint.name.is_none()) {
        let said = |constraint: &crate::ir::Constraint| match constraint.name {
            Some(_) => String::new(),
            None => format!("{:?}", constraint.kind),
        };
        table.constraints.sort_by_cached_key(|constraint| (constraint.name.clone(), said(constraint)));
    }
}

fn column(column: &mut Column) {
    column.options.sort();
    if let Some(identity) = &mut column.identity {
        options(&mut identity.options);
    }
    let Some(default) = &mut column.default else { return };
    // A literal of the column's own type is the literal.
    if let Some((literal, cast)) = default.0.rsplit_once(" :: ")
        && is_literal(literal)
        && is_named(cast, &column.data_type)
    {
        *default = Expr(literal.to_owned());
    }
    if column.data_type == DataType::builtin("jsonb")
        && let Some(plain) = plain_json(&default.0)
    {
        *default = Expr(plain);
    }
}

/// A literal of `jsonb` as the server keeps it: without blanks, its keys in one order. `None` when it holds numbers whose
/// spelling may count, or is no plain literal.
fn plain_json(literal: &str) -> Option<String> {
    fn whole(value: &serde_json::Value) -> bool {
        match value {
            serde_json::Value::Number(number) => !number.is_f64(),
            serde_json::Value::Array(values) => values.iter().all(whole),
            serde_json::Value::Object(fields) => fields.values().all(whole),
            _ => true,
        }
    }
    let inner = literal.strip_prefix('\'')?.strip_suffix('\'')?;
    let value: serde_json::Value = serde_json::from_str(&inner.replace("''", "'")).ok().filter(whole)?;
    Some(format!("'{}'", value.to_string().replace('\'', "''")))
}

/// The sequence, of an expression that is nothing but its `nextval`.
fn drawn_from(schema: &Schema, default: &str) -> Option<Key> {
    let head = default.get(..default.find('(')?)?.trim().to_ascii_lowercase();
    let rest = default.get(default.find('(')?..)?.trim_start_matches('(').strip_suffix(')')?;
    let plain = ["nextval", "pg_catalog.nextval"].contains(&head.as_str()) && !rest.contains(['(', '+', '|', ',']);
    let uses = query::expr_uses(default, schema.dialect()).filter(|_| plain)?;
    match (uses.sequences.first().map(|name| schema.relation(name))??, uses.sequences.len()) {
        (Id::Relation(key), 1) => Some(key),
        _ => None,
    }
}

fn is_literal(text: &str) -> bool {
    let mut tokens = lex::Lexer::new(text);
    let first = tokens.next();
    first.is_some_and(|token| token.kind == lex::TokenKind::String) && tokens.next().is_none()
}

/// Whether a spelled type name is that of the type, its arguments aside.
fn is_named(name: &str, data_type: &DataType) -> bool {
    let name = name.split(" (").next().unwrap_or(name);
    let bare = |name: &str| name.rsplit(" . ").next().unwrap_or(name).trim_matches('"').to_owned();
    data_type.dimensions == 0
        && match &data_type.name {
            TypeName::Builtin(builtin) => name == builtin || (name == "varchar" && builtin == "character varying"),
            TypeName::User(user) => bare(name) == user.name,
        }
}

fn primary_key(schema: &Schema, table: &Name) -> Option<Vec<String>> {
    let state = schema.table(&schema.relation(table)?)?;
    state.table.constraints.iter().find_map(|constraint| match &constraint.kind {
        ConstraintKind::PrimaryKey(key) => Some(key.columns.clone()),
        _ => None,
    })
}

fn index(index: &mut Index) {
    if index.method.as_deref() == Some("btree") {
        index.method = None;
    }
    index.with.sort();
    if index.method.is_some() {
        return;
    }
    for key in &mut index.keys {
        if key.order == Some(SortOrder::Asc) {
            key.order = None;
        }
        let usual = if key.order.is_none() { NullsOrder::Last } else { NullsOrder::First };
        if key.nulls == Some(usual) {
            key.nulls = None;
        }
    }
}

/// Leaves out what is the default of a sequence that counts up.
fn options(options: &mut SequenceOptions) {
    let increment = options.increment.as_deref().unwrap_or("1");
    if increment.starts_with('-') {
        return;
    }
    let of = |name: &str| options.data_type.as_ref().is_some_and(|found| *found == DataType::builtin(name));
    let largest = if of("smallint") {
        "32767"
    } else if of("integer") {
        "2147483647"
    } else {
        "9223372036854775807"
    };
    if of("bigint") {
        options.data_type = None;
    }
    options.max.take_if(|max| max == largest);
    options.min.take_if(|min| min == "1");
    options.increment.take_if(|increment| increment == "1");
    options.cache.take_if(|cache| cache == "1");
    let least = options.min.clone().unwrap_or_else(|| "1".to_owned());
    options.start.take_if(|start| *start == least);
}

fn who(policy: &mut Policy) {
    policy.command.get_or_insert_with(|| "ALL".to_owned());
    policy.roles.sort();
    if policy.roles.is_empty() {
        policy.roles.push("PUBLIC".to_owned());
    }
}

/// Clauses of a function that say what goes without saying.
const USUAL: [&str; 6] = [
    "volatile",
    "called on null input",
    "security invoker",
    "external security invoker",
    "parallel unsafe",
    "not leakproof",
];

/// Words with which a clause behind a function's arguments begins.
const CLAUSES: [&str; 19] = [
    "returns",
    "language",
    "transform",
    "window",
    "immutable",
    "stable",
    "volatile",
    "leakproof",
    "not",
    "called",
    "strict",
    "external",
    "security",
    "parallel",
    "cost",
    "rows",
    "support",
    "set",
    "as",
];

/// The clauses behind a function's arguments may come in any order.
fn routine(schema: &Schema, routine: &mut Routine) {
    for argument in &mut routine.arguments {
        if argument.type_text.contains('%') {
            argument.type_text = spelled(schema, &argument.type_text);
        } else {
            // The type itself is compared.
            argument.type_text.clear();
        }
    }
    routine.returns = None; // it is in `rest`
    if routine.atomic {
        routine.rest = spelled(schema, &routine.rest);
        return;
    }
    let mut clauses: Vec<Vec<String>> = Vec::new();
    let mut depth = 0;
    for word in words(schema, &routine.rest) {
        match word.as_str() {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {}
        }
        let is_first = match clauses.last().map(Vec::as_slice) {
            None => true,
            // `returns null on null input` and `set x from current`, `set x to default` are one clause each.
            Some([first]) => CLAUSES.contains(&word.as_str()) && !matches!(first.as_str(), "not" | "external" | "set"),
            Some(_) => CLAUSES.contains(&word.as_str()),
        };
        if is_first && depth == 0 {
            clauses.push(Vec::new());
        }
        clauses.last_mut().into_iter().for_each(|clause| clause.push(word.clone()));
    }
    let mut clauses: Vec<String> = clauses
        .into_iter()
        .map(|clause| match clause.as_slice() {
            [returns, null, ..] if returns == "returns" && null == "null" => "strict".to_owned(),
            [returns, of @ ..] if returns == "returns" => {
                let of: Vec<&str> = of.iter().map(|word| postgres::builtin_type(word).unwrap_or(word)).collect();
                format!("returns {}", of.join(" "))
            }
            [language, name] if language == "language" => {
                format!("language {}", name.trim_matches('\'').to_lowercase())
            }
            _ => clause.join(" "),
        })
        .filter(|clause| !USUAL.contains(&clause.as_str()))
        .collect();
    clauses.sort();
    routine.rest = clauses.join("\n");
}

/// A text in one spelling: words folded, needless quotes and outer parentheses left out, one blank between tokens, and
/// no schema before a name that means the same without it.
fn spelled(schema: &Schema, text: &str) -> String {
    let mut words = words(schema, text);
    while words.len() > 2 && words[0] == "(" && closes(&words) == Some(words.len() - 1) {
        words.pop();
        words.remove(0);
    }
    words.join(" ")
}

/// Where the parenthesis that is opened first closes.
fn closes(words: &[String]) -> Option<usize> {
    let mut depth = 0;
    words.iter().position(|word| {
        match word.as_str() {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {}
        }
        depth == 0
    })
}

/// The tokens of a text in one spelling, without comments.
pub(super) fn words(schema: &Schema, text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for token in lex::Lexer::new(text) {
        let written = token.text(text);
        let word = match token.kind {
            lex::TokenKind::Comment => continue,
            lex::TokenKind::Word => written.to_ascii_lowercase(),
            lex::TokenKind::Quoted => lex::decode_name(written, None).map_or_else(|| written.to_owned(), quoted),
            lex::TokenKind::String | lex::TokenKind::Dollar => match lex::decode_string(written, None) {
                Some(value) if !written.starts_with(['b', 'B', 'x', 'X']) => format!("'{}'", value.replace('\'', "''")),
                _ => written.to_owned(),
            },
            lex::TokenKind::Operator if written == "!=" => "<>".to_owned(),
            _ => written.to_owned(),
        };
        words.push(word);
        drop_prefix(schema, &mut words);
    }
    words
}

/// A quoted name, without its quotes if it is no keyword and would fold to itself.
fn quoted(name: String) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if plain && !postgres::is_keyword(&name) { name } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

/// Takes `schema .` out in front of the last word, when that means the same without it.
fn drop_prefix(schema: &Schema, words: &mut Vec<String>) {
    let [before @ .., home, dot, name] = words.as_slice() else { return };
    if dot != "." || before.last().is_some_and(|word| word == ".") {
        return;
    }
    let plain = |word: &str| match word.strip_prefix('"').and_then(|word| word.strip_suffix('"')) {
        Some(inner) => inner.replace("\"\"", "\""),
        None => word.to_owned(),
    };
    let (whole, bare) = (Name::in_schema(plain(home), plain(name)), Name::bare(plain(name)));
    let same = |one: Option<Id>, other: Option<Id>| one.is_some() && one == other;
    let is_same = same(schema.relation(&whole), schema.relation(&bare))
        || same(schema.type_named(&whole), schema.type_named(&bare))
        || same(schema.routines(&whole).into_iter().next(), schema.routines(&bare).into_iter().next());
    if is_same {
        let at = words.len() - 3;
        words.drain(at..at + 2);
    }
}

#[cfg(test)]
mod tests {
    use super::plain_json;

    #[test]
    fn json_is_compared_as_the_server_keeps_it() {
        assert_eq!(
            plain_json("'{\"b\": [1, null], \"a\":\"it''s\"}'"),
            plain_json("'{\"a\" : \"it''s\",\"b\":[1,null]}'")
        );
        assert_ne!(plain_json("'{\"a\":1}'"), plain_json("'{\"a\":2}'"));
        // 1.0 and 1.00 are two spellings that the server keeps apart.
        assert_eq!(plain_json("'{\"a\":1.0}'"), None);
        assert_eq!(plain_json("now()"), None);
    }
}

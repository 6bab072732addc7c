//! Steps under a condition, as an anonymous block: the questions to the catalogue and the PL/pgSQL around the steps.

use super::text::literal;
use crate::ir::{Condition, Fact, ObjectKind, Op, Step};
use crate::sql::lex::{Lexer, Token, TokenKind};

/// `DO $$ … $$` around [`Op::When`] or [`Op::Attempt`].
pub(super) fn block(op: &Op) -> String {
    let lines = match op {
        // An attempt is a block itself.
        Op::Attempt { steps, unless } => attempt(steps, unless, "END"),
        other => enclosed("BEGIN".into(), within(other), "END"),
    };
    let body = lines.join("\n");
    let mark = mark(&body);
    format!("DO {mark}\n{body}\n{mark}")
}

/// A dollar quote that the text does not hold.
fn mark(body: &str) -> String {
    let tags = ["".to_owned(), "do".into()].into_iter().chain((1..).map(|n| format!("do{n}")));
    // The numbers do not end and the text does.
    tags.map(|tag| format!("${tag}$")).find(|mark| !body.contains(mark.as_str())).unwrap_or_default()
}

/// One operation as a PL/pgSQL statement, with its semicolon, in lines that can be indented.
fn within(op: &Op) -> Vec<String> {
    match op {
        Op::When { condition, then, otherwise } => {
            let head = format!("IF {} THEN", test(condition));
            if otherwise.is_empty() {
                return enclosed(head, body(then), "END IF;");
            }
            let mut lines = enclosed(head, body(then), "ELSE");
            lines.extend(body(otherwise).into_iter().map(indented));
            lines.push("END IF;".into());
            lines
        }
        Op::Attempt { steps, unless } => attempt(steps, unless, "END;"),
        other => {
            let sql = super::print(other);
            if gives_rows(&sql) {
                return vec![format!("EXECUTE {};", literal(sql.trim_end()))];
            }
            let printed = format!("{sql};");
            // Where a text of the operation has line breaks of its own, they are part of it and stay as they are.
            match serde_json::to_string(other) {
                Ok(json) if !json.contains("\\n") => printed.split('\n').map(str::to_owned).collect(),
                _ => vec![printed],
            }
        }
    }
}

/// Whether a statement may give rows. Without a target for them it is an error in PL/pgSQL; run as a string its rows are
/// thrown away.
fn gives_rows(sql: &str) -> bool {
    let is = |token: &Token, words: &[&str]| {
        token.kind == TokenKind::Word && words.iter().any(|word| token.text(sql).eq_ignore_ascii_case(word))
    };
    let mut tokens = Lexer::new(sql).filter(|token| token.kind != TokenKind::Comment);
    let Some(first) = tokens.find(|token| token.text(sql) != "(") else { return false };
    is(&first, &["select", "with", "values", "table", "show", "explain"])
        || is(&first, &["insert", "update", "delete", "merge"]) && tokens.any(|token| is(&token, &["returning"]))
}

/// `BEGIN … EXCEPTION … END`.
fn attempt(steps: &[Step], unless: &[String], end: &str) -> Vec<String> {
    if unless.is_empty() {
        return enclosed("BEGIN".into(), body(steps), end);
    }
    let mut lines = enclosed("BEGIN".into(), body(steps), "EXCEPTION");
    lines.push(format!("    WHEN {} THEN NULL;", unless.join(" OR ")));
    lines.push(end.to_owned());
    lines
}

/// Steps in order, one below the other.
fn body(steps: &[Step]) -> Vec<String> {
    match steps {
        [] => vec!["NULL;".into()],
        steps => steps.iter().flat_map(|step| within(&step.op)).collect(),
    }
}

/// The lines, one level in, between two others.
fn enclosed(head: String, lines: Vec<String>, end: &str) -> Vec<String> {
    [head].into_iter().chain(lines.into_iter().map(indented)).chain([end.to_owned()]).collect()
}

/// The line one level in; an empty one stays empty.
fn indented(line: String) -> String {
    if line.is_empty() { line } else { format!("    {line}") }
}

/// A condition as an expression.
fn test(condition: &Condition) -> String {
    let all = |parts: &[Condition], word: &str, empty: &str| match parts {
        [] => empty.to_owned(),
        [one] => test(one),
        parts => format!("({})", parts.iter().map(test).collect::<Vec<_>>().join(&format!(" {word} "))),
    };
    match condition {
        Condition::All(parts) => all(parts, "AND", "TRUE"),
        Condition::Any(parts) => all(parts, "OR", "FALSE"),
        Condition::Not(inner) => format!("NOT {}", test(inner)),
        Condition::Exists(fact) => exists(fact),
    }
}

/// The question whether something is in the catalogue.
fn exists(fact: &Fact) -> String {
    // Each `None` is no limit.
    fn is<'a>(column: &'a str, value: &'a Option<String>) -> Option<String> {
        value.as_ref().map(|value| format!("{column} = {}", literal(value)))
    }
    let eq = |column: &str, value: &str| Some(format!("{column} = {}", literal(value)));
    let (from, tests) = match fact {
        Fact::Relation { schema, name, kinds } => (
            "pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace",
            vec![is("n.nspname", schema), eq("c.relname", name), relkinds(kinds)],
        ),
        Fact::Column { schema, table, column } => (
            "pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace",
            vec![
                is("n.nspname", schema),
                eq("c.relname", table),
                eq("a.attname", column),
                Some("a.attnum > 0 AND NOT a.attisdropped".into()),
            ],
        ),
        Fact::Constraint { schema, table, name } => (
            "pg_constraint o JOIN pg_namespace n ON n.oid = o.connamespace LEFT JOIN pg_class c ON c.oid = o.conrelid",
            vec![is("n.nspname", schema), is("c.relname", table), eq("o.conname", name)],
        ),
        Fact::Type { schema, name } => (
            "pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace",
            vec![is("n.nspname", schema), eq("t.typname", name)],
        ),
        Fact::EnumValue { schema, name, value } => (
            "pg_enum e JOIN pg_type t ON t.oid = e.enumtypid JOIN pg_namespace n ON n.oid = t.typnamespace",
            vec![is("n.nspname", schema), is("t.typname", name), eq("e.enumlabel", value)],
        ),
        Fact::Routine { schema, name } => (
            "pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace",
            vec![is("n.nspname", schema), eq("p.proname", name)],
        ),
        Fact::Trigger { table, name } => (
            "pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid",
            vec![is("c.relname", table), eq("g.tgname", name), Some("NOT g.tgisinternal".into())],
        ),
        Fact::Policy { table, name } => {
            ("pg_policy p JOIN pg_class c ON c.oid = p.polrelid", vec![is("c.relname", table), eq("p.polname", name)])
        }
        Fact::Schema { name } => ("pg_namespace", vec![eq("nspname", name)]),
        Fact::Extension { name } => ("pg_extension", vec![eq("extname", name)]),
        Fact::Publication { name } => ("pg_publication", vec![eq("pubname", name)]),
        Fact::PublicationTable { publication, schema, table } => (
            "pg_publication_tables",
            vec![eq("pubname", publication), is("schemaname", schema), eq("tablename", table)],
        ),
        Fact::Role { name } => ("pg_roles", vec![eq("rolname", name)]),
    };
    let tests = tests.into_iter().flatten().collect::<Vec<_>>().join(" AND ");
    format!("EXISTS (SELECT 1 FROM {from} WHERE {tests})")
}

/// The kinds of relation as the catalogue has them; no kind is every kind.
fn relkinds(kinds: &[ObjectKind]) -> Option<String> {
    let letters: Vec<_> = kinds
        .iter()
        .flat_map(|kind| match kind {
            ObjectKind::Table => &["r", "p"][..],
            ObjectKind::Index => &["i", "I"],
            ObjectKind::View => &["v"],
            ObjectKind::MaterializedView => &["m"],
            ObjectKind::ForeignTable => &["f"],
            ObjectKind::Sequence => &["S"],
            ObjectKind::Type => &["c"],
            _ => &[],
        })
        .map(|letter| literal(letter))
        .collect();
    (!letters.is_empty()).then(|| format!("c.relkind IN ({})", letters.join(", ")))
}

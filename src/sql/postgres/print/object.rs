//! Views, enums, composite types, schemas, extensions, publications, and the rarer kinds that are kept as text.

use super::reference::{behaviour, if_exists};
use super::text::{ident, idents, join, literal, name, options, parens, plain, role, sealed, statement};
use super::types::data_type;
use crate::ir::{
    Attribute, AttributeChange, Composite, Definition, Enum, Extension, Name, Publication, PublicationTable, View,
};
use crate::sql::lex::{Lexer, TokenKind};

/// `CREATE VIEW …`, `CREATE MATERIALIZED VIEW …`.
pub(super) fn view(view: &View, or_replace: bool, if_not_exists: bool) -> String {
    let mut out = String::from("CREATE ");
    out += if or_replace { "OR REPLACE " } else { "" };
    out += if view.temporary { "TEMPORARY " } else { "" };
    out += if view.recursive { "RECURSIVE " } else { "" };
    out += if view.materialized { "MATERIALIZED VIEW " } else { "VIEW " };
    out += if if_not_exists { "IF NOT EXISTS " } else { "" };
    out += &name(&view.name);
    if !view.columns.is_empty() {
        out += &format!(" ({})", idents(&view.columns));
    }
    if let Some(method) = &view.method {
        out += &format!(" USING {}", plain(method));
    }
    if !view.with.is_empty() {
        out += &format!(" WITH {}", options(&view.with));
    }
    if let Some(tablespace) = &view.tablespace {
        out += &format!(" TABLESPACE {}", ident(tablespace));
    }
    out += &format!(" AS\n{}", sealed(&view.query));
    if let Some(kind) = &view.check_option {
        out += &format!("\nWITH {kind} CHECK OPTION");
    }
    out + if view.with_no_data { "\nWITH NO DATA" } else { "" }
}

/// `REFRESH MATERIALIZED VIEW …`.
pub(super) fn refresh(view: &Name, concurrently: bool, with_no_data: bool) -> String {
    format!(
        "REFRESH MATERIALIZED VIEW {}{}{}",
        if concurrently { "CONCURRENTLY " } else { "" },
        name(view),
        if with_no_data { " WITH NO DATA" } else { "" }
    )
}

/// `CREATE TYPE … AS ENUM (…)`.
pub(super) fn create_enum(definition: &Enum) -> String {
    let values = join(&definition.values, |value| literal(value));
    format!("CREATE TYPE {} AS ENUM ({values})", name(&definition.name))
}

/// `ALTER TYPE … ADD VALUE …`.
pub(super) fn add_value(
    owner: &Name,
    value: &str,
    before: Option<&str>,
    after: Option<&str>,
    if_not_exists: bool,
) -> String {
    let guard = if if_not_exists { "IF NOT EXISTS " } else { "" };
    let place = match (before, after) {
        (Some(before), _) => format!(" BEFORE {}", literal(before)),
        (None, Some(after)) => format!(" AFTER {}", literal(after)),
        (None, None) => String::new(),
    };
    format!("ALTER TYPE {} ADD VALUE {guard}{}{place}", name(owner), literal(value))
}

/// `CREATE TYPE … AS (…)`.
pub(super) fn composite(composite: &Composite) -> String {
    let attributes = composite.attributes.iter().map(|it| format!("\n    {}", attribute(it, ""))).collect::<Vec<_>>();
    let end = if attributes.is_empty() { "" } else { "\n" };
    format!("CREATE TYPE {} AS ({}{end})", name(&composite.name), attributes.join(","))
}

/// `ALTER TYPE … ATTRIBUTE …`.
pub(super) fn alter_composite(owner: &Name, change: &AttributeChange) -> String {
    let (action, then) = match change {
        AttributeChange::Add { attribute: added, behaviour } => {
            (format!("ADD ATTRIBUTE {}", attribute(added, "")), behaviour)
        }
        AttributeChange::Drop { name, if_exists: guard, behaviour } => {
            (format!("DROP ATTRIBUTE {}{}", if_exists(*guard), ident(name)), behaviour)
        }
        AttributeChange::Alter { attribute: altered, behaviour } => {
            (format!("ALTER ATTRIBUTE {}", attribute(altered, "SET DATA TYPE ")), behaviour)
        }
        AttributeChange::Rename { from, to, behaviour } => {
            (format!("RENAME ATTRIBUTE {} TO {}", ident(from), ident(to)), behaviour)
        }
    };
    format!("ALTER TYPE {} {action}{}", name(owner), behaviour(*then))
}

/// An attribute; `words` stand before its type.
fn attribute(attribute: &Attribute, words: &str) -> String {
    let collation = attribute.collation.as_ref().map_or(String::new(), |it| format!(" COLLATE {}", name(it)));
    format!("{} {words}{}{collation}", ident(&attribute.name), data_type(&attribute.data_type))
}

/// `CREATE SCHEMA …`.
pub(super) fn schema(schema: &str, if_not_exists: bool, owner: Option<&str>) -> String {
    let guard = if if_not_exists { "IF NOT EXISTS " } else { "" };
    let owner = owner.map_or(String::new(), |owner| format!(" AUTHORIZATION {}", role(owner)));
    format!("CREATE SCHEMA {guard}{}{owner}", ident(schema))
}

/// `CREATE EXTENSION …`.
pub(super) fn extension(extension: &Extension, if_not_exists: bool) -> String {
    let mut out = format!("CREATE EXTENSION {}", if if_not_exists { "IF NOT EXISTS " } else { "" });
    out += &ident(&extension.name);
    let mut clauses = String::new();
    if let Some(schema) = &extension.schema {
        clauses += &format!(" SCHEMA {}", ident(schema));
    }
    if let Some(version) = &extension.version {
        clauses += &format!(" VERSION {}", literal(version));
    }
    if extension.cascade {
        clauses += " CASCADE";
    }
    if clauses.is_empty() { out } else { format!("{out} WITH{clauses}") }
}

/// `CREATE PUBLICATION …`.
pub(super) fn create_publication(publication: &Publication) -> String {
    let mut out = format!("CREATE PUBLICATION {}", ident(&publication.name));
    if publication.all_tables {
        out += " FOR ALL TABLES";
    } else if let Some(members) = members(publication) {
        out += &format!(" FOR {members}");
    }
    if !publication.with.is_empty() {
        out += &format!(" WITH {}", options(&publication.with));
    }
    out
}

/// `ALTER PUBLICATION … ADD|SET|DROP …`; options are set by a statement of their own.
pub(super) fn alter_publication(action: &str, publication: &Publication) -> String {
    let head = format!("ALTER PUBLICATION {} {action}", ident(&publication.name));
    let members = members(publication).map(|members| format!("{head} {members}"));
    let options = (!publication.with.is_empty()).then(|| format!("{head} {}", options(&publication.with)));
    members.into_iter().chain(options).collect::<Vec<_>>().join(";\n")
}

/// The tables and schemas of a publication; `None` when there are none.
fn members(publication: &Publication) -> Option<String> {
    let mut members = Vec::new();
    if !publication.tables.is_empty() {
        let table = |member: &PublicationTable| {
            let mut out = if member.only { "ONLY ".to_owned() } else { String::new() };
            out += &name(&member.table);
            if !member.columns.is_empty() {
                out += &format!(" ({})", idents(&member.columns));
            }
            if let Some(filter) = &member.filter {
                out += &format!(" WHERE {}", parens(&filter.0));
            }
            out
        };
        members.push(format!("TABLE {}", join(&publication.tables, table)));
    }
    if !publication.schemas.is_empty() {
        let schema = |schema: &String| if schema == "CURRENT_SCHEMA" { schema.clone() } else { ident(schema) };
        members.push(format!("TABLES IN SCHEMA {}", join(&publication.schemas, schema)));
    }
    (!members.is_empty()).then(|| members.join(", "))
}

/// An object that is kept as the statement that makes it, with the guards put back where the grammar has them.
pub(super) fn definition(definition: &Definition, or_replace: bool, if_not_exists: bool) -> String {
    let mut sql = statement(&definition.sql);
    if if_not_exists {
        insert_behind(&mut sql, &format!("CREATE {}", definition.object.kind.keywords()), " IF NOT EXISTS");
    }
    if or_replace {
        insert_behind(&mut sql, "CREATE", " OR REPLACE");
    }
    sql
}

/// Puts `words` behind the given first keywords. When the text begins otherwise it stays as it is: without its guard a
/// statement fails rather than does something else.
fn insert_behind(sql: &mut String, keywords: &str, words: &str) {
    let mut expected = keywords.split(' ').peekable();
    let tokens: Vec<_> = Lexer::new(sql).filter(|token| token.kind != TokenKind::Comment).collect();
    for token in tokens {
        match token.kind {
            TokenKind::Word if expected.next().is_some_and(|word| word.eq_ignore_ascii_case(token.text(sql))) => {
                if expected.peek().is_none() {
                    return sql.insert_str(token.end, words);
                }
            }
            _ => return,
        }
    }
}

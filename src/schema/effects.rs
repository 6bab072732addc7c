//! What calling a function of the history's own does, and what triggers and rules do: known when the body is understood
//! and only reads or writes rows.

use super::{DefinedState, Id, Object, Schema};
use crate::ir::{Insert, Name, Op, Step, Trigger, Write, WriteKind};
use crate::source::FileId;
use crate::sql::lex::{Lexer, Token, TokenKind, decode_name, decode_string, fold};
use crate::sql::postgres::{self, TriggerBody};

/// How deep functions may call functions.
const DEEPEST: usize = 8;

/// What an event trigger listens for, and what it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EventTrigger {
    /// The tags, upper case; empty is any.
    pub tags: Vec<String>,
    /// The function.
    pub function: Name,
}

/// When a rule applies, and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// `INSERT`, `UPDATE`, `DELETE` or `SELECT`.
    pub event: String,
    /// Whether the statement itself does not happen.
    pub replaces: bool,
    /// What is written; `None` when that is not understood.
    pub writes: Option<Vec<Write>>,
}

/// What a trigger does each time it runs; `None` when that is not understood.
pub(crate) fn trigger(schema: &Schema, trigger: &Trigger) -> Option<TriggerBody> {
    let name = trigger.function.as_ref()?;
    function(schema, name).or_else(|| built_in(name, &trigger.arguments))
}

/// What a trigger function does; `None` when that is not understood.
pub(crate) fn function(schema: &Schema, name: &Name) -> Option<TriggerBody> {
    let id = schema.routines(name).into_iter().find(|id| matches!(id, Id::Routine(_, args) if args.is_empty()))?;
    let entry = schema.get(&id)?;
    let Object::Routine(state) = &entry.object else { return None };
    if entry.doubt.is_some() || state.routine.language.as_deref() != Some("plpgsql") {
        return None;
    }
    let mut body = postgres::trigger_body(state.routine.body.as_deref()?)?;
    let calls = std::mem::take(&mut body.calls);
    called(schema, &calls, 0, &mut body.writes).ok()?;
    Some(body)
}

/// The server's own trigger functions and those of its extensions. Source: PostgreSQL 15, chapters 9.28 and F.39.
fn built_in(name: &Name, arguments: &[String]) -> Option<TriggerBody> {
    let mut body = TriggerBody::default();
    match name.name.as_str() {
        "tsvector_update_trigger" | "tsvector_update_trigger_column" | "moddatetime" => {
            body.sets.extend(arguments.first().map(|argument| argument.trim_matches('\'').to_owned()));
        }
        "suppress_redundant_updates_trigger" => body.skips = true,
        _ => return None,
    }
    Some(body)
}

/// Whether a rule or event trigger is disabled, by what was done to it last.
pub(crate) fn is_disabled(state: &DefinedState) -> bool {
    let said = |sql: &String| {
        let tokens = tokens(sql);
        let says = |word: &str| tokens.iter().any(|token| is(sql, token, word));
        (says("DISABLE") || says("ENABLE")).then(|| says("DISABLE") || says("REPLICA"))
    };
    state.altered.iter().rev().find_map(said) == Some(true)
}

/// Reads `CREATE EVENT TRIGGER …`.
pub(crate) fn event_trigger(state: &DefinedState) -> Option<EventTrigger> {
    let text = &state.definition.sql;
    let tokens = tokens(text);
    let strings = tokens.iter().filter(|token| token.kind == TokenKind::String);
    let tags = strings.map(|token| decode_string(token.text(text), None).unwrap_or_default().to_uppercase()).collect();
    let at = tokens.iter().position(|token| is(text, token, "EXECUTE"))?;
    Some(EventTrigger { tags, function: name_at(text, &tokens, at + 2)? })
}

/// Reads `CREATE RULE …`.
pub(crate) fn rule(state: &DefinedState) -> Option<Rule> {
    let text = &state.definition.sql;
    let tokens = tokens(text);
    let on = tokens.iter().position(|token| is(text, token, "ON"))?;
    let event = tokens.get(on + 1)?.text(text).to_uppercase();
    let mut at = on + tokens.iter().skip(on).position(|token| is(text, token, "DO"))?;
    let conditional = tokens[on..at].iter().any(|token| is(text, token, "WHERE"));
    let instead = tokens.get(at + 1).is_some_and(|token| is(text, token, "INSTEAD"));
    if instead || tokens.get(at + 1).is_some_and(|token| is(text, token, "ALSO")) {
        at += 1;
    }
    let actions = text.get(tokens.get(at + 1)?.start..)?.trim();
    let actions = actions.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(actions).trim();
    let writes = if actions.eq_ignore_ascii_case("NOTHING") { Some(Vec::new()) } else { written(actions) };
    Some(Rule { event, replaces: instead && !conditional, writes })
}

/// What plain statements write.
fn written(sql: &str) -> Option<Vec<Write>> {
    let mut writes = Vec::new();
    for step in postgres::lower(sql, FileId::default()).value.steps {
        match step.op {
            Op::Query { .. } | Op::Maintenance { .. } => {}
            op => writes.extend(plain(&op)?),
        }
    }
    Some(writes)
}

/// What one statement writes by itself; `None` when it is none that writes rows.
pub(crate) fn plain(op: &Op) -> Option<Vec<Write>> {
    let one = |kind, table: &Name, columns: &[String]| Write { kind, table: table.clone(), columns: columns.to_vec() };
    Some(match op {
        Op::Insert { insert: Insert { table, updates, .. } } => {
            let mut writes = vec![one(WriteKind::Insert, table, &[])];
            if !updates.is_empty() {
                writes.push(one(WriteKind::Update, table, updates));
            }
            writes
        }
        Op::Update { write } | Op::Delete { write } | Op::Write { write } => write.writes.clone(),
        Op::ByRows { steps, .. } => steps.iter().filter_map(|step| plain(&step.op)).flatten().collect(),
        Op::Truncate { tables, .. } => tables.iter().map(|table| one(WriteKind::Truncate, table, &[])).collect(),
        // Without data, the query is not run.
        Op::CreateTable { table, .. } if !table.query_writes.is_empty() && !table.with_no_data => {
            table.query_writes.clone()
        }
        _ => return None,
    })
}

/// The functions that a text calls by names that are followed by a parenthesis; more than there are.
pub(crate) fn calls(text: &str) -> Vec<Name> {
    let tokens = tokens(text);
    let opens = |at: usize| tokens.get(at + 1).is_some_and(|token| token.text(text) == "(");
    let named = |at: usize| matches!(tokens[at].kind, TokenKind::Word | TokenKind::Quoted);
    let called = (0..tokens.len()).filter(|at| opens(*at) && named(*at));
    called
        .filter_map(|at| {
            let qualified = at >= 2 && tokens[at - 1].text(text) == ".";
            name_at(text, &tokens, if qualified { at - 2 } else { at })
        })
        .collect()
}

fn tokens(text: &str) -> Vec<Token> {
    Lexer::new(text).filter(|token| token.kind != TokenKind::Comment).collect()
}

fn is(text: &str, token: &Token, word: &str) -> bool {
    token.kind == TokenKind::Word && token.text(text).eq_ignore_ascii_case(word)
}

/// The name that starts at a token, perhaps with its schema.
fn name_at(text: &str, tokens: &[Token], at: usize) -> Option<Name> {
    let label = |at: usize| {
        let token = tokens.get(at)?;
        match token.kind {
            TokenKind::Word => Some(fold(token.text(text))),
            TokenKind::Quoted => Some(decode_name(token.text(text), None).unwrap_or_default()),
            _ => None,
        }
    };
    let first = label(at)?;
    if tokens.get(at + 1).is_some_and(|token| token.text(text) == ".") {
        return Some(Name::in_schema(first, label(at + 2)?));
    }
    Some(Name::bare(first))
}

/// The tables that calling `functions` writes; or why that is not known.
pub(crate) fn of(schema: &Schema, functions: &[Name]) -> Result<Vec<Write>, String> {
    let mut writes = Vec::new();
    called(schema, functions, 0, &mut writes)?;
    Ok(writes)
}

fn called(schema: &Schema, functions: &[Name], depth: usize, writes: &mut Vec<Write>) -> Result<(), String> {
    for name in functions {
        let unknown = || format!("calls function {name} whose effects are not known");
        let found = schema.routines(name);
        if found.is_empty() && super::derive::extension_of_function(&name.name).is_some() {
            continue;
        }
        if found.is_empty() || depth > DEEPEST {
            return Err(unknown());
        }
        for id in found {
            body(schema, &id, depth, writes).ok_or_else(unknown)?;
        }
    }
    Ok(())
}

fn body(schema: &Schema, id: &Id, depth: usize, writes: &mut Vec<Write>) -> Option<()> {
    let entry = schema.get(id)?;
    let Object::Routine(state) = &entry.object else { return None };
    if entry.doubt.is_some() {
        return None;
    }
    let text = state.routine.body.as_deref()?;
    let script = match state.routine.language.as_deref()? {
        "sql" if !state.routine.atomic => text.to_owned(),
        "plpgsql" => format!("DO $transmigrate${text}$transmigrate$"),
        _ => return None,
    };
    steps(schema, &postgres::lower(&script, FileId::default()).value.steps, depth, writes)
}

fn steps(schema: &Schema, all: &[Step], depth: usize, writes: &mut Vec<Write>) -> Option<()> {
    for step in all {
        match &step.op {
            Op::Query { .. } | Op::Maintenance { .. } => {}
            Op::Call { functions, then, .. } => {
                called(schema, functions, depth + 1, writes).ok()?;
                steps(schema, then, depth, writes)?;
            }
            op => writes.extend(plain(op)?),
        }
    }
    Some(())
}

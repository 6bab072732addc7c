//! The types in a routine's signature: routines are told apart by their input types, and follow what becomes of all.

use super::{Id, Schema};
use crate::ir::{Argument, ArgumentMode, DataType, Name, ObjectRef, Routine, TypeName};
use crate::sql::{postgres, query};
use std::ops::Range;

/// The input types of a routine, as its identity keeps them: canonical names, without arguments of types.
pub fn signature(arguments: &[Argument]) -> String {
    let inputs: Vec<String> = arguments
        .iter()
        .filter(|argument| argument.mode != ArgumentMode::Out)
        .map(|argument| type_word(&argument.data_type))
        .collect();
    inputs.join(",")
}

fn type_word(data_type: &DataType) -> String {
    let name = match &data_type.name {
        TypeName::Builtin(name) => name.clone(),
        TypeName::User(name) => name.name.clone(),
    };
    format!("{name}{}", "[]".repeat(data_type.dimensions.min(1).into()))
}

/// Writes the types of the columns where a signature says `t.c%TYPE`, as the server does when the routine is made: it
/// keeps no trace of the column. False when such a type is not known.
pub(super) fn resolve(schema: &Schema, routine: &mut Routine) -> bool {
    let mut all = resolve_arguments(schema, &mut routine.arguments);
    if let Some(returns) = routine.returns.as_mut().filter(|returns| returns.contains('%')) {
        let found = postgres::column_reference(returns).and_then(|(is_set, table, column)| {
            let clauses = routine.rest.strip_prefix("RETURNS ")?.strip_prefix(returns.as_str())?;
            let set = if is_set { "SETOF " } else { "" };
            Some((format!("{set}{}", postgres::print_type(&column_type(schema, &table, &column)?)), clauses.to_owned()))
        });
        match found {
            Some((text, clauses)) => {
                routine.rest = format!("RETURNS {text}{clauses}");
                *returns = text;
            }
            None => all = false,
        }
    }
    all
}

fn resolve_arguments(schema: &Schema, arguments: &mut [Argument]) -> bool {
    let mut all = true;
    for argument in arguments.iter_mut().filter(|argument| argument.type_text.contains('%')) {
        let found = postgres::column_reference(&argument.type_text).filter(|(is_set, ..)| !is_set);
        match found.and_then(|(_, table, column)| column_type(schema, &table, &column)) {
            Some(data_type) => {
                argument.type_text = postgres::print_type(&data_type);
                argument.data_type = data_type;
            }
            None => all = false,
        }
    }
    all
}

/// The type of a table's column as a routine has it: without arguments.
fn column_type(schema: &Schema, table: &Name, column: &str) -> Option<DataType> {
    let state = schema.table(&schema.relation(table)?)?;
    let found = state.table.columns.iter().find(|found| found.name == column)?;
    if let TypeName::User(name) = &found.data_type.name {
        schema.type_named(name)?;
    }
    Some(DataType { args: Vec::new(), ..found.data_type.clone() })
}

/// The routine that a statement names, and whether that is certain.
pub(super) fn named(schema: &Schema, object: &ObjectRef) -> Option<Id> {
    let candidates = schema.routines(&object.name);
    let Some(args) = &object.args else {
        return match candidates.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        };
    };
    let mut arguments = postgres::arguments(args)?;
    resolve_arguments(schema, &mut arguments);
    let wanted = signature(&arguments);
    candidates.into_iter().find(|id| matches!(id, Id::Routine(_, found) if *found == wanted))
}

/// The types that a routine is said to return.
pub(super) fn returned(routine: &Routine) -> Vec<Name> {
    let spots = routine.returns.as_deref().map(postgres::type_names).unwrap_or_default();
    spots.into_iter().map(|(_, name)| name).collect()
}

/// Shows every type that a routine's signature names; where one becomes another, the texts say so.
pub(super) fn types(routine: &mut Routine, see: &mut dyn FnMut(&mut Name)) {
    for argument in &mut routine.arguments {
        if let TypeName::User(name) = &mut argument.data_type.name {
            see(name);
        }
        rewrite(&mut argument.type_text, postgres::type_names, see);
    }
    if let Some(returns) = &mut routine.returns
        && rewrite(returns, postgres::type_names, see)
    {
        rewrite(&mut routine.rest, postgres::returned_type_names, see);
    }
}

/// A name with the bytes at which it stands.
type Spot = (Range<usize>, Name);

/// Shows the names that `find` finds in a text, and writes those that change; whether any did.
fn rewrite(text: &mut String, find: fn(&str) -> Vec<Spot>, see: &mut dyn FnMut(&mut Name)) -> bool {
    let mut changed = false;
    for (range, name) in find(text).into_iter().rev() {
        let mut new = name.clone();
        see(&mut new);
        if new != name {
            let new = spelled(&new, &text[range.clone()]);
            text.replace_range(range, &new);
            changed = true;
        }
    }
    changed
}

/// A name in quotes where the one before it had some, so that the way there and back gives the first text again.
pub(super) fn spelled(name: &Name, before: &str) -> String {
    let part = |part: &str, quoted: bool| if quoted { postgres::quote_identifier(part) } else { query::ident(part) };
    let last = part(&name.name, before.ends_with('"'));
    match &name.schema {
        Some(schema) => format!("{}.{last}", part(schema, before.starts_with('"'))),
        None => last,
    }
}

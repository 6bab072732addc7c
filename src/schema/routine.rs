//! How routines are told apart: by their input types.

use super::{Id, Schema};
use crate::ir::{Argument, ArgumentMode, DataType, ObjectRef, TypeName};

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

/// The routine that a statement names, and whether that is certain.
pub(super) fn named(schema: &Schema, object: &ObjectRef) -> Option<Id> {
    let candidates = schema.routines(&object.name);
    let Some(args) = &object.args else {
        return match candidates.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        };
    };
    let wanted = signature(&crate::sql::postgres::arguments(args)?);
    candidates.into_iter().find(|id| matches!(id, Id::Routine(_, found) if *found == wanted))
}

//! Which names statements and patterns declare.

use oxc::ast::ast::*;

/// The names that a statement declares for those that follow it.
pub(super) fn declared(statement: &Statement<'_>, names: &mut Vec<String>) {
    let declaration = match statement {
        Statement::VariableDeclaration(variables) => Some(&**variables),
        Statement::ExportDeclaration(export) => match &export.declaration {
            Declaration::VariableDeclaration(variables) => Some(&**variables),
            Declaration::FunctionDeclaration(function) => {
                names.extend(function.id.as_ref().map(|id| id.name.to_string()));
                None
            }
            _ => None,
        },
        Statement::FunctionDeclaration(function) => {
            names.extend(function.id.as_ref().map(|id| id.name.to_string()));
            None
        }
        Statement::ClassDeclaration(class) => {
            names.extend(class.id.as_ref().map(|id| id.name.to_string()));
            None
        }
        _ => None,
    };
    for declarator in declaration.iter().flat_map(|declaration| &declaration.declarations) {
        bound(&declarator.id, names);
    }
}

/// The names that a pattern binds.
pub(super) fn bound(pattern: &BindingPattern<'_>, names: &mut Vec<String>) {
    names.extend(pattern.get_binding_identifiers().iter().map(|id| id.name.to_string()));
}

/// Whether a statement declares by `var`.
pub(super) fn is_var(statement: &Statement<'_>) -> bool {
    let declaration = match statement {
        Statement::VariableDeclaration(variables) => Some(&**variables),
        Statement::ExportDeclaration(export) => match &export.declaration {
            Declaration::VariableDeclaration(variables) => Some(&**variables),
            _ => None,
        },
        _ => None,
    };
    declaration.is_some_and(|declaration| declaration.kind == VariableDeclarationKind::Var)
}

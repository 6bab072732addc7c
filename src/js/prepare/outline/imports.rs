//! What a script takes from other modules at its top, by the names that it gives it there.

use oxc::ast::ast::*;

/// One thing that a script takes from a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The module, as the script names it.
    pub module: String,
    /// What of it; `*` when it is the whole module, `default` when it is what the module exports as such.
    pub what: String,
    /// The name that it has in the script.
    pub name: String,
}

/// Everything that a script takes, but types, which are gone when it runs.
pub(super) fn find(program: &Program<'_>) -> Vec<Import> {
    let mut found = Vec::new();
    for statement in &program.body {
        match statement {
            Statement::ImportDeclaration(import) if import.import_kind.is_value() => declared(import, &mut found),
            Statement::TSImportEqualsDeclaration(import) if import.import_kind.is_value() => {
                if let TSModuleReference::ExternalModuleReference(from) = &import.module_reference {
                    put(&mut found, from.expression.value.as_str(), "*", import.id.name.as_str());
                }
            }
            Statement::VariableDeclaration(variables) => {
                for declarator in &variables.declarations {
                    if let Some(value) = &declarator.init {
                        required(&declarator.id, value.get_inner_expression(), &mut found);
                    }
                }
            }
            _ => {}
        }
    }
    found
}

fn put(found: &mut Vec<Import>, module: &str, what: &str, name: &str) {
    found.push(Import { module: module.to_owned(), what: what.to_owned(), name: name.to_owned() });
}

/// `import … from 'module'`.
fn declared(import: &ImportDeclaration<'_>, found: &mut Vec<Import>) {
    let module = import.source.value.as_str();
    for one in import.specifiers.iter().flatten() {
        match one {
            ImportDeclarationSpecifier::ImportSpecifier(one) if one.import_kind.is_value() => {
                put(found, module, one.imported.name().as_str(), one.local.name.as_str());
            }
            ImportDeclarationSpecifier::ImportSpecifier(_) => {}
            ImportDeclarationSpecifier::ImportDefaultSpecifier(one) => {
                put(found, module, "default", one.local.name.as_str());
            }
            ImportDeclarationSpecifier::ImportNamespaceSpecifier(one) => {
                put(found, module, "*", one.local.name.as_str());
            }
        }
    }
}

/// `const … = require('module')`, `const … = require('module').what`.
fn required(to: &BindingPattern<'_>, value: &Expression<'_>, found: &mut Vec<Import>) {
    let (call, member) = match value {
        Expression::StaticMemberExpression(member) => {
            (member.object.get_inner_expression(), Some(member.property.name.as_str()))
        }
        call => (call, None),
    };
    let Expression::CallExpression(call) = call else { return };
    let module = match (&call.callee, call.arguments.as_slice()) {
        (Expression::Identifier(name), [Argument::StringLiteral(module)]) if name.name == "require" => module,
        _ => return,
    };
    match to {
        BindingPattern::BindingIdentifier(id) => {
            put(found, module.value.as_str(), member.unwrap_or("*"), id.name.as_str());
        }
        BindingPattern::ObjectPattern(pattern) if member.is_none() => {
            for property in &pattern.properties {
                if let (PropertyKey::StaticIdentifier(key), BindingPattern::BindingIdentifier(name)) =
                    (&property.key, &property.value)
                    && !property.computed
                {
                    put(found, module.value.as_str(), key.name.as_str(), name.name.as_str());
                }
            }
        }
        _ => {}
    }
}

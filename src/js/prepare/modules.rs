//! `import` and `export` in the terms of CommonJS, so that a package which is not there can be a hole.

use super::edit::Edits;
use oxc::ast::ast::*;
use oxc::span::GetSpan;
use std::collections::BTreeSet;

/// Where a declaration stands, as byte offsets.
fn range(span: oxc::span::Span) -> (usize, usize) {
    (span.start as usize, span.end as usize)
}

/// What comes before everything else of a module, in order.
#[derive(Default)]
pub(super) struct Head(Vec<(Option<String>, String)>);

impl Head {
    fn always(&mut self, code: String) {
        self.0.push((None, code));
    }

    /// An import under a name.
    fn bound(&mut self, name: &str, code: String) {
        self.0.push((Some(name.to_owned()), code));
    }

    /// As code; imports that only types need are left out where `used` says which names are needed.
    pub fn code(self, used: Option<&BTreeSet<String>>) -> String {
        let needed = |name: &Option<String>| match (name, used) {
            (Some(name), Some(used)) => used.contains(name),
            _ => true,
        };
        self.0.into_iter().filter(|(name, _)| needed(name)).map(|(_, code)| code).collect()
    }
}

/// The names of a module that only stand for types, so that nothing has them when it runs.
pub(super) fn types(program: &Program<'_>) -> BTreeSet<String> {
    let (mut types, mut values) = (Vec::new(), Vec::new());
    for statement in &program.body {
        let declaration = match statement {
            Statement::ExportDeclaration(export) => Some(&export.declaration),
            Statement::ImportDeclaration(import) => {
                for specifier in import.specifiers.iter().flatten() {
                    let is_type = match specifier {
                        ImportDeclarationSpecifier::ImportSpecifier(one) => one.import_kind.is_type(),
                        ImportDeclarationSpecifier::ImportDefaultSpecifier(_)
                        | ImportDeclarationSpecifier::ImportNamespaceSpecifier(_) => false,
                    };
                    let name = specifier.local().name.to_string();
                    let named = if is_type || import.import_kind.is_type() { &mut types } else { &mut values };
                    named.push(name);
                }
                None
            }
            statement => statement.as_declaration(),
        };
        match declaration {
            Some(Declaration::TSInterfaceDeclaration(one)) => types.push(one.id.name.to_string()),
            Some(Declaration::TSTypeAliasDeclaration(one)) => types.push(one.id.name.to_string()),
            Some(Declaration::VariableDeclaration(variables)) => {
                let patterns = variables.declarations.iter().map(|declarator| &declarator.id);
                patterns.for_each(|pattern| super::declared::bound(pattern, &mut values));
            }
            Some(Declaration::FunctionDeclaration(function)) => {
                values.extend(function.id.as_ref().map(|id| id.name.to_string()));
            }
            Some(Declaration::ClassDeclaration(class)) => {
                values.extend(class.id.as_ref().map(|id| id.name.to_string()))
            }
            Some(Declaration::TSEnumDeclaration(one)) => values.push(one.id.name.to_string()),
            Some(Declaration::TSNamespaceDeclaration(one)) => values.push(one.id.name.to_string()),
            Some(Declaration::TSImportEqualsDeclaration(one)) => values.push(one.id.name.to_string()),
            Some(Declaration::TSExternalModuleDeclaration(_) | Declaration::TSGlobalDeclaration(_)) | None => {}
        }
    }
    // An interface may go with a class or a function of its name.
    types.retain(|name| !values.contains(name));
    types.into_iter().collect()
}

/// The edits for one statement of a module's body. `types` are the names that only stand for types; `tail` receives what
/// is to be said at the module's end, `head` what comes before everything else.
pub(super) fn edit(
    text_of: &str,
    statement: &Statement<'_>,
    types: &BTreeSet<String>,
    edits: &mut Edits,
    head: &mut Head,
    tail: &mut String,
) {
    match statement {
        Statement::ImportDeclaration(import) => {
            let (start, end) = range(import.span);
            edits.remove(start, end);
            if import.import_kind.is_type() {
                return;
            }
            let source = text(&import.source.value);
            let Some(specifiers) = &import.specifiers else {
                head.always(format!("require({source});"));
                return;
            };
            for specifier in specifiers {
                match specifier {
                    ImportDeclarationSpecifier::ImportSpecifier(one) if one.import_kind.is_type() => {}
                    ImportDeclarationSpecifier::ImportSpecifier(one) => {
                        let name = &one.local.name;
                        head.bound(name, format!("var {name}=require({source})[{}];", text(&one.imported.name())));
                    }
                    ImportDeclarationSpecifier::ImportDefaultSpecifier(one) => {
                        let name = &one.local.name;
                        head.bound(name, format!("var {name}=__tm.d(require({source}));"));
                    }
                    ImportDeclarationSpecifier::ImportNamespaceSpecifier(one) => {
                        let name = &one.local.name;
                        head.bound(name, format!("var {name}=require({source});"));
                    }
                }
            }
        }
        Statement::TSImportEqualsDeclaration(import) => {
            if let TSModuleReference::ExternalModuleReference(module) = &import.module_reference {
                let (start, end) = range(import.span);
                let name = &import.id.name;
                edits.replace(start, end, format!("var {name}=require({});", text(&module.expression.value)));
            }
        }
        Statement::TSExportAssignment(export) => {
            let (start, _) = range(export.span);
            edits.replace(start, export.expression.span().start as usize, "module.exports=");
        }
        Statement::ExportDeclaration(export) => {
            let (start, end) = range(export.span);
            let inner = behind_keywords(text_of, start, export.declaration.span().start as usize);
            edits.remove(start, inner);
            let mut names = Vec::new();
            match &export.declaration {
                Declaration::VariableDeclaration(variables) => {
                    for declarator in &variables.declarations {
                        super::declared::bound(&declarator.id, &mut names);
                    }
                }
                // Hoisted, so that modules which import each other find it.
                Declaration::FunctionDeclaration(function) => {
                    if let Some(id) = &function.id {
                        head.always(format!("exports.{0}={0};", id.name));
                    }
                }
                Declaration::ClassDeclaration(class) => names.extend(class.id.as_ref().map(|id| id.name.to_string())),
                Declaration::TSEnumDeclaration(one) if !one.declare => names.push(one.id.name.to_string()),
                _ => {}
            }
            for name in names {
                edits.behind(end, format!(";exports.{name}={name};"));
            }
        }
        Statement::ExportNamedDeclaration(export) => {
            let (start, end) = range(export.span);
            edits.remove(start, end);
            if export.export_kind.is_type() {
                return;
            }
            let is_value =
                |one: &&ExportSpecifier<'_>| !one.export_kind.is_type() && !types.contains(one.local.name().as_str());
            for one in export.specifiers.iter().filter(is_value) {
                tail.push_str(&format!("exports[{}]={};", text(&one.exported.name()), one.local.name()));
            }
        }
        Statement::ExportFromDeclaration(export) => {
            let (start, end) = range(export.span);
            edits.remove(start, end);
            if export.export_kind.is_type() {
                return;
            }
            let source = text(&export.source.value);
            for one in export.specifiers.iter().filter(|one| !one.export_kind.is_type()) {
                let (to, from) = (text(&one.exported.name()), one.local.name());
                let value = match from.as_str() {
                    "default" => format!("__tm.d(require({source}))"),
                    name => format!("require({source})[{}]", text(name)),
                };
                tail.push_str(&format!("exports[{to}]={value};"));
            }
        }
        Statement::ExportAllDeclaration(export) => {
            let (start, end) = range(export.span);
            edits.remove(start, end);
            if export.export_kind.is_type() {
                return;
            }
            let source = text(&export.source.value);
            match &export.exported {
                Some(name) => tail.push_str(&format!("exports[{}]=require({source});", text(&name.name()))),
                None => tail.push_str(&format!("__tm.e(exports,require({source}));")),
            }
        }
        Statement::ExportDefaultDeclaration(export) => {
            let (start, end) = range(export.span);
            let inner = behind_keywords(text_of, start, export.declaration.span().start as usize);
            let name = match &export.declaration {
                ExportDefaultDeclarationKind::FunctionDeclaration(function) => function.id.as_ref(),
                ExportDefaultDeclarationKind::ClassDeclaration(class) => class.id.as_ref(),
                ExportDefaultDeclarationKind::TSInterfaceDeclaration(_) => {
                    edits.remove(start, inner);
                    return;
                }
                ExportDefaultDeclarationKind::Identifier(name) if types.contains(name.name.as_str()) => {
                    edits.remove(start, end);
                    return;
                }
                _ => None,
            };
            match name {
                Some(id) => {
                    edits.remove(start, inner);
                    edits.behind(end, format!(";exports.default={};", id.name));
                }
                None => {
                    edits.replace(start, inner, "exports.default=");
                    edits.behind(end, ";");
                }
            }
        }
        _ => {}
    }
}

/// Where what is exported begins. Decorators may stand before `export`, and belong to what it exports.
fn behind_keywords(text: &str, start: usize, inner: usize) -> usize {
    if inner > start {
        return inner;
    }
    let mut rest = text.get(start..).unwrap_or_default();
    for word in ["export", "default"] {
        rest = rest.strip_prefix(word).unwrap_or(rest).trim_start();
    }
    text.len() - rest.len()
}

/// A string literal.
fn text(value: &str) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

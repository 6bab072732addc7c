//! Which names a statement may leave changed, for one that is carried as code and not run.

use oxc::ast::ast::*;
use oxc::ast_visit::{Visit, walk};
use std::collections::BTreeMap;

/// Methods that change what they are called on.
const CHANGING: [&str; 14] = [
    "add",
    "assign",
    "clear",
    "copyWithin",
    "delete",
    "fill",
    "pop",
    "push",
    "reverse",
    "set",
    "shift",
    "sort",
    "splice",
    "unshift",
];

/// The names that a statement may leave changed; `true` where the name itself is assigned, not only what it holds.
pub(super) fn changed(statement: &Statement<'_>) -> BTreeMap<String, bool> {
    let mut look = Changes::default();
    look.visit_statement(statement);
    look.names
}

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

/// What the parts of a script that it has visited may leave changed.
#[derive(Default)]
pub(super) struct Changes {
    /// The names; `true` where the name itself is assigned, not only what it holds.
    pub names: BTreeMap<String, bool>,
    /// Whether `this` is.
    pub own: bool,
}

impl Changes {
    fn note(&mut self, expression: &Expression<'_>, assigned: bool) {
        let mut at = expression;
        loop {
            at = match at {
                Expression::Identifier(name) => {
                    *self.names.entry(name.name.to_string()).or_default() |= assigned;
                    return;
                }
                Expression::StaticMemberExpression(member) => &member.object,
                Expression::ComputedMemberExpression(member) => &member.object,
                Expression::ParenthesizedExpression(inner) => &inner.expression,
                // What is changed is one of what it is made of, or what a call gives that holds it.
                Expression::ConditionalExpression(either) => {
                    self.note(&either.consequent, false);
                    &either.alternate
                }
                Expression::LogicalExpression(either) => {
                    self.note(&either.left, false);
                    &either.right
                }
                Expression::CallExpression(call) => &call.callee,
                Expression::TSAsExpression(inner) => &inner.expression,
                Expression::TSNonNullExpression(inner) => &inner.expression,
                Expression::ThisExpression(_) => {
                    self.own = true;
                    return;
                }
                _ => return,
            };
        }
    }
}

impl<'a> Visit<'a> for Changes {
    fn visit_simple_assignment_target(&mut self, it: &SimpleAssignmentTarget<'a>) {
        match it {
            SimpleAssignmentTarget::AssignmentTargetIdentifier(name) => {
                self.names.insert(name.name.to_string(), true);
            }
            SimpleAssignmentTarget::TSAsExpression(inner) => self.note(&inner.expression, true),
            SimpleAssignmentTarget::TSNonNullExpression(inner) => self.note(&inner.expression, true),
            SimpleAssignmentTarget::TSSatisfiesExpression(inner) => self.note(&inner.expression, true),
            SimpleAssignmentTarget::TSTypeAssertion(inner) => self.note(&inner.expression, true),
            SimpleAssignmentTarget::StaticMemberExpression(member) => self.note(&member.object, false),
            SimpleAssignmentTarget::ComputedMemberExpression(member) => self.note(&member.object, false),
            _ => {}
        }
        walk::walk_simple_assignment_target(self, it);
    }

    fn visit_unary_expression(&mut self, it: &UnaryExpression<'a>) {
        if it.operator == UnaryOperator::Delete {
            self.note(&it.argument, false);
        }
        walk::walk_unary_expression(self, it);
    }

    fn visit_variable_declaration(&mut self, it: &VariableDeclaration<'a>) {
        if it.kind == VariableDeclarationKind::Var {
            let mut names = Vec::new();
            it.declarations.iter().for_each(|declarator| bound(&declarator.id, &mut names));
            self.names.extend(names.into_iter().map(|name| (name, true)));
        }
        walk::walk_variable_declaration(self, it);
    }

    fn visit_assignment_target_property_identifier(&mut self, it: &AssignmentTargetPropertyIdentifier<'a>) {
        self.names.insert(it.binding.name.to_string(), true);
        walk::walk_assignment_target_property_identifier(self, it);
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        let mut given = false;
        match &it.callee {
            Expression::StaticMemberExpression(member) if CHANGING.contains(&member.property.name.as_str()) => {
                self.note(&member.object, false);
                given = true;
            }
            Expression::ComputedMemberExpression(member) => {
                self.note(&member.object, false);
                given = true;
            }
            // A function may change what it is given; methods of recorders do not.
            Expression::Identifier(_) => given = true,
            _ => {}
        }
        if given {
            for argument in it.arguments.iter().filter_map(Argument::as_expression) {
                self.note(argument, false);
            }
        }
        walk::walk_call_expression(self, it);
    }
}

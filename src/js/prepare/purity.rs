//! Whether a function does nothing but work out a value, so that it may be left unrun where only a real run has the
//! values that it would be given.

use super::free::free;
use oxc::ast::ast::*;
use oxc::ast_visit::{Visit, walk};
use std::collections::BTreeSet;

/// Methods of strings, arrays and the like that change nothing.
const HARMLESS: [&str; 44] = [
    "at",
    "charAt",
    "charCodeAt",
    "concat",
    "endsWith",
    "entries",
    "every",
    "filter",
    "find",
    "findIndex",
    "flat",
    "flatMap",
    "getTime",
    "includes",
    "indexOf",
    "join",
    "keys",
    "lastIndexOf",
    "map",
    "match",
    "padEnd",
    "padStart",
    "reduce",
    "repeat",
    "replace",
    "replaceAll",
    "slice",
    "some",
    "split",
    "startsWith",
    "stringify",
    "substr",
    "substring",
    "test",
    "toFixed",
    "toISOString",
    "toLowerCase",
    "toString",
    "toUpperCase",
    "trim",
    "trimEnd",
    "trimStart",
    "values",
    "parse",
];

/// Those of them that call what they are given.
const CALLING: [&str; 10] =
    ["every", "filter", "find", "findIndex", "flatMap", "map", "reduce", "replace", "replaceAll", "some"];

/// Functions that change nothing.
const FUNCTIONS: [&str; 6] = ["Boolean", "Number", "String", "isNaN", "parseFloat", "parseInt"];

/// What the language has, and reaches nothing.
const LANGUAGE: [&str; 17] = [
    "arguments", // of the function around it, which cannot be named everywhere
    "Array",
    "BigInt",
    "Boolean",
    "Date",
    "Infinity",
    "JSON",
    "Math",
    "NaN",
    "Number",
    "Object",
    "Set",
    "String",
    "isNaN",
    "parseFloat",
    "parseInt",
    "undefined",
];

/// Whether an expression is a function that only works out a value.
pub(super) fn is_pure(expression: &Expression<'_>) -> bool {
    let mut look = Look::default();
    match expression {
        Expression::ArrowFunctionExpression(function) if !function.r#async => {
            look.visit_arrow_function_body(&function.body);
        }
        Expression::FunctionExpression(function) if !function.r#async && !function.generator => {
            if let Some(body) = &function.body {
                look.visit_function_body(body);
            }
        }
        _ => return false,
    }
    !look.impure
}

/// The names of what stands outside of a function and that it may hand out, but for what the language has: what it gives,
/// or what is done with what it gives, may reach them.
pub(super) fn captured(expression: &Expression<'_>) -> BTreeSet<String> {
    let mut names = free(|names| names.visit_expression(expression));
    names.retain(|name| !LANGUAGE.contains(&name.as_str()));
    names
}

/// Whether an expression only works out a value.
pub(super) fn works_out(expression: &Expression<'_>) -> bool {
    let mut look = Look::default();
    look.visit_expression(expression);
    !look.impure
}

/// Whether what an argument does when it is called stands here, or it cannot be called.
fn is_known_to_call(argument: &Argument<'_>) -> bool {
    match argument {
        Argument::ArrowFunctionExpression(function) => !function.r#async,
        Argument::FunctionExpression(function) => !function.r#async && !function.generator,
        Argument::Identifier(name) => FUNCTIONS.contains(&name.name.as_str()),
        Argument::StringLiteral(_)
        | Argument::TemplateLiteral(_)
        | Argument::NumericLiteral(_)
        | Argument::BooleanLiteral(_)
        | Argument::NullLiteral(_)
        | Argument::RegExpLiteral(_)
        | Argument::ArrayExpression(_)
        | Argument::ObjectExpression(_) => true,
        _ => false,
    }
}

#[derive(Default)]
struct Look {
    impure: bool,
}

impl<'a> Visit<'a> for Look {
    fn visit_assignment_expression(&mut self, _: &AssignmentExpression<'a>) {
        self.impure = true;
    }

    fn visit_update_expression(&mut self, _: &UpdateExpression<'a>) {
        self.impure = true;
    }

    fn visit_for_statement_left(&mut self, it: &ForStatementLeft<'a>) {
        self.impure |= !matches!(it, ForStatementLeft::VariableDeclaration(_));
        walk::walk_for_statement_left(self, it);
    }

    fn visit_await_expression(&mut self, _: &AwaitExpression<'a>) {
        self.impure = true;
    }

    fn visit_yield_expression(&mut self, _: &YieldExpression<'a>) {
        self.impure = true;
    }

    fn visit_throw_statement(&mut self, _: &ThrowStatement<'a>) {
        self.impure = true;
    }

    fn visit_unary_expression(&mut self, it: &UnaryExpression<'a>) {
        self.impure |= it.operator == UnaryOperator::Delete;
        walk::walk_unary_expression(self, it);
    }

    fn visit_tagged_template_expression(&mut self, _: &TaggedTemplateExpression<'a>) {
        self.impure = true;
    }

    fn visit_new_expression(&mut self, it: &NewExpression<'a>) {
        self.impure |= !matches!(&it.callee, Expression::Identifier(name) if name.name == "Date" || name.name == "Set");
        walk::walk_new_expression(self, it);
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        let harmless = match &it.callee {
            Expression::Identifier(name) => FUNCTIONS.contains(&name.name.as_str()),
            Expression::StaticMemberExpression(member) => {
                let name = member.property.name.as_str();
                let of_math = matches!(&member.object, Expression::Identifier(name) if name.name == "Math");
                let called = || it.arguments.iter().take(2).all(|argument| is_known_to_call(argument));
                of_math || HARMLESS.contains(&name) && (!CALLING.contains(&name) || called())
            }
            _ => false,
        };
        self.impure |= !harmless;
        walk::walk_call_expression(self, it);
    }
}

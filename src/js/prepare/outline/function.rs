//! A function of a script: its parameters, and whether its body does anything.

use super::{Body, Function, Parameter, range};
use oxc::ast::ast::{self, *};
use oxc::span::GetSpan;
use std::ops::Range;

/// What is the same for every function of a file.
pub(super) struct File<'a, 't> {
    pub text: &'t str,
    pub comments: &'a [Comment],
}

impl File<'_, '_> {
    /// The function that an expression is, behind types and parentheses.
    pub(super) fn expression(&self, expression: &Expression<'_>) -> Option<Function> {
        match expression.get_inner_expression() {
            Expression::FunctionExpression(function) => self.function(function, function.span.start as usize),
            Expression::ArrowFunctionExpression(function) => Some(self.arrow(function)),
            _ => None,
        }
    }

    /// A function; `start` is where `async` would be put. `None` for generators, and for those without a body.
    pub(super) fn function(&self, function: &ast::Function<'_>, start: usize) -> Option<Function> {
        let body = function.body.as_ref().filter(|_| !function.generator && function.this_param.is_none())?;
        Some(Function {
            start,
            is_async: function.r#async,
            is_arrow: false,
            parameters: self.parameters(&function.params),
            first: first(&function.params),
            second: second(&function.params),
            returns: function.return_type.as_ref().map(|of| range(of.type_annotation.span())),
            body: self.block(body),
        })
    }

    fn arrow(&self, function: &ArrowFunctionExpression<'_>) -> Function {
        let body = match &function.body {
            ArrowFunctionBody::FunctionBody(body) => self.block(body),
            body => {
                let span = range(body.span());
                let is_busy = !body.as_expression().is_some_and(is_nothing);
                let comments = self.comments(&span);
                Body { span, is_block: false, idle: Vec::new(), is_busy, comments, directives: None }
            }
        };
        Function {
            start: function.span.start as usize,
            is_async: function.r#async,
            is_arrow: true,
            parameters: self.parameters(&function.params),
            first: first(&function.params),
            second: second(&function.params),
            returns: function.return_type.as_ref().map(|of| range(of.type_annotation.span())),
            body,
        }
    }

    /// What stands between the parentheses, or the one parameter that has none.
    fn parameters(&self, parameters: &FormalParameters<'_>) -> Range<usize> {
        let span = range(parameters.span);
        let text = self.text.get(span.clone()).unwrap_or_default();
        if text.starts_with('(') && text.ends_with(')') { span.start + 1..span.end - 1 } else { span }
    }

    fn block(&self, body: &FunctionBody<'_>) -> Body {
        let span = range(body.span);
        let idle = body.statements.iter().filter(|statement| is_idle(statement));
        let idle: Vec<Range<usize>> = idle.map(|statement| range(statement.span())).collect();
        let is_busy = idle.len() < body.statements.len();
        let directives = body.directives.last().map(|last| last.span.end as usize);
        Body { comments: self.comments(&span), span, is_block: true, idle, is_busy, directives }
    }

    fn comments(&self, inside: &Range<usize>) -> Vec<Range<usize>> {
        let ranges = self.comments.iter().map(|comment| range(comment.span));
        ranges.filter(|comment| inside.start <= comment.start && comment.end <= inside.end).collect()
    }
}

fn first(parameters: &FormalParameters<'_>) -> Parameter {
    match parameters.items.first() {
        Some(first) => self::parameter(first),
        None if parameters.rest.is_some() => Parameter::Other,
        None => Parameter::None,
    }
}

fn second(parameters: &FormalParameters<'_>) -> Option<(Parameter, Range<usize>)> {
    match (parameters.items.get(1), &parameters.rest) {
        (Some(second), _) => Some((self::parameter(second), range(second.span))),
        (None, Some(rest)) => Some((Parameter::Other, range(rest.span))),
        (None, None) => None,
    }
}

fn parameter(parameter: &FormalParameter<'_>) -> Parameter {
    match &parameter.pattern {
        BindingPattern::BindingIdentifier(id) => Parameter::Named(id.name.to_string()),
        BindingPattern::ObjectPattern(pattern) if pattern.rest.is_none() => {
            let names = pattern.properties.iter().map(|property| match (&property.key, &property.value) {
                (PropertyKey::StaticIdentifier(key), BindingPattern::BindingIdentifier(name)) if !property.computed => {
                    Some((key.name.to_string(), name.name.to_string()))
                }
                _ => None,
            });
            names.collect::<Option<Vec<_>>>().map_or(Parameter::Other, Parameter::Object)
        }
        _ => Parameter::Other,
    }
}

/// Whether a statement does nothing but perhaps end the function.
fn is_idle(statement: &Statement<'_>) -> bool {
    match statement {
        Statement::EmptyStatement(_) => true,
        Statement::ReturnStatement(it) => it.argument.as_ref().is_none_or(is_nothing),
        Statement::ExpressionStatement(it) => is_nothing(&it.expression),
        _ => false,
    }
}

/// Whether an expression does nothing and says nothing.
fn is_nothing(expression: &Expression<'_>) -> bool {
    match expression.get_inner_expression() {
        Expression::BooleanLiteral(_)
        | Expression::NullLiteral(_)
        | Expression::NumericLiteral(_)
        | Expression::StringLiteral(_) => true,
        Expression::Identifier(name) => name.name == "undefined",
        Expression::UnaryExpression(it) => it.operator == UnaryOperator::Void && is_nothing(&it.argument),
        Expression::AwaitExpression(it) => is_nothing(&it.argument),
        Expression::ObjectExpression(it) => it.properties.is_empty(),
        Expression::ArrayExpression(it) => it.elements.is_empty(),
        Expression::CallExpression(it) => {
            let resolves = match &it.callee {
                Expression::StaticMemberExpression(member) => {
                    matches!(&member.object, Expression::Identifier(name) if name.name == "Promise")
                        && ["resolve", "all"].contains(&member.property.name.as_str())
                }
                _ => false,
            };
            resolves && it.arguments.iter().all(|argument| argument.as_expression().is_some_and(is_nothing))
        }
        _ => false,
    }
}

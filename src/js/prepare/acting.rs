//! Which calls of a script are made for what they do: nothing is done with what they give, or it is waited for.

use oxc::ast::ast::*;
use oxc::ast_visit::{Visit, walk};
use oxc::semantic::ScopeFlags;
use oxc::span::{GetSpan, Span};
use std::collections::BTreeSet;
use std::ops::Range;

/// Where such calls begin, seen from a part of the script: what the functions around it give is done with by whoever runs
/// them.
pub(super) fn acting(program: &Program<'_>, part: &Range<usize>) -> BTreeSet<u32> {
    let mut acting = Acting { part: part.start as u32..part.end as u32, ..Acting::default() };
    // A function may be called before it is declared.
    loop {
        let known = acting.known();
        acting.visit_program(program);
        if known == acting.known() {
            return acting.calls;
        }
    }
}

#[derive(Default)]
struct Acting {
    part: Range<u32>,
    /// Where the calls begin, with all of their chain.
    calls: BTreeSet<u32>,
    /// Where the functions begin of which nothing is done with what they give.
    functions: BTreeSet<u32>,
    /// The names of such functions, in whatever scope: one too many makes a call count as made for what it does.
    names: BTreeSet<String>,
    /// The names of what is waited for.
    awaited: BTreeSet<String>,
    /// Of each function that is open, whether it is one.
    open: Vec<bool>,
}

impl Acting {
    fn known(&self) -> [usize; 4] {
        [self.calls.len(), self.functions.len(), self.names.len(), self.awaited.len()]
    }

    fn acts(&mut self, expression: &Expression<'_>) {
        match expression.get_inner_expression() {
            Expression::UnaryExpression(it) => self.acts(&it.argument),
            Expression::AwaitExpression(it) => self.acts(&it.argument),
            Expression::LogicalExpression(it) => {
                self.acts(&it.left);
                self.acts(&it.right);
            }
            Expression::ConditionalExpression(it) => {
                self.acts(&it.consequent);
                self.acts(&it.alternate);
            }
            Expression::SequenceExpression(it) => it.expressions.iter().for_each(|one| self.acts(one)),
            Expression::ArrayExpression(it) => {
                it.elements.iter().filter_map(ArrayExpressionElement::as_expression).for_each(|one| self.acts(one));
            }
            Expression::ChainExpression(it) => match &it.expression {
                ChainElement::CallExpression(call) => self.call(call),
                ChainElement::TSNonNullExpression(it) => self.acts(&it.expression),
                element => element.as_member_expression().into_iter().for_each(|member| self.acts(member.object())),
            },
            Expression::CallExpression(call) => self.call(call),
            expression => expression.as_member_expression().into_iter().for_each(|member| self.acts(member.object())),
        }
    }

    fn call(&mut self, call: &CallExpression<'_>) {
        self.calls.insert(call.span.start);
        let method = call.callee.as_member_expression().and_then(MemberExpression::static_property_name);
        // What these are given only says which.
        if matches!(method, Some("every" | "filter" | "find" | "findIndex" | "findLast" | "some" | "sort")) {
            return self.before(call);
        }
        let gathers = matches!(method, Some("all" | "allSettled" | "any" | "race" | "resolve"));
        for argument in call.arguments.iter().filter_map(Argument::as_expression) {
            match argument {
                Expression::Identifier(id) => {
                    self.names.insert(id.name.to_string());
                }
                argument if argument.is_function() => self.function(argument),
                argument if gathers => self.acts(argument),
                _ => {}
            }
        }
        match call.callee.without_parentheses() {
            Expression::Identifier(id) => {
                self.names.insert(id.name.to_string());
            }
            callee if callee.is_function() => self.function(callee),
            _ => {
                self.names.extend(method.map(str::to_owned));
                self.before(call);
            }
        }
    }

    /// What a method is called on: promises were made for what they do, and lists for what is in them.
    fn before(&mut self, call: &CallExpression<'_>) {
        let Some(member) = call.callee.without_parentheses().as_member_expression() else { return };
        match member.object().without_parentheses() {
            Expression::CallExpression(inner) => {
                let method = inner.callee.as_member_expression().and_then(MemberExpression::static_property_name);
                match method {
                    Some("every" | "filter" | "flatMap" | "map" | "reduce" | "slice" | "sort") => self.before(inner),
                    _ => self.call(inner),
                }
            }
            object => self.acts(object),
        }
    }

    fn function(&mut self, function: &Expression<'_>) {
        self.functions.insert(function.span().start);
    }

    /// Goes into a function.
    fn enter(&mut self, span: Span, name: Option<&str>) {
        let is_around = span.start <= self.part.start && self.part.end <= span.end;
        // Where all of a script is looked at, so are all of its functions.
        let is_whole = self.part.start == 0 && span.end < self.part.end;
        let acts = is_around
            || is_whole
            || self.functions.contains(&span.start)
            || name.is_some_and(|name| self.names.contains(name));
        self.open.push(acts);
    }

    fn waited_for(&mut self, value: &Expression<'_>) {
        match value.get_inner_expression() {
            Expression::CallExpression(call) => {
                self.calls.insert(call.span.start);
            }
            Expression::Identifier(id) => {
                self.awaited.insert(id.name.to_string());
            }
            _ => {}
        }
    }

    fn named(&mut self, name: &str, value: &Expression<'_>) {
        if self.names.contains(name) && value.is_function() {
            self.function(value);
        }
    }
}

impl<'a> Visit<'a> for Acting {
    fn visit_function(&mut self, it: &Function<'a>, flags: ScopeFlags) {
        self.enter(it.span, it.id.as_ref().map(|id| id.name.as_str()));
        walk::walk_function(self, it, flags);
        self.open.pop();
    }

    fn visit_arrow_function_expression(&mut self, it: &ArrowFunctionExpression<'a>) {
        self.enter(it.span, None);
        if let Some(body) = it.body.as_expression().filter(|_| self.open.last() == Some(&true)) {
            self.acts(body);
        }
        walk::walk_arrow_function_expression(self, it);
        self.open.pop();
    }

    fn visit_variable_declarator(&mut self, it: &VariableDeclarator<'a>) {
        if let (BindingPattern::BindingIdentifier(id), Some(value)) = (&it.id, &it.init) {
            self.named(id.name.as_str(), value);
            if self.awaited.contains(id.name.as_str()) {
                self.waited_for(value);
            }
        }
        walk::walk_variable_declarator(self, it);
    }

    fn visit_object_property(&mut self, it: &ObjectProperty<'a>) {
        if let Some(name) = it.key.static_name() {
            self.named(&name, &it.value);
        }
        walk::walk_object_property(self, it);
    }

    fn visit_method_definition(&mut self, it: &MethodDefinition<'a>) {
        if it.key.static_name().is_some_and(|name| self.names.contains(&*name)) {
            self.functions.insert(it.value.span.start);
        }
        walk::walk_method_definition(self, it);
    }

    fn visit_return_statement(&mut self, it: &ReturnStatement<'a>) {
        if let Some(value) = it.argument.as_ref().filter(|_| self.open.last() == Some(&true)) {
            self.acts(value);
        }
        walk::walk_return_statement(self, it);
    }

    fn visit_expression_statement(&mut self, it: &ExpressionStatement<'a>) {
        self.acts(&it.expression);
        walk::walk_expression_statement(self, it);
    }

    // What is waited for is made for what it does, even where something is done with what comes of it.
    fn visit_await_expression(&mut self, it: &AwaitExpression<'a>) {
        self.waited_for(&it.argument);
        walk::walk_await_expression(self, it);
    }
}

//! How a chain is run, and what is looked at of the value that it gives: told from what stands around it.

use super::file::{File, inside, is_promise_all, key, range};
use super::{Run, TRUTH, Used};
use oxc::ast::AstKind;
use oxc::ast::ast::*;
use oxc::semantic::{NodeId, SymbolId};
use oxc::span::GetSpan;
use std::collections::BTreeSet;
use std::ops::Range;

/// How a chain is run, what is looked at, and where it stands with what waits for it.
pub(super) struct Usage {
    pub run: Run,
    pub used: Used,
    /// With its `await`, if there is one.
    pub at: Range<usize>,
}

/// Judges a chain that ends with `node`; `entry` is the function of which nobody takes the value.
pub(super) fn of(file: &File<'_, '_>, node: NodeId, entry: NodeId) -> Usage {
    let judge = Judge { file, entry };
    let (child, parent) = file.bare_parent(node);
    let at = file.at(child);
    let promised = |used| Usage { run: Run::Promised, used, at: at.clone() };
    let loose = || Usage { run: Run::Loose, used: Used::All, at: at.clone() };
    match file.kind(parent) {
        AstKind::AwaitExpression(_) => Usage { run: Run::Awaited, used: judge.value(parent), at: file.at(parent) },
        AstKind::StaticMemberExpression(member) if member.property.name == "then" => match file.calls(parent) {
            Some(call) if range(call.callee.span()) == file.at(parent) => promised(judge.then(call)),
            _ => loose(),
        },
        AstKind::StaticMemberExpression(member) if member.property.name == "catch" => match file.calls(parent) {
            Some(_) => promised(Used::All),
            _ => loose(),
        },
        AstKind::ReturnStatement(_) => match file.function(parent) {
            Some(function) => judge.returned(function, &at),
            None => loose(),
        },
        AstKind::ArrowFunctionExpression(_) => judge.returned(parent, &at),
        AstKind::ArrayExpression(_) => {
            let gathered = file.calls(parent).filter(|call| is_promise_all(&call.callee));
            match gathered {
                Some(_) => promised(judge.gathered(file.parent(parent))),
                None => loose(),
            }
        }
        _ => loose(),
    }
}

struct Judge<'f, 's, 'a> {
    file: &'f File<'s, 'a>,
    entry: NodeId,
}

impl<'a> Judge<'_, '_, 'a> {
    /// What a function returns.
    fn returned(&self, function: NodeId, at: &Range<usize>) -> Usage {
        let usage = |run, used| Usage { run, used, at: at.clone() };
        if function == self.entry {
            return usage(Run::Promised, Used::Nothing);
        }
        let is_async = match self.file.kind(function) {
            AstKind::Function(it) => it.r#async,
            AstKind::ArrowFunctionExpression(it) => it.r#async,
            _ => false,
        };
        let (child, parent) = self.file.bare_parent(function);
        if let AstKind::CallExpression(call) = self.file.kind(parent)
            && let Expression::StaticMemberExpression(member) = &call.callee
            && call.arguments.first().is_some_and(|first| range(first.span()) == self.file.at(child))
        {
            let all = self.file.calls(parent).filter(|all| is_promise_all(&all.callee));
            if member.property.name == "map" && all.is_some() {
                return usage(Run::Promised, self.gathered(self.file.parent(parent)));
            }
            if member.property.name == "then" {
                return usage(Run::Promised, self.promise(parent));
            }
            if member.property.name == "forEach" && !is_async {
                return usage(Run::Loose, Used::Nothing);
            }
        }
        usage(if is_async { Run::Promised } else { Run::Loose }, Used::All)
    }

    /// What is looked at of what a promise gives.
    fn promise(&self, node: NodeId) -> Used {
        let (_, parent) = self.file.bare_parent(node);
        match self.file.kind(parent) {
            AstKind::AwaitExpression(_) => self.value(parent),
            AstKind::ReturnStatement(_) if self.file.function(parent) == Some(self.entry) => Used::Nothing,
            AstKind::ArrowFunctionExpression(_) if parent == self.entry => Used::Nothing,
            _ => Used::All,
        }
    }

    /// The same for each of several that `Promise.all` waits for.
    fn gathered(&self, all: NodeId) -> Used {
        match self.promise(all) {
            Used::Nothing => Used::Nothing,
            _ => Used::All,
        }
    }

    fn then(&self, call: &CallExpression<'a>) -> Used {
        match call.arguments.as_slice() {
            [] => Used::All,
            [Argument::ArrowFunctionExpression(function), ..] => self.parameter(&function.params),
            [Argument::FunctionExpression(function), ..] => self.parameter(&function.params),
            _ => Used::All,
        }
    }

    fn parameter(&self, parameters: &FormalParameters<'a>) -> Used {
        if parameters.rest.is_some() {
            return Used::All;
        }
        match parameters.items.first() {
            None => Used::Nothing,
            Some(first) if first.initializer.is_none() => self.pattern(&first.pattern),
            Some(_) => Used::All,
        }
    }

    /// What is looked at of a value that stands somewhere.
    fn value(&self, node: NodeId) -> Used {
        let (child, parent) = self.file.bare_parent(node);
        match self.file.kind(parent) {
            AstKind::ExpressionStatement(_) => Used::Nothing,
            AstKind::ReturnStatement(_) if self.file.function(parent) == Some(self.entry) => Used::Nothing,
            AstKind::StaticMemberExpression(member) => one(member.property.name.as_str()),
            AstKind::ComputedMemberExpression(member) if range(member.object.span()) == self.file.at(child) => {
                match &member.expression {
                    Expression::NumericLiteral(number) => one(&number.value.to_string()),
                    Expression::StringLiteral(text) => one(text.value.as_str()),
                    _ => Used::All,
                }
            }
            AstKind::VariableDeclarator(declarator) => self.pattern(&declarator.id),
            _ => Used::All,
        }
    }

    fn pattern(&self, pattern: &BindingPattern<'a>) -> Used {
        match pattern {
            BindingPattern::BindingIdentifier(id) => match id.symbol_id.get() {
                Some(symbol) => self.named(symbol),
                None => Used::All,
            },
            BindingPattern::ObjectPattern(pattern) if pattern.rest.is_none() => {
                let keys: Option<BTreeSet<String>> =
                    pattern.properties.iter().map(|one| key(&one.key, one.computed)).collect();
                keys.map_or(Used::All, Used::Members)
            }
            BindingPattern::ArrayPattern(pattern) if pattern.rest.is_none() => {
                let taken = pattern.elements.iter().enumerate().filter(|(_, element)| element.is_some());
                Used::Members(taken.map(|(index, _)| index.to_string()).collect())
            }
            _ => Used::All,
        }
    }

    /// What is looked at of a value that has a name.
    fn named(&self, symbol: SymbolId) -> Used {
        if self.file.is_set_again(symbol) {
            return Used::All;
        }
        let mut members = BTreeSet::new();
        for reference in self.file.semantic.scoping().get_resolved_references(symbol) {
            let node = reference.node_id();
            let (child, parent) = self.file.bare_parent(node);
            let name = match self.file.kind(parent) {
                AstKind::StaticMemberExpression(member) => member.property.name.to_string(),
                AstKind::ComputedMemberExpression(member) if range(member.object.span()) == self.file.at(child) => {
                    match &member.expression {
                        Expression::NumericLiteral(number) => number.value.to_string(),
                        Expression::StringLiteral(text) => text.value.to_string(),
                        _ => return Used::All,
                    }
                }
                AstKind::IfStatement(_) => TRUTH.to_owned(),
                AstKind::UnaryExpression(it) if it.operator == UnaryOperator::LogicalNot => TRUTH.to_owned(),
                AstKind::ConditionalExpression(it) if range(it.test.span()) == self.file.at(child) => TRUTH.to_owned(),
                AstKind::LogicalExpression(it)
                    if it.operator == LogicalOperator::And && range(it.left.span()) == self.file.at(child) =>
                {
                    TRUTH.to_owned()
                }
                // `const { rows } = result;`
                AstKind::VariableDeclarator(declarator) => match self.pattern(&declarator.id) {
                    Used::Members(more) => {
                        members.extend(more);
                        continue;
                    }
                    Used::Nothing => continue,
                    Used::All => return Used::All,
                },
                _ => return Used::All,
            };
            members.insert(name);
        }
        Used::Members(members)
    }
}

fn one(name: &str) -> Used {
    Used::Members(BTreeSet::from([name.to_owned()]))
}

/// Whether what fails in a chain is taken care of around it, within a stretch.
pub(super) fn is_caught(file: &File<'_, '_>, node: NodeId, within: &Range<usize>) -> bool {
    let mut child = node;
    for parent in file.around(node) {
        let around = file.at(parent);
        if !inside(&around, within) {
            return false;
        }
        let caught = match file.kind(parent) {
            AstKind::TryStatement(it) => it.handler.is_some() && range(it.block.span) == file.at(child),
            AstKind::StaticMemberExpression(member) => {
                let object = range(member.object.span());
                let is_object = inside(&file.at(node), &object);
                is_object && member.property.name == "catch"
                    || is_object && member.property.name == "then" && handles_failure(file, parent)
            }
            AstKind::CallExpression(call) => {
                let name = match &call.callee {
                    Expression::StaticMemberExpression(member) => member.property.name.as_str(),
                    _ => "",
                };
                name == "allSettled" || name == "any"
            }
            _ => false,
        };
        if caught {
            return true;
        }
        child = parent;
    }
    false
}

fn handles_failure(file: &File<'_, '_>, member: NodeId) -> bool {
    file.calls(member).is_some_and(|call| call.arguments.len() > 1)
}

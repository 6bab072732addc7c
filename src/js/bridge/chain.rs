//! Chains of calls on a handle, and what their calls are given.

use super::file::{File, Reference, key, range};
use super::handles::Handles;
use super::uses::{self, Usage};
use super::write::Writer;
use super::{Argument, Chain, Handle, Link, Part, Shape};
use oxc::ast::AstKind;
use oxc::ast::ast::{self, *};
use oxc::semantic::NodeId;
use oxc::span::GetSpan;
use std::ops::Range;

/// Methods that give a text, a list or a truth value, of whatever they are called on.
const GIVING: [&str; 22] = [
    "concat",
    "endsWith",
    "filter",
    "includes",
    "indexOf",
    "join",
    "map",
    "padEnd",
    "padStart",
    "replace",
    "replaceAll",
    "slice",
    "split",
    "startsWith",
    "substring",
    "toFixed",
    "toISOString",
    "toLowerCase",
    "toString",
    "toUpperCase",
    "trim",
    "some",
];

/// Where a chain ends, and how it is used.
pub(super) struct Extent {
    /// The node of all of it.
    pub node: NodeId,
    /// The nodes of its members and calls, from the inside out.
    pub steps: Vec<NodeId>,
    pub usage: Usage,
}

/// The extent of the chain that starts with a name.
pub(super) fn extent(file: &File<'_, '_>, start: NodeId, entry: NodeId) -> Extent {
    let mut node = start;
    let mut steps = Vec::new();
    loop {
        let (child, parent) = file.bare_parent(node);
        let goes_on = match file.kind(parent) {
            AstKind::StaticMemberExpression(member) => {
                range(member.object.span()) == file.at(child) && !waits(file, parent, member.property.name.as_str())
            }
            AstKind::ComputedMemberExpression(member) => {
                range(member.object.span()) == file.at(child)
                    && matches!(member.expression, Expression::StringLiteral(_))
            }
            AstKind::CallExpression(call) => range(call.callee.span()) == file.at(child),
            _ => false,
        };
        if !goes_on {
            let usage = uses::of(file, node, entry);
            return Extent { node, steps, usage };
        }
        steps.push(parent);
        node = parent;
    }
}

/// Whether a member is one of a promise, and called.
fn waits(file: &File<'_, '_>, member: NodeId, name: &str) -> bool {
    ["then", "catch", "finally"].contains(&name)
        && file.calls(member).is_some_and(|call| range(call.callee.span()) == file.at(member))
}

/// The handle that a name is.
pub(super) fn handle(handles: &Handles, reference: &Reference) -> Option<Handle> {
    handles.get(&reference.symbol?).cloned()
}

impl<'a> Writer<'_, '_, 'a> {
    /// A chain with what its calls are given.
    pub(super) fn chain(&self, start: Handle, extent: &Extent) -> Result<Chain, String> {
        let mut links: Vec<Link> = Vec::new();
        let mut handle = start;
        for step in &extent.steps {
            match self.file.kind(*step) {
                AstKind::StaticMemberExpression(member) if member.optional => return Err("it goes by ?.".into()),
                AstKind::StaticMemberExpression(member) => {
                    self.link(&mut handle, &mut links, member.property.name.as_str())
                }
                AstKind::ComputedMemberExpression(member) => {
                    if let Expression::StringLiteral(name) = &member.expression {
                        self.link(&mut handle, &mut links, name.value.as_str());
                    }
                }
                AstKind::CallExpression(call) => {
                    if call.optional {
                        return Err("it goes by ?.".into());
                    }
                    let given = call.arguments.iter().map(|one| self.argument(one)).collect::<Result<Vec<_>, _>>()?;
                    match links.last_mut().filter(|last| last.arguments.is_none()) {
                        Some(last) => last.arguments = Some(given),
                        None => links.push(Link { name: String::new(), arguments: Some(given) }),
                    }
                }
                _ => return Err("a call of a shape that is not known".into()),
            }
        }
        Ok(Chain {
            handle,
            links,
            run: extent.usage.run,
            used: extent.usage.used.clone(),
            at: self.file.at(extent.node),
        })
    }

    /// A member; one that is a handle again takes the place of what is before it.
    fn link(&self, handle: &mut Handle, links: &mut Vec<Link>, name: &str) {
        let inner = self.stretch.members.iter().find(|(of, member, _)| of == handle && *member == name);
        match inner {
            Some((_, _, inner)) if links.is_empty() => *handle = inner.clone(),
            _ => links.push(Link { name: name.to_owned(), arguments: None }),
        }
    }

    fn argument(&self, argument: &ast::Argument<'a>) -> Result<Argument, String> {
        match argument.as_expression() {
            Some(expression) => self.given(expression, 0),
            None => Err("what is given is spread from a list".into()),
        }
    }

    /// What an expression is as an argument.
    fn given(&self, expression: &Expression<'a>, depth: usize) -> Result<Argument, String> {
        if depth > 60 {
            return Err("it is nested too deep".into());
        }
        let text = self.render(&range(expression.span()));
        let shape = self.shape(expression, depth)?;
        let (defined, something) = certain(expression, &shape, 0);
        Ok(Argument { shape, text, defined, something })
    }

    fn shape(&self, expression: &Expression<'a>, depth: usize) -> Result<Shape, String> {
        Ok(match expression.get_inner_expression() {
            Expression::StringLiteral(text) if !text.lone_surrogates => Shape::Text(text.value.to_string()),
            Expression::NumericLiteral(number) => Shape::Number(number.value),
            Expression::BooleanLiteral(truth) => Shape::Bool(truth.value),
            Expression::NullLiteral(_) => Shape::Null,
            Expression::TemplateLiteral(template) => self.template(template, depth)?,
            Expression::BinaryExpression(sum) if sum.operator == BinaryOperator::Addition => {
                let (left, right) = (self.shape(&sum.left, depth + 1)?, self.shape(&sum.right, depth + 1)?);
                match (parts(left), parts(right)) {
                    (Some(mut left), Some(right)) => {
                        left.extend(right);
                        joined(left)
                    }
                    _ => Shape::Other,
                }
            }
            Expression::ArrayExpression(list) => {
                let mut entries = Vec::new();
                for element in &list.elements {
                    match element.as_expression() {
                        Some(element) => entries.push(self.given(element, depth + 1)?),
                        None => return Ok(Shape::Other),
                    }
                }
                Shape::List(entries)
            }
            Expression::ObjectExpression(object) => {
                let mut fields: Vec<(String, Argument)> = Vec::new();
                for property in &object.properties {
                    let ObjectPropertyKind::ObjectProperty(property) = property else { return Ok(Shape::Other) };
                    let name = match key(&property.key, property.computed) {
                        Some(name) => name,
                        None => match self.marked(&property.key)? {
                            Some(name) => name,
                            None => return Ok(Shape::Other),
                        },
                    };
                    if property.method
                        || property.kind != PropertyKind::Init
                        || fields.iter().any(|(one, _)| *one == name)
                    {
                        return Ok(Shape::Other);
                    }
                    fields.push((name, self.given(&property.value, depth + 1)?));
                }
                Shape::Object(fields)
            }
            Expression::ArrowFunctionExpression(_) | Expression::FunctionExpression(_) => Shape::Function,
            Expression::Identifier(id) => self.named(id, depth)?,
            other => match self.chain_at(&range(other.span())) {
                Some(chain) => Shape::Chain(Box::new(chain?)),
                None => Shape::Other,
            },
        })
    }

    /// What a name is: a constant that stands there, or a handle.
    fn named(&self, id: &IdentifierReference<'a>, depth: usize) -> Result<Shape, String> {
        let Some(symbol) = self.file.symbol(id) else {
            return Ok(if id.name == "undefined" { Shape::Undefined } else { Shape::Other });
        };
        if let Some(chain) = self.chain_at(&range(id.span)) {
            return Ok(Shape::Chain(Box::new(chain?)));
        }
        let AstKind::VariableDeclarator(declarator) = self.file.kind(self.file.declaration(symbol)) else {
            return Ok(Shape::Other);
        };
        let Some(init) = &declarator.init else { return Ok(Shape::Other) };
        if self.file.is_set_again(symbol)
            || !matches!(declarator.id, BindingPattern::BindingIdentifier(_))
            || depth > 20
        {
            return Ok(Shape::Other);
        }
        Ok(match init.get_inner_expression() {
            Expression::StringLiteral(_) | Expression::NumericLiteral(_) | Expression::BooleanLiteral(_) => {
                self.shape(init, depth + 1)?
            }
            // Only what is the same text wherever it stands.
            Expression::TemplateLiteral(_) => match self.shape(init, depth + 1)? {
                known @ Shape::Text(_) => known,
                _ => Shape::Other,
            },
            _ => Shape::Other,
        })
    }

    /// A key that the tool gives, as in `[Op.in]`: its name behind a mark.
    fn marked(&self, key: &PropertyKey<'a>) -> Result<Option<String>, String> {
        let Some(chain) = self.chain_at(&range(key.span())) else { return Ok(None) };
        let chain = chain?;
        let plain = chain.links.iter().all(|link| link.arguments.is_none());
        Ok(chain.links.last().filter(|_| plain).map(|link| format!("{}{}", super::MARK, link.name)))
    }

    fn template(&self, template: &TemplateLiteral<'a>, depth: usize) -> Result<Shape, String> {
        let mut all = Vec::new();
        for (at, quasi) in template.quasis.iter().enumerate() {
            let Some(cooked) = &quasi.value.cooked else { return Ok(Shape::Other) };
            if quasi.lone_surrogates {
                return Ok(Shape::Other);
            }
            all.push(Part::Text(cooked.to_string()));
            let Some(expression) = template.expressions.get(at) else { continue };
            let argument = self.given(expression, depth + 1)?;
            match &argument.shape {
                Shape::Text(text) => all.push(Part::Text(text.clone())),
                Shape::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
                    all.push(Part::Text(format!("{number}")));
                }
                _ => all.push(Part::Expression(argument)),
            }
        }
        Ok(joined(all))
    }
}

fn parts(shape: Shape) -> Option<Vec<Part>> {
    match shape {
        Shape::Text(text) => Some(vec![Part::Text(text)]),
        Shape::Template(parts) => Some(parts),
        _ => None,
    }
}

/// Parts with neighbouring texts made one.
fn joined(parts: Vec<Part>) -> Shape {
    let mut all: Vec<Part> = Vec::new();
    for part in parts {
        match (all.last_mut(), part) {
            (Some(Part::Text(before)), Part::Text(text)) => before.push_str(&text),
            (_, part) => all.push(part),
        }
    }
    match all.as_slice() {
        [Part::Text(text)] => Shape::Text(text.clone()),
        _ => Shape::Template(all),
    }
}

/// Whether an expression is certain not to be `undefined`, and neither that nor `null`.
fn certain(expression: &Expression<'_>, shape: &Shape, depth: usize) -> (bool, bool) {
    match shape {
        Shape::Null => return (true, false),
        Shape::Undefined => return (false, false),
        Shape::Other | Shape::Chain(_) => {}
        _ => return (true, true),
    }
    if depth > 20 {
        return (false, false);
    }
    let inner = |expression: &Expression<'_>| match expression.get_inner_expression() {
        Expression::NullLiteral(_) => (true, false),
        other if other.is_literal() => (true, true),
        other => certain(other, &Shape::Other, depth + 1),
    };
    match expression.get_inner_expression() {
        Expression::BinaryExpression(_)
        | Expression::UpdateExpression(_)
        | Expression::NewExpression(_)
        | Expression::TemplateLiteral(_)
        | Expression::ArrayExpression(_)
        | Expression::ObjectExpression(_) => (true, true),
        Expression::UnaryExpression(it) => {
            let is = it.operator != UnaryOperator::Void;
            (is, is)
        }
        Expression::LogicalExpression(it) if it.operator != LogicalOperator::And => inner(&it.right),
        Expression::ConditionalExpression(it) => {
            let (one, other) = (inner(&it.consequent), inner(&it.alternate));
            (one.0 && other.0, one.1 && other.1)
        }
        Expression::CallExpression(call) => {
            let is = match &call.callee {
                Expression::Identifier(id) => ["String", "Number", "Boolean", "BigInt"].contains(&id.name.as_str()),
                Expression::StaticMemberExpression(member) => GIVING.contains(&member.property.name.as_str()),
                _ => false,
            };
            (is, is)
        }
        _ => (false, false),
    }
}

/// A place as bytes, for those that look a chain up by it.
pub(super) type At = Range<usize>;

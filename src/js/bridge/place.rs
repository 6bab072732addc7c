//! Where a stretch stands: the statements that it is, the lists of statements around it, and the function that it is
//! part of.

use super::file::{File, inside, range};
use oxc::ast::AstKind;
use oxc::ast::ast::*;
use oxc::semantic::NodeId;
use oxc::span::GetSpan;
use std::ops::Range;

/// Where a stretch stands.
pub(super) struct Spot {
    /// The function `up` or `down`.
    pub entry: NodeId,
    /// The innermost function around it.
    pub function: NodeId,
    /// The statements; of an arrow function without braces its expression.
    pub at: Range<usize>,
    /// Whether it is such an expression.
    pub is_expression: bool,
    /// The lists around it within the entry, from the inside out: the node of each, and where the statement of it starts
    /// that the stretch is, or is part of.
    pub lists: Vec<(NodeId, usize)>,
    /// Whether what fails in it is caught.
    pub caught: bool,
}

/// Finds it.
pub(super) fn find(file: &File<'_, '_>, at: &Range<usize>, direction: &str) -> Result<Spot, String> {
    let at = &body(file, at, direction).unwrap_or_else(|| at.clone());
    let node = outermost(file, at).ok_or("it is no statement of the script")?;
    let is_expression = matches!(file.parent_kind(node), AstKind::ArrowFunctionExpression(_));
    let mut lists = Vec::new();
    let mut functions = Vec::new();
    let mut caught = false;
    let mut child = node;
    for parent in file.around(node) {
        let within = file.at(child);
        match file.kind(parent) {
            AstKind::Program(_) => break,
            AstKind::FunctionBody(_) | AstKind::BlockStatement(_) => lists.push((parent, within.start)),
            AstKind::Function(_) | AstKind::ArrowFunctionExpression(_) => functions.push(parent),
            AstKind::ForStatement(_)
            | AstKind::ForInStatement(_)
            | AstKind::ForOfStatement(_)
            | AstKind::WhileStatement(_)
            | AstKind::DoWhileStatement(_) => return Err("it stands in a loop".into()),
            AstKind::SwitchCase(_) => return Err("it stands in a switch".into()),
            AstKind::TryStatement(it) => {
                if range(it.block.span) != within {
                    return Err("it stands in a catch or finally".into());
                }
                if !rethrows(it) {
                    return Err("it stands in a try whose catch goes on".into());
                }
                caught |= it.handler.is_some();
            }
            _ => {}
        }
        child = parent;
    }
    let entry = *functions.last().ok_or("it stands in no function")?;
    if !is_named(file, entry, direction) {
        return Err(format!("the function that it stands in is not {direction}"));
    }
    for function in functions.iter().rev().skip(1) {
        if !runs_once(file, *function) {
            return Err("it stands in a function that something else calls".into());
        }
    }
    let function = functions.first().copied().unwrap_or(entry);
    Ok(Spot { entry, function, at: at.clone(), is_expression, lists, caught })
}

/// The statements of the function `up` or `down`, if a stretch is all of what declares it.
fn body(file: &File<'_, '_>, at: &Range<usize>, direction: &str) -> Option<Range<usize>> {
    let functions = file.semantic.nodes().iter().map(|node| node.id()).filter(|node| file.is_function(*node));
    let mut named = functions.filter(|node| inside(&file.at(*node), at) && is_named(file, *node, direction));
    let body = match file.kind(named.next()?) {
        AstKind::Function(it) => it.body.as_ref()?,
        AstKind::ArrowFunctionExpression(it) => match &it.body {
            ArrowFunctionBody::FunctionBody(body) => body,
            body => return Some(range(body.span())),
        },
        _ => return None,
    };
    let (first, last) = (body.statements.first()?, body.statements.last()?);
    Some(range(first.span()).start..range(last.span()).end)
}

/// The largest node that starts where the stretch starts and ends within it, in a list of statements.
fn outermost(file: &File<'_, '_>, at: &Range<usize>) -> Option<NodeId> {
    let fits = |node: NodeId| {
        let own = file.at(node);
        own.start == at.start && own.end <= at.end
    };
    let start = file.semantic.nodes().iter().map(|node| node.id()).find(|node| {
        fits(*node) && {
            let parent = file.parent_kind(*node);
            let list = matches!(
                parent,
                AstKind::FunctionBody(_) | AstKind::BlockStatement(_) | AstKind::Program(_) | AstKind::IfStatement(_)
            );
            let body = matches!(parent, AstKind::ArrowFunctionExpression(it)
                if range(it.body.span()) == file.at(*node) && !matches!(it.body, ArrowFunctionBody::FunctionBody(_)));
            let test = matches!(parent, AstKind::IfStatement(it) if range(it.test.span()).start == at.start);
            (list || body) && !test
        }
    })?;
    let whole = file.list(file.parent(start)).map_or_else(
        || file.at(start) == *at,
        // It ends where one of the statements ends.
        |list| list.iter().any(|one| one.end == at.end && one.start >= at.start),
    );
    whole.then_some(start)
}

/// Whether a `try` only cleans up before it hands on what failed.
fn rethrows(it: &TryStatement<'_>) -> bool {
    it.finalizer.is_none()
        && it
            .handler
            .as_ref()
            .is_some_and(|handler| matches!(handler.body.body.last(), Some(Statement::ThrowStatement(_))))
}

/// Whether a function is what the script calls by a name: `up` or `down`.
fn is_named(file: &File<'_, '_>, function: NodeId, name: &str) -> bool {
    let own = match file.kind(function) {
        AstKind::Function(it) => it.id.as_ref().is_some_and(|id| id.name == name),
        _ => false,
    };
    let (child, parent) = file.bare_parent(function);
    own || match file.kind(parent) {
        AstKind::MethodDefinition(it) => it.key.static_name().is_some_and(|key| key == name),
        AstKind::PropertyDefinition(it) => it.key.static_name().is_some_and(|key| key == name),
        AstKind::ObjectProperty(it) => it.key.static_name().is_some_and(|key| key == name),
        AstKind::VariableDeclarator(it) => {
            matches!(&it.id, BindingPattern::BindingIdentifier(id) if id.name == name)
        }
        AstKind::AssignmentExpression(it) => {
            range(it.right.span()) == file.at(child)
                && matches!(&it.left, AssignmentTarget::StaticMemberExpression(member) if member.property.name == name)
        }
        _ => false,
    }
}

/// Whether a function within another is run once, where it stands: what a transaction calls, or one called at once.
fn runs_once(file: &File<'_, '_>, function: NodeId) -> bool {
    let (child, parent) = file.bare_parent(function);
    let AstKind::CallExpression(call) = file.kind(parent) else { return false };
    if range(call.callee.span()) == file.at(child) {
        return true;
    }
    let is_transaction = matches!(&call.callee, Expression::StaticMemberExpression(member)
        if member.property.name == "transaction");
    if !is_transaction {
        return false;
    }
    // `await x.transaction(…)`, `return x.transaction(…)` and the body of an arrow function; nothing is chained on it.
    let (_, around) = file.bare_parent(parent);
    matches!(
        file.kind(around),
        AstKind::AwaitExpression(_)
            | AstKind::ReturnStatement(_)
            | AstKind::ArrowFunctionExpression(_)
            | AstKind::ExpressionStatement(_)
    ) && inside(&file.at(child), &range(call.span))
}

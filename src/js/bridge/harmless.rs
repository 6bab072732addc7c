//! Whether a use of a name can leave what it stands for changed.

use super::file::{File, Reference, inside, range};
use oxc::ast::AstKind;
use oxc::ast::ast::*;
use oxc::semantic::NodeId;
use oxc::span::GetSpan;
use std::ops::Range;

/// Methods of lists and texts that change nothing themselves.
const READING: [&str; 34] = [
    "at",
    "concat",
    "endsWith",
    "entries",
    "every",
    "filter",
    "find",
    "findIndex",
    "flat",
    "flatMap",
    "forEach",
    "get",
    "has",
    "includes",
    "indexOf",
    "join",
    "keys",
    "localeCompare",
    "map",
    "match",
    "padStart",
    "reduce",
    "replace",
    "replaceAll",
    "slice",
    "some",
    "split",
    "startsWith",
    "substring",
    "toLowerCase",
    "toString",
    "toUpperCase",
    "trim",
    "values",
];

/// Globals, and members of such, that only look at what they are given.
const LOOKING: [&str; 12] = [
    "Array.isArray",
    "BigInt",
    "Boolean",
    "JSON.stringify",
    "Number",
    "Object.entries",
    "Object.keys",
    "Object.values",
    "String",
    "console",
    "parseFloat",
    "parseInt",
];

/// Whether a use leaves everything as it is. `chains` are the calls of the tool, which only look at what they are given.
pub(super) fn is_harmless(file: &File<'_, '_>, reference: &Reference, chains: &[Range<usize>]) -> bool {
    !reference.flags.is_write() && value(file, reference.node, chains, 0)
}

fn value(file: &File<'_, '_>, node: NodeId, chains: &[Range<usize>], depth: usize) -> bool {
    if depth > 40 {
        return false;
    }
    let (child, parent) = file.bare_parent(node);
    let at = file.at(child);
    match file.kind(parent) {
        AstKind::StaticMemberExpression(member) if range(member.object.span()) == at => {
            let called = file.calls(parent).filter(|call| range(call.callee.span()) == file.at(parent));
            match called {
                Some(_) => READING.contains(&member.property.name.as_str()),
                None => part(file, parent, chains, depth),
            }
        }
        AstKind::ComputedMemberExpression(member) => {
            if range(member.object.span()) != at {
                return true;
            }
            let called = file.calls(parent).is_some_and(|call| range(call.callee.span()) == file.at(parent));
            !called && part(file, parent, chains, depth)
        }
        AstKind::TemplateLiteral(_) | AstKind::BinaryExpression(_) => true,
        AstKind::UnaryExpression(it) => it.operator != UnaryOperator::Delete,
        AstKind::IfStatement(_) => true,
        AstKind::ConditionalExpression(it) => range(it.test.span()) == at || value(file, parent, chains, depth + 1),
        AstKind::LogicalExpression(_) => value(file, parent, chains, depth + 1),
        AstKind::ChainExpression(_) => value(file, parent, chains, depth + 1),
        AstKind::ObjectProperty(_) | AstKind::ArrayExpression(_) | AstKind::SpreadElement(_) => {
            value(file, parent, chains, depth + 1) || chains.iter().any(|chain| inside(&at, chain))
        }
        AstKind::ObjectExpression(_) => value(file, parent, chains, depth + 1),
        AstKind::CallExpression(call) => {
            range(call.callee.span()) != at
                && (LOOKING.contains(&named(&call.callee).as_str())
                    || LOOKING.contains(&named(&call.callee).split('.').next().unwrap_or_default())
                    || chains.iter().any(|chain| *chain == file.at(parent) || is_argument(file, parent, chain)))
        }
        _ => false,
    }
}

/// Whether a call is one of a chain that goes on behind it.
fn is_argument(file: &File<'_, '_>, call: NodeId, chain: &Range<usize>) -> bool {
    file.at(call).start == chain.start && inside(&file.at(call), chain)
}

/// A member that is read: where it goes may give another name to what it holds.
fn part(file: &File<'_, '_>, member: NodeId, chains: &[Range<usize>], depth: usize) -> bool {
    let (_, parent) = file.bare_parent(member);
    match file.kind(parent) {
        AstKind::AssignmentExpression(_) | AstKind::UpdateExpression(_) => false,
        _ => value(file, member, chains, depth + 1),
    }
}

/// The name of what is called: `Object.keys`.
fn named(callee: &Expression<'_>) -> String {
    match callee {
        Expression::Identifier(id) => id.name.to_string(),
        Expression::StaticMemberExpression(member) => match &member.object {
            Expression::Identifier(id) => format!("{}.{}", id.name, member.property.name),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

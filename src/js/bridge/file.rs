//! A parsed script with what its names stand for, and the ways up from a node of its tree.

use oxc::ast::AstKind;
use oxc::ast::ast::*;
use oxc::semantic::{NodeId, ReferenceFlags, Semantic, SymbolId};
use oxc::span::GetSpan;
use std::ops::Range;

/// A parsed script.
pub(super) struct File<'s, 'a> {
    pub text: &'s str,
    pub semantic: &'s Semantic<'a>,
}

/// A place where a name is used.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    pub node: NodeId,
    /// What it stands for; `None` for a global.
    pub symbol: Option<SymbolId>,
    pub flags: ReferenceFlags,
    pub at: Range<usize>,
}

/// A place as bytes.
pub(super) fn range(span: oxc::span::Span) -> Range<usize> {
    span.start as usize..span.end as usize
}

/// Whether a stretch lies within another.
pub(super) fn inside(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

impl<'a> File<'_, 'a> {
    pub fn kind(&self, node: NodeId) -> AstKind<'a> {
        self.semantic.nodes().kind(node)
    }

    pub fn parent(&self, node: NodeId) -> NodeId {
        self.semantic.nodes().parent_id(node)
    }

    pub fn parent_kind(&self, node: NodeId) -> AstKind<'a> {
        self.semantic.nodes().parent_kind(node)
    }

    pub fn at(&self, node: NodeId) -> Range<usize> {
        range(self.kind(node).span())
    }

    /// The nodes around a node, from the inside out, without itself.
    pub fn around(&self, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        self.semantic.nodes().ancestor_ids(node)
    }

    /// What an identifier stands for.
    pub fn symbol(&self, id: &IdentifierReference<'_>) -> Option<SymbolId> {
        let reference = id.reference_id.get()?;
        self.semantic.scoping().get_reference(reference).symbol_id()
    }

    /// Whether an identifier stands for something that the script does not declare, and is no type.
    pub fn is_global_value(&self, id: &IdentifierReference<'_>) -> bool {
        id.reference_id.get().is_some_and(|reference| {
            let reference = self.semantic.scoping().get_reference(reference);
            reference.symbol_id().is_none() && reference.flags().is_value()
        })
    }

    pub fn name(&self, symbol: SymbolId) -> &str {
        self.semantic.scoping().symbol_name(symbol)
    }

    /// The node that declares a name.
    pub fn declaration(&self, symbol: SymbolId) -> NodeId {
        self.semantic.scoping().symbol_declaration(symbol)
    }

    /// Where a name is declared.
    pub fn declared_at(&self, symbol: SymbolId) -> Range<usize> {
        range(self.semantic.scoping().symbol_span(symbol))
    }

    /// All uses of names as values, in order.
    pub fn references(&self) -> Vec<Reference> {
        let mut found = Vec::new();
        for node in self.semantic.nodes().iter() {
            let AstKind::IdentifierReference(id) = node.kind() else { continue };
            let Some(reference) = id.reference_id.get() else { continue };
            let reference = self.semantic.scoping().get_reference(reference);
            if reference.flags().is_type() && !reference.flags().is_value() {
                continue;
            }
            found.push(Reference {
                node: node.id(),
                symbol: reference.symbol_id(),
                flags: reference.flags(),
                at: range(id.span),
            });
        }
        found.sort_by_key(|reference| reference.at.start);
        found
    }

    /// Whether a name is given a value anywhere but where it is declared.
    pub fn is_set_again(&self, symbol: SymbolId) -> bool {
        self.semantic.scoping().symbol_is_mutated(symbol)
    }

    /// The function around a node, if there is one.
    pub fn function(&self, node: NodeId) -> Option<NodeId> {
        self.around(node).find(|node| self.is_function(*node))
    }

    pub fn is_function(&self, node: NodeId) -> bool {
        matches!(self.kind(node), AstKind::Function(_) | AstKind::ArrowFunctionExpression(_))
    }

    /// The statements of a list, if a node holds one.
    pub fn list(&self, node: NodeId) -> Option<Vec<Range<usize>>> {
        let spans = |statements: &[Statement<'_>]| statements.iter().map(|one| range(one.span())).collect();
        Some(match self.kind(node) {
            AstKind::Program(it) => spans(&it.body),
            AstKind::FunctionBody(it) => spans(&it.statements),
            AstKind::BlockStatement(it) => spans(&it.body),
            _ => return None,
        })
    }

    /// The call that a node is called by, or an argument of.
    pub fn calls(&self, node: NodeId) -> Option<&'a CallExpression<'a>> {
        match self.parent_kind(node) {
            AstKind::CallExpression(call) => Some(call),
            _ => None,
        }
    }

    /// Past what changes nothing about a value: parentheses, types, the frame of `?.`.
    pub fn bare_parent(&self, node: NodeId) -> (NodeId, NodeId) {
        let mut child = node;
        loop {
            let parent = self.parent(child);
            match self.kind(parent) {
                AstKind::ParenthesizedExpression(_)
                | AstKind::TSAsExpression(_)
                | AstKind::TSNonNullExpression(_)
                | AstKind::TSSatisfiesExpression(_)
                | AstKind::TSTypeAssertion(_) => child = parent,
                _ => return (child, parent),
            }
        }
    }
}

/// The name of a property that stands there.
pub(super) fn key(key: &PropertyKey<'_>, computed: bool) -> Option<String> {
    match key {
        PropertyKey::StaticIdentifier(id) if !computed => Some(id.name.to_string()),
        PropertyKey::StringLiteral(text) => Some(text.value.to_string()),
        PropertyKey::NumericLiteral(number) if !computed => Some(number.value.to_string()),
        _ => None,
    }
}

/// Whether an expression is `Promise.all`.
pub(super) fn is_promise_all(callee: &Expression<'_>) -> bool {
    matches!(callee, Expression::StaticMemberExpression(member)
        if member.property.name == "all" && matches!(&member.object, Expression::Identifier(id) if id.name == "Promise"))
}

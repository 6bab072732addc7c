//! Which names of a script belong to its tool: parameters of `up` and `down`, what is imported from the tool's package,
//! parts of these under another name, and parameters of the script's own functions that are given nothing else.

use super::file::{File, Reference, key, range};
use super::{Handle, Stretch};
use oxc::ast::AstKind;
use oxc::ast::ast::*;
use oxc::semantic::{NodeId, SymbolId};
use oxc::span::GetSpan;
use std::collections::BTreeMap;

/// What the names are that belong to the tool.
pub(super) type Handles = BTreeMap<SymbolId, Handle>;

/// Finds them; `entry` is the function that the stretch stands in.
pub(super) fn find(file: &File<'_, '_>, stretch: &Stretch<'_>, entry: NodeId, references: &[Reference]) -> Handles {
    let mut search = Search { file, stretch, found: Handles::new() };
    search.entry(entry);
    search.imports();
    loop {
        let before = search.found.len();
        search.aliases();
        search.parameters(references);
        if search.found.len() == before {
            return search.found;
        }
    }
}

struct Search<'f, 's, 'a, 'p> {
    file: &'f File<'s, 'a>,
    stretch: &'f Stretch<'p>,
    found: Handles,
}

fn parameters<'a>(kind: &AstKind<'a>) -> Option<&'a FormalParameters<'a>> {
    match kind {
        AstKind::Function(function) => Some(&function.params),
        AstKind::ArrowFunctionExpression(function) => Some(&function.params),
        _ => None,
    }
}

impl<'a> Search<'_, '_, 'a, '_> {
    fn put(&mut self, pattern: &BindingPattern<'_>, handle: Handle) {
        match pattern {
            BindingPattern::BindingIdentifier(id) => {
                if let Some(symbol) = id.symbol_id.get()
                    && !self.file.is_set_again(symbol)
                {
                    self.found.entry(symbol).or_insert(handle);
                }
            }
            BindingPattern::ObjectPattern(pattern) if pattern.rest.is_none() => {
                for property in &pattern.properties {
                    if let Some(name) = key(&property.key, property.computed)
                        && let Some(inner) = self.member(&handle, &name)
                    {
                        self.put(&property.value, inner);
                    }
                }
            }
            _ => {}
        }
    }

    /// What a member of a handle is.
    fn member(&self, handle: &Handle, name: &str) -> Option<Handle> {
        let known = self.stretch.members.iter().find(|(of, member, _)| of == handle && *member == name);
        match (known, handle) {
            (Some((_, _, what)), _) => Some(what.clone()),
            (None, Handle::Library) => Some(Handle::Named(name.to_owned())),
            _ => None,
        }
    }

    fn entry(&mut self, entry: NodeId) {
        let Some(parameters) = parameters(&self.file.kind(entry)) else { return };
        for (parameter, handle) in parameters.items.iter().zip(self.stretch.parameters) {
            let (BindingPattern::ObjectPattern(pattern), Handle::Runner) = (&parameter.pattern, handle) else {
                self.put(&parameter.pattern, handle.clone());
                continue;
            };
            // umzug hands the query interface over as `context`.
            let context =
                pattern.properties.iter().find(|one| key(&one.key, one.computed).as_deref() == Some("context"));
            match context {
                Some(context) => self.put(&context.value, Handle::Runner),
                None => self.put(&parameter.pattern, Handle::Runner),
            }
        }
    }

    fn imports(&mut self) {
        for node in self.file.semantic.nodes().iter() {
            match node.kind() {
                AstKind::ImportDeclaration(import) if self.is_ours(import.source.value.as_str()) => {
                    for one in import.specifiers.iter().flatten() {
                        let handle = match one {
                            ImportDeclarationSpecifier::ImportSpecifier(one) => named(one.imported.name().as_str()),
                            _ => Handle::Library,
                        };
                        if let Some(symbol) = one.local().symbol_id.get() {
                            self.found.insert(symbol, handle);
                        }
                    }
                }
                AstKind::TSImportEqualsDeclaration(import) => {
                    if let TSModuleReference::ExternalModuleReference(from) = &import.module_reference
                        && self.is_ours(from.expression.value.as_str())
                        && let Some(symbol) = import.id.symbol_id.get()
                    {
                        self.found.insert(symbol, Handle::Library);
                    }
                }
                AstKind::VariableDeclarator(declarator) => {
                    let (call, member) = match &declarator.init {
                        Some(Expression::StaticMemberExpression(member)) => {
                            (&member.object, Some(member.property.name.to_string()))
                        }
                        Some(init) => (init, None),
                        None => continue,
                    };
                    if required(call).is_some_and(|module| self.is_ours(module)) {
                        let handle = member.map_or(Handle::Library, |member| named(&member));
                        self.put(&declarator.id, handle);
                    }
                }
                _ => {}
            }
        }
    }

    fn is_ours(&self, module: &str) -> bool {
        self.stretch.packages.contains(&module)
    }

    /// `const { sequelize } = queryInterface;`
    fn aliases(&mut self) {
        for node in self.file.semantic.nodes().iter() {
            let AstKind::VariableDeclarator(declarator) = node.kind() else { continue };
            let Some(init) = &declarator.init else { continue };
            if let Expression::AwaitExpression(wait) = init {
                // `const t = await queryInterface.sequelize.transaction();`
                if let Expression::CallExpression(call) = &wait.argument
                    && call.arguments.is_empty()
                    && let Expression::StaticMemberExpression(member) = &call.callee
                    && member.property.name == "transaction"
                    && self.value(&member.object) == Some(Handle::Connection)
                {
                    self.put(&declarator.id, Handle::Transaction);
                }
                continue;
            }
            if let Some(handle) = self.value(init) {
                self.put(&declarator.id, handle);
            }
        }
    }

    /// The handle that an expression is.
    fn value(&self, expression: &Expression<'a>) -> Option<Handle> {
        match expression.without_parentheses() {
            Expression::Identifier(id) => self.found.get(&self.file.symbol(id)?).cloned(),
            Expression::StaticMemberExpression(member) => {
                self.member(&self.value(&member.object)?, member.property.name.as_str())
            }
            Expression::TSAsExpression(it) => self.value(&it.expression),
            _ => None,
        }
    }

    /// Parameters of functions that are given handles: those of the script, by all their calls, and those that a
    /// transaction calls.
    fn parameters(&mut self, references: &[Reference]) {
        let mut given: BTreeMap<SymbolId, Vec<Option<Handle>>> = BTreeMap::new();
        let mut patterns = Vec::new();
        for node in self.file.semantic.nodes().iter() {
            let kind = node.kind();
            let Some(parameters) = parameters(&kind) else { continue };
            let name = match kind {
                AstKind::Function(function) if function.is_declaration() => {
                    function.id.as_ref().and_then(|id| id.symbol_id.get())
                }
                _ => match self.file.parent_kind(node.id()) {
                    AstKind::VariableDeclarator(declarator) => match &declarator.id {
                        BindingPattern::BindingIdentifier(id) => id.symbol_id.get(),
                        _ => None,
                    },
                    AstKind::CallExpression(call) => {
                        self.transaction(call, node.id(), parameters, &mut patterns);
                        None
                    }
                    _ => None,
                },
            };
            let Some(name) = name.filter(|name| !self.file.is_set_again(*name)) else { continue };
            let calls = given.entry(name).or_insert_with(|| self.given(name, references));
            for (parameter, handle) in parameters.items.iter().zip(calls.iter()) {
                if let Some(handle) = handle {
                    patterns.push((&parameter.pattern, handle.clone()));
                }
            }
        }
        for (pattern, handle) in patterns {
            self.put(pattern, handle);
        }
    }

    /// The parameter of a function that `transaction` calls.
    fn transaction(
        &self,
        call: &CallExpression<'a>,
        function: NodeId,
        parameters: &'a FormalParameters<'a>,
        patterns: &mut Vec<(&'a BindingPattern<'a>, Handle)>,
    ) {
        let at = self.file.at(function);
        let Expression::StaticMemberExpression(member) = &call.callee else { return };
        if member.property.name != "transaction" || !call.arguments.iter().any(|one| range(one.span()) == at) {
            return;
        }
        let Some(first) = parameters.items.first() else { return };
        match self.value(&member.object) {
            Some(Handle::Runner) => patterns.push((&first.pattern, Handle::Runner)),
            Some(Handle::Connection) => patterns.push((&first.pattern, Handle::Transaction)),
            _ => {}
        }
    }

    /// What a function is given at each place, where all its calls agree; nothing where it is used in another way.
    fn given(&self, name: SymbolId, references: &[Reference]) -> Vec<Option<Handle>> {
        let mut agreed: Option<Vec<Option<Handle>>> = None;
        for reference in references.iter().filter(|one| one.symbol == Some(name)) {
            let Some(call) = self.file.calls(reference.node).filter(|call| range(call.callee.span()) == reference.at)
            else {
                return Vec::new();
            };
            let handles: Vec<Option<Handle>> =
                call.arguments.iter().map(|one| one.as_expression().and_then(|one| self.value(one))).collect();
            agreed = Some(match agreed {
                None => handles,
                Some(before) => {
                    let both = before.into_iter().zip(handles);
                    both.map(|(one, other)| one.filter(|one| Some(one) == other.as_ref())).collect()
                }
            });
        }
        agreed.unwrap_or_default()
    }
}

fn named(name: &str) -> Handle {
    match name {
        "default" => Handle::Library,
        name => Handle::Named(name.to_owned()),
    }
}

/// The module of `require('module')`.
pub(super) fn required<'e>(expression: &'e Expression<'_>) -> Option<&'e str> {
    match expression.without_parentheses() {
        Expression::CallExpression(call) => match (&call.callee, call.arguments.as_slice()) {
            (Expression::Identifier(name), [Argument::StringLiteral(module)]) if name.name == "require" => {
                Some(module.value.as_str())
            }
            _ => None,
        },
        _ => None,
    }
}

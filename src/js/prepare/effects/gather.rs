//! Everything in a script that changes something, that may hold something else, or that calls for a function, with where it
//! stands.

use super::super::instrument::ENTRIES;
use super::calls::{Kept, Passed};
use super::roots::{Name, Parts, Root, STATIC, made_with};
use oxc::ast::ast::*;
use oxc::ast_visit::{Visit, walk};
use oxc::semantic::{ScopeFlags, ScopeId, Scoping, SymbolFlags, SymbolId};
use oxc::span::{GetSpan, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What every method of a class is called by as well: which of them it is may be worked out.
pub(super) const ANY: &str = "*";

/// What has been thrown.
const THROWN: Root = Root::Sum(u32::MAX);

/// A place at which something is changed.
pub(super) struct Site {
    pub at: u32,
    pub what: What,
}

/// What is changed.
pub(super) enum What {
    /// A name comes to stand for something else.
    Assigns(Root),
    /// What is reached by these, and what they may hold; whether it is a member that is assigned.
    Changes { roots: Vec<Root>, member: bool },
    /// The same, unless what is called by the name is all in the file.
    Hands { to: SymbolId, roots: Vec<Root> },
}

/// The walk, and what it has come by.
pub(super) struct Gather<'s> {
    pub scoping: &'s Scoping,
    pub sites: Vec<Site>,
    /// Names, with where they stand.
    pub uses: Vec<(u32, Name)>,
    /// What may be, or hold, one another.
    pub unions: Vec<Vec<Root>>,
    /// The functions that are called by a name.
    pub functions: BTreeMap<Name, Vec<Span>>,
    /// The names that stand for what others stand for.
    pub links: BTreeMap<Name, Vec<Name>>,
    pub passed: Vec<Passed>,
    pub kept: Vec<Kept>,
    /// Names that are called.
    pub called: BTreeSet<SymbolId>,
    /// The parameters of each function, by its first byte.
    pub parameters: BTreeMap<u32, Vec<Vec<SymbolId>>>,
    /// The functions, and the classes.
    pub spans: Vec<Span>,
    pub classes: Vec<Span>,
    pub entries: Vec<Span>,
    /// Names that functions use which do not declare them.
    pub captured: BTreeSet<SymbolId>,
    /// Where the declarations of names end that stand for nothing before.
    pub until: BTreeMap<SymbolId, u32>,
    /// Names that are declared as functions.
    pub fixed: BTreeSet<SymbolId>,
    /// Names of what other modules export.
    pub imports: BTreeSet<SymbolId>,
    /// Names of what a tool hands over, and of what that makes.
    pub of_tool: BTreeSet<SymbolId>,
    /// Those of them that the tool itself gives to a function.
    pub handed: BTreeSet<SymbolId>,
    /// What `this` is, the innermost last.
    owners: Vec<u32>,
    /// The scopes of the functions that are open.
    open: Vec<Option<ScopeId>>,
}

impl<'s> Gather<'s> {
    /// Nothing yet. `of_tool` is what another walk has found out.
    pub fn new(scoping: &'s Scoping, of_tool: BTreeSet<SymbolId>) -> Self {
        Gather {
            scoping,
            sites: Vec::new(),
            uses: Vec::new(),
            unions: Vec::new(),
            functions: BTreeMap::new(),
            links: BTreeMap::new(),
            passed: Vec::new(),
            kept: Vec::new(),
            called: BTreeSet::new(),
            parameters: BTreeMap::new(),
            spans: Vec::new(),
            classes: Vec::new(),
            entries: Vec::new(),
            captured: BTreeSet::new(),
            until: BTreeMap::new(),
            fixed: BTreeSet::new(),
            imports: BTreeSet::new(),
            of_tool,
            handed: BTreeSet::new(),
            owners: Vec::new(),
            open: Vec::new(),
        }
    }

    pub fn symbol(&self, name: &IdentifierReference<'_>) -> Option<SymbolId> {
        self.scoping.get_reference(name.reference_id.get()?).symbol_id()
    }

    pub fn root(&self, name: &IdentifierReference<'_>) -> Root {
        self.symbol(name).map_or_else(|| Root::Global(name.name.to_string()), Root::Symbol)
    }

    /// Whether all of these are of what a tool hands over.
    pub fn are_of_tool(&self, roots: &[Root]) -> bool {
        let of_tool = |root: &Root| matches!(root, Root::Symbol(symbol) if self.of_tool.contains(symbol));
        !roots.is_empty() && roots.iter().all(of_tool)
    }

    /// Whether a name is that of what another module exports.
    pub fn is_import(&self, root: &Root) -> bool {
        let Root::Symbol(symbol) = root else { return false };
        let flags = self.scoping.symbol_flags(*symbol);
        self.imports.contains(symbol) || flags.intersects(SymbolFlags::Import)
    }

    /// Whether a name is that of a function, as far as has been seen.
    pub fn is_function(&self, symbol: SymbolId) -> bool {
        self.functions.contains_key(&Name::Symbol(symbol))
    }

    /// The function that a scope is in, or the file.
    pub fn function_of(&self, scope: ScopeId) -> Option<ScopeId> {
        let is_function = |scope: &ScopeId| self.scoping.scope_flags(*scope).intersects(ScopeFlags::Function);
        self.scoping.scope_ancestors(scope).find(is_function)
    }

    /// The names that parameters bind, a list for each.
    pub fn bound(&self, parameters: &FormalParameters<'_>) -> Vec<Vec<SymbolId>> {
        let symbols = |pattern: &BindingPattern<'_>| self.symbols(pattern);
        let rest = parameters.rest.iter().map(|rest| symbols(&rest.rest.argument));
        parameters.items.iter().map(|item| symbols(&item.pattern)).chain(rest).collect()
    }

    fn symbols(&self, pattern: &BindingPattern<'_>) -> Vec<SymbolId> {
        pattern.get_binding_identifiers().iter().filter_map(|id| id.symbol_id.get()).collect()
    }

    fn this(&self) -> Option<u32> {
        self.owners.last().copied()
    }

    pub fn roots_of(&self, expression: &Expression<'_>) -> Vec<Root> {
        let mut roots = Vec::new();
        self.roots(expression, self.this(), &mut roots);
        roots
    }

    pub fn parts<'g>(&'g self, expression: &Expression<'_>) -> Parts<'g, 's> {
        let mut parts = Parts { gather: self, functions: Vec::new(), names: Vec::new() };
        parts.visit_expression(expression);
        parts
    }

    /// Names come to stand for a value.
    fn stand_for(&mut self, names: &[Name], value: &Expression<'_>) {
        let Parts { functions, names: others, .. } = self.parts(value);
        for name in names {
            self.functions.entry(name.clone()).or_default().extend(functions.iter().copied());
            self.links.entry(name.clone()).or_default().extend(others.iter().cloned());
        }
    }

    /// What has these roots may come to hold a value.
    fn hold(&mut self, mut roots: Vec<Root>, value: &Expression<'_>) {
        self.roots(value, self.this(), &mut roots);
        self.unions.push(roots);
    }

    /// Names that are declared with a value: those of what the tool hands over stand for something of the tool's as well.
    fn declare(&mut self, symbols: &[SymbolId], value: &Expression<'_>) {
        let names: Vec<Name> = symbols.iter().copied().map(Name::Symbol).collect();
        self.stand_for(&names, value);
        let roots = self.roots_of(value);
        let once = !symbols.iter().any(|one| self.scoping.symbol_is_mutated(*one));
        if once && self.is_of_tool(value) {
            self.of_tool.extend(symbols);
        }
        if once && matches!(roots.as_slice(), [Root::Global(name)] if name == "require") {
            self.imports.extend(symbols);
        }
        self.hold(symbols.iter().copied().map(Root::Symbol).collect(), value);
    }

    /// Names that are seen outside of what declares them.
    fn declared_by_var(&mut self, declarator: &VariableDeclarator<'_>) {
        let assigned = self.symbols(&declarator.id).into_iter().map(|symbol| What::Assigns(Root::Symbol(symbol)));
        self.sites.extend(assigned.map(|what| Site { at: declarator.span.start, what }));
    }

    fn changes(&mut self, at: Span, object: &Expression<'_>, member: bool) {
        let roots = self.roots_of(object);
        self.sites.push(Site { at: at.start, what: What::Changes { roots, member } });
    }

    fn assigns(&mut self, name: &IdentifierReference<'_>) {
        self.sites.push(Site { at: name.span.start, what: What::Assigns(self.root(name)) });
    }

    fn function(
        &mut self,
        span: Span,
        scope: Option<ScopeId>,
        params: &FormalParameters<'_>,
        visit: impl FnOnce(&mut Self),
    ) {
        self.spans.push(span);
        self.parameters.insert(span.start, self.bound(params));
        self.open.push(scope);
        visit(self);
        self.open.pop();
    }

    /// A member of the class that is being visited.
    fn member_of_class(&mut self, is_static: bool, visit: impl FnOnce(&mut Self)) {
        let class = self.this().unwrap_or_default();
        self.owners.push(if is_static { class | STATIC } else { class });
        visit(self);
        self.owners.pop();
    }

    /// Whether a function of that name is one that the tool calls.
    fn is_entry(&self, name: Option<&str>) -> bool {
        self.open.is_empty() && name.is_some_and(|name| ENTRIES.contains(&name))
    }

    fn entry(&mut self, span: Span, params: &FormalParameters<'_>) {
        self.entries.push(span);
        let handed = self.bound(params).into_iter().flatten();
        let handed: Vec<SymbolId> = handed.filter(|symbol| !self.scoping.symbol_is_mutated(*symbol)).collect();
        self.of_tool.extend(&handed);
        self.handed.extend(handed);
    }

    /// A value under a name.
    fn value(&mut self, name: Option<&str>, value: &Expression<'_>) {
        let entry = self.is_entry(name);
        match value {
            Expression::FunctionExpression(function) if entry => self.entry(function.span, &function.params),
            Expression::ArrowFunctionExpression(function) if entry => self.entry(function.span, &function.params),
            _ => {}
        }
    }
}

/// What an assignment is to.
struct Targets<'g, 's> {
    gather: &'g Gather<'s>,
    roots: Vec<Root>,
    names: Vec<Name>,
}

impl<'a> Visit<'a> for Targets<'_, '_> {
    fn visit_simple_assignment_target(&mut self, it: &SimpleAssignmentTarget<'a>) {
        match it {
            SimpleAssignmentTarget::AssignmentTargetIdentifier(name) => {
                self.roots.push(self.gather.root(name));
                self.names.extend(self.gather.symbol(name).map(Name::Symbol));
            }
            target => {
                let Some(member) = target.as_member_expression() else {
                    let inner = target.get_expression().and_then(|inner| inner.get_identifier_reference());
                    self.roots.extend(inner.map(|name| self.gather.root(name)));
                    return;
                };
                self.names.push(Name::Member(member.static_property_name().unwrap_or_default().to_string()));
                let before = self.roots.len();
                self.gather.roots(member.object(), self.gather.this(), &mut self.roots);
                for root in self.roots.get(before..).unwrap_or_default() {
                    self.names.extend(match root {
                        Root::Symbol(symbol) => Some(Name::Symbol(*symbol)),
                        _ => None,
                    });
                }
            }
        }
    }

    fn visit_assignment_target_property_identifier(&mut self, it: &AssignmentTargetPropertyIdentifier<'a>) {
        self.roots.push(self.gather.root(&it.binding));
        self.names.extend(self.gather.symbol(&it.binding).map(Name::Symbol));
    }
}

impl<'a> Visit<'a> for Gather<'_> {
    fn visit_identifier_reference(&mut self, it: &IdentifierReference<'a>) {
        let Some(symbol) = self.symbol(it) else { return };
        self.uses.push((it.span.start, Name::Symbol(symbol)));
        let own = self.function_of(self.scoping.symbol_scope_id(symbol));
        if self.open.last().copied().flatten() != own {
            self.captured.insert(symbol);
        }
    }

    fn visit_static_member_expression(&mut self, it: &StaticMemberExpression<'a>) {
        self.uses.push((it.span.start, Name::Member(it.property.name.to_string())));
        walk::walk_static_member_expression(self, it);
    }

    fn visit_computed_member_expression(&mut self, it: &ComputedMemberExpression<'a>) {
        let name = it.static_property_name().map_or(ANY.to_owned(), |name| name.to_string());
        self.uses.push((it.span.start, Name::Member(name)));
        walk::walk_computed_member_expression(self, it);
    }

    fn visit_private_field_expression(&mut self, it: &PrivateFieldExpression<'a>) {
        self.uses.push((it.span.start, Name::Member(it.field.name.to_string())));
        walk::walk_private_field_expression(self, it);
    }

    fn visit_binding_property(&mut self, it: &BindingProperty<'a>) {
        if let Some(name) = it.key.static_name() {
            let member = Name::Member(name.into_owned());
            for symbol in self.symbols(&it.value) {
                self.links.entry(Name::Symbol(symbol)).or_default().push(member.clone());
            }
            self.uses.push((it.span.start, member));
        }
        walk::walk_binding_property(self, it);
    }

    fn visit_function(&mut self, it: &Function<'a>, flags: ScopeFlags) {
        if let Some(symbol) = it.id.as_ref().and_then(|id| id.symbol_id.get()) {
            self.functions.entry(Name::Symbol(symbol)).or_default().push(it.span);
            let roots = std::iter::once(Root::Symbol(symbol)).chain(self.returned(it)).collect();
            self.unions.push(roots);
        }
        if self.is_entry(it.id.as_ref().map(|id| id.name.as_str())) {
            self.entry(it.span, &it.params);
        }
        self.owners.push(it.span.start);
        self.function(it.span, it.scope_id.get(), &it.params, |this| walk::walk_function(this, it, flags));
        self.owners.pop();
    }

    fn visit_arrow_function_expression(&mut self, it: &ArrowFunctionExpression<'a>) {
        self.function(it.span, it.scope_id.get(), &it.params, |this| walk::walk_arrow_function_expression(this, it));
    }

    fn visit_class(&mut self, it: &Class<'a>) {
        self.classes.push(it.span);
        let mut roots = Vec::new();
        self.of_class(it, &mut roots);
        if let Some(symbol) = it.id.as_ref().and_then(|id| id.symbol_id.get()) {
            self.functions.entry(Name::Symbol(symbol)).or_default().extend(made_with(it));
            roots.push(Root::Symbol(symbol));
            if let Some(above) = &it.heritage {
                let names = self.parts(&above.expression).names;
                self.links.entry(Name::Symbol(symbol)).or_default().extend(names);
            }
        }
        self.unions.push(roots);
        self.owners.push(it.span.start);
        walk::walk_class(self, it);
        self.owners.pop();
    }

    fn visit_method_definition(&mut self, it: &MethodDefinition<'a>) {
        let name = it.key.static_name();
        self.visit_property_key(&it.key);
        let function = &it.value;
        let called = Name::Member(name.as_deref().unwrap_or_default().to_owned());
        self.functions.entry(called).or_default().push(function.span);
        self.functions.entry(Name::Member(ANY.to_owned())).or_default().push(function.span);
        if self.is_entry(name.as_deref()) {
            self.entry(function.span, &function.params);
        }
        // `this` is that of the class.
        self.member_of_class(it.r#static, |this| {
            this.function(function.span, function.scope_id.get(), &function.params, |this| {
                walk::walk_function(this, function, ScopeFlags::Function);
            });
        });
    }

    fn visit_static_block(&mut self, it: &StaticBlock<'a>) {
        self.member_of_class(true, |this| walk::walk_static_block(this, it));
    }

    fn visit_throw_statement(&mut self, it: &ThrowStatement<'a>) {
        self.hold(vec![THROWN], &it.argument);
        walk::walk_throw_statement(self, it);
    }

    fn visit_catch_parameter(&mut self, it: &CatchParameter<'a>) {
        let caught = self.symbols(&it.pattern).into_iter().map(Root::Symbol);
        self.unions.push(caught.chain([THROWN]).collect());
        walk::walk_catch_parameter(self, it);
    }

    fn visit_property_definition(&mut self, it: &PropertyDefinition<'a>) {
        if let Some(value) = &it.value {
            let name = it.key.static_name();
            self.stand_for(&[Name::Member(name.as_deref().unwrap_or_default().to_owned())], value);
            self.value(name.as_deref(), value);
        }
        self.member_of_class(it.r#static, |this| walk::walk_property_definition(this, it));
    }

    fn visit_object_property(&mut self, it: &ObjectProperty<'a>) {
        let name = it.key.static_name();
        self.stand_for(&[Name::Member(name.as_deref().unwrap_or_default().to_owned())], &it.value);
        self.value(name.as_deref(), &it.value);
        walk::walk_object_property(self, it);
    }

    fn visit_variable_declarator(&mut self, it: &VariableDeclarator<'a>) {
        let symbols = self.symbols(&it.id);
        if let Some(init) = &it.init {
            self.value(it.id.get_identifier_name().as_ref().map(|name| name.as_str()), init);
            self.declare(&symbols, init);
            self.until.extend(symbols.iter().map(|symbol| (*symbol, it.span.end)));
            if matches!(init, Expression::FunctionExpression(_) | Expression::ArrowFunctionExpression(_)) {
                self.fixed.extend(&symbols);
            }
        }
        walk::walk_variable_declarator(self, it);
    }

    fn visit_variable_declaration(&mut self, it: &VariableDeclaration<'a>) {
        if it.kind == VariableDeclarationKind::Var {
            for declarator in it.declarations.iter().filter(|declarator| declarator.init.is_some()) {
                self.declared_by_var(declarator);
            }
        }
        walk::walk_variable_declaration(self, it);
    }

    fn visit_assignment_pattern(&mut self, it: &AssignmentPattern<'a>) {
        let symbols = self.symbols(&it.left);
        self.declare(&symbols, &it.right);
        walk::walk_assignment_pattern(self, it);
    }

    fn visit_formal_parameter(&mut self, it: &FormalParameter<'a>) {
        if let Some(value) = &it.initializer {
            let symbols = self.symbols(&it.pattern);
            self.declare(&symbols, value);
        }
        walk::walk_formal_parameter(self, it);
    }

    fn visit_assignment_expression(&mut self, it: &AssignmentExpression<'a>) {
        let name = match &it.left {
            AssignmentTarget::StaticMemberExpression(member) => Some(member.property.name.as_str()),
            _ => None,
        };
        self.value(name, &it.right);
        let mut targets = Targets { gather: self, roots: Vec::new(), names: Vec::new() };
        targets.visit_assignment_target(&it.left);
        let Targets { roots, names, .. } = targets;
        self.stand_for(&names, &it.right);
        self.hold(roots, &it.right);
        walk::walk_assignment_expression(self, it);
    }

    fn visit_simple_assignment_target(&mut self, it: &SimpleAssignmentTarget<'a>) {
        match it {
            SimpleAssignmentTarget::AssignmentTargetIdentifier(name) => self.assigns(name),
            target => match target.as_member_expression() {
                Some(member) => self.changes(member.span(), member.object(), true),
                None => {
                    let inner = target.get_expression().and_then(|inner| inner.get_identifier_reference());
                    inner.into_iter().for_each(|name| self.assigns(name));
                }
            },
        }
        walk::walk_simple_assignment_target(self, it);
    }

    fn visit_assignment_target_property_identifier(&mut self, it: &AssignmentTargetPropertyIdentifier<'a>) {
        self.assigns(&it.binding);
        walk::walk_assignment_target_property_identifier(self, it);
    }

    fn visit_unary_expression(&mut self, it: &UnaryExpression<'a>) {
        let object = match &it.argument {
            Expression::ChainExpression(chain) => chain.expression.as_member_expression(),
            argument => argument.as_member_expression(),
        };
        if it.operator == UnaryOperator::Delete
            && let Some(member) = object
        {
            self.changes(it.span, member.object(), true);
        }
        walk::walk_unary_expression(self, it);
    }

    fn visit_for_of_statement(&mut self, it: &ForOfStatement<'a>) {
        match &it.left {
            ForStatementLeft::VariableDeclaration(variables) => {
                for declarator in &variables.declarations {
                    let symbols = self.symbols(&declarator.id);
                    self.declare(&symbols, &it.right);
                    if variables.kind == VariableDeclarationKind::Var {
                        self.declared_by_var(declarator);
                    }
                }
            }
            left => {
                let mut targets = Targets { gather: self, roots: Vec::new(), names: Vec::new() };
                left.as_assignment_target().into_iter().for_each(|target| targets.visit_assignment_target(target));
                let Targets { roots, .. } = targets;
                self.hold(roots, &it.right);
            }
        }
        walk::walk_for_of_statement(self, it);
    }

    fn visit_for_in_statement(&mut self, it: &ForInStatement<'a>) {
        if let ForStatementLeft::VariableDeclaration(variables) = &it.left
            && variables.kind == VariableDeclarationKind::Var
        {
            variables.declarations.iter().for_each(|declarator| self.declared_by_var(declarator));
        }
        walk::walk_for_in_statement(self, it);
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        self.call(it.span, &it.callee, &it.arguments);
        walk::walk_call_expression(self, it);
    }

    fn visit_new_expression(&mut self, it: &NewExpression<'a>) {
        self.call(it.span, &it.callee, &it.arguments);
        walk::walk_new_expression(self, it);
    }

    fn visit_tagged_template_expression(&mut self, it: &TaggedTemplateExpression<'a>) {
        let mut roots = Vec::new();
        it.quasi.expressions.iter().for_each(|value| self.roots(value, self.this(), &mut roots));
        if !self.is_of_tool(&it.tag) {
            self.sites.push(Site { at: it.span.start, what: What::Changes { roots, member: false } });
        }
        walk::walk_tagged_template_expression(self, it);
    }

    fn visit_ts_type_annotation(&mut self, _: &TSTypeAnnotation<'a>) {}

    fn visit_ts_type_parameter_instantiation(&mut self, _: &TSTypeParameterInstantiation<'a>) {}

    fn visit_ts_interface_declaration(&mut self, _: &TSInterfaceDeclaration<'a>) {}

    fn visit_ts_type_alias_declaration(&mut self, _: &TSTypeAliasDeclaration<'a>) {}

    fn visit_ts_type(&mut self, _: &TSType<'a>) {}
}

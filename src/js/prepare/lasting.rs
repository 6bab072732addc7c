//! Whether anything that a script's functions do lasts until the next call of one of them: only where certainly nothing
//! does, one engine can run the up and then the down as two engines would. What is in doubt counts as lasting.
//!
//! Nothing lasts where functions assign no name but their own, change no object but those that they have just made and
//! what the tool hands to `up` and `down`, and where nothing that remembers was made while the module was loaded. What can
//! change a member, or reach a function otherwise than by its name, asks for the guard `language` already (`needs.rs`).

use super::instrument::ENTRIES;
use super::needs::SELDOM;
use oxc::ast::ast::*;
use oxc::ast_visit::{Visit, walk};
use oxc::semantic::{ScopeFlags, ScopeId, Scoping, SemanticBuilder, SymbolId};
use std::collections::BTreeSet;

/// Methods that change what they are called on, or make it go on.
const CHANGING: [&str; 29] = [
    "add",
    "captureStackTrace",
    "clear",
    "compile",
    "copyWithin",
    "delete",
    "fill",
    "freeze",
    "next",
    "pop",
    "preventExtensions",
    "push",
    "reverse",
    "seal",
    "set",
    "setDate",
    "setFullYear",
    "setHours",
    "setMilliseconds",
    "setMinutes",
    "setMonth",
    "setSeconds",
    "setTime",
    "setYear",
    "shift",
    "sort",
    "splice",
    "throw",
    "unshift",
];

/// Methods of what a tool hands over that give back what they are given, or what a function gives that they are given.
const PASSING: [&str; 2] = ["create", "withoutForeignKeyChecks"];

/// Whether anything may last. `needs` is what guards have to stand before the script.
pub(super) fn is_lasting(program: &Program<'_>, needs: &str) -> bool {
    if needs.split(' ').any(|need| need == "language" || need == SELDOM) {
        return true;
    }
    let semantic = SemanticBuilder::new().build(program).semantic;
    let mut look = Look {
        scoping: semantic.scoping(),
        functions: Vec::new(),
        fresh: BTreeSet::new(),
        given: BTreeSet::new(),
        lasting: false,
    };
    look.visit_program(program);
    look.lasting
}

struct Look<'s> {
    scoping: &'s Scoping,
    /// The scopes of the functions that are open.
    functions: Vec<Option<ScopeId>>,
    /// Names of functions' own that hold what was made where they are declared.
    fresh: BTreeSet<SymbolId>,
    /// Names that hold what the tool hands over.
    given: BTreeSet<SymbolId>,
    lasting: bool,
}

impl Look<'_> {
    /// Whether what is being visited is run while the module is loaded.
    fn is_loading(&self) -> bool {
        self.functions.is_empty()
    }

    fn symbol(&self, name: &IdentifierReference<'_>) -> Option<SymbolId> {
        self.scoping.get_reference(name.reference_id.get()?).symbol_id()
    }

    /// Whether a name is global: nothing in the file declares it.
    fn is_global(&self, expression: &Expression<'_>, name: &str) -> bool {
        matches!(expression, Expression::Identifier(id) if id.name == name && self.symbol(id).is_none())
    }

    /// Whether a name is one that a function declares.
    fn is_own(&self, symbol: SymbolId) -> bool {
        let declared = self.scoping.symbol_scope_id(symbol);
        let inside = |scope: ScopeId| self.scoping.scope_flags(scope).intersects(ScopeFlags::Function);
        self.scoping.scope_ancestors(declared).any(inside)
    }

    fn function(&mut self, scope: Option<ScopeId>, visit: impl FnOnce(&mut Self)) {
        self.functions.push(scope);
        visit(self);
        self.functions.pop();
    }

    /// The parameters of a function that the tool calls.
    fn hand(&mut self, parameters: &FormalParameters<'_>) {
        let hand = |this: &mut Self, id: &BindingIdentifier<'_>| {
            if let Some(symbol) = id.symbol_id.get().filter(|symbol| !this.scoping.symbol_is_mutated(*symbol)) {
                this.given.insert(symbol);
            }
        };
        for parameter in parameters.items.iter().filter(|parameter| parameter.initializer.is_none()) {
            match &parameter.pattern {
                BindingPattern::BindingIdentifier(id) => hand(self, id),
                BindingPattern::ObjectPattern(object) => {
                    for property in &object.properties {
                        if let BindingPattern::BindingIdentifier(id) = &property.value {
                            hand(self, id);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// A value under a name: a function that the tool calls, if the name is one of theirs.
    fn value(&mut self, name: Option<&str>, value: &Expression<'_>) {
        if !self.is_loading() || !name.is_some_and(|name| ENTRIES.contains(&name)) {
            return;
        }
        match value {
            Expression::FunctionExpression(function) => self.hand(&function.params),
            Expression::ArrowFunctionExpression(function) => self.hand(&function.params),
            _ => {}
        }
    }

    /// Whether an expression is something that the tool handed over, or that a method of it gave. What is in what a method
    /// gave may be what the method was given.
    fn is_given(&self, expression: &Expression<'_>) -> bool {
        let mut at = expression;
        let mut inside = false;
        loop {
            at = match at {
                Expression::Identifier(name) => {
                    return self.symbol(name).is_some_and(|symbol| self.given.contains(&symbol));
                }
                Expression::StaticMemberExpression(member) => {
                    inside = true;
                    &member.object
                }
                Expression::CallExpression(call) if !inside => match &call.callee {
                    Expression::StaticMemberExpression(member) => {
                        match PASSING.contains(&member.property.name.as_str()) {
                            true => return false,
                            false => &member.object,
                        }
                    }
                    callee => callee,
                },
                Expression::ParenthesizedExpression(inner) => &inner.expression,
                Expression::TSAsExpression(inner) => &inner.expression,
                Expression::TSNonNullExpression(inner) => &inner.expression,
                _ => return false,
            };
        }
    }

    /// Whether an expression makes something that nothing else holds.
    fn is_made(&self, expression: &Expression<'_>) -> bool {
        match expression {
            Expression::ArrayExpression(_) | Expression::ObjectExpression(_) => true,
            Expression::NewExpression(new) => {
                ["Array", "Date", "Map", "Set"].iter().any(|name| self.is_global(&new.callee, name))
            }
            Expression::CallExpression(call) => self.lists(call),
            Expression::ParenthesizedExpression(inner) => self.is_made(&inner.expression),
            Expression::TSAsExpression(inner) => self.is_made(&inner.expression),
            _ => false,
        }
    }

    /// Whether a call makes a list of what is in an object.
    fn lists(&self, call: &CallExpression<'_>) -> bool {
        let Expression::StaticMemberExpression(member) = &call.callee else { return false };
        let lists = ["entries", "keys", "values"].contains(&member.property.name.as_str());
        lists && self.is_global(&member.object, "Object")
    }

    /// Whether what has this value may be changed: nobody sees it after the function.
    fn may_change(&self, expression: &Expression<'_>) -> bool {
        match expression {
            Expression::Identifier(name) if self.symbol(name).is_some_and(|symbol| self.fresh.contains(&symbol)) => {
                true
            }
            expression => self.is_made(expression) || self.is_given(expression),
        }
    }

    /// A member is named; `called` where it is a method that is called there.
    fn member(&mut self, object: &Expression<'_>, name: &str, called: bool) {
        if ENTRIES.contains(&name) {
            self.lasting = true;
        }
        if is_changing(name) {
            self.lasting |= !called || !self.may_change(object);
        }
        if ["entries", "keys", "matchAll", "values"].contains(&name) {
            // An iterator remembers how far it is.
            self.lasting |= self.is_loading() && !self.is_global(object, "Object");
        }
    }

    /// Something is taken out of an object under a name of the script's own choice.
    fn taken(&mut self, name: &str) {
        self.lasting |= is_changing(name) || ENTRIES.contains(&name);
    }

    /// A name of a function that the tool calls, where it is only said which.
    fn is_entry(&self, expression: &Expression<'_>) -> bool {
        matches!(expression, Expression::Identifier(id) if ENTRIES.contains(&id.name.as_str()))
    }
}

fn is_changing(name: &str) -> bool {
    CHANGING.contains(&name) || name.starts_with("setUTC")
}

/// Whether a call loads another module.
fn loads(look: &Look<'_>, call: &CallExpression<'_>) -> bool {
    look.is_global(&call.callee, "require") && matches!(call.arguments.as_slice(), [Argument::StringLiteral(_)])
}

impl<'a> Visit<'a> for Look<'_> {
    fn visit_function(&mut self, it: &Function<'a>, flags: ScopeFlags) {
        self.lasting |= it.generator;
        if self.is_loading() && it.id.as_ref().is_some_and(|id| ENTRIES.contains(&id.name.as_str())) {
            self.hand(&it.params);
        }
        self.function(it.scope_id.get(), |this| walk::walk_function(this, it, flags));
    }

    fn visit_arrow_function_expression(&mut self, it: &ArrowFunctionExpression<'a>) {
        self.function(it.scope_id.get(), |this| walk::walk_arrow_function_expression(this, it));
    }

    fn visit_identifier_reference(&mut self, it: &IdentifierReference<'a>) {
        self.lasting |= ENTRIES.contains(&it.name.as_str());
        let Some(reference) = it.reference_id.get().map(|id| self.scoping.get_reference(id)) else {
            self.lasting = true;
            return;
        };
        if reference.is_write() {
            self.lasting |= !reference.symbol_id().is_some_and(|symbol| self.is_own(symbol));
        }
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        self.lasting |= self.is_loading() && !loads(self, it) && !self.lists(it);
        match &it.callee {
            Expression::StaticMemberExpression(member) => {
                self.member(&member.object, &member.property.name, true);
                if member.property.name == "transaction" && self.is_given(&member.object) {
                    for argument in &it.arguments {
                        match argument {
                            Argument::FunctionExpression(function) => self.hand(&function.params),
                            Argument::ArrowFunctionExpression(function) => self.hand(&function.params),
                            _ => {}
                        }
                    }
                }
                self.visit_expression(&member.object);
            }
            callee => self.visit_expression(callee),
        }
        self.visit_arguments(&it.arguments);
    }

    fn visit_new_expression(&mut self, it: &NewExpression<'a>) {
        self.lasting |= self.is_loading();
        walk::walk_new_expression(self, it);
    }

    fn visit_tagged_template_expression(&mut self, it: &TaggedTemplateExpression<'a>) {
        self.lasting |= self.is_loading();
        walk::walk_tagged_template_expression(self, it);
    }

    fn visit_reg_exp_literal(&mut self, it: &RegExpLiteral<'a>) {
        self.lasting |= self.is_loading() && it.regex.flags.intersects(RegExpFlags::G | RegExpFlags::Y);
    }

    fn visit_static_member_expression(&mut self, it: &StaticMemberExpression<'a>) {
        self.member(&it.object, &it.property.name, false);
        walk::walk_static_member_expression(self, it);
    }

    fn visit_computed_member_expression(&mut self, it: &ComputedMemberExpression<'a>) {
        if let Expression::StringLiteral(name) = &it.expression {
            self.member(&it.object, &name.value, false);
        }
        walk::walk_computed_member_expression(self, it);
    }

    fn visit_simple_assignment_target(&mut self, it: &SimpleAssignmentTarget<'a>) {
        match it {
            // What is exported is said while the module is loaded; any other member asks for a guard.
            SimpleAssignmentTarget::StaticMemberExpression(member) => {
                self.lasting |= !self.is_loading();
                self.visit_expression(&member.object);
            }
            it => walk::walk_simple_assignment_target(self, it),
        }
    }

    fn visit_assignment_expression(&mut self, it: &AssignmentExpression<'a>) {
        let name = match &it.left {
            AssignmentTarget::StaticMemberExpression(member) => Some(member.property.name.as_str()),
            _ => None,
        };
        self.value(name, &it.right);
        self.visit_assignment_target(&it.left);
        if name.is_none() || !self.is_loading() || !self.is_entry(&it.right) {
            self.visit_expression(&it.right);
        }
    }

    fn visit_object_property(&mut self, it: &ObjectProperty<'a>) {
        self.lasting |= it.kind != PropertyKind::Init && self.is_loading();
        self.value(it.key.static_name().as_deref(), &it.value);
        self.visit_property_key(&it.key);
        if !self.is_loading() || !self.is_entry(&it.value) {
            self.visit_expression(&it.value);
        }
    }

    fn visit_method_definition(&mut self, it: &MethodDefinition<'a>) {
        let accesses = matches!(it.kind, MethodDefinitionKind::Get | MethodDefinitionKind::Set);
        self.lasting |= accesses && self.is_loading();
        if self.is_loading() && it.key.static_name().is_some_and(|name| ENTRIES.contains(&&*name)) {
            self.hand(&it.value.params);
        }
        walk::walk_method_definition(self, it);
    }

    fn visit_variable_declarator(&mut self, it: &VariableDeclarator<'a>) {
        if let Some(init) = &it.init {
            self.value(it.id.get_identifier_name().as_ref().map(|name| name.as_str()), init);
            if let BindingPattern::BindingIdentifier(id) = &it.id
                && let Some(symbol) = id.symbol_id.get()
                && !self.is_loading()
                && !self.scoping.symbol_is_mutated(symbol)
                && self.is_made(init)
            {
                self.fresh.insert(symbol);
            }
        }
        walk::walk_variable_declarator(self, it);
    }

    fn visit_binding_property(&mut self, it: &BindingProperty<'a>) {
        if let Some(name) = it.key.static_name() {
            self.taken(&name);
        }
        walk::walk_binding_property(self, it);
    }

    fn visit_import_specifier(&mut self, it: &ImportSpecifier<'a>) {
        self.taken(&it.imported.name());
    }

    fn visit_export_specifier(&mut self, _: &ExportSpecifier<'a>) {}

    fn visit_export_from_declaration(&mut self, _: &ExportFromDeclaration<'a>) {
        self.lasting = true;
    }

    fn visit_assignment_target_property_property(&mut self, it: &AssignmentTargetPropertyProperty<'a>) {
        if let Some(name) = it.name.static_name() {
            self.taken(&name);
        }
        walk::walk_assignment_target_property_property(self, it);
    }

    fn visit_assignment_target_property_identifier(&mut self, it: &AssignmentTargetPropertyIdentifier<'a>) {
        self.taken(&it.binding.name);
        walk::walk_assignment_target_property_identifier(self, it);
    }

    fn visit_ts_module_block(&mut self, _: &TSModuleBlock<'a>) {
        self.lasting = true;
    }

    fn visit_ts_type_annotation(&mut self, _: &TSTypeAnnotation<'a>) {}

    fn visit_ts_type_parameter_instantiation(&mut self, _: &TSTypeParameterInstantiation<'a>) {}

    fn visit_ts_interface_declaration(&mut self, _: &TSInterfaceDeclaration<'a>) {}

    fn visit_ts_type_alias_declaration(&mut self, _: &TSTypeAliasDeclaration<'a>) {}

    fn visit_ts_type(&mut self, _: &TSType<'a>) {}

    // Decorators are left out.
    fn visit_decorator(&mut self, _: &Decorator<'a>) {}
}

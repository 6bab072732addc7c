//! The names in a part of a script that stand for what is outside of it.

use oxc::ast::ast::*;
use oxc::ast_visit::{Visit, walk};
use oxc::semantic::{ScopeFlags, ScopeId};
use std::cell::Cell;
use std::collections::BTreeSet;

/// The names in what is visited that it does not bind itself, each in the scope where it stands; `this` is one of them
/// where it is that of the function around.
pub(super) fn free(visit: impl FnOnce(&mut Free)) -> BTreeSet<String> {
    let mut free = Free::default();
    free.scopes.push(Scope { holds_vars: true, ..Scope::default() });
    visit(&mut free);
    let outermost = free.scopes.pop().unwrap_or_default();
    outermost.left().collect()
}

/// All names that something binds, in whichever of its scopes.
pub(super) fn bound(program: &Program<'_>) -> BTreeSet<String> {
    struct Bound(BTreeSet<String>);
    impl<'a> Visit<'a> for Bound {
        fn visit_binding_identifier(&mut self, it: &BindingIdentifier<'a>) {
            self.0.insert(it.name.to_string());
        }
    }
    let mut bound = Bound(BTreeSet::new());
    bound.visit_program(program);
    bound.0
}

#[derive(Default)]
struct Scope {
    named: BTreeSet<String>,
    bound: BTreeSet<String>,
    /// Whether it is that of a function, or the outermost.
    holds_vars: bool,
}

impl Scope {
    fn left(self) -> impl Iterator<Item = String> {
        let Scope { named, bound, .. } = self;
        named.into_iter().filter(move |name| !bound.contains(name))
    }
}

/// Goes through syntax with the scopes that are open, the innermost last.
#[derive(Default)]
pub(super) struct Free {
    scopes: Vec<Scope>,
    /// Whether what is bound now is a `var`.
    is_var: bool,
}

impl Free {
    fn open(&mut self, holds_vars: bool) {
        self.scopes.push(Scope { holds_vars, ..Scope::default() });
    }

    fn close(&mut self) {
        let left = self.scopes.pop().into_iter().flat_map(Scope::left);
        let left: Vec<String> = left.collect();
        left.into_iter().for_each(|name| self.name(name));
    }

    fn name(&mut self, name: String) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.named.insert(name);
        }
    }

    fn bind(&mut self, name: &str) {
        let is_var = self.is_var;
        if let Some(scope) = self.scopes.iter_mut().rev().find(|scope| scope.holds_vars || !is_var) {
            scope.bound.insert(name.to_owned());
        }
    }
}

impl<'a> Visit<'a> for Free {
    fn enter_scope(&mut self, flags: ScopeFlags, _: &Cell<Option<ScopeId>>) {
        self.open(flags.is_var());
    }

    fn leave_scope(&mut self) {
        self.close();
    }

    fn visit_identifier_reference(&mut self, it: &IdentifierReference<'a>) {
        self.name(it.name.to_string());
    }

    fn visit_this_expression(&mut self, _: &ThisExpression) {
        self.name("this".to_owned());
    }

    fn visit_binding_identifier(&mut self, it: &BindingIdentifier<'a>) {
        self.bind(it.name.as_str());
    }

    fn visit_variable_declaration(&mut self, it: &VariableDeclaration<'a>) {
        for one in &it.declarations {
            self.is_var = it.kind.is_var();
            for name in one.id.get_binding_identifiers() {
                self.bind(name.name.as_str());
            }
            self.is_var = false;
            // What a pattern takes may be worked out, and have values of its own.
            walk::walk_variable_declarator(self, one);
        }
    }

    fn visit_function(&mut self, it: &Function<'a>, flags: ScopeFlags) {
        if let Some(id) = it.id.as_ref().filter(|_| it.is_declaration()) {
            self.bind(id.name.as_str());
        }
        self.open(true);
        self.bind("this");
        walk::walk_function(self, it, flags);
        self.close();
    }

    fn visit_class(&mut self, it: &Class<'a>) {
        if let Some(id) = it.id.as_ref().filter(|_| it.is_declaration()) {
            self.bind(id.name.as_str());
        }
        self.visit_decorators(&it.decorators);
        // What it extends is worked out outside of it.
        if let Some(heritage) = &it.heritage {
            self.visit_expression(&heritage.expression);
        }
        self.open(true);
        self.bind("this");
        it.id.iter().for_each(|id| self.bind(id.name.as_str()));
        self.visit_class_body(&it.body);
        self.close();
    }

    fn visit_ts_type(&mut self, _: &TSType<'a>) {}

    fn visit_ts_type_parameter_instantiation(&mut self, _: &TSTypeParameterInstantiation<'a>) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxc::allocator::Allocator;
    use oxc::parser::Parser;
    use oxc::span::SourceType;

    fn names(text: &str) -> Vec<String> {
        let allocator = Allocator::default();
        let parsed = Parser::new(&allocator, text, SourceType::ts()).parse();
        free(|names| names.visit_program(&parsed.program)).into_iter().collect()
    }

    #[test]
    fn each_name_counts_in_its_own_scope() {
        assert_eq!(names("const f = () => { { const a = 1; } return a; };"), ["a"]);
        assert_eq!(names("const f = (a, { b = c }) => a + b;"), ["c"]);
        assert_eq!(names("function f() { { var a = 1; } return a; }"), [""; 0]);
        assert_eq!(names("f(); function f(n = m) { return f(n); }"), ["m"]);
        assert_eq!(names("const g = function h() { return h(this); }; h;"), ["h"]);
        assert_eq!(names("const g = () => this;"), ["this"]);
        assert_eq!(names("class A extends B { c = d; e() { return [A, this] } }"), ["B", "d"]);
        assert_eq!(names("for (const a of b) {} try {} catch (e) { e } e;"), ["b", "e"]);
        assert_eq!(names("const { a: { [k]: v } = w } = o as T; l: for (;;) break l;"), ["k", "o", "w"]);
    }
}

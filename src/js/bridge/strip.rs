//! What of TypeScript goes when a stretch becomes JavaScript: the places of types, which are taken out so that the rest
//! stays as it was written.

use super::file::range;
use oxc::ast::ast::*;
use oxc::ast_visit::{Visit, walk};
use oxc::span::GetSpan;
use std::ops::Range;

/// The types of a script.
#[derive(Default)]
pub(super) struct Types {
    /// What is taken out.
    pub removed: Vec<Range<usize>>,
    /// What is more than a type, with what it is.
    pub barred: Vec<(Range<usize>, &'static str)>,
}

/// Finds them.
pub(super) fn types(program: &Program<'_>, text: &str) -> Types {
    let mut find = Find { types: Types::default(), text };
    find.visit_program(program);
    find.types
}

struct Find<'t> {
    types: Types,
    text: &'t str,
}

impl Find<'_> {
    fn remove(&mut self, start: usize, end: usize) {
        self.types.removed.push(start..end);
    }

    fn optional(&mut self, pattern: &BindingPattern<'_>, optional: bool) {
        let end = pattern.span().end as usize;
        let rest = self.text.get(end..).unwrap_or_default();
        if optional && let Some(at) = rest.find('?').filter(|at| rest[..*at].trim().is_empty()) {
            self.remove(end, end + at + 1);
        }
    }
}

impl<'a> Visit<'a> for Find<'_> {
    fn visit_ts_type_annotation(&mut self, it: &TSTypeAnnotation<'a>) {
        let start = it.span.start as usize;
        // The span starts at the colon, or behind it, depending on where it stands.
        let colon = self.text.get(..start).unwrap_or_default().trim_end();
        let opens = self.text.get(start..).is_some_and(|rest| rest.starts_with(':'));
        let start = if !opens && colon.ends_with(':') { colon.len() - 1 } else { start };
        self.remove(start, it.span.end as usize);
    }

    fn visit_ts_type_parameter_instantiation(&mut self, it: &TSTypeParameterInstantiation<'a>) {
        self.remove(it.span.start as usize, it.span.end as usize);
    }

    fn visit_ts_type_parameter_declaration(&mut self, it: &TSTypeParameterDeclaration<'a>) {
        self.remove(it.span.start as usize, it.span.end as usize);
    }

    fn visit_ts_as_expression(&mut self, it: &TSAsExpression<'a>) {
        self.remove(it.expression.span().end as usize, it.span.end as usize);
        self.visit_expression(&it.expression);
    }

    fn visit_ts_satisfies_expression(&mut self, it: &TSSatisfiesExpression<'a>) {
        self.remove(it.expression.span().end as usize, it.span.end as usize);
        self.visit_expression(&it.expression);
    }

    fn visit_ts_non_null_expression(&mut self, it: &TSNonNullExpression<'a>) {
        self.remove(it.expression.span().end as usize, it.span.end as usize);
        self.visit_expression(&it.expression);
    }

    fn visit_ts_type_assertion(&mut self, it: &TSTypeAssertion<'a>) {
        self.remove(it.span.start as usize, it.expression.span().start as usize);
        self.visit_expression(&it.expression);
    }

    fn visit_ts_interface_declaration(&mut self, it: &TSInterfaceDeclaration<'a>) {
        self.remove(it.span.start as usize, it.span.end as usize);
    }

    fn visit_ts_type_alias_declaration(&mut self, it: &TSTypeAliasDeclaration<'a>) {
        self.remove(it.span.start as usize, it.span.end as usize);
    }

    fn visit_ts_enum_declaration(&mut self, it: &TSEnumDeclaration<'a>) {
        self.types.barred.push((range(it.span), "an enum of TypeScript"));
    }

    fn visit_class(&mut self, it: &Class<'a>) {
        self.types.barred.push((range(it.span), "a class of TypeScript"));
        walk::walk_class(self, it);
    }

    fn visit_function(&mut self, it: &Function<'a>, flags: oxc::semantic::ScopeFlags) {
        if it.body.is_none() {
            self.remove(it.span.start as usize, it.span.end as usize);
            return;
        }
        if it.this_param.is_some() {
            self.types.barred.push((range(it.span), "a function that says what this is"));
        }
        walk::walk_function(self, it, flags);
    }

    fn visit_formal_parameter(&mut self, it: &FormalParameter<'a>) {
        if it.accessibility.is_some() || it.readonly || !it.decorators.is_empty() {
            self.types.barred.push((range(it.span), "a parameter that is a property"));
        }
        self.optional(&it.pattern, it.optional);
        walk::walk_formal_parameter(self, it);
    }

    fn visit_variable_declarator(&mut self, it: &VariableDeclarator<'a>) {
        if it.definite {
            self.types.barred.push((range(it.span), "a variable that is said to have a value"));
        }
        walk::walk_variable_declarator(self, it);
    }
}

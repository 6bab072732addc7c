//! Which parameters of a file's own functions are given nothing but functions that stand in the file: a call of one calls
//! what is looked at anyhow.

use oxc::ast::ast::*;
use oxc::ast_visit::{Visit, walk};
use oxc::semantic::ScopeFlags;
use oxc::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// What is found out of a file.
#[derive(Default)]
pub(super) struct Handed {
    functions: BTreeMap<String, Vec<Own>>,
    /// By the name of what is called, what each call is given.
    calls: BTreeMap<String, Vec<Vec<Argued>>>,
    /// How often each name is spoken of.
    mentions: BTreeMap<String, usize>,
    /// Where names are declared, or set anew.
    bound: Vec<(String, Span)>,
}

/// A function with a name.
struct Own {
    span: Span,
    /// The names of its parameters; `None` for one that is more than a name.
    parameters: Vec<Option<String>>,
}

/// What is given to a call.
enum Argued {
    Function,
    Name(String),
    Other,
}

impl Handed {
    pub fn of(program: &Program<'_>) -> Self {
        let mut handed = Handed::default();
        handed.visit_program(program);
        handed
    }

    /// Whether a name that is called at a place is such a parameter: it is declared once in its function and never set, the
    /// function is never spoken of but to call it, and each call gives a function for it. `functions` are those that are
    /// looked at by name.
    pub fn is_function(&self, name: &str, at: Span, functions: &BTreeSet<&str>) -> bool {
        let inside = |outer: Span, inner: Span| outer.start <= inner.start && inner.end <= outer.end;
        let around = self.functions.iter().flat_map(|(own, all)| all.iter().map(move |one| (own, one, all.len())));
        let mut owners = around.filter(|(_, own, _)| inside(own.span, at)).filter_map(|(own, one, many)| {
            let number = one.parameters.iter().position(|parameter| parameter.as_deref() == Some(name))?;
            Some((own, one.span, number, many))
        });
        let (Some((own, span, number, 1)), None) = (owners.next(), owners.next()) else { return false };
        let bound = self.bound.iter().filter(|(bound, at)| bound == name && inside(span, *at)).count();
        let calls = self.calls.get(own).map(Vec::as_slice).unwrap_or_default();
        let own_bound = self.bound.iter().filter(|(bound, _)| bound == own).count();
        bound == 1
            && own_bound == 1
            && self.mentions.get(own).copied().unwrap_or_default() == calls.len()
            && calls.iter().all(|given| match given.get(number) {
                Some(Argued::Function) => true,
                Some(Argued::Name(name)) => functions.contains(name.as_str()),
                Some(Argued::Other) | None => false,
            })
    }

    fn own(&mut self, name: &str, span: Span, parameters: &FormalParameters<'_>) {
        let parameter = |one: &FormalParameter<'_>| match &one.pattern {
            BindingPattern::BindingIdentifier(id) if one.initializer.is_none() => Some(id.name.to_string()),
            _ => None,
        };
        let parameters = parameters.items.iter().map(parameter).collect();
        self.functions.entry(name.to_owned()).or_default().push(Own { span, parameters });
    }
}

impl<'a> Visit<'a> for Handed {
    fn visit_function(&mut self, it: &Function<'a>, flags: ScopeFlags) {
        if let Some(id) = &it.id {
            self.own(id.name.as_str(), it.span, &it.params);
        }
        walk::walk_function(self, it, flags);
    }

    fn visit_variable_declarator(&mut self, it: &VariableDeclarator<'a>) {
        if let BindingPattern::BindingIdentifier(id) = &it.id {
            match &it.init {
                Some(Expression::ArrowFunctionExpression(function)) => {
                    self.own(id.name.as_str(), it.span, &function.params);
                }
                Some(Expression::FunctionExpression(function)) => self.own(id.name.as_str(), it.span, &function.params),
                _ => {}
            }
        }
        walk::walk_variable_declarator(self, it);
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        if let Expression::Identifier(id) = &it.callee {
            let mut given = Vec::new();
            for argument in &it.arguments {
                given.push(match argument {
                    // What comes after it stands at another number.
                    Argument::SpreadElement(_) => break,
                    Argument::ArrowFunctionExpression(_) | Argument::FunctionExpression(_) => Argued::Function,
                    Argument::Identifier(id) => Argued::Name(id.name.to_string()),
                    _ => Argued::Other,
                });
            }
            self.calls.entry(id.name.to_string()).or_default().push(given);
        }
        walk::walk_call_expression(self, it);
    }

    fn visit_identifier_reference(&mut self, it: &IdentifierReference<'a>) {
        *self.mentions.entry(it.name.to_string()).or_default() += 1;
    }

    fn visit_binding_identifier(&mut self, it: &BindingIdentifier<'a>) {
        self.bound.push((it.name.to_string(), it.span));
    }

    fn visit_simple_assignment_target(&mut self, it: &SimpleAssignmentTarget<'a>) {
        if let SimpleAssignmentTarget::AssignmentTargetIdentifier(id) = it {
            self.bound.push((id.name.to_string(), id.span));
        }
        walk::walk_simple_assignment_target(self, it);
    }

    fn visit_assignment_target_property_identifier(&mut self, it: &AssignmentTargetPropertyIdentifier<'a>) {
        self.bound.push((it.binding.name.to_string(), it.span));
        walk::walk_assignment_target_property_identifier(self, it);
    }
}

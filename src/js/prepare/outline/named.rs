//! Whether a script names its down, or the function that it is, anywhere but where it says so: then something else may call
//! it, and what is put into it would be done there too.

use super::{Entry, Form, range};
use oxc::ast::ast::{self, *};
use oxc::ast_visit::{Visit, walk};
use oxc::syntax::scope::ScopeFlags;
use std::collections::BTreeMap;
use std::ops::Range;

/// Whether the down is named elsewhere too.
pub(super) fn is_named(program: &Program<'_>, down: Option<&Entry>) -> bool {
    let function = down.and_then(|entry| entry.function.as_ref());
    let mut look = Look { body: function.map(|function| function.body.span.clone()), ..Look::default() };
    look.visit_program(program);
    // The entry itself names a function that does not stand in it; so does a list of what is exported.
    let own = down.map_or(0, |entry| usize::from(!entry.direct || entry.form == Form::Listed));
    let names = look.names.iter().map(|name| look.used.get(name).copied().unwrap_or_default());
    look.reached || names.sum::<usize>() > own
}

/// What is seen.
#[derive(Default)]
struct Look {
    /// The body of the down's function.
    body: Option<Range<usize>>,
    /// The names of the down's function.
    names: Vec<String>,
    /// How often each name is used.
    used: BTreeMap<String, usize>,
    /// Whether something that is called `down` is reached, or the down has two names.
    reached: bool,
}

impl Look {
    fn is_down(&self, expression: &Expression<'_>) -> bool {
        let body = match expression.get_inner_expression() {
            Expression::FunctionExpression(function) => function.body.as_ref().map(|body| range(body.span)),
            Expression::ArrowFunctionExpression(function) => match &function.body {
                ArrowFunctionBody::FunctionBody(body) => Some(range(body.span)),
                body => Some(range(oxc::span::GetSpan::span(body))),
            },
            Expression::AssignmentExpression(inner) => return self.is_down(&inner.right),
            _ => None,
        };
        body.is_some() && body == self.body
    }
}

impl<'a> Visit<'a> for Look {
    fn visit_identifier_reference(&mut self, it: &IdentifierReference<'a>) {
        *self.used.entry(it.name.to_string()).or_default() += 1;
    }

    fn visit_function(&mut self, it: &ast::Function<'a>, flags: ScopeFlags) {
        if let (Some(id), Some(body)) = (&it.id, &it.body)
            && self.body == Some(range(body.span))
        {
            self.names.push(id.name.to_string());
        }
        walk::walk_function(self, it, flags);
    }

    fn visit_variable_declarator(&mut self, it: &VariableDeclarator<'a>) {
        if let (BindingPattern::BindingIdentifier(id), Some(init)) = (&it.id, &it.init)
            && self.is_down(init)
        {
            self.names.push(id.name.to_string());
            self.reached |= matches!(init.get_inner_expression(), Expression::AssignmentExpression(_));
        }
        walk::walk_variable_declarator(self, it);
    }

    fn visit_assignment_expression(&mut self, it: &AssignmentExpression<'a>) {
        // `exports.after = exports.down = …` gives it two names.
        self.reached |=
            matches!(it.right.get_inner_expression(), Expression::AssignmentExpression(_)) && self.is_down(&it.right);
        match &it.left {
            AssignmentTarget::StaticMemberExpression(member) => self.visit_expression(&member.object),
            left => self.visit_assignment_target(left),
        }
        self.visit_expression(&it.right);
    }

    fn visit_static_member_expression(&mut self, it: &StaticMemberExpression<'a>) {
        self.reached |= it.property.name == "down";
        walk::walk_static_member_expression(self, it);
    }

    fn visit_computed_member_expression(&mut self, it: &ComputedMemberExpression<'a>) {
        self.reached |= matches!(&it.expression, Expression::StringLiteral(text) if text.value == "down");
        walk::walk_computed_member_expression(self, it);
    }

    fn visit_binding_property(&mut self, it: &BindingProperty<'a>) {
        self.reached |= it.key.is_specific_static_name("down");
        walk::walk_binding_property(self, it);
    }
}

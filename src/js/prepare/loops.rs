//! Loops. Where only a real run can know how often one goes round, it stops the run, or goes round once in a statement that
//! is followed.

use super::fork::Scope;
use super::instrument::Instrument;
use super::short;
use oxc::ast::ast::*;
use oxc::ast_visit::Visit;
use oxc::span::{GetSpan, Span};

impl Instrument<'_, '_> {
    /// `while`.
    pub fn while_loop(&mut self, it: &WhileStatement<'_>) {
        self.test(Some(&it.test), it.span);
        self.turn_is(it.span, it.body.span());
        self.within(Scope::Loop, |this| this.lone(&it.body));
        self.no_turn();
    }

    /// `do … while`.
    pub fn do_while_loop(&mut self, it: &DoWhileStatement<'_>) {
        if !self.is_followed() {
            self.lone(&it.body);
            self.asked(&it.test, it.span);
            return;
        }
        self.turn_is(it.span, it.body.span());
        let first = it.span.start as usize;
        self.edits.open(first, "__tm.G();");
        self.within(Scope::Loop, |this| this.lone(&it.body));
        self.no_turn();
        let (test, unit) = (it.test.span(), self.unit());
        self.edits.open(test.start as usize, "__tm.f(");
        self.visit_expression(&it.test);
        self.edits.close(test.end as usize, format!(",{unit},1)"));
    }

    /// `for`.
    pub fn for_loop(&mut self, it: &ForStatement<'_>) {
        if let Some(init) = &it.init {
            self.visit_for_statement_init(init);
        }
        self.test(it.test.as_ref(), it.span);
        if let Some(update) = &it.update {
            self.visit_expression(update);
        }
        self.turn_is(it.span, it.body.span());
        self.within(Scope::Loop, |this| this.lone(&it.body));
        self.no_turn();
    }

    /// `for … of`.
    pub fn for_of_loop(&mut self, it: &ForOfStatement<'_>) {
        match self.element(it) {
            Some(element) => {
                let span = it.right.span();
                self.edits.open(span.start as usize, "__tm.o(");
                self.visit_expression(&it.right);
                let unit = self.unit();
                self.edits.close(span.end as usize, format!(",{unit},{element})"));
            }
            None => self.wrapped(&it.right, "i"),
        }
        self.turn_is(it.span, it.body.span());
        self.within(Scope::Loop, |this| this.lone(&it.body));
        self.no_turn();
    }

    /// `for … in`.
    pub fn for_in_loop(&mut self, it: &ForInStatement<'_>) {
        if !self.is_followed() {
            self.wrapped(&it.right, "i");
            self.lone(&it.body);
            return;
        }
        let (span, unit) = (it.right.span(), self.unit());
        self.edits.open(span.start as usize, "__tm.K(");
        self.visit_expression(&it.right);
        self.edits.close(span.end as usize, format!(",{unit})"));
        self.turn_is(it.span, it.body.span());
        self.within(Scope::Loop, |this| this.lone(&it.body));
        self.no_turn();
    }

    /// The test of a loop that is not followed: where it stops the run, the run stands at the loop.
    pub fn asked(&mut self, test: &Expression<'_>, whole: Span) {
        let (span, unit) = (test.span(), self.unit());
        self.edits.open(span.start as usize, format!("__tm.t((__tm.a({},{},{unit}),", whole.start, whole.end));
        self.visit_expression(test);
        self.edits.close(span.end as usize, format!("),{unit})"));
    }

    /// The test of a loop.
    pub fn test(&mut self, test: Option<&Expression<'_>>, whole: Span) {
        if !self.is_followed() {
            if let Some(test) = test {
                self.asked(test, whole);
            }
            return;
        }
        let (unit, name) = (self.unit(), format!("__tmf{}", whole.start));
        self.edits.open(whole.start as usize, format!("let {name}=0;"));
        match test {
            Some(Expression::BooleanLiteral(test)) if test.value => {
                let text = format!("__tm.f(__tm.h(\"true\"),{unit},{name}++)");
                self.edits.replace(test.span.start as usize, test.span.end as usize, text);
            }
            Some(test) => {
                self.edits.open(test.span().start as usize, "__tm.f(");
                self.visit_expression(test);
                self.edits.close(test.span().end as usize, format!(",{unit},{name}++)"));
            }
            None => self.following.unclear = true,
        }
    }

    /// What a row is called that a loop goes over; `None` where the loop is not followed.
    pub fn element(&self, it: &ForOfStatement<'_>) -> Option<String> {
        if !self.is_followed() {
            return None;
        }
        let pattern = match &it.left {
            ForStatementLeft::VariableDeclaration(variables) => &variables.declarations.first()?.id,
            _ => return Some("\"row\"".to_owned()),
        };
        Some(match pattern {
            BindingPattern::ObjectPattern(_) => "\"\"".to_owned(),
            pattern => short(self.text, pattern.span().start, pattern.span().end),
        })
    }
}

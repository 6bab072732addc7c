//! The functions of a script, as the walk that instruments it comes by them: which of them a tool calls, what their bodies
//! are, and which names stand in them.

use super::fork::Scope;
use super::instrument::{ENTRIES, Instrument, Open};
use super::{CarriedUnit, look};
use oxc::ast::ast::*;
use oxc::ast_visit::Visit;
use oxc::span::GetSpan;

impl Instrument<'_, '_> {
    /// A function's inside. `entry` when it is one of those that a tool calls.
    pub fn function(&mut self, entry: bool, waits: bool, visit: impl FnOnce(&mut Self)) {
        self.functions += 1;
        self.waiting.push(waits);
        let started = entry && self.entry.is_none();
        if started {
            self.entry = Some(self.functions);
        }
        self.within(Scope::Function, visit);
        self.waiting.pop();
        if started {
            self.entry = None;
        }
        self.functions -= 1;
    }

    pub fn is_entry(&self, name: Option<&str>, function: bool) -> bool {
        function && self.functions == 0 && name.is_some_and(|name| ENTRIES.contains(&name))
    }

    pub fn value(&mut self, name: Option<&str>, value: &Expression<'_>) {
        match value.get_inner_expression() {
            Expression::FunctionExpression(function) => {
                let entry = self.is_entry(name, true);
                self.inside_function(function, entry);
            }
            Expression::ArrowFunctionExpression(function) => {
                let entry = self.is_entry(name, true);
                self.arrow(function, entry);
            }
            value => self.visit_expression(value),
        }
    }

    pub fn inside_function(&mut self, function: &Function<'_>, entry: bool) {
        let Some(body) = &function.body else { return };
        let waits = function.r#async && !function.generator;
        self.function(entry, waits, |this| {
            this.visit_formal_parameters(&function.params);
            this.turn_is(function.span, function.span);
            this.list(&body.statements, body.span.end.saturating_sub(1), true);
        });
    }

    pub fn arrow(&mut self, function: &ArrowFunctionExpression<'_>, entry: bool) {
        self.function(entry, function.r#async, |this| {
            this.visit_formal_parameters(&function.params);
            this.turn_is(function.span, function.span);
            match &function.body {
                ArrowFunctionBody::FunctionBody(body) => {
                    this.list(&body.statements, body.span.end.saturating_sub(1), true);
                }
                body => {
                    let Some(expression) = body.as_expression() else { return };
                    let span = expression.span();
                    if !entry {
                        let handles = this.handler.take_if(|start| *start == span.start).is_some();
                        let handles = handles && this.entry.is_some() && look::does(expression);
                        let follows = this.carried.values().any(|unit| *unit == CarriedUnit::Followed);
                        if handles {
                            this.calling.push((span.start, span.end));
                        }
                        let is_marked = handles || follows;
                        if is_marked {
                            let unit = this.unit();
                            this.edits
                                .open(span.start as usize, format!("(__tm.a({},{},{unit}),", span.start, span.end));
                        }
                        let turn = this.turn_begins_at(span);
                        this.visit_expression(expression);
                        if turn {
                            this.edits.close(span.end as usize, ")");
                        }
                        if is_marked {
                            this.edits.close(span.end as usize, ")");
                        }
                        return;
                    }
                    let unit = this.carried.get(&span.start).copied();
                    if let Some(CarriedUnit::Left { .. }) = unit {
                        this.edits.replace(
                            span.start as usize,
                            span.end as usize,
                            format!("__tm.c({},{})", span.start, span.end),
                        );
                        return;
                    }
                    this.followable.insert(span.start, (span.start, span.start));
                    this.statements.push(Open {
                        unit: span.start,
                        climbs: true,
                        rest: true,
                        followed: Some(span.start),
                    });
                    this.edits.open(span.start as usize, format!("(__tm.a({0},{1},{0}),", span.start, span.end));
                    let followed = this.is_to_follow(span.start);
                    this.follow_value(span, followed, function.r#async, |this| {
                        this.told(expression, |this| this.visit_expression(expression));
                    });
                    this.edits.close(span.end as usize, ")");
                    this.statements.pop();
                }
            }
        });
    }
}

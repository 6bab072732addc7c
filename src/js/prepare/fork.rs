//! Conditions in a statement that is followed: where only a real run can know which way it goes, both ways are run, one
//! after the other. A way out at the end of one of them (`if (!row) continue;`) is then not taken, so that what else may
//! happen is seen as well; any other way out ends the following.

use super::effects::Stretch;
use super::instrument::Instrument;
use super::{look, purity, short};
use oxc::ast::ast::*;
use oxc::ast_visit::Visit;
use oxc::span::{GetSpan, Span};

/// What a statement stands in, as far as a way out of it may leave that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// An `if`, by its first byte, and the first byte of the way out that stands at the end of the branch.
    Fork {
        /// Its first byte.
        start: u32,
        /// Where the way out stands at the end of the branch that is being visited.
        last: Option<u32>,
    },
    Loop,
    Switch,
    Function,
}

/// How a statement leaves others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Throw,
    Return,
    Break,
    Continue,
}

impl Way {
    /// Whether it goes no further out than this.
    fn ends_at(self, scope: Scope) -> bool {
        match scope {
            Scope::Fork { .. } => false,
            Scope::Loop => matches!(self, Way::Break | Way::Continue),
            Scope::Switch => self == Way::Break,
            Scope::Function => true,
        }
    }
}

/// Where the way out stands with which a branch ends.
fn way_out(branch: &Statement<'_>) -> Option<u32> {
    match branch {
        Statement::BlockStatement(block) => way_out(block.body.last()?),
        Statement::ThrowStatement(_)
        | Statement::ReturnStatement(_)
        | Statement::BreakStatement(_)
        | Statement::ContinueStatement(_) => Some(branch.span().start),
        _ => None,
    }
}

/// How a side of a condition that is an expression can be run beside the other.
enum Aside {
    /// It cannot: it changes a name.
    Not,
    /// As a function.
    Called,
    /// As a function that waits.
    Awaited,
}

impl Instrument<'_, '_> {
    fn aside(&mut self, expression: &Expression<'_>) -> Aside {
        let left = self.left_by(Stretch::of(expression.span()));
        if !left.names.is_empty() || left.unclear {
            return Aside::Not;
        }
        if look::waits(expression) { Aside::Awaited } else { Aside::Called }
    }

    /// What stands in a loop, a switch or a function.
    pub fn within(&mut self, scope: Scope, visit: impl FnOnce(&mut Self)) {
        self.following.scopes.push(scope);
        visit(self);
        self.following.scopes.pop();
    }

    /// An `if`; whether it is put in other words.
    pub fn forked(&mut self, it: &IfStatement<'_>) -> bool {
        if !self.is_followed() {
            return false;
        }
        let (start, test, first) = (it.span.start, it.test.span(), it.consequent.span());
        let unit = self.unit();
        self.edits.replace(start as usize, test.start as usize, format!("{{const __tmi{start}=__tm.F("));
        self.visit_expression(&it.test);
        self.between(test, first, &format!(",{unit});if(__tmi{start}[0])"));
        self.within(Scope::Fork { start, last: way_out(&it.consequent) }, |this| this.lone(&it.consequent));
        let changed = self.left_by(Stretch::of(first)).names;
        let unknown = format!("if(__tmi{start}[2]){{{}}}", self.unknown_after_either(&changed));
        match &it.alternate {
            Some(alternate) => {
                let otherwise = format!("{unknown}if(__tmi{start}[1])");
                self.between(first, alternate.span(), &otherwise);
                self.within(Scope::Fork { start, last: way_out(alternate) }, |this| this.lone(alternate));
                let changed = self.left_by(Stretch::of(alternate.span())).names;
                let unknown = self.unknown_after_either(&changed);
                let text = format!("__tm.E(__tmi{start});if(__tmi{start}[2]){{{unknown}}}}}");
                self.edits.close(it.span.end as usize, text);
            }
            None => self.edits.close(it.span.end as usize, format!("__tm.E(__tmi{start});{unknown}}}")),
        }
        true
    }

    /// The forks that a way out leaves, the innermost last.
    fn left(&self, way: Way) -> Vec<(u32, Option<u32>)> {
        let mut forks = Vec::new();
        for scope in self.following.scopes.iter().rev() {
            if way.ends_at(*scope) {
                break;
            }
            if let Scope::Fork { start, last } = scope {
                forks.push((*start, *last));
            }
        }
        forks.reverse();
        forks
    }

    /// A way out: whether the statement is put in other words. `value` is what it gives.
    pub fn leaves(&mut self, span: Span, way: Way, value: Option<&Expression<'_>>) -> bool {
        if !self.is_followed() {
            return false;
        }
        let mut forks = self.left(way);
        let Some((inner, last)) = forks.last().copied() else { return false };
        let unit = self.unit();
        let at_end = last == Some(span.start);
        if at_end {
            forks.pop();
        }
        let open: Vec<String> = forks.iter().map(|(start, _)| format!("__tmi{start}[2]")).collect();
        let open = if open.is_empty() { "false".to_owned() } else { open.join("||") };
        let halt = format!("if({open})__tm.W({unit});");
        let (at, end) = (span.start as usize, span.end as usize);
        match (at_end, value) {
            (false, _) => {
                self.edits.open(at, format!("{{{halt}"));
                value.into_iter().for_each(|value| self.visit_expression(value));
                self.edits.close(end, "}");
            }
            (true, Some(value)) if way == Way::Return => {
                // What it does is done; whether the function is over then is not known.
                let waits = self.waiting.last() == Some(&true);
                let wait = if waits { "await " } else { "" };
                let is_entry = self.is_entrys_own();
                let given = value.span();
                self.edits.replace(at, given.start as usize, format!("{{const __tmr{at}={wait}("));
                self.visit_expression(value);
                let then = format!(
                    ");if(__tmi{inner}[2]){{__tm.R(__tmr{at},{is_entry},{unit});}}else{{{halt}return __tmr{at};}}}}"
                );
                self.edits.replace(given.end as usize, end, then);
            }
            (true, value) => {
                let fails = if way == Way::Throw { "__tm.T();" } else { "" };
                self.edits.open(at, format!("if(__tmi{inner}[2]){{{fails}}}else{{{halt}"));
                value.into_iter().for_each(|value| self.visit_expression(value));
                self.edits.close(end, "}");
            }
        }
        true
    }

    /// `a ? b : c`; whether it is put in other words.
    pub fn chosen(&mut self, it: &ConditionalExpression<'_>) -> bool {
        if !self.is_followed() {
            return false;
        }
        let name = match purity::works_out(&it.consequent) && purity::works_out(&it.alternate) {
            true => "j",
            false => "B",
        };
        let (first, second) = (self.aside(&it.consequent), self.aside(&it.alternate));
        if matches!(first, Aside::Not) || matches!(second, Aside::Not) {
            return false;
        }
        let wait = matches!(first, Aside::Awaited) || matches!(second, Aside::Awaited);
        let word = |aside: &Aside| if matches!(aside, Aside::Awaited) { "async" } else { "" };
        let open = if wait { format!("(await __tm.{name}(") } else { format!("__tm.{name}(") };
        self.edits.open(it.span.start as usize, open);
        self.visit_expression(&it.test);
        self.between(it.test.span(), it.consequent.span(), &format!(",{}()=>(", word(&first)));
        self.visit_expression(&it.consequent);
        self.between(it.consequent.span(), it.alternate.span(), &format!("),{}()=>(", word(&second)));
        self.visit_expression(&it.alternate);
        let source = short(self.text, it.span.start, it.span.end);
        let close = if wait { format!("),{source}))") } else { format!("),{source})") };
        self.edits.close(it.span.end as usize, close);
        true
    }

    /// `a && b`, `a || b`, `a ?? b` of which the right side does something; whether it is put in other words.
    pub fn either(&mut self, it: &LogicalExpression<'_>) -> bool {
        if !self.is_followed() || !look::waits(&it.right) && purity::works_out(&it.right) {
            return false;
        }
        let aside = self.aside(&it.right);
        let (open, word, close) = match aside {
            Aside::Not => return false,
            Aside::Called => ("", "", ""),
            Aside::Awaited => ("(await ", "async", ")"),
        };
        self.edits.open(it.span.start as usize, format!("{open}__tm.L(\"{}\",", it.operator.as_str()));
        self.visit_expression(&it.left);
        self.between(it.left.span(), it.right.span(), &format!(",{word}()=>("));
        self.visit_expression(&it.right);
        let source = short(self.text, it.span.start, it.span.end);
        self.edits.close(it.span.end as usize, format!("),{source}){close}"));
        true
    }
}

//! Statements that are followed: they go by rows or the like, and are run all the same, each loop over what only a real
//! run can know once, for one row that is a hole. How often the loop goes round is not known, and so nothing is that it
//! changes: names are holes from where a turn begins, and after the statement.

use super::effects::{Changed, Left, Stretch};
use super::fork::Scope;
use super::instrument::Instrument;
use super::{CarriedUnit, declared, look, purity};
use oxc::ast::ast::*;
use oxc::ast_visit::{Visit, walk};
use oxc::span::{GetSpan, Span};
use std::collections::BTreeMap;

/// What is known of the statements that are followed.
#[derive(Default)]
pub(super) struct Following {
    /// The first byte of the one that is open. Those in it are part of it.
    pub open: Option<u32>,
    /// Whether one of them cannot be followed.
    pub unclear: bool,
    /// The loop or the function whose body begins next, and the part of it that is made anew each time.
    turn: Option<(Span, Span)>,
    /// What the statement that is being visited stands in, the innermost last.
    pub scopes: Vec<Scope>,
    /// By the first byte of each what it runs.
    pub runs: BTreeMap<u32, Runs>,
}

/// What a statement that is followed runs. Whatever else is run while it is open belongs to others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::js) struct Runs {
    /// The statement, and the functions of the file that it may call: start, end.
    pub within: Vec<(u32, u32)>,
    /// Whether it uses what other modules export.
    pub imports: bool,
}

/// How a statement began.
pub(super) enum Begun {
    /// It is not followed, and in none that is.
    Not,
    /// It is followed.
    Followed,
    /// It is in one that is followed.
    Inside,
}

impl Instrument<'_, '_> {
    /// Whether what is being visited is in a statement that is followed.
    pub fn is_followed(&self) -> bool {
        self.following.open.is_some()
    }

    /// Whether a statement, or a value by its first byte, is to be followed.
    pub fn is_to_follow(&self, start: u32) -> bool {
        let open = self.following.open;
        self.carried.get(&start) == Some(&CarriedUnit::Followed) && open.is_none_or(|open| open == start)
    }

    /// A statement that is followed is open from here on.
    fn open(&mut self, span: Span) {
        self.following.open = Some(span.start);
        let Some(run) = self.effects.as_ref().map(|effects| effects.run_by(span)) else { return };
        let within = run.bodies.iter().map(|body| (body.start, body.end)).collect();
        self.following.runs.insert(span.start, Runs { within, imports: run.imports });
    }

    /// A statement begins.
    pub fn follow_begins(&mut self, statement: &Statement<'_>, followed: bool) -> Begun {
        let span = statement.span();
        if !followed {
            if self.is_followed() && look::is_run(statement) && !self.behind(statement).names.is_empty() {
                self.edits.open(span.start as usize, format!("const __tmn{0}=__tm.n();", span.start));
                return Begun::Inside;
            }
            return Begun::Not;
        }
        let left = self.left_by(Stretch::of(span));
        self.following.unclear |= left.unclear;
        self.following.unclear |= unfollowable(|look| look.visit_statement(statement));
        let mut declared = Vec::new();
        declared::declared(statement, &mut declared);
        // A function that is called again goes by what it has changed before.
        let before = left.elsewhere.iter().filter(|(name, _)| !declared.contains(name));
        let unknown: String = before.map(|(name, changed)| changed.unknown(name, ",1")).collect();
        self.edits.open(span.start as usize, format!("{unknown}__tm.g({},{});", span.start, span.end));
        self.open(span);
        Begun::Followed
    }

    /// The statements from one that may end its function to the end of the list: they are followed together, as a function
    /// of their own that ends where they do.
    pub fn follow_rest(&mut self, rest: &[Statement<'_>]) {
        let Some((first, last)) = rest.first().zip(rest.last()).map(|(first, last)| (first.span(), last.span())) else {
            return;
        };
        let left = self.left_by(Stretch::of(Span::new(first.start, last.end)));
        let hoisted = |statement: &Statement<'_>| matches!(statement, Statement::FunctionDeclaration(_));
        let text = self.text.get(first.start as usize..last.end as usize).unwrap_or_default();
        self.following.unclear |= left.unclear
            || rest.iter().any(hoisted)
            || ["this", "arguments", "var "].iter().any(|word| text.contains(word));
        self.following.unclear |=
            unfollowable(|look| rest.iter().for_each(|statement| look.visit_statement(statement)));
        let unknown = unknown(&left.elsewhere);
        let (start, end) = (first.start, last.end);
        self.edits.open(start as usize, format!("{unknown}__tm.g({start},{end});return __tm.y((async()=>{{"));
        self.open(Span::new(start, end));
        self.within(Scope::Function, |this| this.list(rest, end, false));
        self.following.open = None;
        self.edits.close(end as usize, "})(),true);");
    }

    /// It ends.
    pub fn follow_ends(&mut self, statement: &Statement<'_>, begun: Begun) {
        let span = statement.span();
        if matches!(begun, Begun::Not) {
            return;
        }
        let left = self.behind(statement);
        self.following.unclear |= left.unclear;
        let unknown = unknown(&left.names);
        match begun {
            Begun::Not => {}
            Begun::Inside => {
                let text = format!(";if(__tm.n()!==__tmn{}){{{unknown}}}", span.start);
                self.edits.close(span.end as usize, text);
            }
            Begun::Followed => {
                self.following.open = None;
                if !matches!(statement, Statement::ReturnStatement(_)) {
                    self.edits.close(span.end as usize, format!(";await __tm.z();{unknown}"));
                }
            }
        }
    }

    /// A value that a function gives, and that may have to be waited for.
    pub fn follow_value(&mut self, span: Span, followed: bool, waits: bool, visit: impl FnOnce(&mut Self)) {
        if !followed {
            visit(self);
            return;
        }
        // A statement has begun already; an expression that is all of a function has not.
        let expression = !self.is_followed();
        if expression {
            self.open(span);
            let text = self.text.get(span.start as usize..span.end as usize).unwrap_or_default();
            self.following.unclear |= text.contains("this");
            self.edits.open(span.start as usize, format!("(__tm.g({},{}),", span.start, span.end));
        }
        self.edits.open(span.start as usize, "__tm.y(");
        visit(self);
        self.edits.close(span.end as usize, format!(",{waits})"));
        if expression {
            self.following.open = None;
            self.edits.close(span.end as usize, ")");
        }
    }

    /// What is not known behind a statement that is run for one row: what it changes, and what it declares.
    fn behind(&mut self, statement: &Statement<'_>) -> Left {
        let mut left = self.left_by(Stretch::of(statement.span()));
        if let Statement::VariableDeclaration(_) = statement {
            let mut declared = Vec::new();
            declared::declared(statement, &mut declared);
            let assigned = Changed { assigned: true, early: false };
            left.names.extend(declared.into_iter().map(|name| (name, assigned)));
        }
        left
    }

    /// The same behind a statement that may not have been run: a chain that was assigned in it may be the one before.
    pub fn unknown_after_either(&self, names: &BTreeMap<String, Changed>) -> String {
        names.iter().map(|(name, changed)| changed.unknown(name, if changed.assigned { "" } else { ",1" })).collect()
    }

    /// The body of a loop or a function begins next; `own` is what is made anew each time.
    pub fn turn_is(&mut self, whole: Span, own: Span) {
        if self.is_followed() {
            self.following.turn = Some((whole, own));
        }
    }

    /// It has ended; it may have been empty.
    pub fn no_turn(&mut self) {
        self.following.turn = None;
    }

    /// What is not known where a body begins, seen from what stands first in it: it may have been run before.
    fn turn(&mut self, seen: Span) -> Option<BTreeMap<String, Changed>> {
        let (whole, own) = self.following.turn.take()?;
        let left = self.left_by(Stretch { whole, own, seen });
        self.following.unclear |= left.unclear;
        Some(left.names)
    }

    /// A body begins, with these statements.
    pub fn turn_begins(&mut self, statements: &[Statement<'_>]) {
        let Some(first) = statements.first().map(GetSpan::span) else {
            self.no_turn();
            return;
        };
        if let Some(names) = self.turn(first) {
            self.edits.open(first.start as usize, format!("if(__tm.r()){{{}}}", unknown(&names)));
        }
    }

    /// A body that is an expression begins; whether it has to be closed.
    pub fn turn_begins_at(&mut self, span: Span) -> bool {
        let Some(names) = self.turn(span) else { return false };
        self.following.unclear |= names.values().any(|changed| changed.early);
        let unknown: Vec<String> = names
            .iter()
            .map(|(name, changed)| format!("{name}=__tm.x({name},\"{name}\",{},1)", changed.assigned))
            .chain(["0".to_owned()])
            .collect();
        self.edits.open(span.start as usize, format!("(__tm.r()&&({}),", unknown.join(",")));
        true
    }

    /// `n++`; whether it is put in other words.
    pub fn counted(&mut self, it: &UpdateExpression<'_>) -> bool {
        let SimpleAssignmentTarget::AssignmentTargetIdentifier(name) = &it.argument else { return false };
        if !self.is_followed() {
            return false;
        }
        self.visit_identifier_reference(name);
        let name = name.name.as_str();
        let (step, back) = match it.operator {
            UpdateOperator::Increment => ('+', '-'),
            UpdateOperator::Decrement => ('-', '+'),
        };
        let after = if it.prefix { String::new() } else { format!(",__tm.b(\"{back}\",{name},1)") };
        let text = format!("({name}=__tm.b(\"{step}\",{name},1){after})");
        self.edits.replace(it.span.start as usize, it.span.end as usize, text);
        true
    }

    /// `n += a`; whether it is put in other words.
    pub fn added(&mut self, it: &AssignmentExpression<'_>) -> bool {
        let operator = it.operator.as_str();
        let AssignmentTarget::AssignmentTargetIdentifier(name) = &it.left else { return false };
        if !self.is_followed() || !["+=", "-=", "*=", "/="].contains(&operator) {
            return false;
        }
        self.visit_identifier_reference(name);
        let plain = operator.trim_end_matches('=');
        let text = format!("=__tm.b(\"{plain}\",{},", name.name);
        self.between(name.span, it.right.span(), &text);
        self.visit_expression(&it.right);
        self.edits.close(it.right.span().end as usize, ")");
        true
    }
}

/// Code after which names are not known.
fn unknown(names: &BTreeMap<String, Changed>) -> String {
    names.iter().map(|(name, changed)| changed.unknown(name, ",1")).collect()
}

/// Whether there is something in it that a hole does not come to as a value would: what is done only if something else
/// fails, and defaults that do something.
fn unfollowable(visit: impl FnOnce(&mut Unfollowable)) -> bool {
    let mut look = Unfollowable(false);
    visit(&mut look);
    look.0
}

struct Unfollowable(bool);

impl<'a> Visit<'a> for Unfollowable {
    fn visit_catch_clause(&mut self, it: &CatchClause<'a>) {
        self.0 |= it.body.body.iter().any(look::may_do);
        walk::walk_catch_clause(self, it);
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        let method = match &it.callee {
            Expression::StaticMemberExpression(member) => member.property.name.as_str(),
            _ => "",
        };
        let handler = match method {
            "catch" => it.arguments.first(),
            "then" => it.arguments.get(1),
            _ => None,
        };
        let handler = handler.and_then(Argument::as_expression);
        self.0 |= handler.is_some_and(|handler| !purity::is_pure(handler));
        walk::walk_call_expression(self, it);
    }

    fn visit_assignment_pattern(&mut self, it: &AssignmentPattern<'a>) {
        self.0 |= !purity::works_out(&it.right);
        walk::walk_assignment_pattern(self, it);
    }

    fn visit_formal_parameter(&mut self, it: &FormalParameter<'a>) {
        self.0 |= it.initializer.as_ref().is_some_and(|value| !purity::works_out(value));
        walk::walk_formal_parameter(self, it);
    }
}

//! Statements that are followed: they go by rows or the like, and are run all the same, each loop over what only a real
//! run can know once, for one row that is a hole. How often the loop goes round is not known, and so nothing is that it
//! changes: names are holes from where a turn begins, and after the statement.

use super::fork::Scope;
use super::instrument::{ENTRIES, Instrument};
use super::taint::{self, Changes};
use super::{CarriedUnit, look, purity};
use oxc::ast::ast::*;
use oxc::ast_visit::{Visit, walk};
use oxc::semantic::ScopeFlags;
use oxc::span::{GetSpan, Span};
use std::collections::BTreeMap;

/// What is known of the statements that are followed.
#[derive(Default)]
pub(super) struct Following {
    /// The first byte of the one that is open. Those in it are part of it.
    pub open: Option<u32>,
    /// Whether one of them cannot be followed.
    pub unclear: bool,
    /// What functions change that may be called from anywhere.
    named: Changes,
    /// What a loop or a function changes whose body begins next.
    turn: Option<BTreeMap<String, bool>>,
    /// What the statement that is being visited stands in, the innermost last.
    pub scopes: Vec<Scope>,
}

/// Which names of a statement count as changed by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Changed {
    /// Those that are seen in it and behind it.
    Within,
    /// With those that it declares.
    AndDeclared,
}

impl Following {
    /// Looks at the functions of a script.
    pub fn look(&mut self, program: &Program<'_>) {
        let mut named = Named { changes: Changes::default(), depth: 0 };
        named.visit_program(program);
        self.named = named.changes;
    }
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

    /// A statement begins.
    pub fn follow_begins(&mut self, statement: &Statement<'_>, followed: bool) -> Begun {
        let span = statement.span();
        if !followed {
            if self.is_followed()
                && look::is_run(statement)
                && !self.changed(statement, Changed::AndDeclared).is_empty()
            {
                self.edits.open(span.start as usize, format!("const __tmn{0}=__tm.n();", span.start));
                return Begun::Inside;
            }
            return Begun::Not;
        }
        let mut changes = Changes::default();
        changes.visit_statement(statement);
        let text = self.text.get(span.start as usize..span.end as usize).unwrap_or_default();
        self.following.unclear |= changes.own || self.following.named.own && text.contains("this");
        self.following.unclear |= unfollowable(|look| look.visit_statement(statement));
        let unknown = self.unknown(&self.named());
        self.edits.open(span.start as usize, format!("{unknown}__tm.g({},{});", span.start, span.end));
        self.following.open = Some(span.start);
        Begun::Followed
    }

    /// The statements from one that may end its function to the end of the list: they are followed together, as a function
    /// of their own that ends where they do.
    pub fn follow_rest(&mut self, rest: &[Statement<'_>]) {
        let Some((first, last)) = rest.first().zip(rest.last()).map(|(first, last)| (first.span(), last.span())) else {
            return;
        };
        let mut changes = Changes::default();
        rest.iter().for_each(|statement| changes.visit_statement(statement));
        let hoisted = |statement: &Statement<'_>| matches!(statement, Statement::FunctionDeclaration(_));
        let text = self.text.get(first.start as usize..last.end as usize).unwrap_or_default();
        self.following.unclear |= changes.own
            || rest.iter().any(hoisted)
            || ["this", "arguments", "var "].iter().any(|word| text.contains(word));
        self.following.unclear |=
            unfollowable(|look| rest.iter().for_each(|statement| look.visit_statement(statement)));
        let unknown = self.unknown(&self.named());
        let (start, end) = (first.start, last.end);
        self.edits.open(start as usize, format!("{unknown}__tm.g({start},{end});return __tm.y((async()=>{{"));
        self.following.open = Some(start);
        self.within(Scope::Function, |this| this.list(rest, end, false));
        self.following.open = None;
        self.edits.close(end as usize, "})(),true);");
    }

    /// It ends.
    pub fn follow_ends(&mut self, statement: &Statement<'_>, begun: Begun) {
        let span = statement.span();
        let unknown = match begun {
            Begun::Not => return,
            Begun::Followed => {
                let mut names = self.changed(statement, Changed::AndDeclared);
                names.extend(self.named());
                self.unknown(&names)
            }
            Begun::Inside => self.unknown(&self.changed(statement, Changed::AndDeclared)),
        };
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
            self.following.open = Some(span.start);
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

    /// What a statement may leave changed.
    pub fn changed(&self, statement: &Statement<'_>, which: Changed) -> BTreeMap<String, bool> {
        let mut names = taint::changed(statement);
        let mut declared = Vec::new();
        if which == Changed::AndDeclared {
            taint::declared(statement, &mut declared);
            if let Statement::VariableDeclaration(_) = statement {
                names.extend(declared.iter().map(|name| (name.clone(), true)));
            }
        }
        names.retain(|name, _| declared.contains(name) || self.is_visible(name));
        names
    }

    /// What functions change of the names that are declared so far.
    fn named(&self) -> BTreeMap<String, bool> {
        let mut names = self.following.named.names.clone();
        names.retain(|name, _| self.is_visible(name));
        names
    }

    fn is_visible(&self, name: &str) -> bool {
        self.visible.iter().flatten().any(|visible| visible == name)
    }

    /// Code after which names are not known.
    fn unknown(&self, names: &BTreeMap<String, bool>) -> String {
        names.iter().map(|(name, assigned)| format!("{name}=__tm.x({name},\"{name}\",{assigned},1);")).collect()
    }

    /// The same behind a statement that may not have been run: a chain that was assigned in it may be the one before.
    pub fn unknown_after_either(&self, names: &BTreeMap<String, bool>) -> String {
        let ran = |assigned: bool| if assigned { "" } else { ",1" };
        let one = |(name, assigned): (&String, &bool)| {
            format!("{name}=__tm.x({name},\"{name}\",{assigned}{});", ran(*assigned))
        };
        names.iter().map(one).collect()
    }

    /// The body of a loop begins next.
    pub fn loop_begins(&mut self, visit: impl FnOnce(&mut Changes)) {
        if self.is_followed() {
            let mut changes = Changes::default();
            visit(&mut changes);
            changes.names.retain(|name, _| self.is_visible(name));
            self.following.turn = Some(changes.names);
        }
    }

    /// It has ended; it may have been empty.
    pub fn loop_ends(&mut self) {
        self.following.turn = None;
    }

    /// The body of a function begins next.
    pub fn call_begins(&mut self, visit: impl FnOnce(&mut Changes)) {
        self.loop_begins(visit);
    }

    /// A body begins, with these statements.
    pub fn turn_begins(&mut self, statements: &[Statement<'_>]) {
        let (Some(mut names), Some(first)) = (self.following.turn.take(), statements.first()) else { return };
        let mut declared = Vec::new();
        statements.iter().for_each(|statement| taint::declared(statement, &mut declared));
        names.retain(|name, _| !declared.contains(name));
        let text = format!("if(__tm.r()){{{}}}", self.unknown(&names));
        self.edits.open(first.span().start as usize, text);
    }

    /// A body that is an expression begins; whether it has to be closed.
    pub fn turn_begins_at(&mut self, span: Span) -> bool {
        let Some(names) = self.following.turn.take() else { return false };
        let unknown: Vec<String> = names
            .iter()
            .map(|(name, assigned)| format!("{name}=__tm.x({name},\"{name}\",{assigned},1)"))
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

/// What functions change that stand in others or have a name, but for those that a tool calls.
struct Named {
    changes: Changes,
    /// How many functions the walk is in.
    depth: usize,
}

impl<'a> Visit<'a> for Named {
    fn visit_function(&mut self, it: &Function<'a>, flags: ScopeFlags) {
        if let (Some(id), Some(body)) = (&it.id, &it.body)
            && !ENTRIES.contains(&id.name.as_str())
        {
            self.changes.visit_function_body(body);
        }
        if let Some(body) = it.body.as_ref().filter(|_| self.depth > 0) {
            self.changes.visit_function_body(body);
        }
        self.depth += 1;
        walk::walk_function(self, it, flags);
        self.depth -= 1;
    }

    fn visit_arrow_function_expression(&mut self, it: &ArrowFunctionExpression<'a>) {
        if self.depth > 0 {
            self.changes.visit_arrow_function_body(&it.body);
        }
        self.depth += 1;
        walk::walk_arrow_function_expression(self, it);
        self.depth -= 1;
    }

    fn visit_variable_declarator(&mut self, it: &VariableDeclarator<'a>) {
        let name = it.id.get_identifier_name();
        if let Some(init) = &it.init {
            self.value(name.as_ref().map(|name| name.as_str()), init);
        }
        walk::walk_variable_declarator(self, it);
    }

    fn visit_assignment_expression(&mut self, it: &AssignmentExpression<'a>) {
        let name = match &it.left {
            AssignmentTarget::StaticMemberExpression(member) => Some(member.property.name.as_str()),
            _ => None,
        };
        self.value(name, &it.right);
        walk::walk_assignment_expression(self, it);
    }

    fn visit_object_property(&mut self, it: &ObjectProperty<'a>) {
        self.value(it.key.static_name().as_deref(), &it.value);
        walk::walk_object_property(self, it);
    }

    fn visit_method_definition(&mut self, it: &MethodDefinition<'a>) {
        if !it.key.static_name().is_some_and(|name| ENTRIES.contains(&&*name))
            && let Some(body) = &it.value.body
        {
            self.changes.visit_function_body(body);
        }
        walk::walk_method_definition(self, it);
    }
}

impl Named {
    fn value(&mut self, name: Option<&str>, value: &Expression<'_>) {
        if name.is_some_and(|name| ENTRIES.contains(&name)) {
            return;
        }
        match value {
            Expression::FunctionExpression(function) => {
                if let Some(body) = &function.body {
                    self.changes.visit_function_body(body);
                }
            }
            Expression::ArrowFunctionExpression(function) => self.changes.visit_arrow_function_body(&function.body),
            _ => {}
        }
    }
}

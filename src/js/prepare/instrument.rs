//! What is put into a script so that the host knows where it stands, and so that a value which only a real run can know
//! (a hole) is noticed where its value would count. Positions are those of the file as the user has it.

use super::edit::Edits;
use super::effects::{Effects, Left, Stretch};
use super::follow::Following;
use super::fork::{Scope, Way};
use super::look::{Escapes, is_literal, is_run, is_text, may_call, waits};
use super::modules::Head;
use super::{CarriedUnit, declared, purity};
use oxc::ast::ast::*;
use oxc::ast_visit::{Visit, walk};
use oxc::semantic::ScopeFlags;
use oxc::span::{GetSpan, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The functions whose statements are carried as code one by one.
pub(super) const ENTRIES: [&str; 4] = ["up", "down", "seed", "run"];

/// A statement that the walk is in.
pub(super) struct Open {
    /// The statement that is carried as code where this one cannot be understood.
    pub unit: u32,
    /// It, and whether all that follows it in its list goes with it.
    pub climbs: bool,
    pub rest: bool,
    /// The statement to follow where this one is to be followed.
    pub followed: Option<u32>,
}

/// The walk.
pub(super) struct Instrument<'s, 'c> {
    pub text: &'s str,
    pub edits: Edits,
    pub head: Head,
    /// The module's own statements, and whether each may be left out by itself: not where it says what is exported.
    pub tops: Vec<(u32, u32, bool)>,
    /// The names that values are asked of.
    pub used: BTreeSet<String>,
    pub tail: String,
    /// The statements to carry as code, by their first byte.
    pub carried: &'c BTreeMap<u32, CarriedUnit>,
    /// The statements of each entry that call something, outermost first: start, end.
    pub calling: Vec<(u32, u32)>,
    /// The statements that go together with all that follows them.
    pub whole: Vec<u32>,
    /// By the first byte of a statement its unit, and the statement that can be followed in its place.
    pub followable: BTreeMap<u32, (u32, u32)>,
    /// What is known of the statements that are followed.
    pub following: Following,
    /// How many functions are open, and inside which of them an entry started.
    pub functions: usize,
    pub entry: Option<usize>,
    pub statements: Vec<Open>,
    /// Whether each function that is open is `async`.
    pub waiting: Vec<bool>,
    /// What may change what; only where statements are carried.
    pub effects: Option<Rc<Effects>>,
    /// Whether a statement that is not run may change more than names can say.
    pub unclear: bool,
    /// Where an expression begins that is only worked out where something fails.
    pub handler: Option<u32>,
    /// The bodies of the functions that a tool calls: where the first statement starts, and where the body ends.
    pub bodies: Vec<(u32, u32)>,
}

impl<'s, 'c> Instrument<'s, 'c> {
    pub fn new(text: &'s str, carried: &'c BTreeMap<u32, CarriedUnit>) -> Self {
        Instrument {
            text,
            edits: Edits::default(),
            head: Head::default(),
            tops: Vec::new(),
            used: BTreeSet::new(),
            tail: String::new(),
            carried,
            calling: Vec::new(),
            whole: Vec::new(),
            followable: BTreeMap::new(),
            following: Following::default(),
            functions: 0,
            entry: None,
            statements: Vec::new(),
            waiting: Vec::new(),
            effects: None,
            unclear: false,
            handler: None,
            bodies: Vec::new(),
        }
    }

    /// The unit of what is being visited; -1 outside of the entries.
    pub fn unit(&self) -> i64 {
        if self.entry.is_none() {
            return -1;
        }
        self.statements.last().map_or(-1, |open| i64::from(open.unit))
    }

    /// Wraps an expression: `__tm.<name>(expression, unit)`.
    fn wrap(&mut self, span: Span, name: &str) {
        let unit = self.unit();
        self.edits.open(span.start as usize, format!("__tm.{name}("));
        self.edits.close(span.end as usize, format!(",{unit})"));
    }

    pub fn wrapped(&mut self, expression: &Expression<'_>, name: &str) {
        let span = expression.span();
        self.edits.open(span.start as usize, format!("__tm.{name}("));
        self.visit_expression(expression);
        let unit = self.unit();
        self.edits.close(span.end as usize, format!(",{unit})"));
    }

    /// The statements of a block or body that ends at `end`.
    pub fn list(&mut self, statements: &[Statement<'_>], end: u32, top_of_function: bool) {
        self.turn_begins(statements);
        if top_of_function
            && self.is_entrys_own()
            && let Some(first) = statements.first()
        {
            self.bodies.push((first.span().start, end));
        }
        let mut skip = false;
        for (at, statement) in statements.iter().enumerate() {
            let span = statement.span();
            if skip {
                continue;
            }
            let unit = self.carried.get(&span.start).copied();
            if let Some(CarriedUnit::Left { rest }) = unit {
                let gone = if rest { &statements[at..] } else { &statements[at..=at] };
                let gone_end = if rest { gone.last().map_or(span.end, |last| last.span().end) } else { span.end };
                let ends_entry = rest && self.is_entrys_own();
                self.carry(gone, span.start, gone_end, ends_entry);
                if rest && !ends_entry {
                    self.edits.open(span.start as usize, "return __tm.h(\"a function of which the end is not run\");");
                }
                skip = rest;
                continue;
            }
            let open = self.opened(statement, top_of_function);
            let inside = self.entry.is_some();
            if open.rest && inside && !self.whole.contains(&open.unit) {
                self.whole.push(open.unit);
            }
            if let Some(followed) = open.followed.filter(|_| inside) {
                self.followable.entry(span.start).or_insert((open.unit, followed));
            }
            let followed = self.is_to_follow(span.start) && !self.is_followed();
            if followed && open.rest && !matches!(statement, Statement::ReturnStatement(_)) {
                self.statements.push(open);
                self.follow_rest(&statements[at..]);
                self.statements.pop();
                break;
            }
            let begun = self.follow_begins(statement, followed);
            let unit = if inside { i64::from(open.unit) } else { -1 };
            self.statements.push(open);
            if is_run(statement) {
                self.edits.open(span.start as usize, format!("__tm.a({},{},{unit});", span.start, span.end));
            }
            if inside && may_call(statement) {
                self.calling.push((span.start, span.end));
            }
            self.visit_statement(statement);
            self.statements.pop();
            self.follow_ends(statement, begun);
        }
    }

    /// A statement that is entered: where its unit starts.
    fn opened(&self, statement: &Statement<'_>, top_of_function: bool) -> Open {
        let start = statement.span().start;
        let mut escapes = Escapes::default();
        escapes.visit_statement(statement);
        let parent = self.statements.last();
        let followed = match statement {
            Statement::ReturnStatement(returned) if returned.argument.is_some() => Some(start),
            _ if !escapes.leaves() && self.waiting.last() == Some(&true) => Some(start),
            // With all that follows it in its function.
            _ if escapes.returns && top_of_function && self.waiting.last() == Some(&true) => Some(start),
            _ => parent.and_then(|parent| parent.followed),
        };
        if !escapes.leaves() {
            return Open { unit: start, climbs: false, rest: false, followed };
        }
        if top_of_function {
            return Open { unit: start, climbs: true, rest: true, followed };
        }
        match parent {
            Some(parent) if !escapes.returns && !parent.climbs => {
                Open { unit: parent.unit, climbs: false, rest: false, followed }
            }
            Some(parent) => Open { unit: parent.unit, climbs: true, rest: parent.rest, followed },
            None => Open { unit: start, climbs: true, rest: true, followed },
        }
    }

    /// Puts the record of carried code in the place of statements, and holes in that of what they would have changed.
    fn carry(&mut self, statements: &[Statement<'_>], start: u32, end: u32, ends_entry: bool) {
        // Behind the rest of an entry nothing is run that could see what other modules keep.
        let run = self.effects.as_ref().map(|effects| effects.run_by(Span::new(start, end)));
        let imports = !ends_entry && run.is_some_and(|run| run.imports);
        let mut text = format!("__tm.c({start},{end}{});", if imports { ",1" } else { "" });
        let mut declared = Vec::new();
        for statement in statements {
            let before = declared.len();
            declared::declared(statement, &mut declared);
            let word = if declared::is_var(statement) { "var" } else { "let" };
            for name in declared.get(before..).unwrap_or_default() {
                text.push_str(&format!("{word} {name}=__tm.h(\"{name}\");"));
            }
        }
        let left = self.left_by(Stretch::of(Span::new(start, end)));
        for name in left.declared.iter().filter(|name| !declared.contains(name)) {
            text.push_str(&format!("var {name}=__tm.h(\"{name}\");"));
        }
        let names = left.names.iter().filter(|(name, _)| !declared.contains(name) && !left.declared.contains(*name));
        names.for_each(|(name, changed)| text.push_str(&changed.unknown(name, "")));
        // Behind the rest of an entry nothing is run.
        self.unclear |= left.unclear && !ends_entry;
        // Before what an `export` puts behind its statement.
        self.edits.open(start as usize, text);
        self.edits.remove(start as usize, end as usize);
    }

    /// What a stretch may leave changed.
    pub fn left_by(&mut self, stretch: Stretch) -> Left {
        let left = self.effects.as_ref().map(|effects| effects.left_by(stretch)).unwrap_or_default();
        // What is imported under a name that only a statement which is not run has named is named by what stands for it.
        self.used.extend(left.names.keys().cloned());
        left
    }

    /// A statement that stands without braces.
    pub fn lone(&mut self, statement: &Statement<'_>) {
        if matches!(statement, Statement::BlockStatement(_) | Statement::EmptyStatement(_)) {
            self.visit_statement(statement);
            return;
        }
        let span = statement.span();
        self.edits.open(span.start as usize, "{");
        self.list(std::slice::from_ref(statement), span.end, false);
        self.edits.close(span.end as usize, "}");
    }

    pub fn between(&mut self, left: Span, right: Span, text: &str) {
        self.edits.replace(left.end as usize, right.start as usize, text);
    }
}

impl<'a> Visit<'a> for Instrument<'_, '_> {
    fn visit_program(&mut self, it: &Program<'a>) {
        let types = super::modules::types(it);
        for statement in &it.body {
            super::modules::edit(self.text, statement, &types, &mut self.edits, &mut self.head, &mut self.tail);
        }
        for statement in &it.body {
            let span = statement.span();
            let text = self.text.get(span.start as usize..span.end as usize).unwrap_or_default();
            let alone = !text.contains("exports") && !text.starts_with("export default");
            self.tops.push((span.start, span.end, alone));
        }
        self.list(&it.body, it.span.end, true);
    }

    fn visit_identifier_reference(&mut self, it: &IdentifierReference<'a>) {
        if !self.used.contains(it.name.as_str()) {
            self.used.insert(it.name.to_string());
        }
    }

    fn visit_block_statement(&mut self, it: &BlockStatement<'a>) {
        self.list(&it.body, it.span.end.saturating_sub(1), false);
    }

    fn visit_static_block(&mut self, it: &StaticBlock<'a>) {
        self.function(false, false, |this| this.list(&it.body, it.span.end.saturating_sub(1), true));
    }

    fn visit_switch_case(&mut self, it: &SwitchCase<'a>) {
        // A text may be the name of a database, which what the switch is on may ask for.
        let is_plain = |test: &Expression<'_>| is_literal(test) && !matches!(test, Expression::StringLiteral(_));
        if let Some(test) = it.test.as_ref().filter(|test| !is_plain(test)) {
            self.wrapped(test, "s");
        }
        self.list(&it.consequent, it.span.end, false);
    }

    fn visit_function(&mut self, it: &Function<'a>, _: ScopeFlags) {
        let entry = self.is_entry(it.id.as_ref().map(|id| id.name.as_str()), true);
        self.inside_function(it, entry);
    }

    fn visit_arrow_function_expression(&mut self, it: &ArrowFunctionExpression<'a>) {
        self.arrow(it, false);
    }

    fn visit_assignment_expression(&mut self, it: &AssignmentExpression<'a>) {
        let name = match &it.left {
            AssignmentTarget::StaticMemberExpression(member) => Some(member.property.name.to_string()),
            _ => None,
        };
        if self.added(it) {
            return;
        }
        self.visit_assignment_target(&it.left);
        self.value(name.as_deref(), &it.right);
    }

    fn visit_object_property(&mut self, it: &ObjectProperty<'a>) {
        if it.computed {
            self.visit_property_key(&it.key);
            if let Some(key) = it.key.as_expression().filter(|key| !is_literal(key)) {
                self.wrap(key.span(), "k");
            }
        }
        // A shorthand's value is its key: nothing may be put around it.
        if it.shorthand {
            walk::walk_expression(self, &it.value);
        } else {
            self.value(it.key.static_name().as_deref(), &it.value);
        }
    }

    fn visit_variable_declarator(&mut self, it: &VariableDeclarator<'a>) {
        self.visit_binding_pattern(&it.id);
        if let Some(init) = &it.init {
            let name = it.id.get_identifier_name();
            self.told_if_it_writes(init, |this| this.value(name.as_ref().map(|name| name.as_str()), init));
        }
    }

    fn visit_method_definition(&mut self, it: &MethodDefinition<'a>) {
        it.decorators.iter().for_each(|decorator| self.visit_decorator(decorator));
        let entry = self.is_entry(it.key.static_name().as_deref(), true);
        self.inside_function(&it.value, entry);
    }

    fn visit_property_definition(&mut self, it: &PropertyDefinition<'a>) {
        it.decorators.iter().for_each(|decorator| self.visit_decorator(decorator));
        if let Some(value) = &it.value {
            self.value(it.key.static_name().as_deref(), value);
        }
    }

    fn visit_if_statement(&mut self, it: &IfStatement<'a>) {
        if self.forked(it) {
            return;
        }
        self.wrapped(&it.test, "t");
        self.lone(&it.consequent);
        if let Some(alternate) = &it.alternate {
            self.lone(alternate);
        }
    }

    fn visit_while_statement(&mut self, it: &WhileStatement<'a>) {
        self.while_loop(it);
    }

    fn visit_do_while_statement(&mut self, it: &DoWhileStatement<'a>) {
        self.do_while_loop(it);
    }

    fn visit_for_statement(&mut self, it: &ForStatement<'a>) {
        self.for_loop(it);
    }

    fn visit_for_of_statement(&mut self, it: &ForOfStatement<'a>) {
        self.for_of_loop(it);
    }

    fn visit_for_in_statement(&mut self, it: &ForInStatement<'a>) {
        self.for_in_loop(it);
    }

    fn visit_switch_statement(&mut self, it: &SwitchStatement<'a>) {
        self.wrapped(&it.discriminant, "w");
        self.within(Scope::Switch, |this| it.cases.iter().for_each(|case| this.visit_switch_case(case)));
    }

    fn visit_conditional_expression(&mut self, it: &ConditionalExpression<'a>) {
        if self.chosen(it) {
            return;
        }
        self.wrapped(&it.test, "t");
        self.visit_expression(&it.consequent);
        self.visit_expression(&it.alternate);
    }

    fn visit_logical_expression(&mut self, it: &LogicalExpression<'a>) {
        if self.either(it) {
            return;
        }
        if waits(&it.right) || self.is_followed() && !purity::works_out(&it.right) {
            self.wrapped(&it.left, "t");
            self.visit_expression(&it.right);
            return;
        }
        let (left, right) = (it.left.span(), it.right.span());
        self.edits.open(it.span.start as usize, format!("__tm.l(\"{}\",", it.operator.as_str()));
        self.visit_expression(&it.left);
        self.between(left, right, ",()=>(");
        self.visit_expression(&it.right);
        let source = super::short(self.text, it.span.start, it.span.end);
        // What is done only where the left side is so must not go without a trace.
        let does = if purity::works_out(&it.right) { String::new() } else { format!(",1,{}", self.unit()) };
        self.edits.close(it.span.end as usize, format!("),{source}{does})"));
    }

    fn visit_binary_expression(&mut self, it: &BinaryExpression<'a>) {
        let joined = it.operator == BinaryOperator::Addition && (is_text(&it.left) || is_text(&it.right));
        if joined || (is_literal(&it.left) && is_literal(&it.right)) {
            walk::walk_binary_expression(self, it);
            return;
        }
        self.edits.open(it.span.start as usize, format!("__tm.b(\"{}\",", it.operator.as_str()));
        self.visit_expression(&it.left);
        self.between(it.left.span(), it.right.span(), ",");
        self.visit_expression(&it.right);
        self.edits.close(it.span.end as usize, ")");
    }

    fn visit_unary_expression(&mut self, it: &UnaryExpression<'a>) {
        let span = it.span;
        match it.operator {
            UnaryOperator::Delete | UnaryOperator::Void => walk::walk_unary_expression(self, it),
            _ if is_literal(&it.argument) => {}
            UnaryOperator::Typeof => {
                if let Expression::Identifier(name) = &it.argument {
                    self.visit_identifier_reference(name);
                    let text = format!("__tm.u(\"typeof\",typeof {0}===\"undefined\"?undefined:{0})", name.name);
                    self.edits.replace(span.start as usize, span.end as usize, text);
                    return;
                }
                self.edits.replace(span.start as usize, it.argument.span().start as usize, "__tm.u(\"typeof\",");
                self.visit_expression(&it.argument);
                self.edits.close(span.end as usize, ")");
            }
            _ => {
                let open = format!("__tm.u(\"{}\",", it.operator.as_str());
                self.edits.replace(span.start as usize, it.argument.span().start as usize, open);
                self.visit_expression(&it.argument);
                self.edits.close(span.end as usize, ")");
            }
        }
    }

    fn visit_spread_element(&mut self, it: &SpreadElement<'a>) {
        self.wrapped(&it.argument, "i");
    }

    fn visit_object_property_kind(&mut self, it: &ObjectPropertyKind<'a>) {
        match it {
            ObjectPropertyKind::ObjectProperty(property) => self.visit_object_property(property),
            ObjectPropertyKind::SpreadProperty(spread) => self.visit_expression(&spread.argument),
        }
    }

    fn visit_computed_member_expression(&mut self, it: &ComputedMemberExpression<'a>) {
        self.visit_expression(&it.object);
        if is_literal(&it.expression) {
            return;
        }
        let Expression::Identifier(object) = &it.object else { return self.wrapped(&it.expression, "k") };
        let (span, unit) = (it.expression.span(), self.unit());
        self.edits.open(span.start as usize, "__tm.k(");
        self.visit_expression(&it.expression);
        self.edits.close(span.end as usize, format!(",{unit},{})", object.name));
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        // What is done where something fails is not run here, and is told of like any statement that is not reached.
        let handler = match it.callee.get_member_expr().and_then(|member| member.static_property_name()) {
            Some("catch") => it.arguments.first(),
            Some("then") => it.arguments.get(1),
            _ => None,
        };
        if let Some(Argument::ArrowFunctionExpression(function)) = handler {
            self.handler = function.body.as_expression().map(|body| body.span().start);
        }
        walk::walk_call_expression(self, it);
    }

    // The walk over arguments does not come by `visit_argument`.
    fn visit_arguments(&mut self, it: &oxc::allocator::Vec<'a, Argument<'a>>) {
        for argument in it {
            let Some(expression) = argument.as_expression() else {
                walk::walk_argument(self, argument);
                continue;
            };
            if purity::is_pure(expression) {
                let span = expression.span();
                self.edits.open(span.start as usize, "__tm.p(");
                self.visit_expression(expression);
                let captured: Vec<String> = purity::captured(expression).into_iter().collect();
                let captured = match captured.as_slice() {
                    [] => String::new(),
                    names => format!(",()=>[{}]", names.join(",")),
                };
                self.edits.close(span.end as usize, format!("{captured})"));
            } else {
                self.visit_expression(expression);
            }
        }
    }

    fn visit_expression_statement(&mut self, it: &ExpressionStatement<'a>) {
        self.told(&it.expression, |this| walk::walk_expression_statement(this, it));
    }

    fn visit_await_expression(&mut self, it: &AwaitExpression<'a>) {
        self.told_if_it_writes(&it.argument, |this| walk::walk_await_expression(this, it));
    }

    fn visit_array_expression_element(&mut self, it: &ArrayExpressionElement<'a>) {
        match it.as_expression() {
            Some(element) => self.told_if_it_writes(element, |this| walk::walk_array_expression_element(this, it)),
            None => walk::walk_array_expression_element(self, it),
        }
    }

    fn visit_update_expression(&mut self, it: &UpdateExpression<'a>) {
        if !self.counted(it) {
            walk::walk_update_expression(self, it);
        }
    }

    fn visit_labeled_statement(&mut self, it: &LabeledStatement<'a>) {
        self.following.unclear |= self.is_followed();
        walk::walk_labeled_statement(self, it);
    }

    fn visit_throw_statement(&mut self, it: &ThrowStatement<'a>) {
        if !self.leaves(it.span, Way::Throw, Some(&it.argument)) {
            self.visit_expression(&it.argument);
        }
    }

    fn visit_break_statement(&mut self, it: &BreakStatement<'a>) {
        self.leaves(it.span, Way::Break, None);
    }

    fn visit_continue_statement(&mut self, it: &ContinueStatement<'a>) {
        self.leaves(it.span, Way::Continue, None);
    }

    fn visit_return_statement(&mut self, it: &ReturnStatement<'a>) {
        if self.leaves(it.span, Way::Return, it.argument.as_ref()) {
            return;
        }
        let Some(argument) = &it.argument else { return };
        let followed = self.is_to_follow(it.span.start);
        let waits = self.waiting.last() == Some(&true);
        let own = self.is_entrys_own();
        self.follow_value(argument.span(), followed, waits, |this| match own {
            true => this.told(argument, |this| this.visit_expression(argument)),
            false => this.visit_expression(argument),
        });
    }

    fn visit_import_expression(&mut self, it: &ImportExpression<'a>) {
        let (start, source) = (it.span.start as usize, it.source.span());
        self.edits.replace(start, source.start as usize, "__tm.m(require,");
        self.visit_expression(&it.source);
        self.edits.replace(source.end as usize, it.span.end as usize, ")");
    }

    fn visit_import_meta(&mut self, it: &ImportMeta) {
        self.edits.replace(it.span.start as usize, it.span.end as usize, "__tm_meta");
    }

    // Types are stripped later; nothing in them is run.
    fn visit_ts_type_annotation(&mut self, _: &TSTypeAnnotation<'a>) {}

    fn visit_ts_type_parameter_instantiation(&mut self, _: &TSTypeParameterInstantiation<'a>) {}

    fn visit_ts_interface_declaration(&mut self, _: &TSInterfaceDeclaration<'a>) {}

    fn visit_ts_type_alias_declaration(&mut self, _: &TSTypeAliasDeclaration<'a>) {}

    fn visit_ts_type(&mut self, _: &TSType<'a>) {}

    fn visit_ts_enum_declaration(&mut self, _: &TSEnumDeclaration<'a>) {}

    // A decorator registers its class with a package that is not there.
    fn visit_decorator(&mut self, it: &Decorator<'a>) {
        self.edits.remove(it.span.start as usize, it.span.end as usize);
    }
}

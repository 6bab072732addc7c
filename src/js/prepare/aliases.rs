//! Under which names a script may hold what reaches a database: what it is given, whatever it makes of that, and what it puts
//! that into.

use super::free::{self, Free};
use super::outline;
use oxc::allocator::Allocator;
use oxc::ast::ast::*;
use oxc::ast_visit::{Visit, walk};
use oxc::parser::Parser;
use oxc::semantic::ScopeFlags;
use std::collections::{BTreeMap, BTreeSet};

/// How often a script is gone through: each time names are found that were set to others found later in it.
const PASSES: usize = 12;

/// What a tool's names and methods are, as far as it matters here.
pub struct Vocabulary<'k> {
    /// Whether a name is one under which tools hand out what reaches the database.
    pub is_handle: &'k (dyn Fn(&str) -> bool + Sync),
    /// Whether a method gives, once it is waited for, nothing that reaches the database, and hands no such thing to what it
    /// calls.
    pub gives_nothing: &'k (dyn Fn(&str) -> bool + Sync),
}

/// The names under which a script may hold what reaches a database, but for those by which tools call it. `None` when the
/// script cannot be parsed, or where its up and down are cannot be told.
pub fn aliases(path: &str, text: &str, known: &Vocabulary<'_>) -> Option<BTreeSet<String>> {
    let outline = outline(path, text).ok()?;
    let functions = [outline.up, outline.down].into_iter().flatten().map(|entry| entry.function);
    let given = functions.map(|function| text.get(function?.parameters)).collect::<Option<Vec<&str>>>()?;
    let words = given.iter().flat_map(|text| text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$'))));
    let handles = words.filter(|word| !word.is_empty()).map(|word| (word.to_owned(), Reach::Handle));
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, super::source_type(path)).parse();
    let mut aliases = Aliases {
        known,
        names: handles.collect(),
        fields: BTreeSet::new(),
        parameters: BTreeMap::new(),
        gives: BTreeMap::new(),
        open: Vec::new(),
        changed: true,
    };
    for _ in 0..PASSES {
        if !std::mem::take(&mut aliases.changed) {
            break;
        }
        aliases.visit_program(&parsed.program);
    }
    if aliases.changed {
        // Whatever is called anything may be one.
        aliases.names.extend(free::bound(&parsed.program).into_iter().map(|name| (name, Reach::Handle)));
    }
    Some(aliases.names.into_keys().collect())
}

/// What a value may reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    /// No database.
    #[default]
    Nothing,
    /// One, until it is waited for: a query that is being put together.
    Query,
    /// One.
    Handle,
}

/// What a function of the file takes: the names of each parameter.
type Parameters = Vec<Vec<String>>;

struct Aliases<'k> {
    known: &'k Vocabulary<'k>,
    names: BTreeMap<String, Reach>,
    /// Members of anything that were set to one.
    fields: BTreeSet<String>,
    /// By the name of a function of the file what it takes, and what it gives.
    parameters: BTreeMap<String, Parameters>,
    gives: BTreeMap<String, Reach>,
    /// The names of the functions that are open.
    open: Vec<Option<String>>,
    changed: bool,
}

impl Aliases<'_> {
    fn name(&self, name: &str) -> Reach {
        let given = self.names.get(name).copied().unwrap_or_default();
        if (self.known.is_handle)(name) { Reach::Handle } else { given }
    }

    fn field(&self, name: &str) -> bool {
        self.fields.contains(name) || (self.known.is_handle)(name)
    }

    fn put(&mut self, name: &str, reach: Reach) {
        if reach > self.names.get(name).copied().unwrap_or_default() {
            self.names.insert(name.to_owned(), reach);
            self.changed = true;
        }
    }

    fn bind(&mut self, pattern: &BindingPattern<'_>, reach: Reach) {
        for name in pattern.get_binding_identifiers() {
            self.put(name.name.as_str(), reach);
        }
    }

    fn most<'e, 'a: 'e>(&self, all: impl Iterator<Item = &'e Expression<'a>>) -> Reach {
        all.map(|one| self.reach(one)).max().unwrap_or_default()
    }

    fn given(&self, arguments: &[Argument<'_>]) -> Reach {
        let one = |argument: &Argument<'_>| match argument {
            Argument::SpreadElement(spread) => self.reach(&spread.argument),
            argument => argument.as_expression().map_or(Reach::Nothing, |value| self.reach(value)),
        };
        arguments.iter().map(one).max().unwrap_or_default()
    }

    fn member(&self, member: &MemberExpression<'_>) -> Reach {
        let is_field = member.static_property_name().is_none_or(|name| self.field(name));
        match member.object().without_parentheses() {
            // What a class has is told by its name, or by what it is set to.
            Expression::ThisExpression(_) | Expression::Super(_) if is_field => Reach::Handle,
            Expression::ThisExpression(_) | Expression::Super(_) => Reach::Nothing,
            _ if member.static_property_name().is_some_and(|name| self.field(name)) => Reach::Handle,
            object => match self.reach(object) {
                Reach::Nothing => Reach::Nothing,
                Reach::Query | Reach::Handle => Reach::Handle,
            },
        }
    }

    fn call(&self, call: &CallExpression<'_>) -> Reach {
        let given = || self.given(&call.arguments);
        match call.callee.without_parentheses() {
            Expression::Identifier(id) if self.parameters.contains_key(id.name.as_str()) => {
                self.gives.get(id.name.as_str()).copied().unwrap_or_default()
            }
            Expression::Identifier(id) => match self.name(id.name.as_str()) {
                Reach::Nothing => given(),
                Reach::Query | Reach::Handle => Reach::Query,
            },
            callee => match callee.as_member_expression() {
                Some(member) => match (self.reach(member.object()), member.static_property_name()) {
                    (Reach::Nothing, _) => given(),
                    (reach, Some("then" | "catch" | "finally")) => reach,
                    (_, Some(name)) if (self.known.gives_nothing)(name) => Reach::Query,
                    _ => Reach::Handle,
                },
                None => given().max(self.reach(callee)),
            },
        }
    }

    fn reach(&self, expression: &Expression<'_>) -> Reach {
        match expression.get_inner_expression() {
            Expression::Identifier(id) => self.name(id.name.as_str()),
            Expression::ThisExpression(_) => Reach::Handle,
            Expression::AwaitExpression(it) => match self.reach(&it.argument) {
                Reach::Query => Reach::Nothing,
                reach => reach,
            },
            Expression::YieldExpression(it) => it.argument.as_ref().map_or(Reach::Nothing, |it| self.reach(it)),
            Expression::AssignmentExpression(it) => self.reach(&it.right),
            Expression::LogicalExpression(it) => self.reach(&it.left).max(self.reach(&it.right)),
            Expression::ConditionalExpression(it) => self.reach(&it.consequent).max(self.reach(&it.alternate)),
            Expression::SequenceExpression(it) => self.most(it.expressions.last().into_iter()),
            Expression::ArrayExpression(it) => {
                let one = |element: &ArrayExpressionElement<'_>| match element {
                    ArrayExpressionElement::SpreadElement(spread) => self.reach(&spread.argument),
                    element => element.as_expression().map_or(Reach::Nothing, |value| self.reach(value)),
                };
                it.elements.iter().map(one).max().unwrap_or_default()
            }
            Expression::ObjectExpression(it) => {
                let one = |property: &ObjectPropertyKind<'_>| match property {
                    ObjectPropertyKind::SpreadProperty(spread) => self.reach(&spread.argument),
                    ObjectPropertyKind::ObjectProperty(property) => self.reach(&property.value),
                };
                it.properties.iter().map(one).max().unwrap_or_default()
            }
            Expression::CallExpression(it) => self.call(it),
            Expression::NewExpression(it) => self.given(&it.arguments),
            Expression::ChainExpression(it) => match &it.expression {
                ChainElement::CallExpression(call) => self.call(call),
                ChainElement::TSNonNullExpression(it) => self.reach(&it.expression),
                element => element.as_member_expression().map_or(Reach::Nothing, |member| self.member(member)),
            },
            Expression::ArrowFunctionExpression(it) => {
                self.closes_over(|names| names.visit_arrow_function_expression(it))
            }
            Expression::FunctionExpression(it) => {
                self.closes_over(|names| names.visit_function(it, ScopeFlags::Function))
            }
            Expression::ClassExpression(it) => self.closes_over(|names| names.visit_class(it)),
            expression => expression.as_member_expression().map_or(Reach::Nothing, |member| self.member(member)),
        }
    }

    /// What a function holds of what stands around it.
    fn closes_over(&self, visit: impl FnOnce(&mut Free)) -> Reach {
        free::free(visit).iter().map(|name| self.name(name)).max().map_or(Reach::Nothing, |reach| match reach {
            Reach::Nothing => Reach::Nothing,
            Reach::Query | Reach::Handle => Reach::Handle,
        })
    }

    fn assigned(&mut self, target: &AssignmentTarget<'_>, reach: Reach) {
        if reach == Reach::Nothing {
            return;
        }
        let mut names = Targets::default();
        names.visit_assignment_target(target);
        for name in names.names {
            self.put(&name, reach);
        }
        for field in names.fields {
            self.changed |= self.fields.insert(field);
        }
    }

    fn own(&mut self, name: &str, parameters: &FormalParameters<'_>) {
        if !self.parameters.contains_key(name) {
            let rest = parameters.rest.iter().map(|rest| &rest.rest.argument);
            let all = parameters.items.iter().map(|one| &one.pattern).chain(rest);
            let names = all.map(|one| one.get_binding_identifiers().iter().map(|id| id.name.to_string()).collect());
            self.parameters.insert(name.to_owned(), names.collect());
            self.changed = true;
        }
    }

    /// A function gives a value.
    fn given_by(&mut self, function: Option<String>, value: &Expression<'_>) {
        let reach = self.reach(value);
        let Some(name) = function.filter(|_| reach != Reach::Nothing) else { return };
        if reach > self.gives.get(&name).copied().unwrap_or_default() {
            self.gives.insert(name, reach);
            self.changed = true;
        }
    }

    /// A function of the file is given values; all that comes behind a spread one may be any of them.
    fn handed(&mut self, name: &str, arguments: &[Argument<'_>]) {
        let Some(parameters) = self.parameters.get(name).cloned() else { return };
        let mut spread = Reach::Nothing;
        for (at, argument) in arguments.iter().enumerate() {
            let reach = match argument {
                Argument::SpreadElement(it) => {
                    spread = spread.max(self.reach(&it.argument));
                    continue;
                }
                argument => argument.as_expression().map_or(Reach::Nothing, |value| self.reach(value)),
            };
            for name in parameters.get(at).or(parameters.last()).into_iter().flatten() {
                self.put(name, reach);
            }
        }
        for name in parameters.iter().flatten() {
            self.put(name, spread);
        }
    }

    fn value(&mut self, name: &str, value: &Expression<'_>) -> bool {
        match value {
            Expression::ArrowFunctionExpression(it) => {
                self.own(name, &it.params);
                self.open.push(Some(name.to_owned()));
                self.arrow(it);
            }
            Expression::FunctionExpression(it) => {
                self.own(name, &it.params);
                self.open.push(Some(name.to_owned()));
                walk::walk_function(self, it, ScopeFlags::Function);
            }
            _ => return false,
        }
        self.open.pop();
        let reach = self.reach(value);
        self.put(name, reach);
        true
    }

    fn arrow(&mut self, it: &ArrowFunctionExpression<'_>) {
        if let Some(body) = it.body.as_expression() {
            self.given_by(self.open.last().cloned().flatten(), body);
        }
        walk::walk_arrow_function_expression(self, it);
    }
}

impl<'a> Visit<'a> for Aliases<'_> {
    fn visit_function(&mut self, it: &Function<'a>, flags: ScopeFlags) {
        let name = it.id.as_ref().map(|id| id.name.to_string());
        if let Some(name) = &name {
            self.own(name, &it.params);
            let reach = self.closes_over(|names| names.visit_function(it, flags));
            self.put(name, reach);
        }
        self.open.push(name);
        walk::walk_function(self, it, flags);
        self.open.pop();
    }

    fn visit_arrow_function_expression(&mut self, it: &ArrowFunctionExpression<'a>) {
        self.open.push(None);
        self.arrow(it);
        self.open.pop();
    }

    fn visit_variable_declarator(&mut self, it: &VariableDeclarator<'a>) {
        if let (BindingPattern::BindingIdentifier(id), Some(value)) = (&it.id, &it.init)
            && self.value(id.name.as_str(), value)
        {
            return;
        }
        let reach = it.init.as_ref().map_or(Reach::Nothing, |value| self.reach(value));
        self.bind(&it.id, reach);
        walk::walk_variable_declarator(self, it);
    }

    fn visit_assignment_pattern(&mut self, it: &AssignmentPattern<'a>) {
        let reach = self.reach(&it.right);
        self.bind(&it.left, reach);
        walk::walk_assignment_pattern(self, it);
    }

    fn visit_assignment_expression(&mut self, it: &AssignmentExpression<'a>) {
        let reach = self.reach(&it.right);
        self.assigned(&it.left, reach);
        walk::walk_assignment_expression(self, it);
    }

    fn visit_property_definition(&mut self, it: &PropertyDefinition<'a>) {
        let reach = it.value.as_ref().map_or(Reach::Nothing, |value| self.reach(value));
        if let Some(name) = it.key.static_name().filter(|_| reach != Reach::Nothing) {
            self.changed |= self.fields.insert(name.to_string());
        }
        walk::walk_property_definition(self, it);
    }

    fn visit_for_of_statement(&mut self, it: &ForOfStatement<'a>) {
        let reach = self.reach(&it.right);
        match &it.left {
            ForStatementLeft::VariableDeclaration(declared) => {
                for one in &declared.declarations {
                    self.bind(&one.id, reach);
                }
            }
            left => left.as_assignment_target().into_iter().for_each(|target| self.assigned(target, reach)),
        }
        walk::walk_for_of_statement(self, it);
    }

    fn visit_return_statement(&mut self, it: &ReturnStatement<'a>) {
        if let Some(value) = &it.argument {
            self.given_by(self.open.last().cloned().flatten(), value);
        }
        walk::walk_return_statement(self, it);
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        match it.callee.without_parentheses() {
            Expression::Identifier(id) => self.handed(id.name.as_str(), &it.arguments),
            callee => {
                // A transaction is handed to what runs in it.
                let member = callee.as_member_expression();
                let gives = member.is_some_and(|member| {
                    let name = member.static_property_name();
                    match self.reach(member.object()) {
                        Reach::Nothing => false,
                        Reach::Query if name == Some("then") => false,
                        Reach::Query | Reach::Handle => name.is_none_or(|name| !(self.known.gives_nothing)(name)),
                    }
                });
                let functions = it.arguments.iter().filter_map(|argument| match argument {
                    Argument::ArrowFunctionExpression(it) => Some(&it.params),
                    Argument::FunctionExpression(it) => Some(&it.params),
                    _ => None,
                });
                for parameters in functions.filter(|_| gives) {
                    parameters.items.iter().for_each(|one| self.bind(&one.pattern, Reach::Handle));
                }
            }
        }
        walk::walk_call_expression(self, it);
    }
}

/// What an assignment sets.
#[derive(Default)]
struct Targets {
    names: Vec<String>,
    fields: Vec<String>,
}

impl<'a> Visit<'a> for Targets {
    fn visit_identifier_reference(&mut self, it: &IdentifierReference<'a>) {
        self.names.push(it.name.to_string());
    }

    fn visit_member_expression(&mut self, it: &MemberExpression<'a>) {
        self.fields.extend(it.static_property_name().map(str::to_owned));
        walk::walk_member_expression(self, it);
    }
}

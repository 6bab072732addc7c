//! What a part of a script calls, with the functions of its own file that are called from there: what it can do if it is
//! not run. Which calls are harmless is not known here.

use super::acting::acting;
use super::handed::Handed;
use oxc::allocator::Allocator;
use oxc::ast::ast::*;
use oxc::ast_visit::{Visit, walk};
use oxc::parser::Parser;
use oxc::semantic::ScopeFlags;
use oxc::span::{GetSpan, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// All that a part of a script calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    /// The part itself, and the functions of the file that it names.
    pub texts: Vec<Range<usize>>,
    /// What is called in them, but for these functions.
    pub calls: Vec<Called>,
}

/// One call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// What is called.
    pub callee: Callee,
    /// What it is given.
    pub arguments: Vec<Given>,
    /// Whether it is waited for, or nothing is done with what it gives: it is called for what it does.
    pub acts: bool,
    /// Where the call stands.
    pub at: Range<usize>,
}

/// What is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Callee {
    /// `name(…)`.
    Function {
        /// The name.
        name: String,
        /// What it is imported from, if it is.
        from: Option<String>,
    },
    /// `a.b.name(…)`, on anything but `this` itself.
    Method {
        /// The name.
        name: String,
        /// What `a` is imported from, if it is.
        from: Option<String>,
    },
    /// `this.name(…)`.
    Own(String),
    /// `new Name(…)`.
    New(String),
    /// Anything else.
    Other,
}

/// What a call is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// A text whose beginning stands there, with [`UNKNOWN`] for each part that does not.
    Text(String),
    /// A function that stands there, or one of the file.
    Function,
    /// A name.
    Name(String),
    /// A member of something, which may be a function.
    Member {
        /// Its name.
        name: String,
        /// What its object is imported from, if it is.
        from: Option<String>,
    },
    /// Something that may be a function, chosen or worked out.
    Chosen,
    /// Anything else.
    Value,
}

/// Stands for a part of a text that is not known: a word, as most of them are.
pub const UNKNOWN: &str = "_unknown_";

/// What a part of a script calls. `None` when the script cannot be parsed.
pub fn calls(path: &str, text: &str, part: Range<usize>) -> Option<Calls> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, super::source_type(path)).parse();
    if parsed.panicked || !parsed.diagnostics.is_empty() {
        return None;
    }
    let mut names = Names::default();
    names.visit_program(&parsed.program);
    let handed = Handed::of(&parsed.program);
    let acting = acting(&parsed.program, &part);
    let mut found = Calls { texts: vec![part], calls: Vec::new() };
    let mut at = 0;
    while let Some(part) = found.texts.get(at).cloned() {
        let mut look = Look { names: &names, handed: &handed, part, found: &mut found, acting: &acting };
        look.visit_program(&parsed.program);
        at += 1;
    }
    Some(found)
}

/// What the names of a file stand for.
#[derive(Default)]
struct Names {
    functions: BTreeMap<String, Vec<Span>>,
    /// With what they are imported from.
    imports: BTreeMap<String, String>,
}

impl<'a> Visit<'a> for Names {
    fn visit_function(&mut self, it: &Function<'a>, flags: ScopeFlags) {
        if let Some(id) = &it.id {
            self.functions.entry(id.name.to_string()).or_default().push(it.span);
        }
        walk::walk_function(self, it, flags);
    }

    fn visit_import_declaration(&mut self, it: &ImportDeclaration<'a>) {
        for one in it.specifiers.iter().flatten() {
            self.imports.insert(one.local().name.to_string(), it.source.value.to_string());
        }
    }

    fn visit_variable_declarator(&mut self, it: &VariableDeclarator<'a>) {
        match (&it.id, &it.init) {
            (
                BindingPattern::BindingIdentifier(id),
                Some(Expression::ArrowFunctionExpression(_) | Expression::FunctionExpression(_)),
            ) => self.functions.entry(id.name.to_string()).or_default().push(it.span),
            (id, Some(Expression::CallExpression(call))) => {
                if let (Expression::Identifier(name), Some(Argument::StringLiteral(from))) =
                    (&call.callee, call.arguments.first())
                    && name.name == "require"
                {
                    let names = id.get_binding_identifiers();
                    self.imports.extend(names.iter().map(|name| (name.name.to_string(), from.value.to_string())));
                }
            }
            _ => {}
        }
        walk::walk_variable_declarator(self, it);
    }
}

/// A place as bytes.
fn range(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}

struct Look<'n> {
    names: &'n Names,
    handed: &'n Handed,
    part: Range<usize>,
    found: &'n mut Calls,
    /// Where calls begin that are made for what they do.
    acting: &'n BTreeSet<u32>,
}

impl Look<'_> {
    fn is_inside(&self, span: Span) -> bool {
        let span = range(span);
        self.part.start <= span.start && span.end <= self.part.end
    }

    /// Whether a name is that of a function of the file, which is then looked at too.
    fn follow(&mut self, name: &str) -> bool {
        let Some(spans) = self.names.functions.get(name) else { return false };
        for span in spans {
            let range = range(*span);
            if !self.found.texts.contains(&range) {
                self.found.texts.push(range);
            }
        }
        true
    }

    /// Whether a name is a parameter for which nothing but functions of the file are given.
    fn is_given(&self, name: &str, at: Span) -> bool {
        let functions = self.names.functions.keys().map(String::as_str).collect();
        self.handed.is_function(name, at, &functions)
    }

    fn given(&mut self, argument: &Argument<'_>) -> Given {
        match argument {
            Argument::ArrowFunctionExpression(_) | Argument::FunctionExpression(_) => Given::Function,
            Argument::Identifier(id) if self.follow(id.name.as_str()) => Given::Function,
            Argument::Identifier(id) => Given::Name(id.name.to_string()),
            Argument::StaticMemberExpression(member) => {
                Given::Member { name: member.property.name.to_string(), from: self.source(&member.object) }
            }
            Argument::SpreadElement(_) => Given::Value,
            argument => argument.as_expression().map_or(Given::Value, |expression| self.given_expression(expression)),
        }
    }

    fn given_expression(&mut self, expression: &Expression<'_>) -> Given {
        match expression.get_inner_expression() {
            Expression::ArrowFunctionExpression(_) | Expression::FunctionExpression(_) => Given::Function,
            Expression::Identifier(id) if self.follow(id.name.as_str()) => Given::Function,
            Expression::Identifier(id) => Given::Name(id.name.to_string()),
            Expression::ConditionalExpression(_)
            | Expression::LogicalExpression(_)
            | Expression::SequenceExpression(_)
            | Expression::ComputedMemberExpression(_)
            | Expression::ChainExpression(_) => Given::Chosen,
            expression => opening(expression).map_or(Given::Value, Given::Text),
        }
    }

    fn put(&mut self, callee: Callee, arguments: &[Argument<'_>], at: Span) {
        let arguments = arguments.iter().map(|argument| self.given(argument)).collect();
        let acts = self.acting.contains(&at.start);
        self.found.calls.push(Called { callee, arguments, acts, at: range(at) });
    }

    /// What the first of an expression's names is imported from.
    fn source(&self, expression: &Expression<'_>) -> Option<String> {
        match expression.without_parentheses() {
            Expression::Identifier(id) => self.names.imports.get(id.name.as_str()).cloned(),
            Expression::StaticMemberExpression(member) => self.source(&member.object),
            Expression::CallExpression(call) => self.source(&call.callee),
            _ => None,
        }
    }
}

/// Whether an expression is `exports` or `module.exports`.
fn is_exports(expression: &Expression<'_>) -> bool {
    match expression {
        Expression::Identifier(id) => id.name == "exports",
        Expression::StaticMemberExpression(member) => is_module_exports(member),
        _ => false,
    }
}

/// Whether what is assigned to is `module.exports`.
fn is_module(left: &MemberExpression<'_>) -> bool {
    matches!(left, MemberExpression::StaticMemberExpression(member) if is_module_exports(member))
}

fn is_module_exports(member: &StaticMemberExpression<'_>) -> bool {
    member.property.name == "exports" && matches!(&member.object, Expression::Identifier(id) if id.name == "module")
}

/// Whether the functions stand there that are exported.
fn stands_there(exported: &Expression<'_>) -> bool {
    match exported.without_parentheses() {
        Expression::ObjectExpression(object) => object.properties.iter().all(|property| match property {
            ObjectPropertyKind::ObjectProperty(property) => stands_there(&property.value),
            ObjectPropertyKind::SpreadProperty(_) => false,
        }),
        Expression::AssignmentExpression(next) => stands_there(&next.right),
        exported => {
            exported.is_function() || exported.is_literal() || matches!(exported, Expression::ClassExpression(_))
        }
    }
}

/// A text of which the beginning stands there.
fn opening(expression: &Expression<'_>) -> Option<String> {
    match expression.without_parentheses() {
        Expression::StringLiteral(text) => Some(text.value.to_string()),
        Expression::TemplateLiteral(template) => {
            let first = template.quasis.first()?;
            if !template.expressions.is_empty() && first.value.raw.trim().is_empty() {
                return None;
            }
            let pieces = template.quasis.iter().map(|piece| piece.value.cooked.unwrap_or(piece.value.raw).to_string());
            Some(pieces.collect::<Vec<_>>().join(UNKNOWN))
        }
        Expression::BinaryExpression(sum) if sum.operator == BinaryOperator::Addition => {
            Some(opening(&sum.left)? + &opening(&sum.right).unwrap_or_else(|| UNKNOWN.to_owned()))
        }
        _ => None,
    }
}

impl<'a> Visit<'a> for Look<'_> {
    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        if self.is_inside(it.span()) {
            match &it.callee {
                Expression::Identifier(id) => {
                    let name = id.name.to_string();
                    if self.follow(&name) || self.is_given(&name, it.span) {
                        for argument in &it.arguments {
                            self.given(argument);
                        }
                    } else {
                        let from = self.names.imports.get(&name).cloned();
                        self.put(Callee::Function { name, from }, &it.arguments, it.span);
                    }
                }
                Expression::StaticMemberExpression(member) => {
                    let name = member.property.name.to_string();
                    let callee = match member.object {
                        Expression::ThisExpression(_) => Callee::Own(name),
                        _ => Callee::Method { name, from: self.source(&member.object) },
                    };
                    self.put(callee, &it.arguments, it.span);
                }
                Expression::ParenthesizedExpression(inner)
                    if matches!(
                        inner.expression,
                        Expression::ArrowFunctionExpression(_) | Expression::FunctionExpression(_)
                    ) => {}
                _ => self.put(Callee::Other, &it.arguments, it.span),
            }
        }
        walk::walk_call_expression(self, it);
    }

    fn visit_new_expression(&mut self, it: &NewExpression<'a>) {
        if self.is_inside(it.span) {
            let callee = match &it.callee {
                Expression::Identifier(id) => Callee::New(id.name.to_string()),
                _ => Callee::Other,
            };
            self.put(callee, &it.arguments, it.span);
        }
        walk::walk_new_expression(self, it);
    }

    fn visit_assignment_expression(&mut self, it: &AssignmentExpression<'a>) {
        let exported = it.left.as_member_expression().is_some_and(|left| is_exports(left.object()) || is_module(left));
        // A package may do anything with what it is given.
        let of_others = it.left.as_member_expression().is_some_and(|left| self.source(left.object()).is_some());
        if self.is_inside(it.span) && (of_others || exported && !stands_there(&it.right)) {
            self.put(Callee::Other, &[], it.span);
        }
        walk::walk_assignment_expression(self, it);
    }

    fn visit_export_from_declaration(&mut self, it: &ExportFromDeclaration<'a>) {
        if self.is_inside(it.span) {
            self.put(Callee::Other, &[], it.span);
        }
        walk::walk_export_from_declaration(self, it);
    }

    fn visit_export_all_declaration(&mut self, it: &ExportAllDeclaration<'a>) {
        if self.is_inside(it.span) {
            self.put(Callee::Other, &[], it.span);
        }
        walk::walk_export_all_declaration(self, it);
    }

    fn visit_tagged_template_expression(&mut self, it: &TaggedTemplateExpression<'a>) {
        if self.is_inside(it.span) {
            self.put(Callee::Other, &[], it.span);
        }
        walk::walk_tagged_template_expression(self, it);
    }

    fn visit_import_expression(&mut self, it: &ImportExpression<'a>) {
        if self.is_inside(it.span) {
            self.put(Callee::Other, &[], it.span);
        }
        walk::walk_import_expression(self, it);
    }
}

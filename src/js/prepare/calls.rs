//! What a part of a script calls, with the functions of its own file that are called from there: what it can do if it is
//! not run. Which calls are harmless is not known here.

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
    /// Where the call stands.
    pub at: Range<usize>,
}

/// What is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Callee {
    /// `name(…)`; `imported` if it is another file's or a package's.
    Function {
        /// The name.
        name: String,
        /// Whether it is imported.
        imported: bool,
    },
    /// `a.b.name(…)`, on anything but `this` itself.
    Method(String),
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
    /// A text whose beginning stands there.
    Text,
    /// A function that stands there, or one of the file.
    Function,
    /// A name.
    Name(String),
    /// Anything else.
    Value,
}

/// What a part of a script calls. `None` when the script cannot be parsed.
pub fn calls(path: &str, text: &str, part: Range<usize>) -> Option<Calls> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, super::source_type(path)).parse();
    if parsed.panicked || !parsed.diagnostics.is_empty() {
        return None;
    }
    let mut names = Names::default();
    names.visit_program(&parsed.program);
    let mut found = Calls { texts: vec![part], calls: Vec::new() };
    let mut at = 0;
    while let Some(part) = found.texts.get(at).cloned() {
        let mut look = Look { names: &names, part, found: &mut found };
        look.visit_program(&parsed.program);
        at += 1;
    }
    Some(found)
}

/// What the names of a file stand for.
#[derive(Default)]
struct Names {
    functions: BTreeMap<String, Vec<Span>>,
    imports: BTreeSet<String>,
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
            self.imports.insert(one.local().name.to_string());
        }
    }

    fn visit_variable_declarator(&mut self, it: &VariableDeclarator<'a>) {
        match (&it.id, &it.init) {
            (
                BindingPattern::BindingIdentifier(id),
                Some(Expression::ArrowFunctionExpression(_) | Expression::FunctionExpression(_)),
            ) => self.functions.entry(id.name.to_string()).or_default().push(it.span),
            (id, Some(Expression::CallExpression(call))) => {
                let required = matches!(&call.callee, Expression::Identifier(name) if name.name == "require");
                if required {
                    self.imports.extend(id.get_binding_identifiers().iter().map(|name| name.name.to_string()));
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
    part: Range<usize>,
    found: &'n mut Calls,
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

    fn given(&mut self, argument: &Argument<'_>) -> Given {
        match argument {
            Argument::ArrowFunctionExpression(_) | Argument::FunctionExpression(_) => Given::Function,
            Argument::Identifier(id) if self.follow(id.name.as_str()) => Given::Function,
            Argument::Identifier(id) => Given::Name(id.name.to_string()),
            Argument::SpreadElement(_) => Given::Value,
            argument => match argument.as_expression().is_some_and(opens_with_text) {
                true => Given::Text,
                false => Given::Value,
            },
        }
    }

    fn put(&mut self, callee: Callee, arguments: &[Argument<'_>], at: Span) {
        let arguments = arguments.iter().map(|argument| self.given(argument)).collect();
        self.found.calls.push(Called { callee, arguments, at: range(at) });
    }
}

/// Whether an expression is a text of which the beginning stands there.
fn opens_with_text(expression: &Expression<'_>) -> bool {
    match expression {
        Expression::StringLiteral(_) => true,
        Expression::TemplateLiteral(template) => template
            .quasis
            .first()
            .is_some_and(|first| template.expressions.is_empty() || !first.value.raw.trim().is_empty()),
        Expression::BinaryExpression(sum) => sum.operator == BinaryOperator::Addition && opens_with_text(&sum.left),
        Expression::ParenthesizedExpression(inner) => opens_with_text(&inner.expression),
        _ => false,
    }
}

impl<'a> Visit<'a> for Look<'_> {
    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        if self.is_inside(it.span()) {
            match &it.callee {
                Expression::Identifier(id) => {
                    let name = id.name.to_string();
                    if self.follow(&name) {
                        for argument in &it.arguments {
                            self.given(argument);
                        }
                    } else {
                        let imported = self.names.imports.contains(&name);
                        self.put(Callee::Function { name, imported }, &it.arguments, it.span);
                    }
                }
                Expression::StaticMemberExpression(member) => {
                    let name = member.property.name.to_string();
                    let callee = match member.object {
                        Expression::ThisExpression(_) => Callee::Own(name),
                        _ => Callee::Method(name),
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

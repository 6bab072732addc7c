//! What the value of an expression may be, or be part of: the names through which it may be changed.

use super::gather::Gather;
use oxc::ast::ast::*;
use oxc::ast_visit::{Visit, walk};
use oxc::semantic::{ScopeFlags, SymbolId};
use oxc::span::{GetSpan, Span};

/// By what something is reached.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Root {
    /// A name that the file declares.
    Symbol(SymbolId),
    /// `this` of the class or function that begins there.
    This(u32),
    /// A name that the file does not declare.
    Global(String),
    /// What the function that begins there is handed anew each time that it is called for one of many.
    Sum(u32),
}

/// The part of a number by which `this` of a class itself is told from that of its objects.
pub(super) const STATIC: u32 = 1 << 31;

impl Root {
    /// The name that it is, if it is one that the file declares.
    pub fn name(&self) -> Option<Name> {
        match self {
            Root::Symbol(symbol) => Some(Name::Symbol(*symbol)),
            Root::This(_) | Root::Global(_) | Root::Sum(_) => None,
        }
    }
}

/// What a part of a script is called by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Name {
    Symbol(SymbolId),
    /// Whatever object it is a member of; empty where the name is worked out.
    Member(String),
}

impl Name {
    /// The name that the file declares, if it is one.
    pub fn symbol(&self) -> Option<SymbolId> {
        match self {
            Name::Symbol(symbol) => Some(*symbol),
            Name::Member(_) => None,
        }
    }
}

/// Globals that hold nothing of a script.
const BUILT_IN: [&str; 33] = [
    "Array",
    "BigInt",
    "Boolean",
    "Buffer",
    "Date",
    "Error",
    "Infinity",
    "Intl",
    "JSON",
    "Map",
    "Math",
    "NaN",
    "Number",
    "Object",
    "Promise",
    "RangeError",
    "Reflect",
    "RegExp",
    "Set",
    "String",
    "Symbol",
    "TypeError",
    "WeakMap",
    "WeakSet",
    "console",
    "isNaN",
    "parseFloat",
    "parseInt",
    "process",
    "require",
    "setTimeout",
    "structuredClone",
    "undefined",
];

/// Globals that give text, a number or the like.
const GIVING_TEXT: [&str; 9] =
    ["Boolean", "Number", "String", "Symbol", "isNaN", "parseFloat", "parseInt", "setTimeout", "undefined"];

/// Methods that give text, a number or the like, or a list of such.
const TEXTS: [&str; 32] = [
    "charAt",
    "charCodeAt",
    "endsWith",
    "every",
    "findIndex",
    "forEach",
    "getTime",
    "has",
    "includes",
    "indexOf",
    "isArray",
    "join",
    "lastIndexOf",
    "localeCompare",
    "log",
    "match",
    "padEnd",
    "padStart",
    "repeat",
    "replace",
    "replaceAll",
    "some",
    "split",
    "startsWith",
    "stringify",
    "substring",
    "toFixed",
    "toISOString",
    "toLowerCase",
    "toString",
    "toUpperCase",
    "trim",
];

/// Whether a global is the language's or Node's own.
pub(super) fn is_built_in(name: &str) -> bool {
    BUILT_IN.contains(&name)
}

/// The name that a chain of calls and members begins with.
fn base<'e, 'a>(expression: &'e Expression<'a>) -> Option<&'e IdentifierReference<'a>> {
    let mut at = expression;
    loop {
        at = match at {
            Expression::Identifier(name) => return Some(name),
            Expression::StaticMemberExpression(member) => &member.object,
            Expression::ComputedMemberExpression(member) => &member.object,
            Expression::CallExpression(call) => &call.callee,
            Expression::ParenthesizedExpression(inner) => &inner.expression,
            Expression::AwaitExpression(inner) => &inner.argument,
            _ => return None,
        };
    }
}

/// Whether what a method of a tool gives is made of what the history has built, and the script's own from there on.
fn answers(callee: &Expression<'_>) -> bool {
    let Expression::StaticMemberExpression(member) = callee else { return false };
    let name = member.property.name.as_str();
    ["columnInfo", "describe", "get", "has", "show", "tableExists"].iter().any(|prefix| name.starts_with(prefix))
}

/// Whether a member is a number.
fn is_count(name: &str) -> bool {
    name == "length"
}

/// The functions that stand in an expression, without those in them, and the names in it outside of them.
pub(super) struct Parts<'g, 's> {
    pub gather: &'g Gather<'s>,
    pub functions: Vec<Span>,
    pub names: Vec<Name>,
}

impl<'a> Visit<'a> for Parts<'_, '_> {
    fn visit_function(&mut self, it: &Function<'a>, _: ScopeFlags) {
        self.functions.push(it.span);
    }

    fn visit_arrow_function_expression(&mut self, it: &ArrowFunctionExpression<'a>) {
        self.functions.push(it.span);
    }

    fn visit_identifier_reference(&mut self, it: &IdentifierReference<'a>) {
        self.names.extend(self.gather.symbol(it).map(Name::Symbol));
    }

    fn visit_static_member_expression(&mut self, it: &StaticMemberExpression<'a>) {
        self.names.push(Name::Member(it.property.name.to_string()));
        walk::walk_static_member_expression(self, it);
    }

    fn visit_class(&mut self, it: &Class<'a>) {
        self.functions.extend(made_with(it));
    }

    fn visit_ts_type(&mut self, _: &TSType<'a>) {}
}

/// What is run when an object of a class is made.
pub(super) fn made_with(class: &Class<'_>) -> Vec<Span> {
    let run = |element: &ClassElement<'_>| match element {
        ClassElement::MethodDefinition(method) if method.kind == MethodDefinitionKind::Constructor => {
            Some(method.value.span)
        }
        ClassElement::PropertyDefinition(property) => property.value.as_ref().map(GetSpan::span),
        _ => None,
    };
    class.body.body.iter().filter_map(run).collect()
}

/// What the values that a function gives may be.
struct Returned<'g, 's> {
    gather: &'g Gather<'s>,
    this: Option<u32>,
    roots: Vec<Root>,
}

impl<'a> Visit<'a> for Returned<'_, '_> {
    fn visit_function(&mut self, _: &Function<'a>, _: ScopeFlags) {}

    fn visit_arrow_function_expression(&mut self, _: &ArrowFunctionExpression<'a>) {}

    fn visit_class(&mut self, _: &Class<'a>) {}

    fn visit_return_statement(&mut self, it: &ReturnStatement<'a>) {
        if let Some(value) = &it.argument {
            self.gather.roots(value, self.this, &mut self.roots);
        }
    }

    fn visit_yield_expression(&mut self, it: &YieldExpression<'a>) {
        if let Some(value) = &it.argument {
            self.gather.roots(value, self.this, &mut self.roots);
        }
        walk::walk_yield_expression(self, it);
    }
}

impl Gather<'_> {
    /// What the value of an expression may be, or be part of. `this` is what `this` is there.
    pub fn roots(&self, expression: &Expression<'_>, this: Option<u32>, roots: &mut Vec<Root>) {
        match expression.get_inner_expression() {
            Expression::Identifier(name) => roots.push(self.root(name)),
            Expression::ThisExpression(_) => roots.extend(this.map(Root::This)),
            Expression::StaticMemberExpression(member) if is_count(&member.property.name) => {}
            Expression::StaticMemberExpression(member) => self.roots(&member.object, this, roots),
            Expression::ComputedMemberExpression(member) => self.roots(&member.object, this, roots),
            Expression::PrivateFieldExpression(member) => self.roots(&member.object, this, roots),
            Expression::AwaitExpression(inner) => self.roots(&inner.argument, this, roots),
            Expression::YieldExpression(inner) => {
                inner.argument.iter().for_each(|value| self.roots(value, this, roots));
            }
            Expression::ConditionalExpression(either) => {
                self.roots(&either.consequent, this, roots);
                self.roots(&either.alternate, this, roots);
            }
            Expression::LogicalExpression(either) => {
                self.roots(&either.left, this, roots);
                self.roots(&either.right, this, roots);
            }
            Expression::AssignmentExpression(assignment) => self.roots(&assignment.right, this, roots),
            Expression::SequenceExpression(sequence) => {
                sequence.expressions.last().into_iter().for_each(|last| self.roots(last, this, roots));
            }
            Expression::ArrayExpression(array) => {
                for element in &array.elements {
                    match element {
                        ArrayExpressionElement::SpreadElement(spread) => self.roots(&spread.argument, this, roots),
                        element => {
                            element.as_expression().into_iter().for_each(|value| self.roots(value, this, roots));
                        }
                    }
                }
            }
            Expression::ObjectExpression(object) => {
                for property in &object.properties {
                    match property {
                        ObjectPropertyKind::ObjectProperty(property) => self.roots(&property.value, this, roots),
                        ObjectPropertyKind::SpreadProperty(spread) => self.roots(&spread.argument, this, roots),
                    }
                }
            }
            Expression::CallExpression(call) => self.given(&call.callee, &call.arguments, this, roots),
            Expression::ChainExpression(chain) => match &chain.expression {
                ChainElement::CallExpression(call) => self.given(&call.callee, &call.arguments, this, roots),
                ChainElement::TSNonNullExpression(inner) => self.roots(&inner.expression, this, roots),
                ChainElement::StaticMemberExpression(member) if is_count(&member.property.name) => {}
                element => {
                    let object = element.as_member_expression().map(MemberExpression::object);
                    object.into_iter().for_each(|object| self.roots(object, this, roots));
                }
            },
            Expression::NewExpression(new) => {
                self.roots(&new.callee, this, roots);
                for argument in &new.arguments {
                    self.argument(argument, this, roots);
                    if let Some(Expression::ArrowFunctionExpression(function)) = argument.as_expression() {
                        // What a promise comes to is handed to a function that its own is given.
                        roots.extend(self.bound(&function.params).into_iter().flatten().map(Root::Symbol));
                    }
                }
            }
            Expression::TaggedTemplateExpression(tagged) => {
                self.roots(&tagged.tag, this, roots);
                tagged.quasi.expressions.iter().for_each(|value| self.roots(value, this, roots));
            }
            Expression::FunctionExpression(function) => {
                roots.push(Root::This(function.span.start));
                roots.extend(self.returned(function));
            }
            Expression::ArrowFunctionExpression(function) => match &function.body {
                ArrowFunctionBody::FunctionBody(body) => {
                    let mut returned = Returned { gather: self, this, roots: Vec::new() };
                    returned.visit_function_body(body);
                    roots.append(&mut returned.roots);
                }
                body => body.as_expression().into_iter().for_each(|value| self.roots(value, this, roots)),
            },
            Expression::ClassExpression(class) => self.of_class(class, roots),
            _ => {}
        }
    }

    /// Whether a value is the tool's: what it hands over, or what it makes of what it is given. What a script puts together
    /// is its own, whatever is in it.
    pub fn is_of_tool(&self, expression: &Expression<'_>) -> bool {
        match expression.get_inner_expression() {
            Expression::Identifier(name) => self.are_of_tool(&[self.root(name)]),
            Expression::StaticMemberExpression(member) => self.is_of_tool(&member.object),
            Expression::ComputedMemberExpression(member) => self.is_of_tool(&member.object),
            Expression::AwaitExpression(inner) => self.is_of_tool(&inner.argument),
            Expression::ChainExpression(chain) => match &chain.expression {
                ChainElement::CallExpression(call) => self.makes(call),
                ChainElement::TSNonNullExpression(inner) => self.is_of_tool(&inner.expression),
                element => element.as_member_expression().is_some_and(|member| self.is_of_tool(member.object())),
            },
            Expression::CallExpression(call) => self.makes(call),
            _ => false,
        }
    }

    /// Whether what a call gives is made by the tool.
    fn makes(&self, call: &CallExpression<'_>) -> bool {
        self.is_of_tool(&call.callee) && !answers(&call.callee) && !self.gives_back(&call.arguments)
    }

    /// Whether what a call of the tool gives may be what a function gives that it is handed.
    fn gives_back(&self, arguments: &[Argument<'_>]) -> bool {
        arguments.iter().any(|argument| match argument {
            Argument::Identifier(name) => self.symbol(name).is_some_and(|symbol| self.is_function(symbol)),
            Argument::StringLiteral(_)
            | Argument::TemplateLiteral(_)
            | Argument::NumericLiteral(_)
            | Argument::BooleanLiteral(_)
            | Argument::NullLiteral(_)
            | Argument::ArrayExpression(_)
            | Argument::ObjectExpression(_) => false,
            argument => !argument.as_expression().is_some_and(|value| self.is_of_tool(value)),
        })
    }

    /// What the values that a function gives may be.
    pub fn returned(&self, function: &Function<'_>) -> Vec<Root> {
        let mut returned = Returned { gather: self, this: Some(function.span.start), roots: Vec::new() };
        function.body.iter().for_each(|body| returned.visit_function_body(body));
        returned.roots
    }

    /// What the objects of a class hold, and what its methods give.
    pub fn of_class(&self, class: &Class<'_>, roots: &mut Vec<Root>) {
        let this = Some(class.span.start);
        roots.extend(this.map(Root::This));
        roots.push(Root::This(class.span.start | STATIC));
        class.heritage.iter().for_each(|above| self.roots(&above.expression, this, roots));
        for element in &class.body.body {
            match element {
                ClassElement::MethodDefinition(method) => {
                    let mut returned = Returned { gather: self, this, roots: Vec::new() };
                    method.value.body.iter().for_each(|body| returned.visit_function_body(body));
                    roots.append(&mut returned.roots);
                }
                ClassElement::PropertyDefinition(property) => {
                    property.value.iter().for_each(|value| self.roots(value, this, roots));
                }
                _ => {}
            }
        }
    }

    /// Whether a method gives text or the like, whatever it is called on; unless the file has one of that name.
    fn gives_text(&self, member: &StaticMemberExpression<'_>) -> bool {
        let name = member.property.name.as_str();
        if !TEXTS.contains(&name) || self.functions.contains_key(&Name::Member(name.to_owned())) {
            return false;
        }
        let mut roots = Vec::new();
        self.roots(&member.object, None, &mut roots);
        let is_of_others = |root: &Root| match root {
            Root::Global(name) => !is_built_in(name),
            root => self.is_import(root),
        };
        !roots.iter().any(is_of_others)
    }

    fn argument(&self, argument: &Argument<'_>, this: Option<u32>, roots: &mut Vec<Root>) {
        match argument {
            Argument::SpreadElement(spread) => self.roots(&spread.argument, this, roots),
            argument => argument.as_expression().into_iter().for_each(|value| self.roots(value, this, roots)),
        }
    }

    /// What a call may give: what it is called on, what it is given. What a tool hands over makes what it gives itself,
    /// or gives what a function comes to.
    fn given(&self, callee: &Expression<'_>, arguments: &[Argument<'_>], this: Option<u32>, roots: &mut Vec<Root>) {
        let gives_text = match callee {
            Expression::Identifier(name) => GIVING_TEXT.contains(&name.name.as_str()) && self.symbol(name).is_none(),
            Expression::StaticMemberExpression(member) => self.gives_text(member),
            _ => false,
        };
        if gives_text {
            return;
        }
        let of_tool = self.is_of_tool(callee);
        let before = roots.len();
        match base(callee).filter(|_| of_tool) {
            Some(name) => roots.push(self.root(name)),
            None => self.roots(callee, this, roots),
        }
        // A function of another module is not itself what it gives.
        if matches!(callee, Expression::Identifier(name) if self.is_import(&self.root(name))) {
            roots.truncate(before);
        }
        let waits = match callee {
            Expression::StaticMemberExpression(member) => {
                ["catch", "finally", "tap", "then", "transaction"].contains(&member.property.name.as_str())
            }
            _ => false,
        };
        for argument in arguments {
            let function = match argument {
                Argument::FunctionExpression(_) | Argument::ArrowFunctionExpression(_) => true,
                Argument::Identifier(name) => self.symbol(name).is_some_and(|symbol| self.is_function(symbol)),
                _ => false,
            };
            if !of_tool || function || waits {
                self.argument(argument, this, roots);
            }
        }
    }
}

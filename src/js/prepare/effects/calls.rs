//! Calls: what they may change of what they are handed, and which functions they may come to call.

use super::gather::{Gather, Site, What};
use super::roots::{Name, Parts, Root, is_built_in};
use oxc::ast::ast::*;
use oxc::semantic::SymbolId;
use oxc::span::Span;

/// Methods that change what they are called on, which then may hold what they are given.
const CHANGING: [&str; 16] = [
    "add",
    "append",
    "clear",
    "copyWithin",
    "delete",
    "exec",
    "fill",
    "next",
    "pop",
    "push",
    "reverse",
    "set",
    "shift",
    "sort",
    "splice",
    "unshift",
];

/// Methods that call what they are given.
const CALLING: [&str; 16] = [
    "catch",
    "every",
    "filter",
    "finally",
    "find",
    "findIndex",
    "flatMap",
    "forEach",
    "from",
    "map",
    "reduce",
    "reduceRight",
    "replace",
    "some",
    "sort",
    "then",
];

/// Methods that change nothing that they are given.
const KEEPING: [&str; 34] = [
    "all",
    "allSettled",
    "any",
    "concat",
    "debug",
    "entries",
    "error",
    "every",
    "filter",
    "find",
    "findIndex",
    "flatMap",
    "forEach",
    "from",
    "get",
    "has",
    "includes",
    "indexOf",
    "info",
    "isArray",
    "join",
    "keys",
    "log",
    "map",
    "max",
    "min",
    "of",
    "parse",
    "race",
    "reduce",
    "some",
    "stringify",
    "values",
    "warn",
];

/// A call of something that may be a function of the script.
pub(super) struct Passed {
    /// What it may be called by.
    pub callees: Vec<Name>,
    pub arguments: Vec<Passing>,
}

impl Passed {
    /// Everything that the arguments may be, or hold.
    pub fn roots(&self) -> impl Iterator<Item = &Root> {
        self.arguments.iter().flat_map(|argument| &argument.roots)
    }
}

/// What is handed to it.
#[derive(Default)]
pub(super) struct Passing {
    pub roots: Vec<Root>,
    pub functions: Vec<Span>,
    pub names: Vec<Name>,
    /// Whether it may be more than one.
    pub spread: bool,
    /// Whether it is the tool's.
    pub of_tool: bool,
    /// The name that it is, if it is no more than a name.
    pub bare: Option<SymbolId>,
}

/// Functions and names that something may keep, to call them whenever it is used.
pub(super) struct Kept {
    pub by: Vec<Root>,
    pub functions: Vec<Span>,
    pub names: Vec<Name>,
}

/// Whether a method changes what it is called on.
fn is_changing(method: &str) -> bool {
    let sets = |rest: &str| rest.starts_with(|first: char| first.is_ascii_uppercase());
    CHANGING.contains(&method) || method.strip_prefix("set").is_some_and(sets)
}

impl Gather<'_> {
    fn passing(&self, argument: &Argument<'_>) -> Passing {
        let (value, spread) = match argument {
            Argument::SpreadElement(spread) => (Some(&spread.argument), true),
            argument => (argument.as_expression(), false),
        };
        let Some(value) = value else { return Passing::default() };
        let Parts { functions, names, .. } = self.parts(value);
        let of_tool = !spread && self.is_of_tool(value);
        let bare = match value {
            Expression::Identifier(name) if !spread => self.symbol(name),
            _ => None,
        };
        Passing { roots: self.roots_of(value), functions, names, spread, of_tool, bare }
    }

    /// A call, or what makes an object of a class.
    pub fn call(&mut self, at: Span, callee: &Expression<'_>, arguments: &[Argument<'_>]) {
        let arguments: Vec<Passing> = arguments.iter().map(|argument| self.passing(argument)).collect();
        let all = |arguments: &[Passing]| -> Vec<Root> {
            arguments.iter().flat_map(|argument| argument.roots.iter().cloned()).collect()
        };
        let mut changed = Vec::new();
        let receiver = match callee {
            Expression::StaticMemberExpression(member) => {
                let (object, method) = (&member.object, member.property.name.as_str());
                let receiver = self.roots_of(object);
                let of_tool = self.is_of_tool(object);
                let is_global = |name: &str| matches!(receiver.as_slice(), [Root::Global(global)] if global == name);
                if is_changing(method) && !of_tool {
                    changed.extend(receiver.iter().cloned());
                    // What another module calls so may do anything.
                    if receiver.iter().any(|root| matches!(root, Root::Global(_)) || self.is_import(root)) {
                        changed.extend(all(&arguments));
                    }
                    self.unions.push(receiver.iter().cloned().chain(all(&arguments)).collect());
                } else if is_global("Object") || is_global("Reflect") {
                    let changes = method == "assign" || method.starts_with("define") || method.starts_with("set");
                    if changes || method == "deleteProperty" {
                        changed.extend(all(arguments.get(..1).unwrap_or_default()));
                        self.unions.push(all(&arguments));
                        let (first, rest) = arguments.split_at(arguments.len().min(1));
                        self.keep(&all(first), "", rest, false);
                    }
                } else if !of_tool && !KEEPING.contains(&method) {
                    changed.extend(all(&arguments));
                }
                self.keep(&receiver, method, &arguments, of_tool);
                receiver
            }
            Expression::ComputedMemberExpression(member) => {
                let receiver = self.roots_of(&member.object);
                changed.extend(receiver.iter().cloned());
                changed.extend(all(&arguments));
                self.unions.push(receiver.iter().cloned().chain(all(&arguments)).collect());
                receiver
            }
            Expression::Identifier(name) => {
                match self.root(name) {
                    Root::Symbol(to) => {
                        self.sites.push(Site { at: at.start, what: What::Hands { to, roots: all(&arguments) } });
                    }
                    Root::Global(name) if is_built_in(&name) => {}
                    _ => changed.extend(all(&arguments)),
                }
                Vec::new()
            }
            _ => {
                changed.extend(all(&arguments));
                Vec::new()
            }
        };
        let method = match callee {
            Expression::StaticMemberExpression(member) => member.property.name.as_str(),
            _ => "",
        };
        let of_tool = callee.as_member_expression().is_some_and(|member| self.is_of_tool(member.object()));
        self.call_back(&receiver, &arguments, method, of_tool);
        if !changed.is_empty() {
            self.sites.push(Site { at: at.start, what: What::Changes { roots: changed, member: false } });
        }
        let callees = match callee {
            Expression::Identifier(name) => {
                self.called.extend(self.symbol(name));
                self.symbol(name).map(Name::Symbol).into_iter().collect()
            }
            Expression::StaticMemberExpression(member) => vec![Name::Member(member.property.name.to_string())],
            Expression::PrivateFieldExpression(member) => vec![Name::Member(member.field.name.to_string())],
            // One of those that the object holds.
            Expression::ComputedMemberExpression(_) => receiver.iter().filter_map(Root::name).collect(),
            _ => Vec::new(),
        };
        if !callees.is_empty() {
            self.passed.push(Passed { callees, arguments });
        }
    }

    /// Functions that are given to what is not a tool's may be kept, and called whenever that is used.
    fn keep(&mut self, receiver: &[Root], method: &str, arguments: &[Passing], of_tool: bool) {
        if of_tool || KEEPING.contains(&method) {
            return;
        }
        self.kept.push(Kept {
            by: receiver.to_vec(),
            functions: arguments.iter().flat_map(|argument| argument.functions.iter().copied()).collect(),
            names: arguments.iter().flat_map(|argument| argument.names.iter().cloned()).collect(),
        });
    }

    /// Functions that are given to a call may be handed what it is called on, and what else it is given.
    fn call_back(&mut self, receiver: &[Root], arguments: &[Passing], method: &str, of_tool: bool) {
        let functions: Vec<Span> = arguments.iter().flat_map(|argument| argument.functions.iter().copied()).collect();
        let bare = arguments.iter().filter_map(|argument| argument.bare);
        let named: Vec<Name> = bare.filter(|_| CALLING.contains(&method)).map(Name::Symbol).collect();
        if functions.is_empty() && named.is_empty() {
            return;
        }
        let others: Vec<&Passing> = arguments.iter().filter(|argument| argument.functions.is_empty()).collect();
        let sums = method.starts_with("reduce");
        let of_tool = of_tool && !sums && others.iter().all(|other| other.of_tool || other.roots.is_empty());
        let handed = receiver.iter().chain(others.iter().flat_map(|argument| &argument.roots));
        // A sum begins as something of the script's own, and is what the function gives.
        let sum = functions.iter().filter(|_| sums).map(|span| Root::Sum(span.start));
        let handed: Vec<Root> = handed.cloned().chain(sum).collect();
        let arguments = || vec![Passing { roots: handed.clone(), spread: true, of_tool, ..Passing::default() }];
        for span in functions {
            // Its parameters are known once it has been visited.
            self.passed.push(Passed { callees: vec![called_at(span)], arguments: arguments() });
            self.functions.entry(called_at(span)).or_default().push(span);
        }
        if !named.is_empty() {
            self.passed.push(Passed { callees: named, arguments: arguments() });
        }
    }
}

/// What a function without a name is called by: nothing else is.
fn called_at(span: Span) -> Name {
    Name::Member(format!("{}..{}", span.start, span.end))
}

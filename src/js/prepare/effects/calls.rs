//! Calls: what they may change of what they are handed, and which functions they may come to call.

use super::gather::{Gather, Site, What};
use super::roots::{Name, Parts, Root, is_built_in};
use oxc::ast::ast::*;
use oxc::span::Span;

/// Methods that change what they are called on, which then may hold what they are given.
const CHANGING: [&str; 13] = [
    "add",
    "clear",
    "copyWithin",
    "delete",
    "fill",
    "pop",
    "push",
    "reverse",
    "set",
    "shift",
    "sort",
    "splice",
    "unshift",
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
    pub callee: Name,
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
}

impl Gather<'_> {
    fn passing(&self, argument: &Argument<'_>) -> Passing {
        let (value, spread) = match argument {
            Argument::SpreadElement(spread) => (Some(&spread.argument), true),
            argument => (argument.as_expression(), false),
        };
        let Some(value) = value else { return Passing::default() };
        let Parts { functions, names, .. } = self.parts(value);
        Passing { roots: self.roots_of(value), functions, names, spread }
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
                let of_tool = self.are_of_tool(&receiver);
                let is_global = |name: &str| matches!(receiver.as_slice(), [Root::Global(global)] if global == name);
                if CHANGING.contains(&method) && !of_tool {
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
        let sums =
            matches!(callee, Expression::StaticMemberExpression(member) if member.property.name.starts_with("reduce"));
        self.call_back(&receiver, &arguments, sums);
        if !changed.is_empty() {
            self.sites.push(Site { at: at.start, what: What::Changes { roots: changed, member: false } });
        }
        let callee = match callee {
            Expression::Identifier(name) => self.symbol(name).map(Name::Symbol),
            Expression::StaticMemberExpression(member) => Some(Name::Member(member.property.name.to_string())),
            Expression::PrivateFieldExpression(member) => Some(Name::Member(member.field.name.to_string())),
            _ => None,
        };
        if let Some(callee) = callee {
            self.passed.push(Passed { callee, arguments });
        }
    }

    /// Functions that are given to what is not a tool's may be kept, and called whenever that is used.
    fn keep(&mut self, receiver: &[Root], method: &str, arguments: &[Passing], of_tool: bool) {
        if of_tool || KEEPING.contains(&method) {
            return;
        }
        let symbols = receiver.iter().filter_map(|root| match root {
            Root::Symbol(symbol) => Some(Name::Symbol(*symbol)),
            _ => None,
        });
        for name in symbols {
            let functions = arguments.iter().flat_map(|argument| argument.functions.iter().copied());
            self.functions.entry(name.clone()).or_default().extend(functions);
            let names = arguments.iter().flat_map(|argument| argument.names.iter().cloned());
            self.links.entry(name).or_default().extend(names);
        }
    }

    /// Functions that are given to a call may be handed what it is called on, and what else it is given.
    fn call_back(&mut self, receiver: &[Root], arguments: &[Passing], sums: bool) {
        let functions: Vec<Span> = arguments.iter().flat_map(|argument| argument.functions.iter().copied()).collect();
        if functions.is_empty() {
            return;
        }
        let others = arguments.iter().filter(|argument| argument.functions.is_empty());
        let handed = receiver.iter().chain(others.flat_map(|argument| &argument.roots));
        // A sum begins as something of the script's own, and is what the function gives.
        let sum = functions.iter().filter(|_| sums).map(|span| Root::Sum(span.start));
        let handed: Vec<Root> = handed.cloned().chain(sum).collect();
        for span in functions {
            // Its parameters are known once it has been visited.
            let arguments = vec![Passing { roots: handed.clone(), spread: true, ..Passing::default() }];
            self.passed.push(Passed { callee: called_at(span), arguments });
            self.functions.entry(called_at(span)).or_default().push(span);
        }
    }
}

/// What a function without a name is called by: nothing else is.
fn called_at(span: Span) -> Name {
    Name::Member(format!("{}..{}", span.start, span.end))
}

//! The text of a stretch in its new form: as it was written, with other calls in place of those of the tool, without types
//! where the new place has none, and indented for where it goes.

use super::chain::{At, Extent, extent, handle};
use super::file::{File, Reference, inside, range};
use super::handles::Handles;
use super::{Chain, Crossed, Crossing, Handle, Run, Stretch, strip, uses};
use oxc::ast::AstKind;
use oxc::ast::ast::*;
use oxc::semantic::NodeId;
use oxc::span::GetSpan;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

/// Stands for a line break of the code, as against one in a string, until it is known how deep the lines are indented.
const BREAK: char = '\u{E000}';

/// What every script may use.
static GLOBALS: [&str; 56] = [
    "AggregateError",
    "Array",
    "ArrayBuffer",
    "BigInt",
    "Boolean",
    "Buffer",
    "DataView",
    "Date",
    "Error",
    "Float64Array",
    "Infinity",
    "Int32Array",
    "Intl",
    "JSON",
    "Map",
    "Math",
    "NaN",
    "Number",
    "Object",
    "Promise",
    "Proxy",
    "RangeError",
    "Reflect",
    "RegExp",
    "Set",
    "String",
    "Symbol",
    "SyntaxError",
    "TextDecoder",
    "TextEncoder",
    "TypeError",
    "URL",
    "URLSearchParams",
    "Uint8Array",
    "WeakMap",
    "WeakSet",
    "atob",
    "btoa",
    "clearInterval",
    "clearTimeout",
    "console",
    "crypto",
    "decodeURI",
    "decodeURIComponent",
    "encodeURI",
    "encodeURIComponent",
    "fetch",
    "isFinite",
    "isNaN",
    "parseFloat",
    "parseInt",
    "performance",
    "process",
    "setTimeout",
    "structuredClone",
    "undefined",
];

/// What is put in the place of a stretch.
enum Edit {
    Text(String),
    /// The chain of that number.
    Chain(usize),
}

/// A chain of the script.
struct Found {
    handle: Handle,
    extent: Extent,
}

/// Writes stretches anew.
pub(super) struct Writer<'w, 's, 'a> {
    pub file: &'w File<'s, 'a>,
    pub stretch: &'w Stretch<'w>,
    crossing: &'w dyn Crossing,
    /// By where they start; the longer first.
    edits: BTreeMap<(usize, std::cmp::Reverse<usize>), Edit>,
    /// What cannot be carried over, with the reason.
    barred: Vec<(Range<usize>, String)>,
    found: Vec<Found>,
    crossed: RefCell<BTreeMap<usize, Result<Crossed, String>>>,
    chains: RefCell<BTreeMap<usize, Result<Chain, String>>>,
}

impl<'w, 's, 'a> Writer<'w, 's, 'a> {
    pub fn new(
        file: &'w File<'s, 'a>,
        stretch: &'w Stretch<'w>,
        crossing: &'w dyn Crossing,
        handles: &'w Handles,
        references: &[Reference],
        entry: NodeId,
    ) -> Self {
        let mut writer = Writer {
            file,
            stretch,
            crossing,
            edits: BTreeMap::new(),
            barred: Vec::new(),
            found: Vec::new(),
            crossed: RefCell::default(),
            chains: RefCell::default(),
        };
        for reference in references {
            if let Some(handle) = handle(handles, reference) {
                let extent = extent(file, reference.node, entry);
                let at = match extent.usage.run {
                    Run::Awaited => extent.usage.at.clone(),
                    _ => file.at(extent.node),
                };
                writer.edit(at, Edit::Chain(writer.found.len()));
                writer.found.push(Found { handle, extent });
            }
        }
        writer.rename(handles);
        let typed = super::super::prepare::is_typescript(stretch.path);
        if typed {
            let types = strip::types(file.semantic.nodes().program(), file.text);
            for at in types.removed {
                writer.edit(at, Edit::Text(String::new()));
            }
            writer.barred.extend(types.barred.into_iter().map(|(at, what)| (at, format!("there is {what} in it"))));
        }
        writer.breaks();
        writer.bar();
        writer
    }

    fn edit(&mut self, at: Range<usize>, edit: Edit) {
        self.edits.entry((at.start, std::cmp::Reverse(at.end))).or_insert(edit);
    }

    /// Parameters that are given what reaches the database are named like it.
    fn rename(&mut self, handles: &Handles) {
        let mut renamed: Vec<NodeId> = Vec::new();
        for (symbol, handle) in handles {
            if !matches!(handle, Handle::Runner | Handle::Connection) {
                continue;
            }
            let declared = self.file.declaration(*symbol);
            if !matches!(self.file.kind(declared), AstKind::FormalParameter(_)) {
                continue;
            }
            let Some(function) = self.file.function(declared) else { continue };
            if renamed.contains(&function) {
                let why = "a function takes what reaches the database more than once";
                self.barred.push((self.file.at(function), why.to_owned()));
            }
            renamed.push(function);
            let at = self.file.declared_at(*symbol);
            self.edit(at, Edit::Text(self.stretch.handle.to_owned()));
        }
    }

    /// Marks the line breaks of the code.
    fn breaks(&mut self) {
        let mut literals: Vec<Range<usize>> = Vec::new();
        for node in self.file.semantic.nodes().iter() {
            match node.kind() {
                AstKind::TemplateElement(it) => literals.push(range(it.span)),
                AstKind::StringLiteral(it) => literals.push(range(it.span)),
                _ => {}
            }
        }
        literals.sort_by_key(|one| one.start);
        for (at, _) in self.file.text.match_indices('\n') {
            let before = literals.partition_point(|one| one.start <= at);
            let within = before.checked_sub(1).and_then(|last| literals.get(last)).is_some_and(|one| at < one.end);
            if !within {
                let start = if self.file.text[..at].ends_with('\r') { at - 1 } else { at };
                self.edit(start..at + 1, Edit::Text(BREAK.to_string()));
            }
        }
    }

    /// Finds what cannot be carried over.
    fn bar(&mut self) {
        if self.file.text.contains(BREAK) {
            self.barred.push((0..self.file.text.len(), "it holds a character for private use".into()));
        }
        for node in self.file.semantic.nodes().iter() {
            let at = range(node.kind().span());
            let why = match node.kind() {
                AstKind::YieldExpression(_) => "it yields",
                AstKind::ImportExpression(_) => "it imports something when it runs",
                AstKind::ImportMeta(_) => "it goes by where it stands",
                AstKind::WithStatement(_) => "it uses with",
                AstKind::JSXElement(_) | AstKind::JSXFragment(_) => "there is JSX in it",
                AstKind::IdentifierReference(id) if self.file.is_global_value(id) => match id.name.as_str() {
                    "require" => "it requires something when it runs",
                    "__dirname" | "__filename" => "it goes by where it stands",
                    "module" | "exports" => "it goes by what the script exports",
                    "eval" => "it uses eval",
                    // `check` looks for those.
                    "arguments" => continue,
                    known if GLOBALS.contains(&known) => continue,
                    unknown => {
                        self.barred.push((at, format!("{unknown} is declared nowhere")));
                        continue;
                    }
                },
                AstKind::ExpressionStatement(it) if self.is_left_alone(&it.expression) => {
                    "nobody waits for what it does"
                }
                _ => continue,
            };
            self.barred.push((at, why.to_owned()));
        }
        for found in &self.found {
            let at = self.file.at(found.extent.node);
            if !self.stretch.same_failure
                && !found.extent.steps.is_empty()
                && uses::is_caught(self.file, found.extent.node, &(0..self.file.text.len()))
            {
                self.barred.push((at, "what fails in it is caught, and would fail the whole transaction".to_owned()));
            }
        }
    }

    /// Whether a statement starts something with the database and does not wait for it.
    fn is_left_alone(&self, expression: &Expression<'a>) -> bool {
        let Expression::CallExpression(_) = expression.get_inner_expression() else { return false };
        let at = range(expression.span());
        let starts = |found: &Found| {
            let own = self.file.at(found.extent.node);
            let function =
                self.file.function(found.extent.node).filter(|function| inside(&self.file.at(*function), &at));
            // What a function does that is no promise is done when the call is over, or is a value somewhere.
            let collected = matches!(self.file.parent_kind(found.extent.node), AstKind::CallExpression(call)
                if matches!(&call.callee, Expression::StaticMemberExpression(member) if member.property.name == "push"));
            let is_async = function.is_none_or(|function| match self.file.kind(function) {
                AstKind::Function(it) => it.r#async,
                AstKind::ArrowFunctionExpression(it) => it.r#async,
                _ => true,
            });
            inside(&own, &at) && is_async && !collected
        };
        self.found.iter().any(starts)
    }

    /// Whether anything in a stretch cannot be carried over.
    pub fn check(&self, at: &Range<usize>) -> Result<(), String> {
        if let Some((_, why)) = self.barred.iter().find(|(barred, _)| inside(barred, at)) {
            return Err(why.clone());
        }
        for node in self.file.semantic.nodes().iter() {
            let own = range(node.kind().span());
            let is_own = match node.kind() {
                AstKind::ThisExpression(_) => true,
                AstKind::IdentifierReference(id) => id.name == "arguments" && self.file.symbol(id).is_none(),
                _ => false,
            };
            if is_own && inside(&own, at) && !self.is_bound(node.id(), at) {
                return Err("it uses this".into());
            }
        }
        Ok(())
    }

    /// Whether what `this` is stands within a stretch.
    fn is_bound(&self, node: NodeId, at: &Range<usize>) -> bool {
        let mut around = self.file.around(node);
        around.any(|one| matches!(self.file.kind(one), AstKind::Function(_)) && inside(&self.file.at(one), at))
    }

    /// The chain that is all of a stretch.
    pub(super) fn chain_at(&self, at: &At) -> Option<Result<Chain, String>> {
        let number = self.found.iter().position(|found| self.file.at(found.extent.node) == *at)?;
        Some(self.numbered(number))
    }

    fn numbered(&self, number: usize) -> Result<Chain, String> {
        if let Some(known) = self.chains.borrow().get(&number) {
            return known.clone();
        }
        let Some(found) = self.found.get(number) else { return Err("it is no call".into()) };
        let chain = self.chain(found.handle.clone(), &found.extent);
        self.chains.borrow_mut().insert(number, chain.clone());
        chain
    }

    /// What takes the place of a chain.
    fn cross(&self, number: usize) -> Result<Crossed, String> {
        if let Some(known) = self.crossed.borrow().get(&number) {
            return known.clone();
        }
        let crossed = self.numbered(number).and_then(|chain| {
            let Some(found) = self.found.get(number) else { return Err("it is no call".into()) };
            match chain.links.is_empty() {
                true => self.alone(&chain, found),
                false => self.crossing.cross(&chain),
            }
        });
        self.crossed.borrow_mut().insert(number, crossed.clone());
        crossed
    }

    /// A handle as such, which only functions of the script may be given.
    fn alone(&self, chain: &Chain, found: &Found) -> Result<Crossed, String> {
        let refused = || Err("what reaches the database is handed on".to_owned());
        let (child, parent) = self.file.bare_parent(found.extent.node);
        let AstKind::CallExpression(call) = self.file.kind(parent) else { return refused() };
        let Expression::Identifier(callee) = &call.callee else {
            // A function that is called where it stands.
            return refused();
        };
        let Some(symbol) = self.file.symbol(callee).filter(|_| range(call.callee.span()) != self.file.at(child)) else {
            return refused();
        };
        let own = match self.file.kind(self.file.declaration(symbol)) {
            AstKind::Function(_) => true,
            AstKind::VariableDeclarator(it) => it.init.as_ref().is_some_and(|init| init.is_function()),
            _ => false,
        };
        if !own {
            return Err(format!("{} of another file is given what reaches the database", callee.name));
        }
        let text = match chain.handle {
            Handle::Runner | Handle::Connection => self.stretch.handle.to_owned(),
            Handle::Transaction | Handle::Library => "undefined".to_owned(),
            Handle::Named(_) => return refused(),
        };
        Ok(Crossed { text, ..Crossed::default() })
    }

    /// The text of a stretch.
    pub(super) fn render(&self, at: &Range<usize>) -> Result<String, String> {
        let mut out = String::new();
        let mut done = at.start;
        let first = (at.start, std::cmp::Reverse(usize::MAX));
        for ((start, std::cmp::Reverse(end)), edit) in self.edits.range(first..(at.end, std::cmp::Reverse(0))) {
            if *start < done || *end > at.end {
                continue;
            }
            out.push_str(self.file.text.get(done..*start).unwrap_or_default());
            match edit {
                Edit::Text(text) => out.push_str(text),
                Edit::Chain(number) => {
                    let text = self.cross(*number)?.text;
                    if self.is_shorthand(*number) {
                        return Err("what belongs to the tool is put into an object".into());
                    }
                    out.push_str(&text);
                }
            }
            done = *end;
        }
        out.push_str(self.file.text.get(done..at.end).unwrap_or_default());
        Ok(out)
    }

    fn is_shorthand(&self, number: usize) -> bool {
        self.found.get(number).is_some_and(|found| {
            matches!(self.file.parent_kind(found.extent.node), AstKind::ObjectProperty(property) if property.shorthand)
        })
    }

    /// Whether a stretch changes the database where it stands, but for what its functions do that are called elsewhere.
    pub fn acts(&self, at: &Range<usize>) -> bool {
        let own = |node: NodeId| {
            let function = self.file.function(node).filter(|function| inside(&self.file.at(*function), at));
            function.is_none_or(|function| match self.file.kind(function) {
                AstKind::Function(it) => !it.is_declaration(),
                _ => !matches!(self.file.parent_kind(function), AstKind::VariableDeclarator(_)),
            })
        };
        self.found.iter().enumerate().any(|(number, found)| {
            inside(&self.file.at(found.extent.node), at)
                && own(found.extent.node)
                && self.cross(number).is_ok_and(|crossed| crossed.acts)
        })
    }

    /// The stretches of all chains.
    pub fn all(&self) -> Vec<Range<usize>> {
        self.found.iter().map(|found| self.file.at(found.extent.node)).collect()
    }

    /// A text with its lines indented for the new place, which stood at `start`.
    pub fn settled(&self, text: &str, start: usize, deeper: &str) -> String {
        let line = self.file.text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let line = self.file.text.get(line..start).unwrap_or_default();
        let before = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        let mut lines = text.split(BREAK);
        let mut out = lines.next().unwrap_or_default().trim_end_matches([' ', '\t']).to_owned();
        for line in lines {
            let line = line.strip_prefix(before).unwrap_or_else(|| line.trim_start_matches([' ', '\t']));
            out.push('\n');
            if !line.trim().is_empty() {
                out.push_str(self.stretch.indent);
                out.push_str(deeper);
                out.push_str(line);
            }
        }
        out
    }
}

//! What a stretch of a script may leave otherwise than it was: for a statement that is carried as code and not run, and for
//! one that is run for one row where only a real run knows the rows.
//!
//! Names count by what they stand for, not by how they are spelled. A stretch changes what stands in it, and what the functions
//! change that it may call: those that have a name which stands in it. Where something is changed, everything is that may be
//! the same thing or hold it. What cannot be told makes the answer unclear.

mod calls;
mod classes;
mod gather;
mod left;
mod roots;

use classes::Classes;
use gather::{Gather, Site};
use oxc::ast::ast::Program;
use oxc::ast_visit::Visit;
use oxc::semantic::{ScopeId, Scoping, SemanticBuilder, SymbolFlags, SymbolId};
use oxc::span::Span;
use roots::{Name, Root};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// How many times the script is walked through to find what its functions are handed by the tool.
const WALKS: usize = 4;

/// A name that may stand for something else behind a stretch, or for something that was changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Changed {
    /// Whether it may stand for something else.
    pub assigned: bool,
    /// Whether it may not be there yet.
    pub early: bool,
}

impl Changed {
    /// Code after which a name is not known; `how` is what else `__tm.x` is told.
    pub fn unknown(self, name: &str, how: &str) -> String {
        let text = format!("{name}=__tm.x({name},\"{name}\",{}{how});", self.assigned);
        if self.early { format!("try{{{text}}}catch{{}}") } else { text }
    }

    /// What is so by one or by the other.
    fn and(self, other: Changed) -> Changed {
        Changed { assigned: self.assigned || other.assigned, early: self.early || other.early }
    }
}

/// What a stretch may leave changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Left {
    /// The names that can be seen from where it was asked.
    pub names: BTreeMap<String, Changed>,
    /// Those of them that are changed by functions which stand elsewhere.
    pub elsewhere: BTreeMap<String, Changed>,
    /// Those that the stretch declares for what follows it, by `var`.
    pub declared: BTreeSet<String>,
    /// Whether more may be changed than names can say.
    pub unclear: bool,
}

/// Where something is asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    /// What is run.
    pub whole: Span,
    /// The part of it of which nothing is seen that is declared in it.
    pub own: Span,
    /// From where names are seen: a statement that they may stand before or behind.
    pub seen: Span,
}

impl Stretch {
    /// A statement, seen from where it stands.
    pub fn of(span: Span) -> Self {
        Stretch { whole: span, own: span, seen: span }
    }

    /// By what it is known again.
    fn key(self) -> [u32; 6] {
        let Stretch { whole, own, seen } = self;
        [whole.start, whole.end, own.start, own.end, seen.start, seen.end]
    }
}

/// All that a script may change.
pub(super) struct Effects {
    sites: Vec<Site>,
    uses: Vec<(u32, Name)>,
    functions: BTreeMap<Name, Vec<Span>>,
    links: BTreeMap<Name, Vec<Name>>,
    classes: Classes,
    symbols: Vec<Symbol>,
    by_name: BTreeMap<String, Vec<SymbolId>>,
    /// The functions and classes, and which functions a tool calls.
    spans: Vec<Span>,
    owners: Vec<Span>,
    entries: Vec<Span>,
    /// Names that are called.
    called: BTreeSet<SymbolId>,
    /// Names of what other modules export.
    imported: BTreeSet<SymbolId>,
    /// What has been found out so far.
    runs: RefCell<Runs>,
    left: RefCell<BTreeMap<[u32; 6], Left>>,
}

/// What is run where a stretch is, by where that begins and ends.
type Runs = BTreeMap<(u32, u32), Rc<Run>>;

/// What is run where a stretch is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Run {
    /// The stretch, and the functions of the file that it may call.
    pub bodies: Vec<Span>,
    /// Whether it uses what other modules export.
    pub imports: bool,
}

/// A name that the file declares.
struct Symbol {
    name: String,
    /// Where it is declared, with the value that it gets there.
    at: Span,
    /// What it is seen in; `None` for the whole file.
    scope: Option<Span>,
    /// The function that it belongs to; `None` for the file.
    function: Option<Span>,
    /// Whether it is not there before its declaration has been run.
    lexical: bool,
    is_var: bool,
    /// Whether functions use it that do not declare it.
    captured: bool,
    of_tool: bool,
    /// Whether a tool gives it to a function that it calls.
    handed: bool,
    /// Whether it is a function or a class, and nothing else.
    is_fixed: bool,
    is_class: bool,
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

impl Effects {
    /// What a script may change.
    pub fn of(program: &Program<'_>) -> Self {
        let semantic = SemanticBuilder::new().with_build_nodes(true).build(program).semantic;
        let scoping = semantic.scoping();
        let mut gather = Gather::new(scoping, BTreeSet::new());
        gather.visit_program(program);
        for _ in 1..WALKS {
            let of_tool = with_parameters(&gather);
            if of_tool.len() == gather.of_tool.len() {
                break;
            }
            gather = Gather::new(scoping, of_tool);
            gather.visit_program(program);
        }
        let span_of = |scope: ScopeId| {
            let span = oxc::span::GetSpan::span(&semantic.nodes().get_node(scoping.get_node_id(scope)).kind());
            (scope != scoping.root_scope_id()).then_some(span)
        };
        Effects::put_together(gather, scoping, span_of)
    }

    fn put_together(gather: Gather<'_>, scoping: &Scoping, span_of: impl Fn(ScopeId) -> Option<Span>) -> Self {
        let symbol = |id: SymbolId| {
            let (flags, scope) = (scoping.symbol_flags(id), scoping.symbol_scope_id(id));
            let fixed = SymbolFlags::Function | SymbolFlags::Class;
            Symbol {
                name: scoping.symbol_name(id).to_owned(),
                at: Span::new(
                    scoping.symbol_span(id).start,
                    gather.until.get(&id).copied().unwrap_or_default().max(scoping.symbol_span(id).end),
                ),
                scope: span_of(scope),
                function: gather.function_of(scope).and_then(&span_of),
                is_class: flags.intersects(SymbolFlags::Class),
                lexical: flags.intersects(SymbolFlags::BlockScopedVariable | SymbolFlags::Class),
                is_var: flags.intersects(SymbolFlags::FunctionScopedVariable),
                captured: gather.captured.contains(&id),
                of_tool: gather.of_tool.contains(&id),
                handed: gather.handed.contains(&id),
                is_fixed: !scoping.symbol_is_mutated(id) && (flags.intersects(fixed) || gather.fixed.contains(&id)),
            }
        };
        let symbols: Vec<Symbol> = scoping.symbol_ids().map(symbol).collect();
        let mut by_name: BTreeMap<String, Vec<SymbolId>> = BTreeMap::new();
        for id in scoping.symbol_ids() {
            by_name.entry(scoping.symbol_name(id).to_owned()).or_default().push(id);
        }
        let imported: BTreeSet<SymbolId> =
            scoping.symbol_ids().filter(|id| gather.is_import(&Root::Symbol(*id))).collect();
        let Gather {
            mut sites,
            mut uses,
            mut functions,
            mut links,
            unions,
            passed,
            kept,
            parameters,
            of_tool,
            called,
            ..
        } = gather;
        let mut classes = Classes::new(of_tool);
        unions.iter().for_each(|roots| classes.unite(roots));
        let bodies_of = |functions: &BTreeMap<Name, Vec<Span>>, links: &BTreeMap<Name, Vec<Name>>, callees: &[Name]| {
            let (mut open, mut seen, mut bodies) = (callees.to_vec(), BTreeSet::new(), BTreeSet::new());
            while let Some(name) = open.pop() {
                bodies.extend(functions.get(&name).into_iter().flatten().map(|span| (span.start, span.end)));
                if seen.insert(name.clone()) {
                    open.extend(links.get(&name).into_iter().flatten().cloned());
                }
            }
            bodies
        };
        for call in &passed {
            for symbol in call.callees.iter().filter_map(Name::symbol) {
                let known = functions.contains_key(&Name::Symbol(symbol)) && !scoping.symbol_is_mutated(symbol);
                if !known && !imported.contains(&symbol) {
                    classes.unite(&call.roots().cloned().chain([Root::Symbol(symbol)]).collect::<Vec<Root>>());
                }
            }
            for (start, _) in bodies_of(&functions, &links, &call.callees) {
                let parameters = parameters.get(&start).map(Vec::as_slice).unwrap_or_default();
                for (at, argument) in call.arguments.iter().enumerate() {
                    let all = argument.spread || call.arguments.iter().take(at).any(|before| before.spread);
                    let last = parameters.len().saturating_sub(1);
                    let (from, to) = if all { (0, parameters.len()) } else { (at.min(last), at.min(last) + 1) };
                    for symbol in parameters.get(from..to).into_iter().flatten().flatten() {
                        let roots: Vec<Root> = argument.roots.iter().cloned().chain([Root::Symbol(*symbol)]).collect();
                        classes.unite(&roots);
                        functions.entry(Name::Symbol(*symbol)).or_default().extend(&argument.functions);
                        links.entry(Name::Symbol(*symbol)).or_default().extend(argument.names.iter().cloned());
                    }
                }
            }
        }
        classes.close();
        for kept in kept {
            for name in classes.with(&kept.by).iter().filter_map(Root::name) {
                functions.entry(name.clone()).or_default().extend(&kept.functions);
                links.entry(name).or_default().extend(kept.names.iter().cloned());
            }
        }
        sites.sort_by_key(|site| site.at);
        uses.sort_by_key(|(at, _)| *at);
        let owners = gather.spans.iter().chain(&gather.classes).copied().collect();
        let (spans, entries) = (gather.spans, gather.entries);
        Effects {
            sites,
            uses,
            functions,
            links,
            classes,
            symbols,
            by_name,
            spans,
            owners,
            entries,
            called,
            imported,
            runs: RefCell::default(),
            left: RefCell::default(),
        }
    }
}

/// What a tool hands over, with the parameters of functions that are handed nothing else.
fn with_parameters(gather: &Gather<'_>) -> BTreeSet<SymbolId> {
    let count = |names: &mut dyn Iterator<Item = &Name>| -> BTreeMap<Name, usize> {
        names.fold(BTreeMap::new(), |mut counts, name| {
            *counts.entry(name.clone()).or_default() += 1;
            counts
        })
    };
    let uses = count(&mut gather.uses.iter().map(|(_, name)| name));
    let calls = count(&mut gather.passed.iter().flat_map(|call| &call.callees));
    let mut handed: BTreeMap<SymbolId, bool> = BTreeMap::new();
    for call in &gather.passed {
        let [callee] = call.callees.as_slice() else { continue };
        let Some([body]) = gather.functions.get(callee).map(Vec::as_slice) else { continue };
        // What is used otherwise than in a call may be handed anything.
        let only_called = uses.get(callee) <= calls.get(callee);
        let parameters = gather.parameters.get(&body.start).map(Vec::as_slice).unwrap_or_default();
        for (at, symbols) in parameters.iter().enumerate() {
            let argument = match call.arguments.as_slice() {
                [only] if only.spread => Some(only),
                arguments => arguments.get(at).filter(|_| !arguments.iter().any(|argument| argument.spread)),
            };
            let of_tool = only_called && argument.is_some_and(|argument| argument.of_tool);
            for symbol in symbols {
                let all = handed.entry(*symbol).or_insert(true);
                *all &= of_tool && !gather.scoping.symbol_is_mutated(*symbol);
            }
        }
    }
    let found = handed.into_iter().filter_map(|(symbol, of_tool)| of_tool.then_some(symbol));
    gather.of_tool.iter().copied().chain(found).collect()
}

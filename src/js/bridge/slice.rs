//! A stretch with what it needs: where the names in it come from, what else may change what they stand for, and all of
//! that in order.

use super::file::{File, Reference, inside, range};
use super::handles::{self, Handles, required};
use super::harmless::is_harmless;
use super::place::{self, Spot};
use super::write::Writer;
use super::{Carried, Crossing, Handle, Piece, Stretch, Taken};
use oxc::allocator::Allocator;
use oxc::ast::AstKind;
use oxc::ast::ast::*;
use oxc::parser::Parser;
use oxc::semantic::{NodeId, SemanticBuilder, SymbolId};
use oxc::span::GetSpan;
use std::collections::BTreeSet;
use std::ops::Range;

/// See [`super::carry`].
pub(super) fn carry(stretch: &Stretch<'_>, crossing: &dyn Crossing) -> Result<Carried, String> {
    let allocator = Allocator::default();
    let source_type = super::super::prepare::source_type(stretch.path);
    let parsed = Parser::new(&allocator, stretch.text, source_type).parse();
    if parsed.panicked || !parsed.diagnostics.is_empty() {
        return Err("the script cannot be parsed".into());
    }
    let built = SemanticBuilder::new().with_build_nodes(true).build(&parsed.program);
    let file = File { text: stretch.text, semantic: &built.semantic };
    let spot = place::find(&file, &stretch.at, stretch.direction)?;
    if spot.caught && !stretch.same_failure {
        return Err("it stands in a try, and what fails would fail the whole transaction".into());
    }
    let references = file.references();
    let handles = handles::find(&file, stretch, spot.entry, &references);
    let writer = Writer::new(&file, stretch, crossing, &handles, &references, spot.function);
    let chains = writer.all();
    let mut slice = Slice {
        file: &file,
        spot: &spot,
        handles: &handles,
        references: &references,
        chains: &chains,
        pieces: BTreeSet::new(),
        module: BTreeSet::new(),
        taken: BTreeSet::new(),
        wanted: Vec::new(),
        known: BTreeSet::new(),
    };
    slice.gather()?;
    slice.free_names(stretch)?;
    let declared = slice.module.iter().flat_map(|at| slice.top_names(&(at.0..at.1)));
    let declared = declared.filter_map(|at| stretch.text.get(at)).map(str::to_owned).collect();
    let (pieces, module, taken) = (slice.pieces, slice.module, slice.taken);
    let piece = |at: &(usize, usize)| {
        let at = at.0..at.1;
        writer.check(&at)?;
        let text = writer.settled(&writer.render(&at)?, at.start, "");
        let acts = writer.acts(&at);
        Ok(Piece { at, text, acts })
    };
    writer.check(&spot.at)?;
    let before = pieces.iter().map(piece).collect::<Result<Vec<Piece>, String>>()?;
    let own = |piece: Piece| Piece { text: piece.text.trim_start_matches("export ").to_owned(), ..piece };
    let module = module.iter().map(piece).map(|one| one.map(own)).collect::<Result<Vec<Piece>, String>>()?;
    let statements = statements(&file, &spot, &writer)?;
    Ok(Carried { before, statements, module, declared, imports: taken.into_iter().collect() })
}

/// The stretch itself; what would leave the function leaves one of its own.
fn statements(file: &File<'_, '_>, spot: &Spot, writer: &Writer<'_, '_, '_>) -> Result<String, String> {
    let text = writer.render(&spot.at)?;
    if spot.is_expression {
        return Ok(format!("await {};", writer.settled(&text, spot.at.start, "")));
    }
    let returns: Vec<Range<usize>> = file
        .semantic
        .nodes()
        .iter()
        .filter(|node| matches!(node.kind(), AstKind::ReturnStatement(_)))
        .filter(|node| file.function(node.id()) == Some(spot.function))
        .map(|node| range(node.kind().span()))
        .filter(|at| inside(at, &spot.at))
        .collect();
    match returns.as_slice() {
        [] => Ok(writer.settled(&text, spot.at.start, "")),
        [only] if *only == spot.at && text.starts_with("return ") => {
            Ok(writer.settled(&text.replacen("return ", "await ", 1), spot.at.start, ""))
        }
        _ => {
            let text = writer.settled(&text, spot.at.start, "  ");
            let indent = writer.stretch.indent;
            Ok(format!("await (async () => {{\n{indent}  {text}\n{indent}}})();"))
        }
    }
}

/// What a stretch needs, as it is gathered.
struct Slice<'f, 's, 'a> {
    file: &'f File<'s, 'a>,
    spot: &'f Spot,
    handles: &'f Handles,
    references: &'f [Reference],
    chains: &'f [Range<usize>],
    /// Statements of the function before the stretch: start and end.
    pieces: BTreeSet<(usize, usize)>,
    /// Statements of the module.
    module: BTreeSet<(usize, usize)>,
    taken: BTreeSet<Taken>,
    /// Names whose declarations are needed, and which must be as they were.
    wanted: Vec<SymbolId>,
    known: BTreeSet<SymbolId>,
}

impl Slice<'_, '_, '_> {
    /// Names that the new place needs for itself may not be those of something that comes along.
    fn free_names(&self, stretch: &Stretch<'_>) -> Result<(), String> {
        for symbol in self.file.semantic.scoping().symbol_ids() {
            let name = self.file.name(symbol);
            let is_renamed = matches!(self.handles.get(&symbol), Some(Handle::Runner | Handle::Connection));
            let comes = self.known.contains(&symbol) || self.is_included(&self.file.declared_at(symbol));
            if comes && !is_renamed && (name == stretch.handle || stretch.taken.contains(&name)) {
                return Err(format!("it has a name of its own that is needed: {name}"));
            }
        }
        Ok(())
    }

    fn gather(&mut self) -> Result<(), String> {
        self.names_in(&self.spot.at.clone());
        let mut turns = 0;
        while let Some(symbol) = self.wanted.pop() {
            turns += 1;
            if turns > 2000 {
                return Err("it needs too much".into());
            }
            if self.handles.contains_key(&symbol) {
                continue;
            }
            self.declaration(symbol)?;
        }
        Ok(())
    }

    /// All names in a stretch that are declared outside of it become wanted; those declared in it have to be watched.
    fn names_in(&mut self, at: &Range<usize>) {
        let used = self.references.iter().filter(|one| inside(&one.at, at)).filter_map(|one| one.symbol);
        let mut names: Vec<SymbolId> = used.collect();
        if *at != self.spot.at {
            let symbols = self.file.semantic.scoping().symbol_ids();
            names.extend(symbols.filter(|symbol| inside(&self.file.declared_at(*symbol), at)));
        }
        for symbol in names {
            let own = inside(&self.file.declared_at(symbol), &self.spot.at);
            if !own && self.known.insert(symbol) {
                self.wanted.push(symbol);
            }
        }
    }

    fn is_included(&self, at: &Range<usize>) -> bool {
        let holds = |(start, end): &(usize, usize)| inside(at, &(*start..*end));
        inside(at, &self.spot.at) || self.pieces.iter().any(holds) || self.module.iter().any(holds)
    }

    /// Takes in what declares a name, and what may change it before the stretch.
    fn declaration(&mut self, symbol: SymbolId) -> Result<(), String> {
        let name = self.file.name(symbol).to_owned();
        let node = self.file.declaration(symbol);
        let declared = self.file.declared_at(symbol);
        if self.is_included(&declared)
            && self.file.function(node) != Some(self.spot.function)
            && !self.is_listed(&declared)
        {
            // Within a function or block of a piece.
            return Ok(());
        }
        if self.import(symbol, node)? {
            return Ok(());
        }
        let list = self.list_of(&declared).ok_or_else(|| format!("{name} is what a function around it is given"))?;
        let statement = self.statement(list, &declared).ok_or_else(|| format!("{name} is declared around it"))?;
        if inside(&self.spot.at, &statement)
            && statement != self.spot.at
            && matches!(self.file.kind(list), AstKind::Program(_))
        {
            return Err(format!("{name} is declared around it"));
        }
        match self.file.kind(list) {
            AstKind::Program(_) => self.of_module(symbol, &name, node, statement),
            _ => self.of_function(symbol, &name, statement),
        }
    }

    /// Whether a place is that of a name which one of the lists around the stretch declares.
    fn is_listed(&self, declared: &Range<usize>) -> bool {
        let Some(list) = self.list_of(declared) else { return false };
        self.statement(list, declared).is_some_and(|statement| {
            let symbols = self.top_names(&statement);
            symbols.contains(declared)
        })
    }

    /// Where the names stand that a statement declares in its own list.
    fn top_names(&self, statement: &Range<usize>) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for node in self.file.semantic.nodes().iter() {
            let AstKind::BindingIdentifier(id) = node.kind() else { continue };
            let at = range(id.span);
            if !inside(&at, statement) {
                continue;
            }
            let mut around = self.file.around(node.id()).take_while(|one| inside(&self.file.at(*one), statement));
            let mut owner = None;
            let mut inner = false;
            for one in around.by_ref() {
                match self.file.kind(one) {
                    AstKind::Function(it) => {
                        let is_name = it.id.as_ref().is_some_and(|own| range(own.span) == at);
                        if is_name && it.is_declaration() && owner.is_none() {
                            owner = Some(one);
                        } else {
                            inner = true;
                        }
                    }
                    AstKind::ArrowFunctionExpression(_) | AstKind::BlockStatement(_) => inner = true,
                    _ => {}
                }
            }
            if !inner {
                found.push(at);
            }
        }
        found
    }

    /// The list, of those around the stretch, in which a name is declared; the module's is the last of them.
    fn list_of(&self, declared: &Range<usize>) -> Option<NodeId> {
        let around = self.spot.lists.iter().map(|(list, _)| *list);
        let local = around.into_iter().find(|list| inside(declared, &self.file.at(*list)));
        if local.is_some() {
            return local;
        }
        let entry = self.file.at(self.spot.entry);
        let program = self
            .file
            .semantic
            .nodes()
            .iter()
            .map(|node| node.id())
            .find(|node| matches!(self.file.kind(*node), AstKind::Program(_)));
        program.filter(|_| !inside(declared, &entry))
    }

    fn statement(&self, list: NodeId, at: &Range<usize>) -> Option<Range<usize>> {
        self.file.list(list)?.into_iter().find(|one| inside(at, one))
    }

    /// A name from another module.
    fn import(&mut self, symbol: SymbolId, node: NodeId) -> Result<bool, String> {
        let name = self.file.name(symbol).to_owned();
        let (module, what) = match self.file.kind(node) {
            AstKind::ImportSpecifier(it) => (self.imported_from(node), it.imported.name().to_string()),
            AstKind::ImportDefaultSpecifier(_) => (self.imported_from(node), "default".to_owned()),
            AstKind::ImportNamespaceSpecifier(_) => (self.imported_from(node), "*".to_owned()),
            AstKind::VariableDeclarator(it) => {
                let Some(init) = &it.init else { return Ok(false) };
                let (call, member) = match init {
                    Expression::StaticMemberExpression(it) => (&it.object, Some(it.property.name.to_string())),
                    init => (init, None),
                };
                let Some(module) = required(call) else { return Ok(false) };
                let what = match (&it.id, member) {
                    (BindingPattern::BindingIdentifier(_), Some(member)) => member,
                    (BindingPattern::BindingIdentifier(_), None) => "*".to_owned(),
                    (BindingPattern::ObjectPattern(pattern), None) => {
                        let own = pattern.properties.iter().find(|one| {
                            matches!(&one.value, BindingPattern::BindingIdentifier(id) if id.symbol_id.get() == Some(symbol))
                        });
                        let key = own.and_then(|one| super::file::key(&one.key, one.computed));
                        key.ok_or("it takes a module apart in a way that is not known")?
                    }
                    _ => return Err("it takes a module apart in a way that is not known".into()),
                };
                if self.file.is_set_again(symbol) {
                    return Err(format!("{name} is set again"));
                }
                let module = module.to_owned();
                self.taken.insert(taken(module, what, name, true));
                return Ok(true);
            }
            AstKind::TSImportEqualsDeclaration(it) => match &it.module_reference {
                TSModuleReference::ExternalModuleReference(from) => {
                    self.taken.insert(taken(from.expression.value.to_string(), "*".into(), name, true));
                    return Ok(true);
                }
                _ => return Err(format!("{name} is a part of a namespace")),
            },
            _ => return Ok(false),
        };
        let module = module.ok_or("an import that is not known")?;
        self.taken.insert(taken(module, what, name, false));
        Ok(true)
    }

    fn imported_from(&self, node: NodeId) -> Option<String> {
        self.file.around(node).find_map(|one| match self.file.kind(one) {
            AstKind::ImportDeclaration(it) => Some(it.source.value.to_string()),
            _ => None,
        })
    }

    /// A name that the module declares.
    fn of_module(&mut self, symbol: SymbolId, name: &str, node: NodeId, statement: Range<usize>) -> Result<(), String> {
        if self.file.is_set_again(symbol) {
            return Err(format!("{name} is set again"));
        }
        let is_code = match self.file.kind(node) {
            AstKind::Function(_) | AstKind::Class(_) => true,
            AstKind::VariableDeclarator(it) => it.init.as_ref().is_some_and(|init| {
                init.is_function() || init.is_literal() || matches!(init, Expression::TemplateLiteral(_))
            }),
            _ => return Err(format!("{name} is declared in a way that is not known")),
        };
        if self.exports(&statement) {
            return Err(format!("{name} is part of what the script exports"));
        }
        self.include_module(statement);
        if is_code {
            return Ok(());
        }
        let changed = self.references.iter().filter(|one| one.symbol == Some(symbol) && !self.is_included(&one.at));
        let mut changed = changed.filter(|one| !is_harmless(self.file, one, self.chains) && !self.is_walked(one));
        match changed.next() {
            Some(_) => Err(format!("{name} may have been changed before")),
            None => Ok(()),
        }
    }

    /// Whether a name is what a loop goes over.
    fn is_walked(&self, reference: &Reference) -> bool {
        let (child, parent) = self.file.bare_parent(reference.node);
        matches!(self.file.kind(parent), AstKind::ForOfStatement(it) if range(it.right.span()) == self.file.at(child))
    }

    /// Whether a statement of the module holds what it exports as its up or down.
    fn exports(&self, statement: &Range<usize>) -> bool {
        inside(&self.file.at(self.spot.entry), statement)
    }

    fn include_module(&mut self, statement: Range<usize>) {
        if self.module.insert((statement.start, statement.end)) {
            self.names_in(&statement);
        }
    }

    fn include(&mut self, statement: Range<usize>) {
        if self.pieces.insert((statement.start, statement.end)) {
            self.names_in(&statement);
        }
    }

    /// A name that the function declares.
    fn of_function(&mut self, symbol: SymbolId, name: &str, statement: Range<usize>) -> Result<(), String> {
        if inside(&self.spot.at, &statement) && !inside(&statement, &self.spot.at) {
            return Err(format!("{name} is declared by what it stands in"));
        }
        if inside(&statement, &self.spot.at) {
            return Ok(());
        }
        let hoisted = matches!(self.file.kind(self.file.declaration(symbol)), AstKind::Function(_));
        if statement.start > self.spot.at.start && !hoisted {
            return Err(format!("{name} is declared behind it"));
        }
        self.include(statement);
        let uses: Vec<Reference> = self.references.iter().filter(|one| one.symbol == Some(symbol)).cloned().collect();
        for reference in uses {
            if self.is_included(&reference.at) || is_harmless(self.file, &reference, self.chains) {
                continue;
            }
            let in_function = self.file.function(reference.node) != self.file.function(self.file.declaration(symbol))
                && self.is_declared_function(&reference);
            if reference.at.start > self.spot.at.start && !in_function {
                continue;
            }
            let list = self.list_of(&reference.at).ok_or_else(|| format!("{name} is used where that is not known"))?;
            let changing = self
                .statement(list, &reference.at)
                .ok_or_else(|| format!("{name} may be changed in a place that is not known"))?;
            if inside(&self.spot.at, &changing) {
                return Err(format!("{name} may be changed around it"));
            }
            if changing.start < self.spot.at.start || in_function {
                self.include(changing);
            }
        }
        Ok(())
    }

    /// Whether a use stands in a function that is declared by a statement of its own, which may be called before.
    fn is_declared_function(&self, reference: &Reference) -> bool {
        self.file
            .around(reference.node)
            .any(|one| matches!(self.file.kind(one), AstKind::Function(it) if it.is_declaration()))
    }
}

fn taken(module: String, what: String, name: String, required: bool) -> Taken {
    let relative = module.starts_with("./") || module.starts_with("../") || module == "." || module == "..";
    Taken { module, what, name, relative, required }
}

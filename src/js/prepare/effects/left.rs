//! The answer: what a stretch of a script may leave changed.

use super::gather::What;
use super::roots::{Name, Root, STATIC, is_built_in};
use super::{Changed, Effects, Left, Run, Stretch, Symbol, holds};
use oxc::semantic::SymbolId;
use oxc::span::Span;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Methods that the language calls by itself, and those of which the name is worked out.
const CALLED_BY_ITSELF: [&str; 6] = ["", "next", "then", "toJSON", "toString", "valueOf"];

/// How a name is seen from somewhere.
enum Seen {
    Here(Changed),
    /// It will be declared.
    Later,
    /// Another one of the same name stands in front of it.
    Behind,
    Not,
}

impl Effects {
    /// What a stretch may leave changed.
    pub fn left_by(&self, stretch: Stretch) -> Left {
        if let Some(known) = self.left.borrow().get(&stretch.key()) {
            return known.clone();
        }
        let left = self.find_left_by(stretch);
        self.left.borrow_mut().insert(stretch.key(), left.clone());
        left
    }

    fn find_left_by(&self, stretch: Stretch) -> Left {
        let run = self.run_by(stretch.whole);
        let run = run.bodies.as_slice();
        let mut left = Left::default();
        for body in run {
            let from = self.sites.partition_point(|site| site.at < body.start);
            for site in self.sites.iter().skip(from).take_while(|site| site.at < body.end) {
                let at = Span::new(site.at, site.at);
                let within = run.iter().filter(|body| holds(**body, at)).min_by_key(|body| body.end - body.start);
                if within.is_some_and(|within| within != body) {
                    continue; // it is looked at there
                }
                let here = *body == stretch.whole;
                // What a call declares is its own; what the stretch declares, as far as is said.
                // What a function declares that is on the way already is what is seen here.
                let own = if here || holds(*body, stretch.whole) { stretch.own } else { *body };
                let mut found = Left::default();
                match &site.what {
                    What::Assigns(root) => self.assigned(root, own, stretch, &mut found),
                    What::Changes { roots, member } => {
                        self.changed(roots, *member, (own, run), stretch, &mut found);
                    }
                    What::Hands { to, roots } if !self.is_all_in_the_file(*to) => {
                        // What is called may be a method of something.
                        let callee = (!self.imported.contains(to)).then_some(Root::Symbol(*to));
                        let roots: Vec<Root> = roots.iter().cloned().chain(callee).collect();
                        self.changed(&roots, false, (own, run), stretch, &mut found);
                    }
                    What::Hands { .. } => {}
                }
                let elsewhere = !holds(stretch.whole, at);
                for (name, changed) in found.names {
                    let known = left.names.entry(name.clone()).or_default();
                    *known = known.and(changed);
                    if elsewhere {
                        let known = left.elsewhere.entry(name).or_default();
                        *known = known.and(changed);
                    }
                }
                left.unclear |= found.unclear;
                left.declared.append(&mut found.declared);
            }
        }
        left
    }

    /// The stretch, and the functions that may be called in it and do not stand in it.
    pub fn run_by(&self, whole: Span) -> Rc<Run> {
        if let Some(known) = self.runs.borrow().get(&(whole.start, whole.end)) {
            return Rc::clone(known);
        }
        let run = Rc::new(self.find_run_by(whole));
        self.runs.borrow_mut().insert((whole.start, whole.end), Rc::clone(&run));
        run
    }

    fn find_run_by(&self, whole: Span) -> Run {
        let mut imports = false;
        let mut run = vec![whole];
        let mut known = BTreeSet::from([(whole.start, whole.end)]);
        let mut at = 0;
        let by_itself: Vec<Name> = CALLED_BY_ITSELF.iter().map(|name| Name::Member((*name).to_owned())).collect();
        while let Some(body) = run.get(at).copied() {
            at += 1;
            let from = self.uses.partition_point(|(use_at, _)| *use_at < body.start);
            let used = self.uses.iter().skip(from).take_while(|(use_at, _)| *use_at < body.end).map(|(_, name)| name);
            let mut open: Vec<(&Name, bool)> = used.map(|name| (name, false)).collect();
            if at == 1 {
                let known = by_itself.iter().filter_map(|name| self.functions.get_key_value(name));
                open.extend(known.map(|(name, _)| (name, false)));
            }
            // Each body's names are looked at anew: what stands in one is only outside of another.
            let mut seen: BTreeSet<(&Name, bool)> = BTreeSet::new();
            while let Some((name, made)) = open.pop() {
                if !seen.insert((name, made)) {
                    continue;
                }
                imports |= name.symbol().is_some_and(|symbol| self.imported.contains(&symbol));
                for function in self.functions.get(name).into_iter().flatten() {
                    // Only the tool calls those that it has asked for.
                    let is_around = self.entries.contains(function) && holds(*function, whole);
                    if is_around {
                        continue;
                    }
                    let of_it = |span: &&Span| *span == function || made && holds(*function, **span);
                    for span in self.spans.iter().filter(of_it).chain([function]) {
                        if !holds(body, *span) && known.insert((span.start, span.end)) {
                            run.push(*span);
                        }
                    }
                }
                // What is called and stands for what a function has made may be one of the functions in that.
                let makes = made || name.symbol().is_some_and(|symbol| self.called.contains(&symbol));
                open.extend(self.links.get(name).into_iter().flatten().map(|name| (name, makes)));
            }
        }
        Run { bodies: run, imports }
    }

    /// Whether all that a name may call is in the file.
    fn is_all_in_the_file(&self, symbol: SymbolId) -> bool {
        self.symbol(symbol).is_some_and(|symbol| symbol.is_fixed)
    }

    fn symbol(&self, id: SymbolId) -> Option<&Symbol> {
        self.symbols.get(id.index())
    }

    /// A name comes to stand for something else. `own` is what is run anew.
    fn assigned(&self, root: &Root, own: Span, stretch: Stretch, left: &mut Left) {
        let (id, symbol) = match root {
            Root::Symbol(id) => match self.symbol(*id) {
                Some(symbol) => (*id, symbol),
                None => return,
            },
            // A name that nothing declares is everybody's, once it has been assigned.
            Root::Global(name) if !self.is_declared_around(name, stretch.seen) => {
                left.names.insert(name.clone(), Changed { assigned: true, early: true });
                return;
            }
            Root::Global(_) | Root::This(_) | Root::Sum(_) => {
                left.unclear = true;
                return;
            }
        };
        if symbol.scope.is_some_and(|scope| holds(own, scope)) {
            return;
        }
        if symbol.is_var && holds(stretch.whole, symbol.at) {
            left.declared.insert(symbol.name.clone());
        }
        match self.seen(id, symbol, stretch.seen) {
            Seen::Here(changed) => {
                left.names.insert(symbol.name.clone(), Changed { assigned: true, ..changed });
            }
            Seen::Later => {}
            Seen::Behind | Seen::Not => left.unclear = true,
        }
    }

    /// What these reach is changed. `own` is what is run anew by itself, `run` all that is run.
    fn changed(&self, roots: &[Root], member: bool, (own, run): (Span, &[Span]), stretch: Stretch, left: &mut Left) {
        let is_own = |root: &Root, symbol: &Symbol| {
            let around = holds;
            let holds = |body: &Span| symbol.scope.is_some_and(|scope| around(*body, scope));
            match roots.contains(root) {
                true => holds(&own),
                false => {
                    let called = run.iter().skip(1).filter(|body| !around(**body, stretch.whole));
                    holds(&stretch.own) || called.into_iter().any(holds)
                }
            }
        };
        let is_of_class = roots.iter().any(|root| matches!(root, Root::This(owner) if owner & STATIC != 0));
        let mut outer = Vec::new();
        for root in roots {
            match root {
                Root::Symbol(id) => match self.symbol(*id) {
                    // What the tool hands over is told of what is called; a member is another thing.
                    Some(symbol) if symbol.of_tool => left.unclear |= member && symbol.handed,
                    _ => outer.push(root.clone()),
                },
                Root::Global(name) if is_built_in(name) => left.unclear |= member && name != "process",
                Root::Global(_) => left.unclear = true,
                Root::This(_) | Root::Sum(_) => outer.push(root.clone()),
            }
        }
        let mut reached = self.classes.with(&outer);
        if reached.iter().filter_map(Root::name).filter_map(|name| name.symbol()).any(|id| self.imported.contains(&id))
        {
            // Another name may stand for the same in the other module.
            reached.extend(self.imported.iter().copied().map(Root::Symbol));
        }
        for root in reached {
            let (id, symbol) = match &root {
                Root::Symbol(id) => match self.symbol(*id) {
                    Some(symbol) => (*id, symbol),
                    None => continue,
                },
                // Its own `this` has no other name.
                Root::This(owner) => {
                    let owner = self.owners.iter().find(|span| span.start == *owner & !STATIC);
                    left.unclear |= owner.is_some_and(|owner| holds(*owner, stretch.whole) && *owner != stretch.whole);
                    continue;
                }
                Root::Global(_) | Root::Sum(_) => continue,
            };
            let is_changed = roots.contains(&root) || is_of_class && symbol.is_class;
            if symbol.is_fixed && !is_changed
                || symbol.of_tool
                || is_own(&root, symbol)
                || self.is_of_another_entry(symbol, stretch)
            {
                continue;
            }
            match self.seen(id, symbol, stretch.seen) {
                Seen::Here(changed) => {
                    left.names.insert(symbol.name.clone(), changed);
                }
                Seen::Later => {}
                Seen::Behind => left.unclear = true,
                // A block that is over, or a function that is not being run.
                Seen::Not => left.unclear |= symbol.captured || self.may_be_running(symbol, stretch),
            }
        }
    }

    /// Whether a name belongs to a function that a tool calls by itself.
    fn is_of_another_entry(&self, symbol: &Symbol, stretch: Stretch) -> bool {
        let other = |entry: &&Span| !holds(**entry, stretch.whole);
        symbol.scope.is_some_and(|scope| self.entries.iter().filter(other).any(|entry| holds(*entry, scope)))
    }

    /// Whether the function of a name that cannot be seen may have called the one that a stretch is in.
    fn may_be_running(&self, symbol: &Symbol, stretch: Stretch) -> bool {
        let around = |body: &Span| holds(*body, stretch.whole);
        let function = symbol.function.filter(|function| !around(function));
        function.is_some_and(|function| self.run_by(function).bodies.iter().any(around))
    }

    /// Whether a name that is seen from a stretch is declared in the file.
    fn is_declared_around(&self, name: &str, from: Span) -> bool {
        let around = |id: &SymbolId| {
            let symbol = self.symbol(*id);
            symbol.is_some_and(|symbol| symbol.scope.is_none_or(|scope| holds(scope, from)))
        };
        self.by_name.get(name).into_iter().flatten().any(around)
    }

    /// How a name is seen from a stretch.
    fn seen(&self, id: SymbolId, symbol: &Symbol, from: Span) -> Seen {
        let around = |symbol: &Symbol| symbol.scope.is_none_or(|scope| holds(scope, from) && scope != from);
        if !around(symbol) {
            return Seen::Not;
        }
        let nearer = |other: &Symbol| {
            around(other)
                && other.scope.is_some_and(|scope| symbol.scope.is_none_or(|far| scope != far && holds(far, scope)))
        };
        let others = self.by_name.get(&symbol.name).into_iter().flatten().filter(|other| **other != id);
        if others.filter_map(|other| self.symbol(*other)).any(nearer) {
            return Seen::Behind;
        }
        if symbol.lexical && holds(symbol.at, from) {
            return Seen::Later;
        }
        let behind = symbol.lexical && symbol.at.start >= from.end;
        let function =
            self.spans.iter().filter(|span| holds(**span, from) && **span != from).map(|span| span.start).max();
        match (behind, symbol.function.map(|span| span.start) == function) {
            (true, true) => Seen::Later,
            (early, _) => Seen::Here(Changed { assigned: false, early }),
        }
    }
}

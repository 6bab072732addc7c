//! What may be the same thing, or hold one another.

use super::roots::{Root, is_built_in};
use oxc::semantic::SymbolId;
use std::collections::{BTreeMap, BTreeSet};

/// Roots that may be reached from one another, in classes.
pub(super) struct Classes {
    /// Those that hold nothing of a script.
    of_tool: BTreeSet<SymbolId>,
    numbers: BTreeMap<Root, usize>,
    /// For each root another of its class, or itself.
    above: Vec<usize>,
    /// The members of each class.
    members: BTreeMap<usize, Vec<Root>>,
}

impl Classes {
    pub fn new(of_tool: BTreeSet<SymbolId>) -> Self {
        Classes { of_tool, numbers: BTreeMap::new(), above: Vec::new(), members: BTreeMap::new() }
    }

    fn holds_nothing(&self, root: &Root) -> bool {
        match root {
            Root::Symbol(symbol) => self.of_tool.contains(symbol),
            Root::This(_) | Root::Sum(_) => false,
            Root::Global(name) => is_built_in(name),
        }
    }

    fn number(&mut self, root: &Root) -> usize {
        let next = self.above.len();
        let number = *self.numbers.entry(root.clone()).or_insert(next);
        if number == next {
            self.above.push(next);
        }
        number
    }

    fn top(&self, mut at: usize) -> usize {
        while let Some(above) = self.above.get(at).copied().filter(|above| *above != at) {
            at = above;
        }
        at
    }

    /// These may be the same, or hold one another.
    pub fn unite(&mut self, roots: &[Root]) {
        let mut first = None;
        for root in roots {
            if self.holds_nothing(root) {
                continue;
            }
            let number = self.number(root);
            let top = self.top(number);
            match first {
                None => first = Some(top),
                Some(first) => {
                    if let Some(above) = self.above.get_mut(top) {
                        *above = first;
                    }
                }
            }
        }
    }

    /// Nothing more is united.
    pub fn close(&mut self) {
        for (root, number) in &self.numbers {
            self.members.entry(self.top(*number)).or_default().push(root.clone());
        }
    }

    /// These, and everything that may be the same as one of them or hold it.
    pub fn with(&self, roots: &[Root]) -> BTreeSet<Root> {
        let of = |root: &Root| self.numbers.get(root).map(|number| self.top(*number));
        let tops: BTreeSet<usize> = roots.iter().filter_map(of).collect();
        let members = tops.iter().filter_map(|top| self.members.get(top)).flatten();
        members.chain(roots).cloned().collect()
    }
}

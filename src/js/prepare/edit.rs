//! Edits to a text, by offsets of the text as it was.

/// Insertions and removals, in the order in which they were asked for where they stand at one place.
#[derive(Default)]
pub(super) struct Edits {
    /// Where, on which side, the order, and what is put there.
    inserts: Vec<(usize, Side, usize, String)>,
    removed: Vec<(usize, usize)>,
}

/// What stands first where several are put at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    /// It closes something that was opened further up.
    Closes,
    /// It stands behind all that ends there.
    Behind,
    /// It opens something.
    Opens,
}

impl Edits {
    /// Puts text before what stands at an offset.
    pub fn open(&mut self, at: usize, text: impl Into<String>) {
        let order = self.inserts.len();
        self.inserts.push((at, Side::Opens, order, text.into()));
    }

    /// Puts text behind what ends at an offset.
    pub fn close(&mut self, at: usize, text: impl Into<String>) {
        let order = self.inserts.len();
        self.inserts.push((at, Side::Closes, order, text.into()));
    }

    /// Puts text behind everything that ends at an offset, whenever that is asked for.
    pub fn behind(&mut self, at: usize, text: impl Into<String>) {
        let order = self.inserts.len();
        self.inserts.push((at, Side::Behind, order, text.into()));
    }

    /// Takes a stretch out. What was put inside it goes too.
    pub fn remove(&mut self, start: usize, end: usize) {
        self.removed.push((start, end));
    }

    /// Puts text in the place of a stretch.
    pub fn replace(&mut self, start: usize, end: usize, text: impl Into<String>) {
        // At the end, so that what opens where the stretch starts comes before it.
        self.remove(start, end);
        self.close(end, text);
    }

    /// The text with all edits.
    pub fn apply(mut self, text: &str) -> String {
        // What closes something that ends here comes before what opens something that starts here.
        self.inserts.sort_by_key(|(at, side, order, _)| (*at, *side, *order));
        self.removed.sort_by_key(|(start, end)| (*start, std::cmp::Reverse(*end)));
        // How far those reach that start before a place: the inserts come in order.
        let mut starting = self.removed.iter().peekable();
        let mut reach = 0;
        self.inserts.retain(|(at, _, _, _)| {
            while let Some((_, end)) = starting.next_if(|(start, _)| start < at) {
                reach = reach.max(*end);
            }
            reach <= *at
        });
        let added: usize = self.inserts.iter().map(|(_, _, _, text)| text.len()).sum();
        let mut out = String::with_capacity(text.len() + added);
        let mut removed = self.removed.into_iter().peekable();
        let mut at = 0;
        let mut copy = |out: &mut String, to: usize| {
            while at < to {
                match removed.peek().copied() {
                    Some((_, end)) if end <= at => drop(removed.next()),
                    Some((start, end)) if start <= at => at = end.min(to).max(at),
                    Some((start, _)) if start < to => {
                        out.push_str(text.get(at..start).unwrap_or_default());
                        at = start;
                    }
                    _ => {
                        out.push_str(text.get(at..to).unwrap_or_default());
                        at = to;
                    }
                }
            }
        };
        for (place, _, _, inserted) in &self.inserts {
            copy(&mut out, *place);
            out.push_str(inserted);
        }
        copy(&mut out, text.len());
        out
    }
}

#[cfg(test)]
mod tests {
    use super::Edits;

    #[test]
    fn what_closes_comes_before_what_opens() {
        let mut edits = Edits::default();
        edits.open(0, "f(");
        edits.open(0, "g(");
        edits.close(1, ")");
        edits.close(1, ")");
        edits.open(1, "[");
        edits.close(2, "]");
        edits.replace(3, 5, "-");
        edits.behind(2, ";");
        edits.close(2, "!");
        assert_eq!(edits.apply("ab1234"), "f(g(a))[b]!;1-4");
    }
}

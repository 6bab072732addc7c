//! What does not come back, or is thrown away; and the short list that is made of it.

use crate::schema::Id;
use std::collections::{BTreeMap, BTreeSet};

/// How much a loss takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Size {
    /// Everything in a table: whatever else is said of it goes without saying.
    Table,
    /// Everything in a column.
    Column,
    /// Some of it.
    Part,
    /// Nothing: there is more than there was.
    More,
}

/// Something that does not come back, or is thrown away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Loss {
    /// The table it is about, if replay knows it.
    pub id: Option<Id>,
    /// The column; empty for whole rows.
    pub column: String,
    /// What it is, in words.
    pub text: String,
    size: Size,
}

impl Loss {
    fn new(size: Size, id: &Id, column: &str, text: String) -> Self {
        Loss { id: Some(id.clone()), column: column.to_owned(), text, size }
    }

    /// All rows of a table.
    pub(crate) fn table(id: &Id, text: String) -> Self {
        Loss::new(Size::Table, id, "", text)
    }

    /// All values of a column.
    pub(crate) fn column(id: &Id, column: &str, text: String) -> Self {
        Loss::new(Size::Column, id, column, text)
    }

    /// Some rows of a table.
    pub(crate) fn rows(id: &Id, text: String) -> Self {
        Loss::new(Size::Part, id, "", text)
    }

    /// Some values of a column.
    pub(crate) fn values(id: &Id, column: &str, text: String) -> Self {
        Loss::new(Size::Part, id, column, text)
    }

    /// Rows of a table that stay although they were not there before.
    pub(crate) fn more(id: &Id, text: String) -> Self {
        Loss::new(Size::More, id, "", text)
    }

    /// The table in which rows stay that were not there before.
    pub(super) fn grown(&self) -> Option<&Id> {
        self.id.as_ref().filter(|_| self.size == Size::More)
    }

    /// A table, or with a column that column, that is thrown away with what is in it.
    pub(super) fn thrown(id: &Id, column: &str) -> Self {
        match column {
            "" => Loss::table(id, format!("table {id} with its rows")),
            _ => Loss::column(id, column, format!("column {id}.{column} with its values")),
        }
    }

    /// About nothing that replay knows.
    pub(crate) fn other(text: String) -> Self {
        Loss { id: None, column: String::new(), text, size: Size::More }
    }

    /// The same of a table that comes back under another name.
    pub(super) fn renamed(self, id: &Id) -> Self {
        Loss { text: format!("{} (it comes back as {id})", self.text), id: Some(id.clone()), ..self }
    }

    /// Whether a loss at `at` in a list makes another at `later` needless.
    fn covers(&self, at: usize, other: &Loss, later: usize) -> bool {
        let same = self.id.is_some() && self.id == other.id;
        match self.size {
            Size::Table => {
                same && (other.size != Size::More || later < at) && (other.size != Size::Table || at < later)
            }
            Size::Column => same && self.column == other.column && other.size == Size::Part,
            Size::Part | Size::More => false,
        }
    }
}

/// The losses in words: without repetitions and what a bigger loss covers, those of tables before those of columns.
pub(super) fn concise(losses: &[Loss]) -> Vec<String> {
    // Only what takes a whole table or column covers anything.
    let mut bigger: BTreeMap<(&Id, &str), Vec<usize>> = BTreeMap::new();
    for (at, loss) in losses.iter().enumerate() {
        if let (Some(id), Size::Table | Size::Column) = (&loss.id, loss.size) {
            let column = if loss.size == Size::Table { "" } else { &loss.column };
            bigger.entry((id, column)).or_default().push(at);
        }
    }
    let covered = |at: usize, loss: &Loss| {
        let Some(id) = &loss.id else { return false };
        // The first and the last tell as much as all: what counts is who comes before whom.
        let ends = |column: &'_ str| -> Vec<usize> {
            let found = bigger.get(&(id, column)).map(Vec::as_slice).unwrap_or_default();
            found.first().into_iter().chain(found.last()).copied().collect()
        };
        let around = ends("").into_iter().chain(ends(&loss.column));
        around.into_iter().any(|other| other != at && losses[other].covers(other, loss, at))
    };
    let left = losses.iter().enumerate().filter(|(at, loss)| !covered(*at, loss)).map(|(_, loss)| loss);
    let (rows, columns): (Vec<&Loss>, Vec<&Loss>) = left.partition(|loss| loss.column.is_empty());
    let mut words: Vec<String> = Vec::new();
    let mut said: BTreeSet<&str> = BTreeSet::new();
    let mut grown: BTreeSet<&Id> = BTreeSet::new();
    for loss in rows.into_iter().chain(columns) {
        // That rows stay in a table is said once, with the first reason.
        let again = match &loss.id {
            Some(id) if loss.size == Size::More => !grown.insert(id),
            _ => false,
        };
        if !again && said.insert(&loss.text) {
            words.push(loss.text.clone());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Key;

    #[test]
    fn a_bigger_loss_covers_the_smaller_ones_of_the_same_thing() {
        let id = |name: &str| Id::Relation(Key::new("public", name));
        let losses = [
            Loss::values(&id("a"), "x", "former a.x".into()),
            Loss::column(&id("a"), "x", "values a.x".into()),
            Loss::rows(&id("b"), "deleted from b".into()),
            Loss::more(&id("b"), "inserted before".into()),
            Loss::table(&id("b"), "rows of b".into()),
            Loss::table(&id("b"), "rows of b, again".into()),
            Loss::values(&id("b"), "y", "former b.y".into()),
            Loss::more(&id("b"), "inserted since".into()),
            Loss::other("else".into()),
            Loss::other("else".into()),
        ];
        assert_eq!(concise(&losses), ["rows of b", "inserted since", "else", "values a.x"]);
    }
}

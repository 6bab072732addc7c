//! What statements that were carried without being understood may have made: whether something that is not known may be
//! there all the same.

use super::Cause;
use super::doubt::{builds_names, words};
use crate::ir::Extent;
use imbl::{OrdSet, Vector};
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

/// A call that may be given a name which does not stand in it, or that leads elsewhere: its function stands by itself, or
/// what it is given first is not written out.
static CALL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^.\w$])([A-Za-z_$][\w$]*)\s*\(|\b([A-Za-z_$][\w$]*)\s*\(\s*(?:[A-Za-z_$])").ok()
});

/// What calls nothing by itself, and what begins a query.
const PLAIN: [&str; 15] = [
    "if", "for", "while", "switch", "catch", "return", "await", "async", "function", "of", "in", "knex", "trx", "db",
    "tx",
];

/// The names that such statements spoke of.
#[derive(Clone, Debug, Default)]
pub(super) struct Carried {
    /// Whether there was any.
    some: bool,
    /// Whether one of them may have made something of any name.
    anything: bool,
    words: OrdSet<Arc<str>>,
    /// Those of which it is on record where they stand, in order.
    statements: Vector<Statement>,
}

/// One such statement.
#[derive(Clone, Debug)]
struct Statement {
    cause: Cause,
    /// Whether it may have made something of any name.
    anything: bool,
    words: Arc<BTreeSet<String>>,
}

impl Carried {
    /// Whether there was any such statement.
    pub(super) fn some(&self) -> bool {
        self.some
    }

    /// Whether one of them may have changed anything.
    pub(super) fn may_be_anything(&self) -> bool {
        self.anything
    }

    /// Where those statements stand, as far as that is on record.
    pub(super) fn causes(&self) -> impl Iterator<Item = &Cause> {
        self.statements.iter().map(|statement| &statement.cause)
    }

    /// Takes in a statement that may make what it names.
    pub(super) fn names(&mut self, text: &str, cause: Option<&Cause>) {
        self.take(text, false, cause);
    }

    /// Takes in SQL; empty when it could not be read.
    pub(super) fn sql(&mut self, sql: &str, cause: Option<&Cause>) {
        let calls = |word: &String| ["perform", "call", "execute"].contains(&word.as_str());
        let is_query = sql.trim_start().get(..6).is_some_and(|first| first.eq_ignore_ascii_case("select"));
        let literal = sql.to_lowercase().contains("execute '") || sql.to_lowercase().contains("execute $");
        let anything = sql.trim().is_empty() || is_query || builds_names(sql);
        self.take(sql, anything || !literal && words(sql).iter().any(calls), cause);
    }

    /// Takes in code of a script.
    pub(super) fn code(&mut self, source: &str, extent: &Extent, cause: Option<&Cause>) {
        let anything = *extent == Extent::Anything || source.trim().is_empty() || makes_names(source);
        self.take(source, anything, cause);
    }

    fn take(&mut self, text: &str, anything: bool, cause: Option<&Cause>) {
        self.some = true;
        self.anything |= anything;
        let words = words(text);
        self.words.extend(words.iter().map(|word| Arc::from(word.as_str())));
        if let Some(cause) = cause {
            self.statements.push_back(Statement { cause: cause.clone(), anything, words: words.into() });
        }
    }

    /// Whether something of that name may be there.
    pub(super) fn may_have_made(&self, name: &str) -> bool {
        self.anything || says(name, |word| self.words.contains(word))
    }

    /// The first of those statements that may have made something of that name.
    pub(super) fn maker(&self, name: &str) -> Option<&Cause> {
        let may = |statement: &&Statement| statement.anything || says(name, |word| statement.words.contains(word));
        self.statements.iter().find(may).map(|statement| &statement.cause)
    }
}

/// Whether words say a name. What tools name themselves begins with the name of its table.
fn says(name: &str, is_word: impl Fn(&str) -> bool) -> bool {
    let told = name.strip_prefix("enum_").unwrap_or(name);
    let begins = |(at, _): (usize, &str)| at > 0 && is_word(&told[..at]);
    is_word(name) || is_word(told) || told.match_indices('_').any(begins)
}

/// Whether code may make names that do not stand in it.
fn makes_names(source: &str) -> bool {
    let puts_together = ["${", "+", ".join(", ".concat(", ".replace", "format(", "this."];
    let leads_on = |found: regex::Captures<'_>| match (found.get(1), found.get(2)) {
        (Some(alone), _) => !PLAIN.contains(&alone.as_str()),
        (_, Some(called)) => {
            let given = source.get(found.get(0).map_or(0, |all| all.end() - 1)..).unwrap_or_default();
            !PLAIN.contains(&called.as_str()) && !["true", "false", "null"].iter().any(|word| given.starts_with(word))
        }
        _ => false,
    };
    puts_together.iter().any(|part| source.contains(part))
        || CALL.as_ref().is_none_or(|call| call.captures_iter(source).any(leads_on))
}

#[cfg(test)]
mod tests {
    use super::Carried;
    use crate::ir::Extent;

    #[test]
    fn code_makes_what_it_names() {
        let carried = |source: &str| {
            let mut carried = Carried::default();
            carried.code(source, &Extent::Named, None);
            carried
        };
        let plain =
            carried("if (r.v) await knex.schema.createTable('t', (t) => { t.increments('id'); t.timestamps(true); })");
        assert!(plain.may_have_made("t") && plain.may_have_made("t_id_seq") && plain.may_have_made("enum_t_a"));
        assert!(!plain.may_have_made("users"));
        for source in
            ["await make(knex)", "await k.schema.createTable(name, () => {})", "k.raw(`create table a${b} ()`)"]
        {
            assert!(carried(source).may_have_made("users"), "{source}");
        }
    }
}

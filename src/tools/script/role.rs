//! What a stretch of a statement about rows can be, told from the words around it: one value, the rows of a `VALUES`, or
//! something else, of which a name or a whole query may come. Knows words and brackets only; whether the statement is one,
//! whoever parses it finds out.

use crate::sql::lex::{Token, TokenKind};
use std::ops::Range;

/// What a stretch can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// One value.
    Value,
    /// The list behind `IN` or `ANY`.
    List,
    /// A string behind the name of its type, which stands there.
    Typed(Range<usize>),
    /// All the rows of the `VALUES` that stands there, however many.
    Rows(Range<usize>),
    /// One of several values of a row.
    Entry,
}

/// Words behind which a value stands.
const BEFORE_A_VALUE: [&str; 18] = [
    "and",
    "between",
    "by",
    "case",
    "distinct",
    "else",
    "having",
    "ilike",
    "like",
    "limit",
    "not",
    "offset",
    "or",
    "returning",
    "select",
    "then",
    "when",
    "where",
];

/// Words behind which a list stands, and in parentheses a value.
const BEFORE_A_LIST: [&str; 3] = ["in", "any", "some"];

/// Words behind which a string is a value, as no name can be.
const BEFORE_A_STRING: [&str; 2] = ["escape", "to"];

/// Words that say what the items up to the next of them are.
const CLAUSES: [&str; 27] = [
    "by",
    "conflict",
    "delete",
    "except",
    "fetch",
    "from",
    "having",
    "insert",
    "intersect",
    "into",
    "join",
    "limit",
    "of",
    "offset",
    "on",
    "only",
    "recursive",
    "returning",
    "select",
    "set",
    "union",
    "update",
    "using",
    "values",
    "where",
    "window",
    "with",
];

/// Those of them whose items are values.
const OF_VALUES: [&str; 8] = ["by", "having", "limit", "offset", "on", "returning", "select", "where"];

/// Words behind which parentheses hold something else than values, though they read like a call.
const NO_CALL: [&str; 17] = [
    "all",
    "as",
    "cube",
    "exists",
    "filter",
    "group",
    "lateral",
    "materialized",
    "operator",
    "over",
    "rollup",
    "sets",
    "table",
    "tablesample",
    "within",
    "xmlforest",
    "xmlelement",
];

/// Words that may stand behind a value.
const BEHIND_A_VALUE: [&str; 36] = [
    "and",
    "as",
    "asc",
    "at",
    "between",
    "collate",
    "desc",
    "else",
    "end",
    "escape",
    "except",
    "fetch",
    "for",
    "from",
    "group",
    "having",
    "ilike",
    "in",
    "intersect",
    "is",
    "isnull",
    "like",
    "limit",
    "not",
    "notnull",
    "nulls",
    "offset",
    "on",
    "or",
    "order",
    "returning",
    "similar",
    "then",
    "union",
    "when",
    "where",
];

/// Types whose name may stand before a string of theirs.
const TYPES: [&str; 20] = [
    "bigint",
    "bool",
    "boolean",
    "bytea",
    "date",
    "float8",
    "inet",
    "int",
    "int4",
    "int8",
    "integer",
    "interval",
    "json",
    "jsonb",
    "numeric",
    "text",
    "time",
    "timestamp",
    "timestamptz",
    "uuid",
];

/// What may stand behind the string of an interval, and is part of its type.
const FIELDS: [&str; 6] = ["year", "month", "day", "hour", "minute", "second"];

/// One statement, comments left out.
pub(super) struct Statement<'a> {
    /// The text that its tokens are cut from.
    pub sql: &'a str,
    /// Its tokens.
    pub tokens: &'a [Token],
}

impl Statement<'_> {
    /// What the whole token at `at`, of which nothing is known, can be; `None` when that is not certain.
    pub(super) fn role(&self, at: usize) -> Option<Role> {
        let role = self.by_what_is_before(at, false)?;
        let behind = at + 1;
        let fits = match self.tokens.get(behind).map(|token| token.kind) {
            None | Some(TokenKind::Operator) => true,
            Some(TokenKind::Word) => self.is_any(behind, &BEHIND_A_VALUE),
            Some(TokenKind::Punct) => [")", ",", "]", ":"].contains(&self.text(behind)),
            Some(_) => false,
        };
        fits.then_some(role)
    }

    /// What the string at `at`, of which a part is not known, can be.
    pub(super) fn role_of_string(&self, at: usize) -> Option<Role> {
        let before = at.checked_sub(1)?;
        if self.is_any(before, &TYPES) && self.by_what_is_before(before, true).is_some() {
            let field = self.tokens.get(at + 1).is_some() && self.is_any(at + 1, &FIELDS);
            return (!field).then(|| Role::Typed(self.tokens[before].start..self.tokens[before].end));
        }
        self.by_what_is_before(at, true)
    }

    fn by_what_is_before(&self, at: usize, string: bool) -> Option<Role> {
        let before = at.checked_sub(1)?;
        match self.tokens[before].kind {
            TokenKind::Word if self.is_part_of_a_name(before) => None,
            TokenKind::Word if self.is(before, "values") && !string => self.all_rows(before, at),
            TokenKind::Word if self.is_any(before, &BEFORE_A_LIST) && !string => Some(Role::List),
            TokenKind::Word if self.is_any(before, &BEFORE_A_VALUE) => Some(Role::Value),
            TokenKind::Word if string && self.is_any(before, &BEFORE_A_STRING) => Some(Role::Value),
            TokenKind::Word if string && self.is(before, "from") && self.is_distinct(before) => Some(Role::Value),
            TokenKind::Operator => match self.text(before) {
                "::" | ".." => None,
                "*" if !self.is_operand(before.checked_sub(1)?) => None,
                _ => Some(Role::Value),
            },
            TokenKind::Punct if self.text(before) == "[" => Some(Role::Value),
            TokenKind::Punct if ["(", ","].contains(&self.text(before)) => {
                if let Some(open) = self.opening(at).filter(|open| self.is_row(*open)) {
                    return if string { Some(Role::Entry) } else { self.entry(open) };
                }
                self.is_item(at).then_some(Role::Value)
            }
            _ => None,
        }
    }

    /// The role of what stands where all the rows of a `VALUES` do.
    fn all_rows(&self, values: usize, last: usize) -> Option<Role> {
        let behind = last + 1;
        let ends =
            self.tokens.get(behind).is_none() || self.text(behind) == ")" || self.is_any(behind, &["on", "returning"]);
        ends.then(|| Role::Rows(self.tokens[values].start..self.tokens[last].end))
    }

    /// The role of an entry of a row of `VALUES`. One that is all of the row may be several values, and several rows.
    fn entry(&self, open: usize) -> Option<Role> {
        let close = self.closing(open)?;
        let before = open.checked_sub(1)?;
        let values = match self.clause(open) {
            Clause::Word(values) if self.is(values, "values") => values,
            _ => return None,
        };
        let columns = values.checked_sub(1).filter(|close| self.mark(*close) == ")");
        let columns = columns.and_then(|close| Some(self.items(self.opening(close)?, close)));
        let first = self.closing(values + 1).map(|close| self.items(values + 1, close));
        match self.items(open, close) {
            1 if open + 2 == close => (before == values).then(|| self.all_rows(values, close)).flatten(),
            entries if columns.or(first).is_some_and(|width| width != entries) => None,
            _ => Some(Role::Entry),
        }
    }

    /// Whether what stands at `at`, behind a comma or what opens a bracket, is one of several values.
    fn is_item(&self, at: usize) -> bool {
        match self.clause(at) {
            Clause::In(open) => self.text(open) == "[" || self.holds_values(open),
            Clause::Word(word) => self.is_any(word, &OF_VALUES),
            Clause::None => false,
        }
    }

    /// Whether the parentheses that open there hold values.
    fn holds_values(&self, open: usize) -> bool {
        let Some(before) = open.checked_sub(1) else { return false };
        match self.tokens[before].kind {
            TokenKind::Operator => !["::", ".."].contains(&self.text(before)),
            TokenKind::Punct => match self.text(before) {
                "[" => true,
                "(" | "," => self.is_row(open) || self.is_item(open),
                _ => false,
            },
            TokenKind::Word if self.is_part_of_a_name(before) => self.is_call(before),
            TokenKind::Word if self.is_any(before, &NO_CALL) => false,
            TokenKind::Word
                if self.is_any(before, &BEFORE_A_VALUE)
                    || self.is_any(before, &BEFORE_A_LIST)
                    || self.is_any(before, &["on", "values"]) =>
            {
                true
            }
            TokenKind::Word if self.is_any(before, &CLAUSES) => false,
            TokenKind::Word | TokenKind::Quoted => self.is_call(before),
            _ => false,
        }
    }

    /// Whether a name with parentheses behind it is called there, and does not name what has these columns.
    fn is_call(&self, name: usize) -> bool {
        let mut start = name;
        while start >= 2 && self.text(start - 1) == "." {
            start -= 2;
        }
        let Some(before) = start.checked_sub(1) else { return false };
        match self.tokens[before].kind {
            TokenKind::Operator => true,
            TokenKind::Word if self.is_part_of_a_name(before) => false,
            TokenKind::Word => {
                self.is_any(before, &BEFORE_A_VALUE)
                    || self.is_any(before, &["from", "join", "lateral", "on", "using", "in", "row", "to", "filter"])
            }
            TokenKind::Punct => match self.text(before) {
                "(" | "[" => true,
                "," => match self.clause(start) {
                    Clause::Word(word) => !self.is_any(word, &["with", "recursive", "into"]),
                    Clause::In(_) => true,
                    Clause::None => false,
                },
                _ => false,
            },
            _ => false,
        }
    }

    /// What the items around `at` belong to.
    fn clause(&self, at: usize) -> Clause {
        let mut depth = 0usize;
        for n in (0..at).rev() {
            match self.text(n) {
                ")" | "]" if self.tokens[n].kind == TokenKind::Punct => depth += 1,
                "(" | "[" if self.tokens[n].kind == TokenKind::Punct => match depth.checked_sub(1) {
                    Some(less) => depth = less,
                    None => return Clause::In(n),
                },
                _ if depth == 0
                    && self.is_any(n, &CLAUSES)
                    && !self.is_part_of_a_name(n)
                    && !(self.is(n, "from") && self.is_distinct(n)) =>
                {
                    return Clause::Word(n);
                }
                _ => {}
            }
        }
        Clause::None
    }

    /// The bracket in which `at` stands.
    fn opening(&self, at: usize) -> Option<usize> {
        let mut depth = 0usize;
        (0..at).rev().find(|n| match self.mark(*n) {
            ")" | "]" => {
                depth += 1;
                false
            }
            "(" | "[" => {
                let found = depth == 0;
                depth = depth.saturating_sub(1);
                found
            }
            _ => false,
        })
    }

    fn closing(&self, open: usize) -> Option<usize> {
        let mut depth = 0usize;
        (open..self.tokens.len()).find(|n| match self.mark(*n) {
            "(" | "[" => {
                depth += 1;
                false
            }
            ")" | "]" => {
                depth = depth.saturating_sub(1);
                depth == 0
            }
            _ => false,
        })
    }

    /// How many items parentheses hold.
    fn items(&self, open: usize, close: usize) -> usize {
        let mut depth = 0usize;
        let mut items = 1;
        for n in open + 1..close {
            match self.mark(n) {
                "(" | "[" => depth += 1,
                ")" | "]" => depth = depth.saturating_sub(1),
                "," if depth == 0 => items += 1,
                _ => {}
            }
        }
        items
    }

    /// Whether the parentheses that open there are a row of `VALUES`.
    fn is_row(&self, open: usize) -> bool {
        let Some(before) = open.checked_sub(1).filter(|_| self.text(open) == "(") else { return false };
        self.is(before, "values")
            || self.text(before) == "," && matches!(self.clause(open), Clause::Word(word) if self.is(word, "values"))
    }

    /// Whether this `FROM` is the one of `IS DISTINCT FROM`.
    fn is_distinct(&self, from: usize) -> bool {
        from.checked_sub(1).is_some_and(|before| self.is(before, "distinct"))
    }

    /// Whether a `*` behind this multiplies.
    fn is_operand(&self, at: usize) -> bool {
        match self.tokens[at].kind {
            TokenKind::Word => !self.is_any(at, &["select", "distinct", "all", "returning", "from", "only"]),
            TokenKind::Punct => [")", "]"].contains(&self.text(at)),
            TokenKind::Operator | TokenKind::Stray => false,
            _ => true,
        }
    }

    fn is_part_of_a_name(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.mark(before) == ".")
    }

    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text(self.sql))
    }

    /// The text of punctuation, empty for anything else.
    fn mark(&self, at: usize) -> &str {
        if self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Punct) { self.text(at) } else { "" }
    }

    fn is(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word)
            && self.text(at).eq_ignore_ascii_case(word)
    }

    fn is_any(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(at, word))
    }
}

/// What items belong to.
enum Clause {
    /// The brackets that open there.
    In(usize),
    /// The word that stands there.
    Word(usize),
    /// Nothing that is known.
    None,
}

//! How the scanners of the dialects differ.

use crate::ir::Dialect;

/// How a dialect's scanner cuts a text into tokens. Sources: `scan.l` of PostgreSQL 17, `tokenize.c` of SQLite 3.50.
#[derive(Debug)]
pub struct Rules {
    /// Whether names may stand in backticks, and in brackets.
    pub(super) other_quotes: bool,
    /// Whether `$tag$…$tag$` is a string, and `$1` the only parameter that begins with a dollar sign.
    pub(super) dollar_quotes: bool,
    /// Whether `?`, `?1`, `:a` and `@a` are parameters.
    pub(super) named_parameters: bool,
    /// The letters that may stand right before a string's quote, in lower case.
    pub(super) prefixes: &'static [u8],
    /// Whether `U&'…'` and `U&"…"` are one token.
    pub(super) unicode_quotes: bool,
    /// Whether a string goes on in the quotes at the start of the next line.
    pub(super) continued_strings: bool,
    /// Whether comments nest, and have to end.
    pub(super) nested_comments: bool,
    /// The operators, the longest first; `None`: what PostgreSQL makes of its operator characters.
    pub(super) operators: Option<&'static [&'static str]>,
    /// Whether a backslash outside of quotes begins a command of the client's.
    pub(super) client_commands: bool,
    /// Whether a trigger holds its statements between `BEGIN` and `END`.
    pub(super) trigger_bodies: bool,
}

/// PostgreSQL's, with `standard_conforming_strings` on.
pub static POSTGRES: Rules = Rules {
    other_quotes: false,
    dollar_quotes: true,
    named_parameters: false,
    prefixes: b"ebxn",
    unicode_quotes: true,
    continued_strings: true,
    nested_comments: true,
    operators: None,
    client_commands: true,
    trigger_bodies: false,
};

/// SQLite's.
pub static SQLITE: Rules = Rules {
    other_quotes: true,
    dollar_quotes: false,
    named_parameters: true,
    prefixes: b"x",
    unicode_quotes: false,
    continued_strings: false,
    nested_comments: false,
    operators: Some(&[
        "->>", "->", "||", "<<", ">>", "<=", ">=", "<>", "==", "!=", "+", "-", "*", "/", "%", "<", ">", "=", "&", "|",
        "~",
    ]),
    client_commands: false,
    trigger_bodies: true,
};

impl Rules {
    /// Those of a dialect whose SQL is read; `None` for one whose SQL is not.
    pub fn of(dialect: Dialect) -> Option<&'static Rules> {
        match dialect {
            Dialect::Postgres => Some(&POSTGRES),
            Dialect::Sqlite => Some(&SQLITE),
            Dialect::Mysql | Dialect::Mariadb => None,
        }
    }
}

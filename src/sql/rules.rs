//! How the scanners of the dialects differ.

use crate::ir::Dialect;

/// How a dialect's scanner cuts a text into tokens. Sources: `scan.l` of PostgreSQL 17, `tokenize.c` of SQLite 3.50,
/// `sql_lex.cc` of MariaDB 10.11 and MySQL 8.0.
#[derive(Debug)]
pub struct Rules {
    /// Whether names may stand in backticks.
    pub(super) backticks: bool,
    /// Whether names may stand in brackets.
    pub(super) brackets: bool,
    /// Whether `"…"` is a string, and a backslash in a string begins an escape.
    pub(super) c_strings: bool,
    /// Whether `#` begins a comment, and `--` only where a blank follows it.
    pub(super) hash_comments: bool,
    /// What becomes of `/*! … */`, where that is no mere comment.
    pub(super) executable: Option<Executable>,
    /// Whether `DELIMITER` says what a statement ends with, and routines hold their statements between `BEGIN` and `END`.
    pub(super) compound_bodies: bool,
    /// Whether `@a`, `@@a` and `?` are parameters or variables, and `@` stands between a user and a host.
    pub(super) variables: bool,
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

/// Which comments a server takes for statements' text. Source: `sql_lex.cc` of either server; MariaDB's of 10.11 was tried.
#[derive(Debug)]
pub(super) struct Executable {
    /// Whether `/*M! … */` is one as well.
    pub own_mark: bool,
    /// The versions in the mark that every server in question has reached.
    pub reached: u32,
    /// The versions from which on a mark without `M` is for the other server, and the last of them.
    pub others: Option<(u32, u32)>,
}

/// What a server does with a comment that may be a statement's text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Marked {
    /// It is text, from so many bytes behind the comment's start on.
    Text(usize),
    /// It is a comment.
    Comment,
    /// It goes by the server's version, so that the mark of so many bytes is no token.
    Either(usize),
}

impl Executable {
    /// What becomes of the comment that a text begins with.
    pub fn of(&self, text: &[u8]) -> Marked {
        let (mark, is_own) = match text {
            [b'/', b'*', b'!', ..] => (3, false),
            [b'/', b'*', b'M', b'!', ..] if self.own_mark => (4, true),
            _ => return Marked::Comment,
        };
        let digits = text[mark..].iter().take(6).take_while(|b| b.is_ascii_digit()).count();
        if digits < 5 {
            return Marked::Text(mark);
        }
        // A sixth digit is part of the version where it is there.
        let number = text[mark..mark + digits].iter().fold(0u32, |number, b| number * 10 + u32::from(b - b'0'));
        match self.others {
            Some((first, last)) if !is_own && (first..=last).contains(&number) => Marked::Comment,
            _ if number <= self.reached => Marked::Text(mark + digits),
            _ => Marked::Either(mark + digits),
        }
    }
}

/// PostgreSQL's, with `standard_conforming_strings` on.
pub static POSTGRES: Rules = Rules {
    backticks: false,
    brackets: false,
    c_strings: false,
    hash_comments: false,
    executable: None,
    compound_bodies: false,
    variables: false,
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
    backticks: true,
    brackets: true,
    c_strings: false,
    hash_comments: false,
    executable: None,
    compound_bodies: false,
    variables: false,
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

/// MySQL's and MariaDB's, in the SQL mode that they start with.
const fn mysql(executable: Executable) -> Rules {
    Rules {
        backticks: true,
        brackets: false,
        c_strings: true,
        hash_comments: true,
        executable: Some(executable),
        compound_bodies: true,
        variables: true,
        dollar_quotes: false,
        named_parameters: false,
        prefixes: b"xbn",
        unicode_quotes: false,
        continued_strings: false,
        nested_comments: false,
        operators: Some(&[
            "<=>", "->>", "->", ":=", "||", "&&", "<<", ">>", "<=", ">=", "<>", "!=", "+", "-", "*", "/", "%", "<",
            ">", "=", "&", "|", "^", "~", "!", "@",
        ]),
        client_commands: false,
        trigger_bodies: false,
    }
}

/// MySQL's. Its last version that is not read by what newer ones do is 8.0.
pub static MYSQL: Rules = mysql(Executable { own_mark: false, reached: 80_099, others: None });

/// MariaDB's, from 10.5 on.
pub static MARIADB: Rules = mysql(Executable { own_mark: true, reached: 100_500, others: Some((50_700, 99_999)) });

impl Rules {
    /// Those of a dialect.
    pub fn of(dialect: Dialect) -> &'static Rules {
        match dialect {
            Dialect::Postgres => &POSTGRES,
            Dialect::Sqlite => &SQLITE,
            Dialect::Mysql => &MYSQL,
            Dialect::Mariadb => &MARIADB,
        }
    }
}

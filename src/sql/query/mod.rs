//! What a query or an expression refers to, and renaming inside it. Databases keep such references by number or follow
//! them in their own texts, and we keep text, so whoever replays a history has to follow them here. Pure functions over text and a [`Catalogue`];
//! whatever cannot be told for certain is `None`.

mod event;
mod expr;
mod from;
mod keyword;
mod label;
mod literal;
mod origin;
mod place;
mod read;
mod rename;
mod scope;
mod spell;
#[cfg(test)]
mod tests;
mod trace;
mod uses;

use crate::ir::{Dialect, Name};
use event::Output;
use read::Reading;
use scope::{Column, Kind, Namespace, Slot, Source};
use sqlparser::dialect::{MySqlDialect, PostgreSqlDialect, SQLiteDialect};
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Token, Tokenizer};

pub use keyword::ident;
pub use origin::{Origin, output_origins};
pub use rename::{expand_stars, rename_in_expr, rename_in_expr_over, rename_in_query};
pub use spell::{spell_expr, spell_query};
pub use uses::{Uses, expr_uses, expr_uses_over, query_uses, query_uses_and_columns};

/// The relations that a text may name.
pub trait Catalogue {
    /// What the texts are written in. Names of dialects other than PostgreSQL have to be spelt in them as the catalogue has
    /// them.
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    /// The columns of a table or view in order; `None` when no such relation is known.
    fn columns(&self, relation: &Name) -> Option<Vec<String>>;

    /// Whether two names mean the same object. Without a search path to go by, a name without a schema may mean an
    /// object in any; a catalogue that knows better says so here.
    fn same(&self, a: &Name, b: &Name) -> bool {
        a.name == b.name && (a.schema == b.schema || a.schema.is_none() || b.schema.is_none())
    }
}

/// What is renamed. `from` and `to` may differ in their schema too.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)] // fields are what their names say
pub enum Renaming<'a> {
    /// A table, view, sequence or index; the row type of a table follows it.
    Relation { from: &'a Name, to: &'a Name },
    /// A column of a table or view.
    Column { relation: &'a Name, from: &'a str, to: &'a str },
    /// A type.
    Type { from: &'a Name, to: &'a Name },
    /// A function, every one of that name.
    Function { from: &'a Name, to: &'a Name },
}

/// The names of a query's output columns, as PostgreSQL gives them; `None` when one cannot be told.
pub fn output_columns(query: &str, catalogue: &dyn Catalogue) -> Option<Vec<String>> {
    let (_, outputs) = read_query(query, catalogue).ok()?;
    outputs.into_iter().map(|output| output.name).collect()
}

/// Nothing certain can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Lost;

type Sure<T> = Result<T, Lost>;

/// The longest text that is read, in bytes.
const LONGEST: usize = 200_000;

/// The most operators that are read: a chain of them makes a tree as deep, and dropping it uses the stack.
const MOST_OPERATORS: usize = 4_000;

/// How deep a text may nest; a parser's level is a parenthesis, a subquery or an operand.
const DEEPEST: usize = 100;

/// A catalogue that knows no relation.
struct Nothing(Dialect);

impl Catalogue for Nothing {
    fn dialect(&self) -> Dialect {
        self.0
    }

    fn columns(&self, _relation: &Name) -> Option<Vec<String>> {
        None
    }
}

/// Makes a parser over a text that is safe to parse.
fn parser(text: &str, dialect: Dialect) -> Sure<Parser<'static>> {
    let dialect: &'static dyn sqlparser::dialect::Dialect = match dialect {
        Dialect::Postgres => &PostgreSqlDialect {},
        Dialect::Mysql | Dialect::Mariadb => &MySqlDialect {},
        Dialect::Sqlite => &SQLiteDialect {},
    };
    // In `U&"…"` the text is not the name.
    if text.len() > LONGEST || text.contains("U&\"") || text.contains("u&\"") {
        return Err(Lost);
    }
    let tokens = Tokenizer::new(dialect, text).tokenize_with_location().map_err(|_| Lost)?;
    let is_operand = |token: &Token| match token {
        Token::Word(word) => {
            use sqlparser::keywords::Keyword::*;
            !matches!(word.keyword, AND | OR | IS | UNION | EXCEPT | INTERSECT | LIKE | ILIKE | BETWEEN | COLLATE | AT)
        }
        Token::Whitespace(_)
        | Token::Comma
        | Token::Period
        | Token::LParen
        | Token::RParen
        | Token::Number(..)
        | Token::SingleQuotedString(_)
        | Token::EOF => true,
        _ => false,
    };
    if tokens.iter().filter(|token| !is_operand(&token.token)).count() > MOST_OPERATORS {
        return Err(Lost);
    }
    Ok(Parser::new(dialect).with_recursion_limit(DEEPEST).with_tokens_with_locations(tokens))
}

/// Reads a query.
fn read_query<'a>(text: &'a str, catalogue: &'a dyn Catalogue) -> Sure<(Reading<'a>, Vec<Output>)> {
    let mut parser = parser(text, catalogue.dialect())?;
    let query = parser.parse_query().map_err(|_| Lost)?;
    while parser.consume_token(&Token::SemiColon) {}
    if parser.peek_token().token != Token::EOF {
        return Err(Lost);
    }
    let mut reading = Reading::new(text, catalogue);
    let outputs = reading.query(&query, &[])?;
    Ok((reading, outputs))
}

/// Reads an expression that stands over a table: named and perhaps known to the catalogue, or any.
fn read_expr<'a>(text: &'a str, over: Option<&Name>, catalogue: &'a dyn Catalogue) -> Sure<Reading<'a>> {
    let mut parser = parser(text, catalogue.dialect())?;
    let expr = parser.parse_expr().map_err(|_| Lost)?;
    if parser.peek_token().token != Token::EOF {
        return Err(Lost);
    }
    let mut reading = Reading::new(text, catalogue);
    let own = over.and_then(|over| catalogue.columns(over));
    let columns = own.iter().flatten().enumerate().map(|(at, name)| Column {
        name: name.clone(),
        ids: vec![(0, Slot::At(at))],
        owner: Some(0),
    });
    let columns: Vec<_> = columns.collect();
    reading.sources.push(Source {
        alias: over.map_or(String::new(), |over| over.name.clone()),
        columns: columns.clone(),
        open: own.is_none(),
        kind: match (over, own) {
            (Some(over), Some(own)) => Kind::Relation { name: over.clone(), own, aliased: false, covered: 0 },
            _ => Kind::Over,
        },
    });
    reading.over = Some(0);
    reading.over_name = over.cloned();
    reading.levels.push(Namespace { sources: vec![0], columns });
    reading.expr(&expr)?;
    Ok(reading)
}

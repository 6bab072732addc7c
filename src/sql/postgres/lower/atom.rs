//! Names, constants and option lists: the smallest things that statements are made of.

use super::{expression, keyword};
use crate::ir::{Expr, Name};
use crate::sql::cursor::{Cursor, Parse};
use crate::sql::lex::{TokenKind, decode_name, decode_string, fold};

impl Cursor<'_> {
    /// All the tokens as an expression; a stop when there is none.
    pub(super) fn expr(&self) -> Parse<Expr> {
        let whole = self.expression()?;
        expression::check(self)?;
        Ok(whole)
    }

    /// The same without the parentheses around the whole, if there are.
    pub(super) fn bare_expr(&self) -> Parse<Expr> {
        self.unwrapped().expr()
    }

    /// A name that may be anything but a reserved word: a column's, a table's, an index's.
    pub(super) fn name(&mut self) -> Parse<String> {
        self.name_unless(|word| keyword::is_reserved(word) || keyword::is_type_or_function(word), "a name")
    }

    /// A function's or type's name: the words that PostgreSQL forbids for columns are other ones here.
    pub(super) fn type_name_part(&mut self) -> Parse<String> {
        self.name_unless(keyword::is_reserved, "a name")
    }

    /// A name behind a dot, or another place where every word will do.
    pub(super) fn label(&mut self) -> Parse<String> {
        self.name_unless(|_| false, "a name")
    }

    fn name_unless(&mut self, forbidden: impl Fn(&str) -> bool, expected: &str) -> Parse<String> {
        let Some(token) = self.peek(0) else { return Err(self.stop(expected)) };
        let text = token.text(self.source.text);
        match token.kind {
            TokenKind::Word => {
                let name = fold(text);
                if forbidden(&name) {
                    return Err(self.stop(expected));
                }
                self.skip(1);
                Ok(name)
            }
            TokenKind::Quoted => {
                let escape = if text.starts_with(['u', 'U']) { self.unicode_escape(1) } else { None };
                let name = decode_name(text, escape).ok_or_else(|| self.refuse("quoted name that stands for none"))?;
                self.skip(if escape.is_some() { 3 } else { 1 });
                Ok(name)
            }
            _ => Err(self.stop(expected)),
        }
    }

    fn unicode_escape(&self, ahead: usize) -> Option<char> {
        if !self.is_at(ahead, "UESCAPE") || self.kind(ahead + 1) != Some(TokenKind::String) {
            return None;
        }
        decode_string(self.text(ahead + 1), None)?.chars().next()
    }

    /// `name` or `schema.name`.
    pub(super) fn qualified(&mut self) -> Parse<Name> {
        let first = self.name()?;
        self.qualify(first)
    }

    /// The same for a function or type.
    pub(super) fn qualified_type(&mut self) -> Parse<Name> {
        let first = self.type_name_part()?;
        self.qualify(first)
    }

    fn qualify(&mut self, first: String) -> Parse<Name> {
        if !self.eat_mark(".") {
            return Ok(Name::bare(first));
        }
        let name = self.label()?;
        if self.is_mark(0, ".") {
            return Err(self.refuse("a name with a database in it"));
        }
        Ok(Name::in_schema(first, name))
    }

    /// `a`, `a.b`, `a.b.c`, …: each part.
    pub(super) fn dotted(&mut self) -> Parse<Vec<String>> {
        let mut parts = vec![self.name()?];
        while self.eat_mark(".") {
            parts.push(self.label()?);
        }
        Ok(parts)
    }

    /// `(a, b, …)`.
    pub(super) fn names_in_parens(&mut self) -> Parse<Vec<String>> {
        let mut inner = self.parens()?;
        let names = inner.list(Self::name)?;
        inner.end()?;
        Ok(names)
    }

    /// A string constant's value.
    pub(super) fn string(&mut self) -> Parse<String> {
        if !matches!(self.kind(0), Some(TokenKind::String | TokenKind::Dollar)) {
            return Err(self.stop("a string"));
        }
        let text = self.text(0);
        if text.starts_with(['b', 'B', 'x', 'X']) {
            return Err(self.stop("a string"));
        }
        let escape = if text.starts_with(['u', 'U']) { self.unicode_escape(1) } else { None };
        let value = decode_string(text, escape).ok_or_else(|| self.refuse("string that stands for none"))?;
        self.skip(if escape.is_some() { 3 } else { 1 });
        Ok(value)
    }

    /// A number with its sign, as written.
    pub(super) fn number(&mut self) -> Parse<String> {
        let sign = if self.eat_mark("-") {
            "-"
        } else {
            self.eat_mark("+");
            ""
        };
        if self.kind(0) != Some(TokenKind::Number) {
            return Err(self.stop("a number"));
        }
        let number = format!("{sign}{}", self.text(0));
        self.skip(1);
        Ok(number)
    }

    /// `(name = value, …)`: options by name; one without a value is `true`, which is what the server takes it for.
    pub(super) fn options(&mut self) -> Parse<Vec<(String, String)>> {
        let inner = self.parens()?;
        let mut options = Vec::new();
        for mut item in inner.commas() {
            let mut name = item.label()?;
            while item.eat_mark(".") {
                name = format!("{name}.{}", item.label()?);
            }
            let value = if item.at_end() {
                "true".to_string()
            } else {
                item.expect_mark("=")?;
                item.rest().value()?
            };
            options.push((name, value));
        }
        if options.is_empty() { Err(inner.stop("an option")) } else { Ok(options) }
    }

    /// `(name, …)`: options by name, as `RESET` takes them.
    pub(super) fn option_names(&mut self) -> Parse<Vec<String>> {
        let mut inner = self.parens()?;
        let names = inner.list(|c| Ok(c.dotted()?.join(".")))?;
        inner.end()?;
        Ok(names)
    }
}

//! Renaming an enum's value: the database keeps values by number, our texts have to follow where it is certain that a
//! string is the value.

use super::parts::texts;
use super::{Id, Object, Schema};
use crate::ir::{Expr, Name, TypeName};
use crate::sql::lex::{Lexer, Token, TokenKind, decode_name, decode_string, fold};
use crate::sql::postgres;

/// An enum's value was renamed: literals of it in texts say the new one.
pub(super) fn enum_value(schema: &mut Schema, id: &Id, from: &str, to: &str) {
    let mut typed: Vec<Id> = schema.users(id).cloned().collect();
    let columns_users: Vec<Id> =
        typed.iter().flat_map(|user| schema.users(user).cloned().collect::<Vec<_>>()).collect();
    typed.extend(columns_users);
    typed.sort();
    typed.dedup();
    for user in typed {
        let Some(entry) = schema.get(&user) else { continue };
        let mut entry = (**entry).clone();
        let (columns, others) = columns(schema, &user, id);
        let value = Value { schema, id, columns: &columns, others: &others, from, to };
        let (mut certain, mut changed) = (true, false);
        // A default that is nothing but the string is of its column's type.
        let mut plain: Vec<(usize, Expr)> = Vec::new();
        if let Object::Table(state) = &mut entry.object {
            for (at, column) in state.table.columns.iter_mut().enumerate() {
                let is_of_enum = column.data_type.dimensions == 0 && is_enum(schema, &column.data_type.name, id);
                let is_known = is_of_enum || column.data_type.user().is_none();
                if let Some(default) = column.default.take_if(|default| is_known && is_string(&default.0, from)) {
                    plain.push((at, if is_of_enum { Expr(quoted(to)) } else { default }));
                    changed |= is_of_enum;
                }
            }
        }
        texts(&mut entry.object, &mut |_, text| match value.renamed(text) {
            Some(renamed) if renamed != *text => {
                *text = renamed;
                changed = true;
            }
            Some(_) => {}
            None => certain = false,
        });
        if let Object::Table(state) = &mut entry.object {
            for (at, default) in plain {
                state.table.columns[at].default = Some(default); // it was taken from there
            }
        }
        if !certain && entry.doubt.is_none() {
            entry.cast(schema, format!("enum value {from} was renamed to {to}, and its text may say it"));
            changed = true;
        }
        if changed {
            schema.put(user, entry);
        }
    }
}

fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

/// Whether a text is nothing but that string.
fn is_string(text: &str, value: &str) -> bool {
    let mut tokens = Lexer::new(text).filter(|token| token.kind != TokenKind::Comment);
    let is_it = tokens.next().is_some_and(|token| is_value(text, token, value));
    is_it && tokens.next().is_none()
}

fn is_value(text: &str, token: Token, value: &str) -> bool {
    matches!(token.kind, TokenKind::String | TokenKind::Dollar)
        && decode_string(token.text(text), None).as_deref() == Some(value)
}

fn is_enum(schema: &Schema, name: &TypeName, id: &Id) -> bool {
    matches!(name, TypeName::User(name) if schema.type_named(name).as_ref() == Some(id))
}

/// The names that, among all tables that an object is or uses, only columns of the enum have, and those that none has.
fn columns(schema: &Schema, user: &Id, id: &Id) -> (Vec<String>, Vec<String>) {
    let mut relations: Vec<&Id> = vec![user];
    if let Some(entry) = schema.get(user) {
        relations.extend(entry.used_ids());
    }
    let (mut of_enum, mut others): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for relation in relations {
        match schema.get(relation).map(|entry| &entry.object) {
            Some(Object::Table(state)) => {
                for column in &state.table.columns {
                    let is_it = column.data_type.dimensions == 0 && is_enum(schema, &column.data_type.name, id);
                    if is_it { &mut of_enum } else { &mut others }.push(column.name.clone());
                }
            }
            // The types of a view's columns are not kept.
            Some(Object::View(state)) if relation != user => others.extend(state.columns.iter().flatten().cloned()),
            _ => {}
        }
    }
    let both: Vec<String> = of_enum.extract_if(.., |name| others.contains(name)).collect();
    others.retain(|name| !both.contains(name));
    (of_enum, others)
}

/// A value on its way to another name, in the texts of one object.
struct Value<'a> {
    schema: &'a Schema,
    id: &'a Id,
    /// Names of columns that are of the enum, and of those that are not.
    columns: &'a [String],
    others: &'a [String],
    from: &'a str,
    to: &'a str,
}

impl Value<'_> {
    /// The text with the value renamed; `None` when it holds the string where it may be something else.
    fn renamed(&self, text: &str) -> Option<String> {
        let tokens: Vec<Token> = Lexer::new(text).filter(|token| token.kind != TokenKind::Comment).collect();
        let reading = Reading { text, tokens: &tokens };
        // Below another query a name may be one that the query gives.
        let selects = (0..tokens.len()).filter(|at| reading.word(*at).eq_ignore_ascii_case("select")).count();
        let mut renamed = String::new();
        let mut done = 0;
        for (at, token) in tokens.iter().enumerate() {
            if !is_value(text, *token, self.from) {
                continue;
            }
            if !self.is_meant(&reading, at, selects < 2)? {
                continue;
            }
            renamed.push_str(text.get(done..token.start)?);
            renamed.push_str(&quoted(self.to));
            done = token.end;
        }
        renamed.push_str(text.get(done..)?);
        Some(renamed)
    }

    /// Whether the string there is the value, if that is certain.
    fn is_meant(&self, reading: &Reading<'_>, at: usize, plain: bool) -> Option<bool> {
        let meant = |columns| plain && (self.is_compared(reading, at, columns) || self.is_listed(reading, at, columns));
        if self.is_cast(reading, at + 1) || meant(self.columns) {
            return Some(true);
        }
        meant(self.others).then_some(false)
    }

    /// `:: type` from there on.
    fn is_cast(&self, reading: &Reading<'_>, at: usize) -> bool {
        if reading.word(at) != "::" {
            return false;
        }
        let Some(first) = reading.name(at + 1) else { return false };
        let name = match (reading.word(at + 2), reading.name(at + 3)) {
            (".", Some(second)) => Name::in_schema(first, second),
            _ => Name::bare(first),
        };
        self.schema.type_named(&name).as_ref() == Some(self.id)
    }

    /// `column = 'value'` or the other way round.
    fn is_compared(&self, reading: &Reading<'_>, at: usize, columns: &[String]) -> bool {
        let is_comparison = |at: Option<usize>| at.is_some_and(|at| matches!(reading.word(at), "=" | "<>" | "!="));
        let before = at.checked_sub(1);
        if is_comparison(before) && reading.is_end(at + 1) {
            return before.and_then(|at| at.checked_sub(1)).is_some_and(|end| Self::ends_column(reading, end, columns));
        }
        let end = if reading.word(at + 3) == "." { at + 4 } else { at + 2 };
        is_comparison(Some(at + 1))
            && reading.is_start(at)
            && Self::is_column(reading, end, columns)
            && reading.is_end(end + 1)
    }

    /// `column IN ('one', 'value')`, `ARRAY['one', 'value']::type[]`.
    fn is_listed(&self, reading: &Reading<'_>, at: usize, columns: &[String]) -> bool {
        let in_list = |at: usize| reading.word(at) == "," || reading.is_string(at);
        let open = (0..at).rev().find(|before| !in_list(*before));
        let close = (at + 1..reading.tokens.len()).find(|behind| !in_list(*behind));
        let (Some(open), Some(close)) = (open, close) else { return false };
        match (reading.word(open), reading.word(close)) {
            ("[", "]") => self.is_cast(reading, close + 1),
            ("(", ")") => {
                let Some(word) = open.checked_sub(1) else { return false };
                let negated = word.checked_sub(1).filter(|not| reading.word(*not).eq_ignore_ascii_case("not"));
                let end = negated.unwrap_or(word).checked_sub(1);
                reading.word(word).eq_ignore_ascii_case("in")
                    && end.is_some_and(|end| Self::ends_column(reading, end, columns))
            }
            _ => false,
        }
    }

    /// Whether one of the columns, `name` or `table.name`, ends there and nothing is done to it before.
    fn ends_column(reading: &Reading<'_>, end: usize, columns: &[String]) -> bool {
        let start = match end.checked_sub(1) {
            Some(dot) if reading.word(dot) == "." => dot.saturating_sub(1),
            _ => end,
        };
        Self::is_column(reading, end, columns) && reading.is_start(start)
    }

    fn is_column(reading: &Reading<'_>, at: usize, columns: &[String]) -> bool {
        reading.name(at).is_some_and(|name| columns.contains(&name))
    }
}

/// A text cut into tokens.
struct Reading<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

impl Reading<'_> {
    /// The token there as written; empty past the end.
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map(|token| token.text(self.text)).unwrap_or_default()
    }

    fn is_string(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::String)
    }

    /// The name that stands there.
    fn name(&self, at: usize) -> Option<String> {
        let token = self.tokens.get(at)?;
        match token.kind {
            TokenKind::Word => Some(fold(token.text(self.text))).filter(|word| !postgres::is_keyword(word)),
            TokenKind::Quoted => decode_name(token.text(self.text), None),
            _ => None,
        }
    }

    /// Whether an operand begins there: nothing binds it to what stands before.
    fn is_start(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        let word = self.word(before).to_ascii_lowercase();
        matches!(word.as_str(), "(" | "," | "and" | "or" | "not" | "where" | "when" | "on" | "having" | "then" | "else")
    }

    /// Whether an operand has ended before that: nothing binds it to what comes.
    fn is_end(&self, at: usize) -> bool {
        let word = self.word(at).to_ascii_lowercase();
        matches!(
            word.as_str(),
            "" | ")"
                | ","
                | ";"
                | "and"
                | "or"
                | "then"
                | "else"
                | "when"
                | "end"
                | "group"
                | "order"
                | "having"
                | "limit"
        )
    }
}

//! An expression of a default or of the condition of an index, read as far as it is one of the usual ones. Knows the grammar
//! of operators, calls, casts and literals; what anything means or how PostgreSQL words it stands in `stored`.

use crate::sql::lex::{Lexer, Token, TokenKind, decode_name, decode_string, fold};
use crate::sql::postgres::{builtin_type, is_keyword};

/// An expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Term {
    /// A string literal whose type is not said.
    Text(String),
    /// A number without a sign, as written.
    Number(String),
    Bool(bool),
    Null,
    /// `CURRENT_DATE` and the like, upper case, with the precision where one is given.
    Keyword(String),
    Column(String),
    /// A function by its schema and name.
    Call(Option<String>, String, Vec<Term>),
    Cast(Box<Term>, Type),
    Minus(Box<Term>),
    Not(Box<Term>),
    /// An operator between two operands.
    Binary(String, Box<Term>, Box<Term>),
    /// `AND` or `OR` between two or more.
    Chain(&'static str, Vec<Term>),
    /// `IS NULL` and the like: what stands behind the operand, upper case.
    Is(Box<Term>, String),
    AtZone(Box<Term>, Box<Term>),
    /// `IN (…)` or, with true, `NOT IN (…)`.
    In(Box<Term>, Vec<Term>, bool),
    Between(Box<Term>, Box<Term>, Box<Term>),
    Array(Vec<Term>),
}

/// The type that something is cast to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Type {
    /// Its schema, where one is given and it is not the database's own.
    pub schema: Option<String>,
    /// The canonical name of one of the database's own, or the name.
    pub name: String,
    /// Whether it is one of the database's own.
    pub builtin: bool,
    /// What stands in the parentheses, as written.
    pub args: Option<String>,
    pub list: bool,
}

impl Type {
    /// One of the database's own.
    fn builtin(name: &str) -> Self {
        Type { schema: None, name: name.to_owned(), builtin: true, args: None, list: false }
    }
}

/// Reads a whole expression; `None` when there is something in it that is not one of the usual.
pub(super) fn read(text: &str) -> Option<Term> {
    let tokens: Vec<Token> = Lexer::new(text).filter(|token| token.kind != TokenKind::Comment).collect();
    let mut reader = Reader { text, tokens: &tokens, at: 0, depth: 0 };
    let term = reader.operand(0)?;
    (reader.at == tokens.len()).then_some(term)
}

/// How deep operands may be nested.
const DEEPEST: usize = 64;

/// How tightly each operator binds, as in PostgreSQL's grammar; larger is tighter.
const OR: u8 = 1;
const AND: u8 = 2;
const NOT: u8 = 3;
const IS: u8 = 4;
const COMPARISON: u8 = 5;
const RANGE: u8 = 6;
const OTHER: u8 = 7;
const SUM: u8 = 8;
const PRODUCT: u8 = 9;
const ZONE: u8 = 11;
const MINUS: u8 = 13;

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn word(&self, ahead: usize) -> &'a str {
        self.tokens.get(self.at + ahead).map_or("", |token| token.text(self.text))
    }

    fn kind(&self) -> Option<TokenKind> {
        self.tokens.get(self.at).map(|token| token.kind)
    }

    fn is(&self, ahead: usize, word: &str) -> bool {
        self.word(ahead).eq_ignore_ascii_case(word)
    }

    fn eat(&mut self, words: &[&str]) -> bool {
        let there = words.iter().enumerate().all(|(ahead, word)| self.is(ahead, word));
        if there {
            self.at += words.len();
        }
        there
    }

    /// What binds at least as tightly as `least`.
    fn operand(&mut self, least: u8) -> Option<Term> {
        self.depth += 1;
        let found = if self.depth > DEEPEST { None } else { self.prefix().and_then(|term| self.infix(term, least)) };
        self.depth -= 1;
        found
    }

    fn infix(&mut self, mut left: Term, least: u8) -> Option<Term> {
        loop {
            let is_operator = self.kind() == Some(TokenKind::Operator);
            let word = self.word(0).to_ascii_uppercase();
            let level = match word.as_str() {
                "OR" => OR,
                "AND" => AND,
                "IS" => IS,
                "=" | "<>" | "!=" | "<" | ">" | "<=" | ">=" if is_operator => COMPARISON,
                "IN" | "BETWEEN" | "LIKE" | "ILIKE" => RANGE,
                "NOT" if ["IN", "LIKE", "ILIKE"].iter().any(|word| self.is(1, word)) => RANGE,
                "+" | "-" if is_operator => SUM,
                "*" | "/" | "%" if is_operator => PRODUCT,
                "AT" => ZONE,
                "::" => u8::MAX,
                _ if is_operator => OTHER,
                _ => return Some(left),
            };
            if level < least {
                return Some(left);
            }
            self.at += 1;
            let boxed = Box::new(left);
            left = match (word.as_str(), level) {
                ("::", _) => Term::Cast(boxed, self.data_type()?),
                ("AND", _) => chain("AND", *boxed, self.operand(AND + 1)?),
                ("OR", _) => chain("OR", *boxed, self.operand(OR + 1)?),
                ("IS", _) => Term::Is(boxed, self.is_what()?),
                ("AT", _) => {
                    self.eat(&["TIME", "ZONE"]).then_some(())?;
                    Term::AtZone(boxed, Box::new(self.operand(ZONE + 1)?))
                }
                ("IN", _) => Term::In(boxed, self.list("(", ")")?, false),
                ("NOT", _) if self.eat(&["IN"]) => Term::In(boxed, self.list("(", ")")?, true),
                ("NOT", _) => {
                    let operator = if self.eat(&["LIKE"]) { "!~~" } else { "!~~*" };
                    self.at += usize::from(operator == "!~~*");
                    Term::Binary(operator.to_owned(), boxed, Box::new(self.operand(RANGE + 1)?))
                }
                ("LIKE", _) => Term::Binary("~~".to_owned(), boxed, Box::new(self.operand(RANGE + 1)?)),
                ("ILIKE", _) => Term::Binary("~~*".to_owned(), boxed, Box::new(self.operand(RANGE + 1)?)),
                ("BETWEEN", _) => {
                    let low = self.operand(RANGE + 1)?;
                    self.eat(&["AND"]).then_some(())?;
                    Term::Between(boxed, Box::new(low), Box::new(self.operand(RANGE + 1)?))
                }
                ("!=", _) => Term::Binary("<>".to_owned(), boxed, Box::new(self.operand(level + 1)?)),
                _ => Term::Binary(word, boxed, Box::new(self.operand(level + 1)?)),
            };
        }
    }

    fn is_what(&mut self) -> Option<String> {
        const WHATS: [&[&str]; 6] =
            [&["NOT", "NULL"], &["NULL"], &["NOT", "TRUE"], &["TRUE"], &["NOT", "FALSE"], &["FALSE"]];
        let what = WHATS.into_iter().find(|what| self.eat(what))?;
        Some(what.join(" "))
    }

    fn prefix(&mut self) -> Option<Term> {
        let text = self.word(0);
        match self.kind()? {
            TokenKind::String | TokenKind::Dollar => {
                self.at += 1;
                let value = Term::Text(decode_string(text, None)?);
                match text.as_bytes().first() {
                    Some(b'B' | b'b') => Some(Term::Cast(Box::new(value), Type::builtin("bit"))),
                    Some(b'X' | b'x') => None,
                    _ => Some(value),
                }
            }
            TokenKind::Number => {
                self.at += 1;
                Some(Term::Number(text.to_owned()))
            }
            TokenKind::Punct if text == "(" => {
                self.at += 1;
                let inner = self.operand(0)?;
                self.eat(&[")"]).then_some(inner)
            }
            TokenKind::Operator if text == "-" => {
                self.at += 1;
                Some(Term::Minus(Box::new(self.operand(MINUS)?)))
            }
            TokenKind::Operator if text == "+" => {
                self.at += 1;
                self.operand(MINUS)
            }
            TokenKind::Quoted => self.named(),
            TokenKind::Word => self.by_word(&text.to_ascii_uppercase()),
            _ => None,
        }
    }

    fn by_word(&mut self, word: &str) -> Option<Term> {
        const TIMES: [&str; 4] = ["CURRENT_TIMESTAMP", "CURRENT_TIME", "LOCALTIMESTAMP", "LOCALTIME"];
        const OTHERS: [&str; 6] =
            ["CURRENT_DATE", "CURRENT_USER", "CURRENT_ROLE", "SESSION_USER", "CURRENT_CATALOG", "USER"];
        let constant = match word {
            "TRUE" => Some(Term::Bool(true)),
            "FALSE" => Some(Term::Bool(false)),
            "NULL" => Some(Term::Null),
            _ if OTHERS.contains(&word) => Some(Term::Keyword(word.to_owned())),
            _ => None,
        };
        if constant.is_some() {
            self.at += 1;
            return constant;
        }
        if TIMES.contains(&word) {
            self.at += 1;
            if !self.eat(&["("]) {
                return Some(Term::Keyword(word.to_owned()));
            }
            let precision = self.word(0).to_owned();
            self.at += 1;
            return self.eat(&[")"]).then(|| Term::Keyword(format!("{word}({precision})")));
        }
        match word {
            "NOT" => {
                self.at += 1;
                Some(Term::Not(Box::new(self.operand(NOT)?)))
            }
            "CAST" if self.is(1, "(") => {
                self.at += 2;
                let inner = self.operand(0)?;
                self.eat(&["AS"]).then_some(())?;
                let data_type = self.data_type()?;
                self.eat(&[")"]).then(|| Term::Cast(Box::new(inner), data_type))
            }
            "ARRAY" if self.is(1, "[") => {
                self.at += 1;
                Some(Term::Array(self.list("[", "]")?))
            }
            _ => match self.typed_literal() {
                Some(found) => Some(found),
                None => self.named(),
            },
        }
    }

    /// `INTERVAL '1 day'`: a type before a string.
    fn typed_literal(&mut self) -> Option<Term> {
        let before = self.at;
        let data_type = self.data_type().filter(|data_type| data_type.builtin && data_type.args.is_none());
        let text = data_type.as_ref().and_then(|_| decode_string(self.word(0), None));
        match (data_type, text, self.kind()) {
            (Some(data_type), Some(text), Some(TokenKind::String)) => {
                self.at += 1;
                Some(Term::Cast(Box::new(Term::Text(text)), data_type))
            }
            _ => {
                self.at = before;
                None
            }
        }
    }

    fn name(&mut self) -> Option<String> {
        let text = self.word(0);
        let name = match self.kind()? {
            TokenKind::Word => Some(fold(text)),
            TokenKind::Quoted => decode_name(text, None),
            _ => None,
        };
        self.at += 1;
        name
    }

    /// A column, or a call of a function.
    fn named(&mut self) -> Option<Term> {
        let bare = self.kind() == Some(TokenKind::Word);
        let mut name = self.name()?;
        let mut schema = None;
        while self.eat(&["."]) {
            schema = Some(std::mem::replace(&mut name, self.name()?));
        }
        if self.is(0, "(") {
            return Some(Term::Call(schema, name, self.list("(", ")")?));
        }
        // Of a qualified column the table is left out, as there is but one.
        (!bare || schema.is_some() || !is_keyword(&name)).then_some(Term::Column(name))
    }

    /// Operands in brackets.
    fn list(&mut self, open: &str, close: &str) -> Option<Vec<Term>> {
        self.eat(&[open]).then_some(())?;
        let mut items = Vec::new();
        if self.eat(&[close]) {
            return Some(items);
        }
        loop {
            items.push(self.operand(0)?);
            if self.eat(&[close]) {
                return Some(items);
            }
            self.eat(&[","]).then_some(())?;
        }
    }

    fn data_type(&mut self) -> Option<Type> {
        const WORDS: [(&[&str], &str); 7] = [
            (&["DOUBLE", "PRECISION"], "double precision"),
            (&["CHARACTER", "VARYING"], "character varying"),
            (&["CHAR", "VARYING"], "character varying"),
            (&["CHARACTER"], "character"),
            (&["CHAR"], "character"),
            (&["BIT", "VARYING"], "bit varying"),
            (&["BIT"], "bit"),
        ];
        let mut found = Type::builtin("");
        if let Some((_, name)) = WORDS.iter().find(|(words, _)| self.eat(words)) {
            found.name = (*name).to_owned();
        } else {
            let bare = self.kind() == Some(TokenKind::Word);
            let word = self.word(0).to_ascii_uppercase();
            found.name = self.name()?;
            while self.eat(&["."]) {
                found.schema = Some(std::mem::replace(&mut found.name, self.name()?));
            }
            let own = found.schema.take_if(|schema| schema == "pg_catalog").is_some();
            let builtin = builtin_type(&found.name).filter(|_| (bare && found.schema.is_none()) || own);
            found.builtin = builtin.is_some();
            if let Some(builtin) = builtin {
                found.name = if builtin == "float" { "double precision" } else { builtin }.to_owned();
            }
            if word == "TIMESTAMP" || word == "TIME" {
                found.args = self.arguments()?;
                if self.eat(&["WITH", "TIME", "ZONE"]) {
                    found.name = format!("{} with time zone", word.to_ascii_lowercase());
                } else {
                    self.eat(&["WITHOUT", "TIME", "ZONE"]);
                }
            }
        }
        if found.args.is_none() {
            found.args = self.arguments()?;
        }
        while self.eat(&["["]) {
            self.eat(&["]"]).then_some(())?;
            found.list = true;
        }
        Some(found)
    }

    /// The numbers in the parentheses behind a type; the inner `None` without any.
    #[allow(clippy::option_option)] // the outer one is that of every reading here
    fn arguments(&mut self) -> Option<Option<String>> {
        if !self.eat(&["("]) {
            return Some(None);
        }
        let mut args = Vec::new();
        loop {
            (self.kind() == Some(TokenKind::Number)).then_some(())?;
            args.push(self.word(0));
            self.at += 1;
            if self.eat(&[")"]) {
                return Some(Some(args.join(",")));
            }
            self.eat(&[","]).then_some(())?;
        }
    }
}

/// `a AND b AND c` is one chain of three.
fn chain(word: &'static str, left: Term, right: Term) -> Term {
    match left {
        Term::Chain(other, mut parts) if other == word => {
            parts.push(right);
            Term::Chain(word, parts)
        }
        left => Term::Chain(word, vec![left, right]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_bind_as_in_postgresql() {
        let number = |text: &str| Box::new(Term::Number(text.into()));
        let product = Term::Binary("*".into(), number("2"), number("3"));
        assert_eq!(read("1 + 2 * 3"), Some(Term::Binary("+".into(), number("1"), Box::new(product))));
        let Some(Term::Chain("AND", parts)) = read("a IS NULL and not b AND c in (1, 2)") else {
            panic!("it is a chain");
        };
        assert_eq!(parts.len(), 3);
        assert_eq!(parts[1], Term::Not(Box::new(Term::Column("b".into()))));
    }

    #[test]
    fn casts_are_read_in_all_their_forms() {
        let cast = |text: &str| match read(text) {
            Some(Term::Cast(inner, data_type)) => (*inner, data_type.name, data_type.list),
            other => panic!("{text} is {other:?}"),
        };
        let day = Term::Text("1 day".into());
        for text in ["'1 day'::interval", "CAST('1 day' AS interval)", "INTERVAL '1 day'", "('1 day')::INTERVAL"] {
            assert_eq!(cast(text), (day.clone(), "interval".into(), false));
        }
        assert_eq!(cast("now()::timestamp(3) with time zone").1, "timestamp with time zone");
        assert_eq!(cast("'{}'::\"Mood\"[]"), (Term::Text("{}".into()), "Mood".into(), true));
    }

    #[test]
    fn what_is_not_usual_is_not_read() {
        for text in ["CASE WHEN a THEN 1 END", "(SELECT 1)", "a[1]", "1 2", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}

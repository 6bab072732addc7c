//! Texts that are known before they run: the constant expressions that `EXECUTE` is given and that catalogue questions
//! compare with.

use crate::sql::cursor::Cursor;
use crate::sql::lex::TokenKind;
use std::collections::BTreeMap;

/// What is known of a block's variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    List(Vec<String>),
    Unknown,
}

/// The variables in sight.
pub(super) type Variables = BTreeMap<String, Value>;

/// The text that an expression stands for: strings, variables, `||`, `format`, `quote_ident`, `quote_literal`.
pub(super) fn text(c: &Cursor<'_>, variables: &Variables) -> Option<String> {
    let mut c = c.slice(0, c.tokens().len());
    let mut whole = term(&mut c, variables)?;
    while c.eat_mark("||") {
        whole.push_str(&term(&mut c, variables)?);
    }
    if c.at_end() { Some(whole) } else { None }
}

fn term(c: &mut Cursor<'_>, variables: &Variables) -> Option<String> {
    let value = if c.is_mark(0, "(") {
        let inner = c.parens().ok()?;
        // Deep parentheses around a text are nobody's writing.
        let bare = inner.unwrapped();
        if bare.is_mark(0, "(") {
            return None;
        }
        text(&bare, variables)?
    } else if matches!(c.kind(0), Some(TokenKind::String | TokenKind::Dollar)) {
        c.string().ok()?
    } else if c.is_mark(1, "(") {
        call(c, variables)?
    } else {
        let mut name = c.label().ok()?;
        if c.eat_mark(".") {
            name = format!("{name}.{}", c.label().ok()?);
        }
        match variables.get(&name)? {
            Value::Text(text) => text.clone(),
            Value::List(_) | Value::Unknown => return None,
        }
    };
    // A cast to text or name keeps it.
    while c.eat_mark("::") {
        c.eat_any(&["text", "varchar", "name"])?;
    }
    Some(value)
}

fn call(c: &mut Cursor<'_>, variables: &Variables) -> Option<String> {
    let function = c.label().ok()?;
    let arguments: Option<Vec<String>> =
        c.parens().ok()?.commas().iter().map(|argument| flat_text(argument, variables)).collect();
    let arguments = arguments?;
    match (function.as_str(), arguments.as_slice()) {
        ("quote_ident", [name]) => Some(quote_ident(name)),
        ("quote_literal", [value]) => Some(quote_literal(value)),
        ("concat", pieces) => Some(pieces.concat()),
        ("format", [pattern, arguments @ ..]) => format(pattern, arguments),
        _ => None,
    }
}

/// An argument: a text in which no further call is nested.
fn flat_text(c: &Cursor<'_>, variables: &Variables) -> Option<String> {
    let nested = c.tokens().iter().filter(|t| t.text(c.source.text) == "(").count();
    if nested > 8 { None } else { text(c, variables) }
}

/// `format(pattern, …)` with `%s`, `%I`, `%L`, `%%`, and positions (`%1$I`).
fn format(pattern: &str, arguments: &[String]) -> Option<String> {
    let mut text = String::new();
    let mut chars = pattern.chars().peekable();
    let mut next = 0;
    while let Some(c) = chars.next() {
        if c != '%' {
            text.push(c);
            continue;
        }
        let mut digits = String::new();
        while let Some(digit) = chars.next_if(char::is_ascii_digit) {
            digits.push(digit);
        }
        let mut position = next;
        if !digits.is_empty() {
            chars.next_if_eq(&'$')?;
            position = digits.parse::<usize>().ok()?.checked_sub(1)?;
        }
        let kind = chars.next()?;
        if kind == '%' && digits.is_empty() {
            text.push('%');
            continue;
        }
        let argument = arguments.get(position)?;
        next = position + 1;
        match kind {
            's' => text.push_str(argument),
            'I' => text.push_str(&quote_ident(argument)),
            'L' => text.push_str(&quote_literal(argument)),
            _ => return None,
        }
    }
    Some(text)
}

/// A name in quotes; more quotes than the server would write, which changes nothing.
fn quote_ident(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn quote_literal(value: &str) -> String {
    if value.contains('\\') {
        return format!("E'{}'", value.replace('\\', "\\\\").replace('\'', "''"));
    }
    format!("'{}'", value.replace('\'', "''"))
}

/// The texts of `ARRAY['a', 'b']`, of `'{a,b}'` when there is nothing to unescape in it, or of a variable.
pub(super) fn list(c: &Cursor<'_>, variables: &Variables) -> Option<Vec<String>> {
    let mut c = c.slice(0, c.tokens().len());
    if c.eat("ARRAY") && c.is_mark(0, "[") {
        let whole = c.until(|_| true);
        let inner = whole.slice(1, whole.tokens().len().checked_sub(1)?);
        // The cast does not matter: the elements are texts.
        if c.eat_mark("::") {
            c.label().ok()?;
            while c.eat_mark("[") {
                c.expect_mark("]").ok()?;
            }
        }
        if !c.at_end() {
            return None;
        }
        return inner.commas().iter().map(|item| text(item, variables)).collect();
    }
    match c.label() {
        Ok(name) if c.at_end() => match variables.get(&name)? {
            Value::List(items) => Some(items.clone()),
            Value::Text(_) | Value::Unknown => None,
        },
        _ => None,
    }
}

/// What a loop variable stands for in one round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// A value.
    Value(String),
    /// The fields of a record.
    Fields(Vec<(String, String)>),
}

/// The rows of a loop whose values stand in its head: `1..3`, `SELECT unnest(ARRAY[…])`, `SELECT * FROM (VALUES …) AS
/// v(a, b)`.
pub(super) fn rows(head: &Cursor<'_>, variables: &Variables) -> Option<Vec<Row>> {
    let mut c = head.slice(0, head.tokens().len());
    if let Some((first, last)) = bounds(&c.sql()) {
        let many = usize::try_from(last.saturating_sub(first)).unwrap_or(0);
        return (many < 1000).then(|| (first..=last).map(|n| Row::Value(n.to_string())).collect());
    }
    let mut c = if c.is_mark(0, "(") {
        let inner = c.parens().ok()?;
        c.at_end().then_some(inner)?
    } else {
        c
    };
    if c.eat("VALUES") {
        return values(&mut c, None, variables);
    }
    c.eat("SELECT").then_some(())?;
    if c.is("unnest") {
        return unnested(&mut c, variables).filter(|_| c.at_end());
    }
    if !c.eat_mark("*") {
        let mut names = c;
        names.list(Cursor::dotted).ok()?;
        // Columns by name: those of the list behind the values, in whatever order.
        c = names;
    }
    c.eat("FROM").then_some(())?;
    if c.is("unnest") {
        return unnested(&mut c, variables).filter(|_| c.at_end());
    }
    let mut inner = c.parens().ok()?;
    inner.eat("VALUES").then_some(())?;
    c.eat("AS");
    c.label().ok()?;
    let names = c.names_in_parens().ok()?;
    c.at_end().then_some(())?;
    values(&mut inner, Some(&names), variables)
}

/// `1..3`; backwards or with a step it is nobody's writing.
fn bounds(head: &str) -> Option<(i64, i64)> {
    let (first, last) = head.split_once("..")?;
    Some((first.trim().parse().ok()?, last.trim().parse().ok()?))
}

/// `unnest(ARRAY[…]) [AS name[(name)]]`.
fn unnested(c: &mut Cursor<'_>, variables: &Variables) -> Option<Vec<Row>> {
    c.eat("unnest").then_some(())?;
    let items = list(&c.parens().ok()?, variables)?;
    let mut column = None;
    if c.eat("AS") || !c.at_end() {
        column = Some(c.label().ok()?);
        if c.is_mark(0, "(") {
            column = c.names_in_parens().ok()?.pop();
        }
    }
    let row = |item: String| match &column {
        // A plain variable takes the value, a record the field.
        Some(name) => Row::Fields(vec![(name.clone(), item)]),
        None => Row::Fields(vec![("unnest".to_owned(), item)]),
    };
    Some(items.into_iter().map(row).collect())
}

/// `(a, b), (c, d)`.
fn values(c: &mut Cursor<'_>, names: Option<&[String]>, variables: &Variables) -> Option<Vec<Row>> {
    let lines = c.list(|c| c.parens()).ok()?;
    c.at_end().then_some(())?;
    let row = |line: &Cursor<'_>| {
        let items: Option<Vec<String>> = line.commas().iter().map(|item| text(item, variables)).collect();
        let items = items?;
        match names {
            Some(names) => {
                (names.len() == items.len()).then(|| Row::Fields(names.iter().cloned().zip(items).collect()))
            }
            None => Some(Row::Fields((1..).map(|n| format!("column{n}")).zip(items).collect())),
        }
    };
    lines.iter().map(row).collect()
}

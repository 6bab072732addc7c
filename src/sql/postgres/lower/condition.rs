//! Questions to the catalogue, as guards ask them: boolean expressions over `EXISTS (SELECT … FROM pg_…)`,
//! `to_regclass('…') IS NULL` and `(SELECT count(*) …) = 0`. A question that asks for more is not understood.

use super::MAX_DEPTH;
use super::catalog::Question;
use super::constant::Variables;
use super::name_text;
use super::too_deep;
use crate::ir::{Condition, Fact};
use crate::sql::cursor::{Cursor, Parse};

/// A whole boolean expression.
pub(super) fn condition(c: &Cursor<'_>, variables: &Variables) -> Parse<Condition> {
    if c.depth > MAX_DEPTH {
        return Err(too_deep(c));
    }
    let mut c = c.slice(0, c.tokens().len());
    c.depth += 1;
    let mut any = vec![conjunction(&mut c, variables)?];
    while c.eat("OR") {
        any.push(conjunction(&mut c, variables)?);
    }
    c.end()?;
    Ok(if any.len() == 1 { any.remove(0) } else { Condition::Any(any) })
}

fn conjunction(c: &mut Cursor<'_>, variables: &Variables) -> Parse<Condition> {
    let mut all = vec![negation(c, variables)?];
    while c.eat("AND") {
        all.push(negation(c, variables)?);
    }
    Ok(if all.len() == 1 { all.remove(0) } else { Condition::All(all) })
}

fn not(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

fn negation(c: &mut Cursor<'_>, variables: &Variables) -> Parse<Condition> {
    let mut negated = false;
    while c.eat("NOT") {
        negated = !negated;
    }
    let condition = primary(c, variables)?;
    Ok(if negated { not(condition) } else { condition })
}

fn primary(c: &mut Cursor<'_>, variables: &Variables) -> Parse<Condition> {
    if c.eat("TRUE") {
        return Ok(Condition::All(Vec::new()));
    }
    if c.eat("FALSE") {
        return Ok(Condition::Any(Vec::new()));
    }
    if c.eat("EXISTS") {
        let inner = c.parens()?;
        return Ok(Condition::Exists(Question::ask(&inner, variables)?.fact()?));
    }
    if c.is_mark(0, "(") {
        let mut inner = c.parens()?;
        if !inner.is("SELECT") {
            return condition(&inner, variables);
        }
        // `(SELECT EXISTS (…))`, `(SELECT NOT EXISTS (…))`
        if inner.is_at(1, "EXISTS") || inner.is_at(1, "NOT") {
            inner.skip(1);
            return condition(&inner.rest(), variables);
        }
        return counted(c, &inner, variables);
    }
    if c.eat("pg_catalog") {
        c.expect_mark(".")?;
    }
    let Some(function) = c.eat_any(&["to_regclass", "to_regtype"]) else {
        return Err(c.refuse(format!("condition `{}`, which the history does not answer", c.rest().sql())));
    };
    let mut argument = c.parens()?;
    let text = super::constant::text(&argument, variables).ok_or_else(|| argument.stop("a name in quotes"))?;
    argument.skip(1);
    let name = name_text::parse(&text).ok_or_else(|| c.refuse("name that cannot be read"))?;
    while c.eat_mark("::") {
        c.expect_any(&["text", "regclass", "oid", "regtype"])?;
    }
    let fact = match function {
        "to_regclass" => Fact::Relation { schema: name.schema, name: name.name, kinds: Vec::new() },
        _ => Fact::Type { schema: name.schema, name: name.name },
    };
    match c.expect_any(&["IS NOT NULL", "IS NULL"])? {
        "IS NULL" => Ok(not(Condition::Exists(fact))),
        _ => Ok(Condition::Exists(fact)),
    }
}

/// `(SELECT count(*) …) = 0` and the like, `(SELECT 1 …) IS NULL`.
fn counted(c: &mut Cursor<'_>, inner: &Cursor<'_>, variables: &Variables) -> Parse<Condition> {
    let counts = inner.is_at(1, "count");
    let question = if counts { Question::count(inner, variables)? } else { Question::ask(inner, variables)? };
    let exists = Condition::Exists(question.fact()?);
    if !counts {
        return Ok(match c.expect_any(&["IS NOT NULL", "IS NULL"])? {
            "IS NULL" => not(exists),
            _ => exists,
        });
    }
    let operator = c.text(0);
    let number = c.text(1);
    let holds = match (operator, number) {
        (">" | "<>" | "!=", "0") | (">=", "1") => true,
        ("=", "0") | ("<", "1") => false,
        _ => return Err(c.stop("a comparison with 0")),
    };
    c.skip(2);
    Ok(if holds { exists } else { not(exists) })
}

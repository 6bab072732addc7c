//! Objects of the rarer kinds, kept as the statement that makes them.

use super::object::{kind, object};
use crate::ir::*;
use crate::sql::cursor::{Cursor, Parse};

/// The whole statement, at whose end the cursor stands, as what defines the object.
pub(super) fn define(c: &Cursor<'_>, object: ObjectRef, or_replace: bool, if_not_exists: bool) -> Parse<Op> {
    c.end()?;
    let tokens = c.tokens().len();
    // CREATE, then the two clauses that the operation holds itself, wherever they stand.
    let mut at = *c;
    at.seek(1);
    let sql = if at.eat("OR REPLACE") {
        format!("CREATE {}", c.verbatim(at.position(), tokens))
    } else if if_not_exists {
        while !at.at_end() && !at.are("IF NOT EXISTS") {
            at.skip(1);
        }
        let clause = at.position();
        format!("{} {}", c.verbatim(0, clause), c.verbatim(clause + 3, tokens))
    } else {
        c.sql()
    };
    Ok(Op::Define { definition: Definition { object, sql }, or_replace, if_not_exists })
}

/// From behind `CREATE [OR REPLACE]`, for every kind that no other parser has taken.
pub(super) fn create(c: &mut Cursor<'_>, or_replace: bool) -> Parse<Op> {
    c.eat_any(&["DEFAULT", "TRUSTED", "CONSTRAINT"]);
    let kind = match c.eat("USER MAPPING") {
        true => ObjectKind::UserMapping,
        false => kind(c)?,
    };
    let if_not_exists = c.eat("IF NOT EXISTS");
    let object = match kind {
        ObjectKind::Rule => rule(c)?,
        ObjectKind::Operator => operator(c)?,
        ObjectKind::OperatorClass => operator_class(c)?,
        ObjectKind::Statistics if c.is_mark(0, "(") || c.is("ON") => {
            return Err(c.refuse("statistics without a name"));
        }
        ObjectKind::Statistics
        | ObjectKind::Aggregate
        | ObjectKind::Cast
        | ObjectKind::Collation
        | ObjectKind::Conversion
        | ObjectKind::OperatorFamily
        | ObjectKind::EventTrigger
        | ObjectKind::ForeignDataWrapper
        | ObjectKind::ForeignTable
        | ObjectKind::Server
        | ObjectKind::UserMapping
        | ObjectKind::Language
        | ObjectKind::Transform
        | ObjectKind::AccessMethod
        | ObjectKind::Role
        | ObjectKind::Subscription
        | ObjectKind::TextSearchConfiguration
        | ObjectKind::TextSearchDictionary
        | ObjectKind::TextSearchParser
        | ObjectKind::TextSearchTemplate => object(c, kind)?,
        ObjectKind::Database | ObjectKind::Tablespace => {
            return Err(c.refuse(format!("{kind}, which is the whole server's and not the schema's")));
        }
        _ => return Err(c.stop("an object that a migration makes")),
    };
    if c.at_end()
        && !matches!(
            kind,
            ObjectKind::Role
                | ObjectKind::Language
                | ObjectKind::ForeignDataWrapper
                | ObjectKind::OperatorFamily
                | ObjectKind::UserMapping
        )
    {
        return Err(c.stop("a definition"));
    }
    c.skip(c.rest().tokens().len());
    define(c, object, or_replace, if_not_exists)
}

/// `RULE name AS ON event TO table …`.
fn rule(c: &mut Cursor<'_>) -> Parse<ObjectRef> {
    let name = c.name()?;
    c.expect("AS ON")?;
    c.expect_any(&["SELECT", "UPDATE", "DELETE", "INSERT"])?;
    c.expect("TO")?;
    Ok(ObjectRef::on(ObjectKind::Rule, name, c.qualified()?))
}

/// `OPERATOR name (LEFTARG = a, RIGHTARG = b, …)`, named as `DROP` names it: `(a, b)`.
fn operator(c: &mut Cursor<'_>) -> Parse<ObjectRef> {
    let schema = if c.is_mark(1, ".") { Some(c.name()?) } else { None };
    if schema.is_some() {
        c.skip(1);
    }
    if c.kind(0) != Some(crate::sql::lex::TokenKind::Operator) {
        return Err(c.stop("an operator"));
    }
    let name = Name { schema, name: c.text(0).to_string() };
    c.skip(1);
    let mut ahead = *c;
    let options = ahead.options()?;
    let side = |which: &str| options.iter().find(|(name, _)| name == which).map_or("NONE", |(_, value)| value);
    let args = format!("{}, {}", side("leftarg"), side("rightarg"));
    Ok(ObjectRef { args: Some(args), ..ObjectRef::new(ObjectKind::Operator, name) })
}

/// `OPERATOR CLASS name [DEFAULT] FOR TYPE t USING method …`.
fn operator_class(c: &mut Cursor<'_>) -> Parse<ObjectRef> {
    let name = c.qualified()?;
    c.eat("DEFAULT");
    c.expect("FOR TYPE")?;
    super::types::any_type(c)?;
    c.expect("USING")?;
    let args = Some(format!("USING {}", c.name()?));
    Ok(ObjectRef { args, ..ObjectRef::new(ObjectKind::OperatorClass, name) })
}

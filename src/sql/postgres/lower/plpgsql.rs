//! The statements of a PL/pgSQL body, as far as `DO` blocks need them. What they do is not known here.

use super::{MAX_DEPTH, too_deep};
use crate::sql::cursor::{Cursor, Parse};
use crate::sql::lex::TokenKind;

/// A statement of a body.
pub(super) enum Node<'a> {
    /// An SQL statement, `SELECT … INTO variable` among them.
    Sql(Cursor<'a>),
    /// `IF`: questions with what is done under them, and what is done under none.
    If { arms: Vec<(Cursor<'a>, Vec<Node<'a>>)>, otherwise: Vec<Node<'a>> },
    /// `CASE`, any loop: the expressions in its heads, and what may be done.
    Branches { heads: Vec<Cursor<'a>>, bodies: Vec<Vec<Node<'a>>> },
    /// `FOREACH variable IN ARRAY list LOOP`.
    Each { variable: String, list: Cursor<'a>, body: Vec<Node<'a>> },
    /// `FOR variable IN … LOOP`.
    For { variable: String, head: Cursor<'a>, body: Vec<Node<'a>> },
    /// A block inside.
    Block(Block<'a>),
    /// `EXECUTE`: all that stands behind it.
    Execute(Cursor<'a>),
    /// `PERFORM`: all that stands behind it.
    Perform(Cursor<'a>),
    /// `RAISE` of a level that stops nothing, with what stands behind it.
    Notice(Cursor<'a>),
    /// `RAISE EXCEPTION`, `RAISE`, `ASSERT`.
    Exception(Cursor<'a>),
    /// `variable := expression`; or to a field of it.
    Assign { variable: String, field: Option<String>, value: Cursor<'a> },
    /// `RETURN`.
    Return(Cursor<'a>),
    /// `EXIT`, `CONTINUE`, `GET DIAGNOSTICS`, cursor statements: changes nothing but the body's own state.
    Inner(Cursor<'a>),
    /// `NULL`.
    Nothing,
}

/// `[DECLARE …] BEGIN … [EXCEPTION …] END`.
pub(super) struct Block<'a> {
    /// Each variable with its first value, when it has one.
    pub variables: Vec<(String, Option<Cursor<'a>>)>,
    pub body: Vec<Node<'a>>,
    /// Condition names (lower case, SQLSTATE codes in quotes as written) with what is done.
    pub handlers: Vec<(Vec<String>, Vec<Node<'a>>)>,
}

/// A whole body.
pub(super) fn body<'a>(c: &mut Cursor<'a>) -> Parse<Block<'a>> {
    label(c);
    let block = block(c)?;
    c.eat_mark(";");
    c.end()?;
    Ok(block)
}

/// `<<label>>`.
fn label(c: &mut Cursor<'_>) {
    if c.is_mark(0, "<<") && c.is_mark(2, ">>") {
        c.skip(3);
    }
}

fn block<'a>(c: &mut Cursor<'a>) -> Parse<Block<'a>> {
    let variables = if c.eat("DECLARE") { declarations(c)? } else { Vec::new() };
    c.expect("BEGIN")?;
    let body = nodes(c)?;
    let mut handlers = Vec::new();
    if c.eat("EXCEPTION") {
        while c.eat("WHEN") {
            let mut names = vec![condition_name(c)?];
            while c.eat("OR") {
                names.push(condition_name(c)?);
            }
            c.expect("THEN")?;
            handlers.push((names, nodes(c)?));
        }
    }
    c.expect("END")?;
    if !c.at_end() && !c.is_mark(0, ";") {
        c.label()?;
    }
    Ok(Block { variables, body, handlers })
}

fn condition_name(c: &mut Cursor<'_>) -> Parse<String> {
    if c.eat("SQLSTATE") { Ok(format!("'{}'", c.string()?)) } else { c.label() }
}

fn declarations<'a>(c: &mut Cursor<'a>) -> Parse<Vec<(String, Option<Cursor<'a>>)>> {
    let mut variables = Vec::new();
    while !c.is("BEGIN") {
        c.eat("DECLARE");
        let name = c.label()?;
        let mut rest = c.until(|c| c.is_mark(0, ";"));
        c.expect_mark(";")?;
        rest.until(|c| c.is("DEFAULT") || c.is_mark(0, ":=") || c.is_mark(0, "=") || c.is("FOR") || c.is("IS"));
        let value = if rest.at_end() {
            None
        } else {
            rest.skip(1);
            Some(rest.rest())
        };
        variables.push((name, value));
    }
    Ok(variables)
}

/// Statements up to what ends a list of them.
fn nodes<'a>(c: &mut Cursor<'a>) -> Parse<Vec<Node<'a>>> {
    c.depth += 1;
    if c.depth > MAX_DEPTH {
        return Err(too_deep(c));
    }
    let mut nodes = Vec::new();
    while !["END", "ELSIF", "ELSEIF", "ELSE", "EXCEPTION", "WHEN"].iter().any(|word| c.is(word)) {
        if c.at_end() {
            return Err(c.stop("END"));
        }
        nodes.push(node(c)?);
        c.expect_mark(";")?;
    }
    c.depth -= 1;
    Ok(nodes)
}

fn node<'a>(c: &mut Cursor<'a>) -> Parse<Node<'a>> {
    label(c);
    if let Some(assignment) = assignment(c)? {
        return Ok(assignment);
    }
    if c.is("BEGIN") || c.is("DECLARE") {
        return block(c).map(Node::Block);
    }
    if c.eat("IF") {
        return branch(c);
    }
    if c.eat("CASE") {
        return case(c);
    }
    if ["LOOP", "WHILE", "FOR", "FOREACH"].iter().any(|word| c.is(word)) {
        return loops(c);
    }
    if c.eat("NULL") {
        return Ok(Node::Nothing);
    }
    const INNER: &[&str] = &["EXIT", "CONTINUE", "GET", "OPEN", "CLOSE", "FETCH", "MOVE"];
    if INNER.iter().any(|word| c.is(word)) {
        return Ok(Node::Inner(statement(c)));
    }
    if c.eat("RETURN") {
        return Ok(Node::Return(if c.is_mark(0, ";") { c.slice(0, 0) } else { statement(c) }));
    }
    if c.eat("EXECUTE") {
        return Ok(Node::Execute(statement(c)));
    }
    if c.eat("PERFORM") {
        return Ok(Node::Perform(statement(c)));
    }
    if c.eat("ASSERT") {
        return Ok(Node::Exception(statement(c)));
    }
    if c.eat("RAISE") {
        let quiet = c.eat_any(&["DEBUG", "LOG", "INFO", "NOTICE", "WARNING"]).is_some();
        let rest = if c.is_mark(0, ";") { c.slice(0, 0) } else { statement(c) };
        return Ok(if quiet { Node::Notice(rest) } else { Node::Exception(rest) });
    }
    if matches!(c.kind(0), Some(TokenKind::Word)) || c.is_mark(0, "(") {
        return Ok(Node::Sql(statement(c)));
    }
    Err(c.stop("a statement"))
}

/// Up to the semicolon outside parentheses.
fn statement<'a>(c: &mut Cursor<'a>) -> Cursor<'a> {
    c.until(|c| c.is_mark(0, ";"))
}

/// The query of an `OPEN cursor … FOR query`.
pub(super) fn opened<'a>(c: &Cursor<'a>) -> Option<Cursor<'a>> {
    let mut at = *c;
    if !at.eat("OPEN") {
        return None;
    }
    at.until(|c| c.is("FOR"));
    at.eat("FOR").then(|| at.rest())
}

fn assignment<'a>(c: &mut Cursor<'a>) -> Parse<Option<Node<'a>>> {
    let mut ahead = *c;
    let Ok(variable) = ahead.label() else { return Ok(None) };
    let mut field = None;
    loop {
        if ahead.eat_mark(".") {
            let Ok(name) = ahead.label() else { return Ok(None) };
            field.get_or_insert(name);
        } else if ahead.is_mark(0, "[") {
            // Eats the brackets whole.
            ahead.until(|_| true);
        } else {
            break;
        }
    }
    if !ahead.eat_mark(":=") && !ahead.eat_mark("=") {
        return Ok(None);
    }
    *c = ahead;
    Ok(Some(Node::Assign { variable, field, value: statement(c) }))
}

fn branch<'a>(c: &mut Cursor<'a>) -> Parse<Node<'a>> {
    let mut arms = Vec::new();
    loop {
        let question = c.until(|c| c.is("THEN"));
        c.expect("THEN")?;
        arms.push((question, nodes(c)?));
        if c.eat_any(&["ELSIF", "ELSEIF"]).is_none() {
            break;
        }
    }
    let otherwise = if c.eat("ELSE") { nodes(c)? } else { Vec::new() };
    c.expect("END IF")?;
    Ok(Node::If { arms, otherwise })
}

fn case<'a>(c: &mut Cursor<'a>) -> Parse<Node<'a>> {
    let mut heads = Vec::new();
    if !c.is("WHEN") {
        heads.push(c.until(|c| c.is("WHEN")));
    }
    let mut bodies = Vec::new();
    while c.eat("WHEN") {
        heads.push(c.until(|c| c.is("THEN")));
        c.expect("THEN")?;
        bodies.push(nodes(c)?);
    }
    if c.eat("ELSE") {
        bodies.push(nodes(c)?);
    }
    c.expect("END CASE")?;
    Ok(Node::Branches { heads, bodies })
}

fn loops<'a>(c: &mut Cursor<'a>) -> Parse<Node<'a>> {
    if c.eat("LOOP") {
        return Ok(Node::Branches { heads: Vec::new(), bodies: vec![loop_body(c)?] });
    }
    if c.eat("WHILE") {
        let head = c.until(|c| c.is("LOOP"));
        c.expect("LOOP")?;
        return Ok(Node::Branches { heads: vec![head], bodies: vec![loop_body(c)?] });
    }
    let each = c.expect_any(&["FOREACH", "FOR"])? == "FOREACH";
    let mut target = c.until(|c| c.is("IN") || c.is("SLICE"));
    let variable = target.label()?;
    if !target.at_end() {
        return Err(target.refuse("loop over several variables"));
    }
    c.expect("IN")?;
    if each {
        c.expect("ARRAY")?;
    }
    let head = c.until(|c| c.is("LOOP"));
    c.expect("LOOP")?;
    let body = loop_body(c)?;
    Ok(if each { Node::Each { variable, list: head, body } } else { Node::For { variable, head, body } })
}

fn loop_body<'a>(c: &mut Cursor<'a>) -> Parse<Vec<Node<'a>>> {
    let body = nodes(c)?;
    c.expect("END LOOP")?;
    if !c.is_mark(0, ";") {
        c.label()?;
    }
    Ok(body)
}

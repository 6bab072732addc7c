//! `DO` blocks: guards around plain statements become [`Op::When`] and [`Op::Attempt`], blocks that only change rows
//! become one [`Op::Write`]; nothing in between is attempted.

use super::condition;
use super::constant::{self, Row, Value, Variables};
use super::function::check_calls;
use super::plpgsql::{self, Block, Node};
use super::row_block;
use super::statement_steps;
use crate::ir::*;
use crate::sql::cursor::{Cursor, Parse, Source, Stop};
use crate::sql::lex::{Lexer, Token, TokenKind};
use crate::sql::split::split_lexer;

/// How many statements a loop may be unrolled to.
const MAX_UNROLLED: usize = 1000;

/// From behind `DO`; the cursor holds the whole statement.
pub(super) fn do_block(c: &mut Cursor<'_>) -> Parse<Vec<Step>> {
    let (at, sql) = (c.whole(), c.sql());
    let language = |c: &mut Cursor<'_>| -> Parse<()> {
        if c.eat("LANGUAGE") {
            let plain = c.is("plpgsql") || matches!(c.text(0), "'plpgsql'" | "\"plpgsql\"");
            if !plain {
                return Err(c.refuse("block in another language than PL/pgSQL"));
            }
            c.skip(1);
        }
        Ok(())
    };
    language(c)?;
    let code = *c;
    c.string()?;
    language(c)?;
    c.end()?;
    let unescaped;
    let (source, tokens) = match plain_range(&code) {
        Some((start, end)) => (c.source, tokens(Lexer::within(c.source.text, start, end))),
        None => {
            let mut code = code;
            let place = Some(code.here());
            unescaped = code.string()?;
            let source = Source { text: &unescaped, place, ..c.source };
            (source, tokens(Lexer::new(&unescaped)))
        }
    };
    if let Some(token) = tokens.iter().find(|t| matches!(t.kind, TokenKind::Unclosed(_) | TokenKind::Meta)) {
        return Err(Stop::new(source.span(token.start, token.end), "block with a quote or comment that does not end"));
    }
    let block = plpgsql::body(&mut Cursor::new(source, &tokens, c.depth + 1))?;
    let steps = Reader { outermost: true, left: MAX_UNROLLED }.block(&block, &Variables::new());
    match steps {
        Ok(steps) if steps.iter().any(|step| !changes_rows_only(&step.op)) => Ok(steps),
        steps => {
            let op = match (row_block::writes(&block), steps) {
                (Ok(writes), _) if writes.is_empty() => Op::Query { sql },
                (Ok(writes), _) => Op::Write { write: Writes { writes, sql } },
                (Err(_), Ok(steps)) => return Ok(steps),
                (Err(_), Err(stop)) => return Err(stop),
            };
            Ok(vec![Step::new(op, at)])
        }
    }
}

/// Whether it is one of the operations that a block is rather kept whole for.
fn changes_rows_only(op: &Op) -> bool {
    matches!(
        op,
        Op::Insert { .. }
            | Op::Update { .. }
            | Op::Delete { .. }
            | Op::Truncate { .. }
            | Op::Write { .. }
            | Op::Query { .. }
            | Op::Maintenance { .. }
    )
}

fn tokens(lexer: Lexer<'_>) -> Vec<Token> {
    lexer.filter(|token| token.kind != TokenKind::Comment).collect()
}

/// The stretch of the text that the string at the cursor stands for, when it is one as it is.
fn plain_range(c: &Cursor<'_>) -> Option<(usize, usize)> {
    let token = c.peek(0)?;
    let text = token.text(c.source.text);
    let skip = match token.kind {
        TokenKind::Dollar => text.strip_prefix('$')?.find('$')? + 2,
        TokenKind::String if text.starts_with('\'') && !text[1..text.len() - 1].contains('\'') => 1,
        _ => return None,
    };
    Some((token.start + skip, token.end - skip))
}

/// Reads a block as steps.
struct Reader {
    /// Whether a `RETURN` here leaves nothing behind but what is read here.
    outermost: bool,
    /// How many statements may still be unrolled.
    left: usize,
}

impl Reader {
    fn block(&mut self, block: &Block<'_>, outer: &Variables) -> Parse<Vec<Step>> {
        let mut variables = outer.clone();
        for (name, value) in &block.variables {
            if let Some(value) = value {
                row_block::check_query(value)?;
            }
            // A variable that is set anywhere else is not known.
            let known = value.filter(|_| !is_set(&block.body, name)).and_then(|value| {
                let text = constant::text(&value, outer).map(Value::Text);
                text.or_else(|| constant::list(&value, outer).map(Value::List))
            });
            variables.insert(name.clone(), known.unwrap_or(Value::Unknown));
        }
        let steps = self.nodes(&block.body, &variables)?;
        if block.handlers.is_empty() {
            return Ok(steps);
        }
        let mut unless = Vec::new();
        let mut passed = false;
        for (names, body) in &block.handlers {
            let passes = body.iter().any(|node| matches!(node, Node::Exception(_)));
            if passed && !passes {
                return Err(block_stop(&block.body, "handler behind one that raises the error again"));
            }
            passed |= passes;
            for node in body {
                match node {
                    Node::Notice(rest) | Node::Exception(rest) => check_calls(rest)?,
                    Node::Nothing => {}
                    _ => return Err(stop_at(node, "handler that does more than swallow the error")),
                }
            }
            if !passes {
                unless.extend(names.iter().map(|name| condition_name(name)));
            }
        }
        if unless.iter().any(|name| name == "others" || name == "raise_exception") && raises(&block.body) {
            return Err(block_stop(&block.body, "block that raises an error and swallows it"));
        }
        match steps.first() {
            Some(first) if !unless.is_empty() => {
                let at = first.at;
                Ok(vec![Step::new(Op::Attempt { steps, unless }, at)])
            }
            _ => Ok(steps),
        }
    }

    fn nodes(&mut self, nodes: &[Node<'_>], variables: &Variables) -> Parse<Vec<Step>> {
        let mut steps = Vec::new();
        let outermost = std::mem::replace(&mut self.outermost, false);
        for (n, node) in nodes.iter().enumerate() {
            self.left = self.left.checked_sub(1).ok_or_else(|| stop_at(node, "loop over too many values"))?;
            match node {
                // `IF … THEN RETURN; END IF;` puts all that follows under the opposite.
                Node::If { arms, otherwise } if outermost && otherwise.is_empty() && leaves(arms) => {
                    let (question, body) = &arms[0];
                    let then = self.nodes(&body[..body.len() - 1], variables)?;
                    self.outermost = true;
                    let rest = self.nodes(&nodes[n + 1..], variables)?;
                    steps.extend(when(question, variables, then, rest)?);
                    return Ok(steps);
                }
                Node::Return(_) if outermost && n + 1 == nodes.len() => {}
                Node::Block(block) => {
                    self.outermost = outermost && n + 1 == nodes.len();
                    steps.extend(self.block(block, variables)?);
                    self.outermost = false;
                }
                node => steps.extend(self.node(node, variables)?),
            }
        }
        Ok(steps)
    }

    fn node(&mut self, node: &Node<'_>, variables: &Variables) -> Parse<Vec<Step>> {
        match node {
            Node::Sql(sql) => {
                check_variables(sql, variables)?;
                plain(sql)
            }
            Node::If { arms, otherwise } => self.branch(arms, otherwise, variables),
            Node::Each { body, .. } | Node::For { body, .. } if jumps(body) => {
                Err(stop_at(node, "loop that is left or cut short around changes of the schema"))
            }
            Node::Each { variable, list, body } => {
                let items = constant::list(list, variables)
                    .ok_or_else(|| list.refuse("loop over values that are not known before it runs"))?;
                let mut steps = Vec::new();
                for item in items {
                    let mut variables = variables.clone();
                    variables.insert(variable.clone(), Value::Text(item));
                    steps.extend(self.nodes(body, &variables)?);
                }
                Ok(steps)
            }
            Node::Execute(expression) => execute(expression, variables),
            Node::Perform(expression) => {
                check_variables(expression, variables)?;
                check_calls(expression)?;
                let sql = format!("SELECT {}", expression.sql());
                Ok(vec![Step::new(Op::Query { sql }, expression.whole())])
            }
            Node::Notice(rest) | Node::Assign { value: rest, .. } => {
                check_calls(rest)?;
                Ok(Vec::new())
            }
            Node::Inner(rest) => {
                row_block::check_query(&plpgsql::opened(rest).unwrap_or(*rest))?;
                Ok(Vec::new())
            }
            Node::Nothing => Ok(Vec::new()),
            Node::Block(block) => self.block(block, variables),
            Node::Exception(_) => Err(stop_at(node, "RAISE EXCEPTION beside other statements")),
            Node::Return(_) => Err(stop_at(node, "RETURN in the middle of a block")),
            Node::For { variable, head, body } => {
                let rows = constant::rows(head, variables)
                    .ok_or_else(|| stop_at(node, "loop over what is not known before it runs"))?;
                let mut steps = Vec::new();
                for row in rows {
                    let mut variables = variables.clone();
                    match row {
                        Row::Value(value) => {
                            variables.insert(variable.clone(), Value::Text(value));
                        }
                        Row::Fields(fields) => {
                            // A plain variable takes the only value there is.
                            let only = match fields.as_slice() {
                                [(_, value)] => Value::Text(value.clone()),
                                _ => Value::Unknown,
                            };
                            variables.insert(variable.clone(), only);
                            let fields = fields.into_iter().map(|(name, value)| (format!("{variable}.{name}"), value));
                            variables.extend(fields.map(|(name, value)| (name, Value::Text(value))));
                        }
                    }
                    steps.extend(self.nodes(body, &variables)?);
                }
                Ok(steps)
            }
            Node::Branches { .. } => Err(stop_at(node, "loop or CASE around changes of the schema")),
        }
    }

    fn branch(
        &mut self,
        arms: &[(Cursor<'_>, Vec<Node<'_>>)],
        otherwise: &[Node<'_>],
        variables: &Variables,
    ) -> Parse<Vec<Step>> {
        // A guard that only raises, or says something, lets either everything pass or nothing.
        if arms.iter().all(|(_, body)| is_talk(body)) && is_talk(otherwise) {
            for (question, _) in arms {
                check_calls(question)?;
            }
            return Ok(Vec::new());
        }
        let mut rest = self.arm(otherwise, variables)?;
        for (question, body) in arms.iter().rev() {
            // Where an arm raises, what comes about is what the others do.
            if is_talk(body) && raises(body) {
                check_calls(question)?;
                continue;
            }
            let then = self.arm(body, variables)?;
            rest = when(question, variables, then, rest)?;
        }
        Ok(rest)
    }

    /// An arm that only raises leads nowhere, so that what it would do needs not be told.
    fn arm(&mut self, body: &[Node<'_>], variables: &Variables) -> Parse<Vec<Step>> {
        if is_talk(body) { Ok(Vec::new()) } else { self.nodes(body, variables) }
    }
}

fn when(question: &Cursor<'_>, variables: &Variables, then: Vec<Step>, otherwise: Vec<Step>) -> Parse<Vec<Step>> {
    let condition = condition::condition(question, variables)?;
    let Some(at) = then.first().or(otherwise.first()).map(|step| step.at) else { return Ok(Vec::new()) };
    Ok(vec![Step::new(Op::When { condition, then, otherwise }, at)])
}

/// Whether an `IF` has one arm, which ends in `RETURN`.
fn leaves(arms: &[(Cursor<'_>, Vec<Node<'_>>)]) -> bool {
    matches!(arms, [(_, body)] if matches!(body.last(), Some(Node::Return(_))))
}

/// Whether nothing is done but to raise something or nothing.
fn is_talk(body: &[Node<'_>]) -> bool {
    body.iter().all(|node| matches!(node, Node::Notice(_) | Node::Exception(_) | Node::Nothing))
}

/// Whether an error is raised anywhere.
fn raises(body: &[Node<'_>]) -> bool {
    body.iter().any(|node| match node {
        Node::Exception(_) => true,
        Node::If { arms, otherwise } => arms.iter().any(|(_, body)| raises(body)) || raises(otherwise),
        Node::Branches { bodies, .. } => bodies.iter().any(|body| raises(body)),
        Node::Each { body, .. } | Node::For { body, .. } => raises(body),
        Node::Block(block) => raises(&block.body) || block.handlers.iter().any(|(_, body)| raises(body)),
        Node::Sql(_)
        | Node::Execute(_)
        | Node::Perform(_)
        | Node::Notice(_)
        | Node::Assign { .. }
        | Node::Return(_)
        | Node::Inner(_)
        | Node::Nothing => false,
    })
}

/// Whether a round of a loop may end before its end.
fn jumps(body: &[Node<'_>]) -> bool {
    body.iter().any(|node| match node {
        Node::Inner(rest) => rest.is("EXIT") || rest.is("CONTINUE"),
        Node::If { arms, otherwise } => arms.iter().any(|(_, body)| jumps(body)) || jumps(otherwise),
        Node::Branches { bodies, .. } => bodies.iter().any(|body| jumps(body)),
        Node::Each { body, .. } | Node::For { body, .. } => jumps(body),
        Node::Block(block) => jumps(&block.body) || block.handlers.iter().any(|(_, body)| jumps(body)),
        Node::Return(_) => true,
        Node::Sql(_)
        | Node::Execute(_)
        | Node::Perform(_)
        | Node::Notice(_)
        | Node::Exception(_)
        | Node::Assign { .. }
        | Node::Nothing => false,
    })
}

fn block_stop(body: &[Node<'_>], why: &str) -> Stop {
    stop_at(body.first().unwrap_or(&Node::Nothing), why)
}

fn plain(sql: &Cursor<'_>) -> Parse<Vec<Step>> {
    const NOT_HERE: &[&str] = &["BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE", "DO"];
    if let Some(word) = NOT_HERE.iter().find(|word| sql.is(word)) {
        return Err(sql.refuse(format!("{word} inside a block")));
    }
    statement_steps(sql)
}

/// A stop when the statement uses a variable, so that it means nothing outside the block.
fn check_variables(c: &Cursor<'_>, variables: &Variables) -> Parse<()> {
    if variables.is_empty() {
        return Ok(());
    }
    for n in 0..c.tokens().len() {
        let mut at = c.slice(n, n + 1);
        if let Ok(name) = at.label()
            && variables.contains_key(&name)
        {
            return Err(c.slice(n, n + 1).refuse(format!("statement that uses the variable {name}")));
        }
    }
    Ok(())
}

/// `EXECUTE` of a text that is known.
fn execute(expression: &Cursor<'_>, variables: &Variables) -> Parse<Vec<Step>> {
    if expression.depth > super::MAX_DEPTH {
        return Err(super::too_deep(expression));
    }
    let unknown = || expression.refuse("EXECUTE of a text that is not known before it runs");
    let mut literal = *expression;
    let direct = plain_range(&literal).filter(|_| literal.string().is_ok() && literal.at_end());
    let text;
    let (source, pieces) = match direct {
        Some((start, end)) => {
            let source = expression.source;
            (source, split_lexer(source.text, Lexer::within(source.text, start, end)))
        }
        None => {
            text = constant::text(expression, variables).ok_or_else(unknown)?;
            let source = Source { text: &text, place: Some(expression.whole()), ..expression.source };
            (source, split_lexer(&text, Lexer::new(&text)))
        }
    };
    let mut steps = Vec::new();
    for statement in &pieces.statements {
        let bad = |t: &Token| matches!(t.kind, TokenKind::Unclosed(_) | TokenKind::Meta);
        if statement.tokens.iter().any(bad) {
            return Err(unknown());
        }
        let found = plain(&Cursor::new(source, &statement.tokens, expression.depth + 1));
        steps.extend(found.map_err(|stop| Stop { why: format!("EXECUTE: {}", stop.why), ..stop })?);
    }
    Ok(steps)
}

/// Whether a variable is set by any statement of the body.
fn is_set(body: &[Node<'_>], name: &str) -> bool {
    let mentions = |c: &Cursor<'_>| (0..c.tokens().len()).any(|n| c.slice(n, n + 1).label().is_ok_and(|t| t == name));
    body.iter().any(|node| match node {
        Node::Assign { variable, .. } => variable == name,
        Node::Sql(c) | Node::Execute(c) => (0..c.tokens().len()).any(|n| c.slice(n, n + 1).is("INTO")) && mentions(c),
        Node::Inner(c) => mentions(c),
        Node::If { arms, otherwise } => arms.iter().any(|(_, body)| is_set(body, name)) || is_set(otherwise, name),
        Node::Branches { bodies, .. } => bodies.iter().any(|body| is_set(body, name)),
        Node::Each { variable, body, .. } | Node::For { variable, body, .. } => variable == name || is_set(body, name),
        Node::Block(block) => is_set(&block.body, name) || block.handlers.iter().any(|(_, body)| is_set(body, name)),
        Node::Perform(_) | Node::Notice(_) | Node::Exception(_) | Node::Return(_) | Node::Nothing => false,
    })
}

fn stop_at(node: &Node<'_>, why: &str) -> Stop {
    let at = match node {
        Node::Sql(c)
        | Node::Execute(c)
        | Node::Perform(c)
        | Node::Notice(c)
        | Node::Exception(c)
        | Node::Return(c)
        | Node::Inner(c)
        | Node::Assign { value: c, .. }
        | Node::Each { list: c, .. }
        | Node::For { head: c, .. } => Some(c),
        Node::If { arms, .. } => arms.first().map(|(question, _)| question),
        Node::Branches { heads, .. } => heads.first(),
        Node::Block(_) | Node::Nothing => None,
    };
    Stop::new(at.map(Cursor::whole).unwrap_or_default(), why)
}

/// The name of a condition; the codes of those that guards name get theirs.
fn condition_name(name: &str) -> String {
    let known = match name.trim_matches('\'') {
        "42710" => "duplicate_object",
        "42P07" => "duplicate_table",
        "42701" => "duplicate_column",
        "42P06" => "duplicate_schema",
        "42723" => "duplicate_function",
        "42703" => "undefined_column",
        "42P01" => "undefined_table",
        "42704" => "undefined_object",
        "42883" => "undefined_function",
        "3F000" => "invalid_schema_name",
        "23505" => "unique_violation",
        other => other,
    };
    known.to_string()
}

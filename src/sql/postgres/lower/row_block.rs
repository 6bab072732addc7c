//! `DO` blocks that change nothing but rows: which tables they write.

use super::constant::{self, Variables};
use super::function::{check_calls, first_part};
use super::plpgsql::{self, Block, Node};
use super::rows;
use crate::ir::{Write, WriteKind};
use crate::sql::cursor::{Cursor, Parse};
use crate::sql::lex::{Lexer, TokenKind};
use crate::sql::split::split_lexer;

/// The tables that a block writes, whichever way it goes; a stop when it may do anything else.
pub(super) fn writes(block: &Block<'_>) -> Parse<Vec<Write>> {
    let mut writes = Vec::new();
    of_block(block, &mut writes)?;
    Ok(writes)
}

fn of_block(block: &Block<'_>, writes: &mut Vec<Write>) -> Parse<()> {
    // The value of a cursor is the query that it will run.
    for value in block.variables.iter().filter_map(|(_, value)| value.as_ref()) {
        of_query(value, writes)?;
    }
    of_nodes(&block.body, writes)?;
    block.handlers.iter().try_for_each(|(_, body)| of_nodes(body, writes))
}

fn of_nodes(nodes: &[Node<'_>], writes: &mut Vec<Write>) -> Parse<()> {
    nodes.iter().try_for_each(|node| of_node(node, writes))
}

fn of_node(node: &Node<'_>, writes: &mut Vec<Write>) -> Parse<()> {
    match node {
        Node::Sql(c) => of_statement(c, writes),
        Node::If { arms, otherwise } => {
            for (question, body) in arms {
                check_calls(question)?;
                of_nodes(body, writes)?;
            }
            of_nodes(otherwise, writes)
        }
        Node::Branches { heads, bodies } => {
            heads.iter().try_for_each(check_calls)?;
            bodies.iter().try_for_each(|body| of_nodes(body, writes))
        }
        Node::Each { list: head, body, .. } => {
            check_calls(head)?;
            of_nodes(body, writes)
        }
        Node::For { head, body, .. } => {
            if head.is("EXECUTE") {
                return Err(head.refuse("loop over a query that is not known before it runs"));
            }
            of_query(head, writes)?;
            of_nodes(body, writes)
        }
        Node::Block(block) => of_block(block, writes),
        Node::Execute(c) => of_execute(c, writes),
        Node::Return(c) => match c.is("QUERY") {
            true => of_query(&c.slice(1, c.tokens().len()), writes),
            false => check_calls(c),
        },
        Node::Inner(c) => match plpgsql::opened(c) {
            Some(query) => of_query(&query, writes),
            None => check_calls(c),
        },
        Node::Perform(c) | Node::Notice(c) | Node::Exception(c) | Node::Assign { value: c, .. } => check_calls(c),
        Node::Nothing => Ok(()),
    }
}

/// A query whose rows are gone through or given back, or an expression.
fn of_query(c: &Cursor<'_>, writes: &mut Vec<Write>) -> Parse<()> {
    let first = first_part(c);
    if is_write(&first) {
        return of_statement(&first, writes);
    }
    if first.is("EXECUTE") {
        return of_execute(&first.slice(1, first.tokens().len()), writes);
    }
    if first.is("EXPLAIN") {
        return Err(first.refuse("EXPLAIN for its rows"));
    }
    check_calls(c)
}

/// A stop when such a query changes anything.
pub(super) fn check_query(c: &Cursor<'_>) -> Parse<()> {
    let mut writes = Vec::new();
    of_query(c, &mut writes)?;
    if writes.is_empty() { Ok(()) } else { Err(c.refuse("cursor over rows that it changes")) }
}

fn is_write(c: &Cursor<'_>) -> bool {
    ["INSERT", "UPDATE", "DELETE", "MERGE", "WITH"].iter().any(|word| c.is(word))
}

fn of_statement(c: &Cursor<'_>, writes: &mut Vec<Write>) -> Parse<()> {
    let mut cursor = c.slice(0, c.tokens().len());
    let found = if is_write(c) {
        let found = rows::write(&mut cursor)?;
        if found.is_empty() {
            check_calls(c)?;
        }
        found
    } else if c.is("TRUNCATE") {
        cursor.skip(1);
        let crate::ir::Op::Truncate { tables, .. } = rows::truncate(&mut cursor)? else { return Ok(()) };
        let truncate = |table| Write { kind: WriteKind::Truncate, table, columns: Vec::new() };
        tables.into_iter().map(truncate).collect()
    } else if ["SELECT", "LOCK", "ANALYZE", "NOTIFY"].iter().any(|word| c.is(word)) {
        // `SELECT … INTO` sets variables here.
        check_calls(c)?;
        Vec::new()
    } else if c.is("COMMIT") {
        // Works only when nothing stands around the block, and then ends nothing but the block's own transaction.
        Vec::new()
    } else {
        return Err(c.stop("a statement that changes rows only"));
    };
    rows::check_catalog(c, &found)?;
    for write in found {
        let same = writes.iter_mut().find(|w| w.kind == write.kind && w.table == write.table);
        match same {
            Some(same) => {
                let new: Vec<String> = write.columns.into_iter().filter(|c| !same.columns.contains(c)).collect();
                same.columns.extend(new);
            }
            None => writes.push(write),
        }
    }
    Ok(())
}

/// `EXECUTE` of a text that is known and changes rows only.
fn of_execute(c: &Cursor<'_>, writes: &mut Vec<Write>) -> Parse<()> {
    let expression = c.slice(0, c.tokens().len()).until(|c| c.is("INTO") || c.is("USING"));
    let text = constant::text(&expression, &Variables::new())
        .ok_or_else(|| c.refuse("EXECUTE of a text that is not known before it runs"))?;
    let source = crate::sql::cursor::Source { text: &text, place: Some(c.whole()), ..c.source };
    for statement in &split_lexer(&text, Lexer::new(&text)).statements {
        if statement.tokens.iter().any(|t| matches!(t.kind, TokenKind::Unclosed(_) | TokenKind::Meta)) {
            return Err(c.refuse("EXECUTE of a text that does not end"));
        }
        of_statement(&Cursor::new(source, &statement.tokens, c.depth + 1), writes)?;
    }
    Ok(())
}

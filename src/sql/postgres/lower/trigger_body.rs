//! What the PL/pgSQL body of a trigger function may do: which tables it writes, which columns of the new row it sets,
//! whether it may stop the statement or leave the row out. Whichever way the body goes, so more than it does each time.

use super::plpgsql::{self, Block, Node};
use super::row_block;
use crate::ir::{Name, Write};
use crate::source::{FileId, Span};
use crate::sql::cursor::{Cursor, Source};
use crate::sql::lex::{Lexer, Token, TokenKind};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// What a trigger function may do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TriggerBody {
    /// The tables that it writes.
    pub writes: Vec<Write>,
    /// The functions that it calls and that are not the server's own.
    pub calls: Vec<Name>,
    /// The columns of the new row that it sets.
    pub sets: BTreeSet<String>,
    /// Whether it may set any column of the new row.
    pub sets_any: bool,
    /// Whether it may raise an error.
    pub stops: bool,
    /// Whether it may return no row, so that nothing happens to the row if it runs before.
    pub skips: bool,
}

/// Reads the body of a PL/pgSQL trigger function; `None` when it may do anything.
pub fn trigger_body(text: &str) -> Option<TriggerBody> {
    let called = RefCell::new(Vec::new());
    let source = Source { text, file: FileId::default(), place: Some(Span::default()), called: Some(&called) };
    let tokens: Vec<Token> = Lexer::new(text).filter(|token| token.kind != TokenKind::Comment).collect();
    if tokens.iter().any(|token| matches!(token.kind, TokenKind::Unclosed(_) | TokenKind::Meta)) {
        return None;
    }
    let block = plpgsql::body(&mut Cursor::new(source, &tokens, 1)).ok()?;
    let mut body = TriggerBody { writes: row_block::writes(&block).ok()?, ..TriggerBody::default() };
    body.block(&block);
    body.calls = called.take();
    body.calls.sort();
    body.calls.dedup();
    Some(body)
}

impl TriggerBody {
    fn block(&mut self, block: &Block<'_>) {
        self.nodes(&block.body);
        block.handlers.iter().for_each(|(_, body)| self.nodes(body));
    }

    fn nodes(&mut self, nodes: &[Node<'_>]) {
        nodes.iter().for_each(|node| self.node(node));
    }

    fn node(&mut self, node: &Node<'_>) {
        match node {
            Node::Assign { variable, field, .. } if variable == "new" => self.set(field.clone()),
            Node::Sql(c) | Node::Execute(c) => self.set_by_into(c),
            Node::Inner(c) => self.sets_any |= c.tokens().iter().any(|token| is_new(token, c)),
            Node::If { arms, otherwise } => {
                arms.iter().for_each(|(_, body)| self.nodes(body));
                self.nodes(otherwise);
            }
            Node::Branches { bodies, .. } => bodies.iter().for_each(|body| self.nodes(body)),
            Node::Each { variable, body, .. } | Node::For { variable, body, .. } => {
                self.sets_any |= variable == "new";
                self.nodes(body);
            }
            Node::Block(block) => self.block(block),
            Node::Exception(_) => self.stops = true,
            Node::Return(c) => self.returned(c),
            Node::Assign { .. } | Node::Perform(_) | Node::Notice(_) | Node::Nothing => {}
        }
    }

    fn set(&mut self, field: Option<String>) {
        match field {
            Some(field) => {
                self.sets.insert(field);
            }
            None => self.sets_any = true,
        }
    }

    /// `… INTO [STRICT] new.a, new.b …`.
    fn set_by_into(&mut self, c: &Cursor<'_>) {
        let mut c = c.slice(0, c.tokens().len());
        c.eat_any(&["INSERT INTO", "MERGE INTO"]);
        loop {
            c.until(|c| c.is("INTO"));
            if !c.eat("INTO") {
                return;
            }
            c.eat("STRICT");
            while let Ok(variable) = c.label() {
                let field = if c.eat_mark(".") { c.label().ok() } else { None };
                if variable == "new" {
                    self.set(field);
                }
                if !c.eat_mark(",") {
                    break;
                }
            }
        }
    }

    fn returned(&mut self, c: &Cursor<'_>) {
        let words: String = c.tokens().iter().map(|token| token.text(c.source.text).to_lowercase()).collect();
        match words.as_str() {
            "new" | "old" | "coalesce(new,old)" | "coalesce(old,new)" => {}
            "" | "null" => self.skips = true,
            _ => {
                self.skips = true;
                self.sets_any = true;
            }
        }
    }
}

fn is_new(token: &Token, c: &Cursor<'_>) -> bool {
    token.text(c.source.text).eq_ignore_ascii_case("new")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_read_for_what_it_may_do() {
        let text = "declare n int; begin
            if tg_op = 'DELETE' then raise exception 'no'; end if;
            new.edited := now(); select a, b into strict new.a, n from t;
            insert into log (what) values (tg_op); perform own(1);
            return new; exception when others then return null; end";
        let body = trigger_body(text).unwrap();
        assert_eq!(body.sets, BTreeSet::from(["a".to_owned(), "edited".to_owned()]));
        assert_eq!(body.writes.len(), 1);
        assert_eq!(body.calls, [Name::bare("own")]);
        assert!(body.stops && body.skips && !body.sets_any);
        let plain = trigger_body("begin return coalesce(new, old); end").unwrap();
        assert_eq!(plain, TriggerBody::default());
        assert!(trigger_body("begin new := f(new); return new; end").unwrap().sets_any);
        assert_eq!(trigger_body("begin execute tg_argv[0]; return new; end"), None);
    }
}

//! Definitions whose bodies a script puts together from text and from what only a real run can know:
//! `` `CREATE FUNCTION … AS $$ … ${KEY} … $$` ``.

use super::mixed::marked;
use crate::ir::HOLE;
use crate::js::{Hole, Piece};
use crate::sql::lex::{Lexer, Token, TokenKind};

/// The statements of a text with parts that only a real run knows, which all stand inside the quotes of a function's body or
/// a comment; `None` when one stands elsewhere.
pub(in crate::tools) fn in_bodies(pieces: &[Piece]) -> Option<String> {
    let (sql, holes) = marked(pieces);
    let tokens: Vec<Token> = Lexer::new(&sql).filter(|token| token.kind != TokenKind::Comment).collect();
    let (mut out, mut done) = (String::new(), 0);
    for (at, hole) in holes {
        let index = tokens.partition_point(|token| token.end <= at);
        let around = tokens.get(index).filter(|token| token.start <= at)?;
        let mut statements = tokens.split(|token| token.text(&sql) == ";");
        if !statements.any(|statement| body(statement, &sql) == Some(around)) {
            return None;
        }
        out.push_str(sql.get(done..at)?);
        out.push_str(&in_body(hole));
        done = at + 1;
    }
    out.push_str(sql.get(done..)?);
    Some(out)
}

/// The token that holds the body of a function, or the text of a comment.
fn body<'t>(statement: &'t [Token], sql: &str) -> Option<&'t Token> {
    let is = |at: usize, word: &str| statement.get(at).is_some_and(|token| token.text(sql).eq_ignore_ascii_case(word));
    let replaces = if is(1, "or") && is(2, "replace") { 2 } else { 0 };
    let before = match () {
        () if is(0, "create") && (is(1 + replaces, "function") || is(1 + replaces, "procedure")) => "as",
        () if is(0, "comment") && is(1, "on") => "is",
        () => return None,
    };
    let at = (1..statement.len()).find(|at| is(at - 1, before))?;
    let found = statement.get(at)?;
    let quoted =
        found.kind == TokenKind::Dollar || found.text(sql).starts_with('\'') && found.kind == TokenKind::String;
    quoted.then_some(found)
}

/// What stands for a hole inside the quotes of a body.
pub(in crate::tools) fn in_body(hole: &Hole) -> String {
    // What could end the quotes is left out.
    let plain = !hole.source.contains(['\'', '$', '\\', '\n']);
    format!("{HOLE}({})", if plain { hole.source.as_str() } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pieces: &[&str]) -> Option<String> {
        let piece = |text: &&str| match text.strip_prefix('@') {
            Some(source) => Piece::Hole(Hole { source: source.to_owned() }),
            None => Piece::Text((*text).to_owned()),
        };
        in_bodies(&pieces.iter().map(piece).collect::<Vec<_>>())
    }

    #[test]
    fn what_only_a_real_run_knows_may_stand_in_bodies_and_comments() {
        let function =
            ["CREATE OR REPLACE FUNCTION f() RETURNS text AS $$ SELECT '", "@k.KEY", "' $$ LANGUAGE sql; SELECT 1"];
        let expected = "CREATE OR REPLACE FUNCTION f() RETURNS text AS $$ SELECT 'transmigrate_hole(k.KEY)' $$ LANGUAGE sql; SELECT 1";
        assert_eq!(read(&function).as_deref(), Some(expected));
        let comment = ["COMMENT ON TABLE t IS 'until ", "@rows['x']", "'"];
        assert_eq!(read(&comment).as_deref(), Some("COMMENT ON TABLE t IS 'until transmigrate_hole()'"));
    }

    #[test]
    fn and_nowhere_else() {
        for pieces in [
            ["CREATE FUNCTION ", "@f", "() RETURNS text AS $$ SELECT 'a' $$ LANGUAGE sql"],
            ["CREATE FUNCTION f(a text DEFAULT '", "@f", "') RETURNS text AS $$ SELECT 'a' $$ LANGUAGE sql"],
            ["CREATE FUNCTION f() RETURNS text AS $$ SELECT 'a' $$ LANGUAGE '", "@f", "'"],
            ["CREATE VIEW v AS SELECT '", "@f", "'"],
            ["ALTER TABLE t ALTER c SET DEFAULT '", "@f", "'"],
            ["COMMENT ON TABLE t IS '", "@f", "x"],
            ["DO $$ BEGIN EXECUTE '", "@f", "'; END $$"],
        ] {
            assert_eq!(read(&pieces), None, "{pieces:?}");
        }
    }
}

//! SQL that a script puts together from text and from what only a real run can know: `` `… WHERE id = ${row.id}` ``.

use super::{Unclear, hole as spelled_hole};
use crate::js::{Hole, Piece};
use crate::sql::lex::{Lexer, Token, TokenKind};

/// How the statements begin of which the parts that are not known may be taken for values.
const ABOUT_ROWS: [&str; 5] = ["insert", "update", "delete", "select", "with"];

/// Words behind which a value stands.
const BEFORE_A_VALUE: [&str; 20] = [
    "and",
    "any",
    "between",
    "by",
    "case",
    "distinct",
    "else",
    "ilike",
    "in",
    "like",
    "limit",
    "not",
    "offset",
    "or",
    "returning",
    "select",
    "then",
    "values",
    "when",
    "where",
];

/// The statements of a text with parts that only a real run knows, each of them spelled as a call of a function that there
/// is not. They may stand inside quoted values of statements about rows, and where one value would stand; whether the
/// statement has a value there, whoever parses it finds out.
///
/// # Errors
/// When a part stands anywhere else: it may be a name, or the beginning of a statement.
pub(in crate::tools) fn with_holes(pieces: &[Piece]) -> Result<String, Unclear> {
    let mut sql = String::new();
    let mut holes = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => sql.push_str(text),
            Piece::Hole(hole) => {
                holes.push((sql.len(), hole));
                // A letter, so that a quote before it and one behind it are not taken for a doubled one.
                sql.push('x');
            }
        }
    }
    let tokens: Vec<Token> = Lexer::new(&sql).filter(|token| token.kind != TokenKind::Comment).collect();
    let unclear = |hole: Option<&Hole>| {
        let source = hole.or(holes.first().map(|(_, hole)| *hole)).map(|hole| hole.source.as_str());
        Unclear::new(format!("the SQL rests on `{}`, which only a real run can know", source.unwrap_or_default()))
    };
    let statements = tokens.split(|token| token.text(&sql) == ";").filter_map(<[Token]>::first);
    if !statements.into_iter().all(|first| ABOUT_ROWS.contains(&first.text(&sql).to_lowercase().as_str())) {
        return Err(unclear(None));
    }
    let mut out = Out { sql: &sql, text: String::new(), done: 0, open: None };
    for (at, hole) in &holes {
        let index = tokens.partition_point(|token| token.end <= *at);
        let around = tokens.get(index).filter(|token| token.start <= *at).ok_or_else(|| unclear(Some(hole)))?;
        if around.kind == TokenKind::Word && around.end - around.start == 1 {
            let before = index.checked_sub(1).and_then(|before| tokens.get(before));
            let after = tokens.get(index + 1);
            if !is_value(&sql, before, after) {
                return Err(unclear(Some(hole)));
            }
            // Behind `VALUES`, it is a row.
            match before.is_some_and(|before| before.text(&sql).eq_ignore_ascii_case("values")) {
                true => out.value(*at, &format!("({})", spelled_hole(hole))),
                false => out.value(*at, &spelled_hole(hole)),
            }
            continue;
        }
        let plain = around.kind == TokenKind::String && around.text(&sql).starts_with('\'');
        if !plain || around.text(&sql).contains('\n') {
            return Err(unclear(Some(hole)));
        }
        out.part(*at, hole, around);
    }
    Ok(out.finish())
}

/// Whether what stands between two tokens can only be a value.
fn is_value(sql: &str, before: Option<&Token>, after: Option<&Token>) -> bool {
    let Some(before) = before else { return false };
    let word = before.text(sql).to_lowercase();
    let opens = match before.kind {
        TokenKind::Word => BEFORE_A_VALUE.contains(&word.as_str()),
        TokenKind::Operator => word != "::" && word != "..",
        TokenKind::Punct => word == "(" || word == "," || word == "[",
        _ => false,
    };
    let closes = after.is_none_or(|after| match after.kind {
        TokenKind::Operator | TokenKind::Word => true,
        TokenKind::Punct => [")", ",", ";", "]", ":"].contains(&after.text(sql)),
        _ => false,
    });
    opens && closes
}

/// A statement that is being written anew.
struct Out<'a> {
    sql: &'a str,
    text: String,
    /// How much of it is written.
    done: usize,
    /// Where the string ends that was put in parentheses.
    open: Option<usize>,
}

impl Out<'_> {
    fn copy(&mut self, to: usize) {
        self.text.push_str(self.sql.get(self.done..to).unwrap_or_default());
        self.done = to;
    }

    fn close(&mut self) {
        if let Some(end) = self.open.take() {
            self.copy(end);
            self.text.push(')');
        }
    }

    /// A hole that is a value.
    fn value(&mut self, at: usize, spelled: &str) {
        self.close();
        self.copy(at);
        self.text.push_str(spelled);
        self.done = at + 1;
    }

    /// A hole that is part of a string. The whole stands in parentheses, because a cast may follow.
    fn part(&mut self, at: usize, hole: &Hole, string: &Token) {
        if self.open != Some(string.end) {
            self.close();
            self.copy(string.start);
            self.text.push('(');
            self.open = Some(string.end);
        }
        self.copy(at);
        self.text.push_str(&format!("' || {} || '", spelled_hole(hole)));
        self.done = at + 1;
    }

    fn finish(mut self) -> String {
        self.close();
        self.copy(self.sql.len());
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hole() -> Piece {
        Piece::Hole(Hole { source: "id()".into() })
    }

    fn text(text: &str) -> Piece {
        Piece::Text(text.to_owned())
    }

    #[test]
    fn what_only_a_real_run_knows_may_stand_in_quoted_values_of_rows() {
        let insert = [text("INSERT INTO t VALUES ('"), hole(), text("', 'a')")];
        let expected = "INSERT INTO t VALUES (('' || transmigrate_hole('id()') || ''), 'a')";
        assert_eq!(with_holes(&insert).as_deref(), Ok(expected));
        let update = [text("UPDATE t SET a = 'x"), hole(), text("-"), hole(), text("'::jsonb;")];
        let expected =
            "UPDATE t SET a = ('x' || transmigrate_hole('id()') || '-' || transmigrate_hole('id()') || '')::jsonb;";
        assert_eq!(with_holes(&update).as_deref(), Ok(expected));
        assert!(with_holes(&[text("UPDATE t SET a = '"), hole(), text("'; DROP TABLE t")]).is_err());
        assert!(with_holes(&[text("ALTER TABLE t ALTER c SET DEFAULT '"), hole(), text("'")]).is_err());
        assert!(with_holes(&[text("UPDATE t SET a = E'"), hole(), text("'")]).is_err());
    }

    #[test]
    fn or_where_a_value_stands() {
        let update = [text("UPDATE t SET a="), hole(), text(", b = 1 WHERE id IN ("), hole(), text(")")];
        let expected = "UPDATE t SET a=transmigrate_hole('id()'), b = 1 WHERE id IN (transmigrate_hole('id()'))";
        assert_eq!(with_holes(&update).as_deref(), Ok(expected));
        assert!(with_holes(&[text("INSERT INTO "), hole(), text(" VALUES (1)")]).is_err());
        assert!(with_holes(&[text("UPDATE "), hole(), text(" SET a = 1")]).is_err());
        assert!(with_holes(&[text("UPDATE t SET a"), hole(), text(" = 1")]).is_err());
        assert!(with_holes(&[text("DELETE FROM t WHERE \""), hole(), text("\" = 1")]).is_err());
        assert!(with_holes(&[text("DELETE FROM t WHERE s."), hole(), text(" = 1")]).is_err());
        assert!(with_holes(&[text("SELECT 1 FROM t JOIN "), hole(), text(" ON true")]).is_err());
        assert!(with_holes(&[hole(), text(" FROM t")]).is_err());
        assert!(with_holes(&[text("DELETE FROM t WHERE id = 1; "), hole()]).is_err());
    }
}

//! SQL that a script puts together from text and from what only a real run can know: `` `… WHERE id = ${row.id}` ``.

use super::render::edited;
use super::role::{Role, Statement};
use super::{Unclear, hole as spelled_hole};
use crate::js::{Hole, Piece};
use crate::sql::lex::{Lexer, Token, TokenKind};
use std::ops::Range;

/// How the statements begin of which the parts that are not known may be taken for values.
const ABOUT_ROWS: [&str; 5] = ["insert", "update", "delete", "select", "with"];

/// A text in which a letter stands for each part that is not known, and where they stand.
pub(super) fn marked(pieces: &[Piece]) -> (String, Vec<(usize, &Hole)>) {
    let (mut sql, mut holes) = (String::new(), Vec::new());
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
    (sql, holes)
}

/// The statements of a text with parts that only a real run knows, each of them spelled as a call of a function that there
/// is not. They may stand inside quoted values of statements about rows, and where a value or all rows of a `VALUES` would
/// stand; whether the statement has one there, whoever parses it finds out.
///
/// # Errors
/// When a part stands anywhere else: it may be a name, or the beginning of a statement.
pub(in crate::tools) fn with_holes(pieces: &[Piece]) -> Result<String, Unclear> {
    let (sql, holes) = marked(pieces);
    let tokens: Vec<Token> = Lexer::new(&sql).filter(|token| token.kind != TokenKind::Comment).collect();
    let unclear = |hole: Option<&Hole>| {
        let source = hole.or(holes.first().map(|(_, hole)| *hole)).map(|hole| hole.source.as_str());
        Unclear::new(format!("the SQL rests on `{}`, which only a real run can know", source.unwrap_or_default()))
    };
    let statements: Vec<&[Token]> = tokens.split(|token| token.text(&sql) == ";").collect();
    let is_about_rows = |first: &Token| ABOUT_ROWS.contains(&first.text(&sql).to_lowercase().as_str());
    if !statements.iter().filter_map(|tokens| tokens.first()).all(is_about_rows) {
        return Err(unclear(None));
    }
    let mut edits = Vec::new();
    let mut strings: Vec<usize> = Vec::new();
    for (at, hole) in &holes {
        let statement = statements.iter().find(|tokens| tokens.last().is_some_and(|last| last.end > *at));
        let statement = Statement { sql: &sql, tokens: statement.ok_or_else(|| unclear(Some(hole)))? };
        let index = statement.tokens.partition_point(|token| token.end <= *at);
        let around = statement.tokens.get(index).filter(|token| token.start <= *at);
        let around = around.ok_or_else(|| unclear(Some(hole)))?;
        if around.kind == TokenKind::Word && around.end - around.start == 1 {
            edits.push(whole(*at, hole, statement.role(index)).ok_or_else(|| unclear(Some(hole)))?);
            continue;
        }
        let text = around.text(&sql);
        let plain = around.kind == TokenKind::String && text.starts_with('\'') && !text.contains('\n');
        let role = statement.role_of_string(index).filter(|role| plain && !(*role == Role::Entry && is_list(hole)));
        let role = role.ok_or_else(|| unclear(Some(hole)))?;
        if !strings.contains(&around.start) {
            strings.push(around.start);
            edits.extend(around_string(&sql, around, &role));
        }
        edits.push((*at..*at + 1, format!("' || {} || '", spelled_hole(hole))));
    }
    Ok(edited(&sql, edits))
}

/// What is written in place of a part that is a token of its own.
fn whole(at: usize, hole: &Hole, role: Option<Role>) -> Option<(Range<usize>, String)> {
    let spelled = spelled_hole(hole);
    Some(match role? {
        Role::Entry if is_list(hole) => return None,
        Role::Value | Role::Entry => (at..at + 1, spelled),
        Role::List => (at..at + 1, format!("({spelled})")),
        Role::Rows(values) => (values, format!("SELECT * FROM {spelled}")),
        Role::Typed(_) => return None,
    })
}

/// What is written around a string with parts that are not known: it becomes a sum, which a cast may follow, or the name
/// of its type stand before.
fn around_string(sql: &str, string: &Token, role: &Role) -> [(Range<usize>, String); 2] {
    match role {
        Role::Typed(name) => {
            let of = sql.get(name.clone()).unwrap_or_default();
            [(name.start..string.start, "CAST(".to_owned()), (string.end..string.end, format!(" AS {of})"))]
        }
        _ => [(string.start..string.start, "(".to_owned()), (string.end..string.end, ")".to_owned())],
    }
}

/// Whether a part is put together from several: `ids.join("), (")` may be more than one row.
fn is_list(hole: &Hole) -> bool {
    hole.source.contains("join")
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

    /// A statement in which `?` is a part that is not known, with `H` for it in the answer; `-` when it is refused.
    fn read(sql: &str) -> String {
        let mut pieces = Vec::new();
        for (n, part) in sql.split('?').enumerate() {
            pieces.extend((n > 0).then(hole));
            pieces.push(text(part));
        }
        let found = with_holes(&pieces);
        found.map_or_else(|_| "-".to_owned(), |sql| sql.replace("transmigrate_hole('id()')", "H"))
    }

    #[test]
    fn a_part_that_may_be_rows_is_no_row() {
        for (sql, expected) in [
            ("INSERT INTO a (x, y) VALUES ?", "INSERT INTO a (x, y) SELECT * FROM H"),
            (
                "INSERT INTO a VALUES ? ON CONFLICT DO NOTHING; SELECT ?",
                "INSERT INTO a SELECT * FROM H ON CONFLICT DO NOTHING; SELECT H",
            ),
            ("INSERT INTO a (x, y) VALUES (?) RETURNING x", "INSERT INTO a (x, y) SELECT * FROM H RETURNING x"),
            ("UPDATE a SET x = v.x FROM (VALUES ?) AS v (x)", "UPDATE a SET x = v.x FROM (SELECT * FROM H) AS v (x)"),
            (
                "INSERT INTO a (x, y) VALUES (?, 'b'), (lower(?), ?)",
                "INSERT INTO a (x, y) VALUES (H, 'b'), (lower(H), H)",
            ),
            ("INSERT INTO a VALUES (1, ?::jsonb)", "INSERT INTO a VALUES (1, H::jsonb)"),
            ("INSERT INTO a (x, y) VALUES (1, 2), ?", "-"),
            ("INSERT INTO a (x, y) VALUES ?, (1, 2)", "-"),
            ("INSERT INTO a (x, y) VALUES (1, 2), (?)", "-"),
            ("INSERT INTO a (x, y, z) VALUES (?, 1)", "-"),
            ("INSERT INTO a (x, y, z) VALUES (1, 2, 3), (?, 4)", "-"),
            ("INSERT INTO a VALUES (1, 2, 3), (?, 4)", "-"),
            ("INSERT INTO a (x, y) VALUES (1, 2), (?, lower(?))", "INSERT INTO a (x, y) VALUES (1, 2), (H, lower(H))"),
        ] {
            assert_eq!(read(sql), expected);
        }
        let joined = |before: &str, behind: &str| {
            let hole = Hole { source: "ids.join()".into() };
            with_holes(&[text(before), Piece::Hole(hole), text(behind)])
        };
        assert!(joined("INSERT INTO a (x) VALUES ('", "')").is_err());
        assert!(joined("INSERT INTO a (x, y) VALUES (1, ", ")").is_err());
        assert!(joined("DELETE FROM a WHERE x IN ('", "')").is_ok());
    }

    #[test]
    fn a_part_that_can_only_be_a_value_is_one() {
        for sql in [
            "SELECT ?, b FROM a WHERE c = f(1, ?) AND d BETWEEN ? AND ? LIMIT ? OFFSET ?",
            "DELETE FROM a WHERE x IN (1, ?) OR y = ANY(?) OR z = (?) OR ARRAY[1, ?] && w",
            "UPDATE a SET x = CASE WHEN y THEN ? ELSE ? END, y = now() - interval '1 day' * ? FROM b WHERE a.id = ?",
            "INSERT INTO a (x) VALUES (1) ON CONFLICT (x) DO UPDATE SET (x, y) = (?, 2) WHERE ?",
            "SELECT x FROM a, f(?) GROUP BY x, ? HAVING count(*) > ? ORDER BY ?",
            "WITH q AS (SELECT ?::int AS n) DELETE FROM a USING q WHERE a.x = q.n RETURNING ?",
        ] {
            assert_eq!(read(sql), sql.replace('?', "H"));
        }
        assert_eq!(read("DELETE FROM a WHERE x IN ?"), "DELETE FROM a WHERE x IN (H)");
    }

    #[test]
    fn a_part_that_may_be_a_name_is_no_value() {
        for sql in [
            "DELETE FROM a USING b, ? WHERE a.x = b.x",
            "SELECT 1 FROM a, ?",
            "SELECT 1 FROM (?) AS q",
            "SELECT 1 FROM a JOIN b USING (?)",
            "SELECT 1 FROM a JOIN b USING (x, ?)",
            "SELECT 1 FROM f(1) AS t(?)",
            "SELECT 1 FROM f(1) t(x, ?)",
            "SELECT 1 FROM (SELECT 1) t(?)",
            "SELECT * ? WHERE x = 1",
            "SELECT a.* ?",
            "SELECT ? x FROM a",
            "SELECT 1 WHERE EXISTS (?)",
            "SELECT 1 UNION ALL (?)",
            "SELECT sum(x) OVER (?) FROM a",
            "SELECT sum(x) FILTER (?) FROM a",
            "SELECT x FROM a FOR UPDATE OF b, ?",
            "INSERT INTO a (?) VALUES (1)",
            "INSERT INTO a (x, ?) VALUES (1, 2)",
            "INSERT INTO s.a AS t (?) VALUES (1)",
            "INSERT INTO a (x) VALUES (1) ON CONFLICT (?) DO NOTHING",
            "INSERT INTO a (x) VALUES (1) ON CONFLICT ON CONSTRAINT ? DO NOTHING",
            "INSERT INTO a (x) VALUES (1) ON CONFLICT (x) DO UPDATE SET ? = 1",
            "UPDATE a SET ? = 1",
            "UPDATE a SET x = 1, ? = 2",
            "UPDATE a SET (x, ?) = (1, 2)",
            "UPDATE a SET x = 1, (?) = (SELECT 2)",
            "WITH q (?) AS (SELECT 1) SELECT 1",
            "WITH q AS (SELECT 1), r (?) AS (SELECT 1) SELECT 1",
            "WITH q AS (?) SELECT 1",
            "SELECT x AS ? FROM a",
            "SELECT x::? FROM a",
            "SELECT CAST(x AS ?) FROM a",
            "SELECT x INTO ? FROM a",
            "SELECT 1 /* ? */",
            "SELECT 1 -- ?",
            "SELECT $$?$$",
            "SELECT a$?",
            "SELECT '1' ?",
            "SELECT ''?''",
            "SELECT ?'1'",
        ] {
            assert_eq!(read(sql), "-", "{sql}");
        }
    }

    #[test]
    fn the_type_before_a_string_becomes_a_cast() {
        for (sql, expected) in [
            ("SELECT now() - INTERVAL '? days'", "SELECT now() - CAST('' || H || ' days' AS INTERVAL)"),
            ("DELETE FROM a WHERE x < date '?-?'", "DELETE FROM a WHERE x < CAST('' || H || '-' || H || '' AS date)"),
            ("SELECT '?'::date, '''?'''", "SELECT ('' || H || '')::date, ('''' || H || '''')"),
            ("SELECT f(x, '{?}', '?')", "SELECT f(x, ('{' || H || '}'), ('' || H || ''))"),
            (
                "SELECT x -> '?' WHERE y LIKE '%?' ESCAPE '!'",
                "SELECT x -> ('' || H || '') WHERE y LIKE ('%' || H || '') ESCAPE '!'",
            ),
            ("SELECT INTERVAL '?' DAY", "-"),
            ("SELECT TIMESTAMP WITH TIME ZONE '?'", "-"),
            ("SELECT numeric(3) '?'", "-"),
            ("SELECT \"own\" '?'", "-"),
            ("SELECT s.own '?'", "-"),
            ("SELECT x AS '?'", "-"),
            ("SELECT U&'?'", "-"),
            ("SELECT N'?'", "-"),
        ] {
            assert_eq!(read(sql), expected);
        }
    }
}

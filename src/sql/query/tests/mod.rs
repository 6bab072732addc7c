//! Unit tests on a small catalogue.

mod live;

use super::*;

/// `a(id, c, d)`, `b(id, a_id, c)`, `User(id, email)`.
struct Small;

impl Catalogue for Small {
    fn columns(&self, relation: &Name) -> Option<Vec<String>> {
        let columns: &[&str] = match (relation.schema.as_deref(), relation.name.as_str()) {
            (None | Some("public"), "a") => &["id", "c", "d"],
            (None | Some("public"), "b") => &["id", "a_id", "c"],
            (None | Some("public"), "User") => &["id", "email"],
            _ => return None,
        };
        Some(columns.iter().map(ToString::to_string).collect())
    }
}

fn column(query: &str, relation: &str, from: &str, to: &str) -> Option<String> {
    rename_in_query(query, &Renaming::Column { relation: &Name::bare(relation), from, to }, &Small)
}

fn read(expr: &str) -> Option<Uses> {
    expr_uses(expr, Dialect::Postgres)
}

fn relation(query: &str, from: &str, to: &str) -> Option<String> {
    rename_in_query(query, &Renaming::Relation { from: &Name::bare(from), to: &Name::bare(to) }, &Small)
}

#[test]
fn columns_are_renamed_where_they_are_meant() {
    let cases = [
        ("SELECT c FROM a", "SELECT n AS c FROM a"),
        ("SELECT a.c, d FROM a -- c\n WHERE c > 1", "SELECT a.n AS c, d FROM a -- c\n WHERE n > 1"),
        ("SELECT c AS x FROM a ORDER BY c", "SELECT n AS x FROM a ORDER BY n"),
        ("SELECT c FROM a ORDER BY c", "SELECT n AS c FROM a ORDER BY c"),
        ("SELECT lower(c) FROM a GROUP BY c", "SELECT lower(n) FROM a GROUP BY n"),
        ("SELECT c::text, \"c\" FROM a", "SELECT n::text AS c, n AS c FROM a"),
        ("SELECT * FROM a", "SELECT a.id, a.n AS c, a.d FROM a"),
        ("SELECT x.* FROM a AS x", "SELECT x.id, x.n AS c, x.d FROM a AS x"),
        ("SELECT count(*) FROM a", "SELECT count(*) FROM a"),
        ("SELECT b.c FROM b", "SELECT b.c FROM b"),
        ("SELECT b.c, a.c AS d FROM a, b", "SELECT b.c, a.n AS d FROM a, b"),
        ("WITH w AS (SELECT c FROM a) SELECT c FROM w", "WITH w AS (SELECT n AS c FROM a) SELECT c FROM w"),
        ("SELECT s.c FROM (SELECT c FROM a) s", "SELECT s.c FROM (SELECT n AS c FROM a) s"),
        (
            "SELECT (SELECT max(c) FROM b WHERE b.id = a.id AND a.c = b.c) FROM a",
            "SELECT (SELECT max(c) FROM b WHERE b.id = a.id AND a.n = b.c) FROM a",
        ),
        ("SELECT a.id FROM a JOIN b USING (c)", "SELECT a.id FROM a AS a(id, c, d) JOIN b USING (c)"),
        ("SELECT c FROM a NATURAL JOIN b", "SELECT c FROM a AS a(id, c, d) NATURAL JOIN b"),
        ("SELECT c FROM a x(i, c)", "SELECT c FROM a x(i, c)"),
        ("SELECT c FROM a UNION SELECT c FROM b", "SELECT n AS c FROM a UNION SELECT c FROM b"),
        ("SELECT CASE WHEN true THEN 1 ELSE c END FROM a", "SELECT CASE WHEN true THEN 1 ELSE n END AS c FROM a"),
        ("SELECT DISTINCT ON (c, d) c FROM a", "SELECT DISTINCT ON (c, d) n AS c FROM a"),
        (
            "SELECT sum(d) OVER (PARTITION BY c ORDER BY a.c) FROM a",
            "SELECT sum(d) OVER (PARTITION BY n ORDER BY a.n) FROM a",
        ),
        ("SELECT row_to_json(a) FROM a", "SELECT row_to_json(a) FROM a"),
        ("SELECT (a).c FROM a", "SELECT (a).n AS c FROM a"),
        ("SELECT l.y FROM a, LATERAL (SELECT c + 1 AS y) l", "SELECT l.y FROM a, LATERAL (SELECT n + 1 AS y) l"),
        ("SELECT g FROM a, generate_series(1, c) g", "SELECT g FROM a, generate_series(1, n) g"),
        (
            "SELECT j.c FROM (a JOIN b ON a.id = b.a_id) AS j(id, c)",
            "SELECT j.c FROM (a AS a(id, c, d) JOIN b ON a.id = b.a_id) AS j(id, c)",
        ),
        ("SELECT 'é', c\r\nFROM a", "SELECT 'é', n AS c\r\nFROM a"),
    ];
    for (before, after) in cases {
        assert_eq!(column(before, "a", "c", "n").as_deref(), Some(after), "{before}");
    }
}

#[test]
fn what_would_be_captured_is_written_otherwise() {
    // `d` is a's, and would be b's too.
    assert_eq!(column("SELECT d FROM a, b", "b", "c", "d").as_deref(), Some("SELECT d FROM a, b AS b(id, a_id, c)"));
    // GROUP BY takes a column before an output.
    assert_eq!(
        column("SELECT upper(email) AS n FROM \"User\" GROUP BY n", "User", "email", "n").as_deref(),
        Some("SELECT upper(email) AS n FROM \"User\" AS \"User\"(id, email) GROUP BY n")
    );
    // An alias that is the new name hides nothing, but a qualifier would mean two things.
    assert_eq!(relation("SELECT a.c FROM a, b AS n", "a", "n").as_deref(), Some("SELECT a.c FROM n AS a, b AS n"));
    // The new name is a common table expression's.
    assert_eq!(relation("WITH n AS (SELECT 1) SELECT a.c FROM a, n", "a", "n"), None);
}

#[test]
fn relations_are_renamed_with_their_qualifiers() {
    let cases = [
        ("SELECT a.c FROM a WHERE public.a.d = 1", "SELECT n.c FROM n WHERE public.n.d = 1"),
        ("SELECT a.c FROM b AS a", "SELECT a.c FROM b AS a"),
        ("SELECT x.c FROM public.a x", "SELECT x.c FROM public.n x"),
        ("SELECT a FROM a", "SELECT n AS a FROM n"),
        ("SELECT a.*, null::a FROM a", "SELECT n.*, null::n AS a FROM n"),
        ("SELECT 'a'::regclass", "SELECT 'n'::regclass"),
        ("WITH a AS (SELECT 1 AS c) SELECT a.c FROM a", "WITH a AS (SELECT 1 AS c) SELECT a.c FROM a"),
        ("SELECT a.ctid FROM a", "SELECT n.ctid FROM n"),
    ];
    for (before, after) in cases {
        assert_eq!(relation(before, "a", "n").as_deref(), Some(after), "{before}");
    }
    let (from, to) = (Name::in_schema("public", "a"), Name::in_schema("other", "a"));
    let moved = Renaming::Relation { from: &from, to: &to };
    assert_eq!(
        rename_in_query("SELECT a.c, public.a.d FROM a", &moved, &Small).as_deref(),
        Some("SELECT a.c, other.a.d FROM other.a")
    );
    assert_eq!(rename_in_query("SELECT a.c FROM a", &moved, &Small).as_deref(), Some("SELECT a.c FROM other.a"));
}

#[test]
fn expressions() {
    let user = Name::bare("User");
    let email = Renaming::Column { relation: &user, from: "email", to: "Mail" };
    let cases = [
        ("lower(email) <> 'email'", "lower(\"Mail\") <> 'email'"),
        ("NEW.email IS DISTINCT FROM OLD.email", "NEW.\"Mail\" IS DISTINCT FROM OLD.\"Mail\""),
        ("\"User\".email IS NULL", "\"User\".\"Mail\" IS NULL"),
        ("EMAIL || other", "\"Mail\" || other"),
        ("VALUE > 0", "VALUE > 0"),
    ];
    for (before, after) in cases {
        assert_eq!(rename_in_expr(before, &email, Dialect::Postgres).as_deref(), Some(after), "{before}");
    }
    // Whose `email` it is cannot be told.
    assert_eq!(rename_in_expr("email IN (SELECT email FROM x)", &email, Dialect::Postgres), None);
    assert_eq!(
        rename_in_expr_over("email IN (SELECT c FROM a)", &user, &email, &Small).as_deref(),
        Some("\"Mail\" IN (SELECT c FROM a)")
    );
    let over = Name::bare("a");
    assert_eq!(
        rename_in_expr_over("c IN (SELECT email FROM \"User\" WHERE id = a.id)", &over, &email, &Small).as_deref(),
        Some("c IN (SELECT \"Mail\" AS email FROM \"User\" WHERE id = a.id)")
    );
    let (from, to) = (Name::bare("Role"), Name::bare("Kind"));
    let role = Renaming::Type { from: &from, to: &to };
    assert_eq!(rename_in_expr("'A'::\"Role\"", &role, Dialect::Postgres).as_deref(), Some("'A'::\"Kind\""));
    assert_eq!(
        rename_in_expr("'{}'::public.\"Role\"[]", &role, Dialect::Postgres).as_deref(),
        Some("'{}'::public.\"Kind\"[]")
    );
    let (from, to) = (Name::in_schema("public", "User_id_seq"), Name::bare("user_seq"));
    let sequence = Renaming::Relation { from: &from, to: &to };
    assert_eq!(
        rename_in_expr("nextval('\"User_id_seq\"'::regclass)", &sequence, Dialect::Postgres).as_deref(),
        Some("nextval('user_seq'::regclass)")
    );
    assert_eq!(
        rename_in_expr("nextval('public.\"User_id_seq\"')", &sequence, Dialect::Postgres).as_deref(),
        Some("nextval('public.user_seq')")
    );
}

#[test]
fn uses_of_a_query() {
    let uses = query_uses(
        "WITH w AS (SELECT id FROM a) SELECT u.*, b.c::\"Role\", f(w.id), nextval('s') FROM w JOIN \"User\" u USING (id) \
         JOIN public.b ON b.a_id = w.id ORDER BY 1",
        &Small,
    )
    .expect("it is read");
    let name = Name::bare;
    assert_eq!(uses.relations, [name("a"), name("User"), Name::in_schema("public", "b")]);
    let user = |column: &str| (name("User"), column.to_owned());
    let b = |column: &str| (Name::in_schema("public", "b"), column.to_owned());
    assert_eq!(uses.columns, [(name("a"), "id".to_owned()), user("id"), b("a_id"), user("email"), b("c")]);
    assert_eq!(uses.whole_row, [name("User")]);
    assert_eq!(uses.types, [name("Role")]);
    assert_eq!(uses.functions, [name("f"), name("nextval")]);
    assert_eq!(uses.sequences, [name("s")]);
    assert!(uses.bare.is_empty());
}

#[test]
fn uses_of_an_expression() {
    let uses =
        read("lower(\"Email\") <> '' AND NEW.x > 0 AND \"User\".y COLLATE \"C\" = CURRENT_USER").expect("it is read");
    assert_eq!(uses.bare, ["Email", "x"]);
    assert_eq!(uses.columns, [(Name::bare("User"), "y".to_owned())]);
    assert_eq!(uses.functions, [Name::bare("lower")]);
    assert_eq!(uses.collations, [Name::bare("C")]);
    assert_eq!(read("a b c"), None);
    assert_eq!(read(""), None);
}

#[test]
fn output_names() {
    let names = |query: &str| output_columns(query, &Small).map(|names| names.join(","));
    assert_eq!(names("SELECT *, 1, a.c FROM a").as_deref(), Some("id,c,d,?column?,c"));
    assert_eq!(names("SELECT * FROM a JOIN b USING (id)").as_deref(), Some("id,c,d,a_id,c"));
    assert_eq!(names("SELECT * FROM b NATURAL JOIN a").as_deref(), Some("id,c,a_id,d"));
    assert_eq!(names("VALUES (1, 2)").as_deref(), Some("column1,column2"));
    assert_eq!(names("SELECT * FROM f()"), None);
    assert_eq!(names("SELECT * FROM jsonb_each('{}') WITH ORDINALITY").as_deref(), Some("key,value,ordinality"));
    assert_eq!(names("SELECT c ISNULL FROM a"), None);
    assert_eq!(names("SELECT * FROM ONLY a"), None);
    assert_eq!(
        names("WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT * FROM r").as_deref(),
        Some("n")
    );
}

#[test]
fn long_chains_and_deep_nests_do_no_harm() {
    let chain = format!("SELECT 1{}", " + 1".repeat(3_900));
    assert!(output_columns(&chain, &Small).is_some());
    let unions = vec!["SELECT c FROM a"; 1_900].join(" UNION ");
    assert!(column(&unions, "a", "c", "n").is_some());
    let parens = format!("SELECT {}c{} FROM a", "(".repeat(80), ")".repeat(80));
    assert!(column(&parens, "a", "c", "n").is_some());
    let queries = format!("{}a{}", "SELECT * FROM (".repeat(30), ") x".repeat(30)).replace("(a)", "a");
    assert!(output_columns(&queries, &Small).is_some());
    let scalars = format!("{}1{}", "SELECT (".repeat(30), ")".repeat(30));
    assert!(output_columns(&scalars, &Small).is_some());
    for deep in ["(".repeat(50_000), "NOT ".repeat(40_000), format!("x{}", "[1]".repeat(50_000)), "- ".repeat(90_000)] {
        assert!(read(&deep).is_none());
    }
    assert!(read(&format!("x{}", "::text".repeat(30_000))).is_none());
    assert!(read(&format!("x{}", " IS NULL".repeat(20_000))).is_none());
}

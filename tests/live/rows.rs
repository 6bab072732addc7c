//! Rows to lose: a few in every table that takes them, and a digest that shows whether they are still there.

use crate::cluster::{Database, Spoilt, outside_transaction};
use crate::past::Step;
use std::collections::BTreeMap;
use transmigrate::ir::Grade;

/// Gives for each table an `INSERT` of two rows. Values depend on the type and the row's number only, so that foreign
/// keys find their match without being looked at; whatever else a constraint asks for is left to chance.
const INSERTS: &str = r"
WITH kind AS (
    SELECT t.oid, format_type(t.oid, NULL) AS name, b.oid AS base, b.typtype, b.typcategory, format_type(b.oid, NULL) AS base_name,
           e.typcategory AS element, format_type(e.oid, NULL) AS element_name, e.typtype AS element_type
    FROM pg_type t JOIN pg_type b ON b.oid = coalesce(nullif(t.typbasetype, 0), t.oid)
    LEFT JOIN pg_type e ON e.oid = b.typelem AND b.typcategory = 'A'
), value AS (
    SELECT a.attrelid, a.attnum, quote_ident(a.attname) AS name, format('(%s)::%s', CASE
        WHEN k.typtype = 'e' THEN format('(enum_range(NULL::%1$s))[least(k, cardinality(enum_range(NULL::%1$s)))]', k.base_name)
        WHEN k.typcategory = 'N' THEN 'n'
        WHEN k.typcategory = 'S' THEN CASE WHEN a.atttypmod BETWEEN 5 AND 5 THEN 'k::text' ELSE 'n::text' END
        WHEN k.typcategory = 'B' THEN 'k = 1'
        WHEN k.typcategory = 'D' THEN 'timestamptz ''2020-01-01 00:00:00+00'' + k * interval ''25 hours'''
        WHEN k.typcategory = 'T' THEN 'k * interval ''1 day'''
        WHEN k.typcategory = 'I' THEN '''10.0.0.'' || k'
        WHEN k.typcategory = 'R' THEN '''empty'''
        WHEN k.typcategory = 'A' AND k.element_type = 'e' THEN format('enum_range(NULL::%s)', k.element_name)
        WHEN k.typcategory = 'A' AND k.element IN ('N', 'S') THEN 'ARRAY[n]'
        WHEN k.typcategory = 'A' THEN '''{}'''
        WHEN k.base = 'uuid'::regtype THEN 'md5(n::text)'
        WHEN k.base IN ('json'::regtype, 'jsonb'::regtype) THEN 'jsonb_build_object(''n'', n)'
        WHEN k.base = 'bytea'::regtype THEN 'convert_to(n::text, ''UTF8'')'
        WHEN k.base IN ('tsvector'::regtype, 'xml'::regtype) THEN 'n::text'
        ELSE 'NULL' END, format_type(a.atttypid, a.atttypmod)) AS expr
    FROM pg_attribute a JOIN kind k ON k.oid = a.atttypid
    WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
)
SELECT format('INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM (VALUES (91, 1), (92, 2)) v(n, k)', c.oid::regclass,
              string_agg(v.name, ', ' ORDER BY attnum), string_agg(v.expr, ', ' ORDER BY attnum))
FROM pg_class c JOIN value v ON v.attrelid = c.oid JOIN pg_namespace s ON s.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND s.nspname !~ '^pg_' AND s.nspname <> 'information_schema'
GROUP BY c.oid ORDER BY c.oid";

/// Gives for each table its name and a query for the digest of its rows; the order of columns and of rows does not
/// matter to it.
const DIGESTS: &str = r"
SELECT c.oid::regclass::text,
       format('SELECT %L::text, count(*)::text || '' rows '' || coalesce(md5(string_agg(r, E''\n'' ORDER BY r)), '''')
               FROM (SELECT ROW(%s)::text AS r FROM ONLY %s) x', c.oid::regclass, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attname),
              c.oid::regclass)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_namespace s ON s.oid = c.relnamespace
WHERE c.relkind = 'r' AND s.nspname !~ '^pg_' AND s.nspname <> 'information_schema'
GROUP BY c.oid ORDER BY c.oid";

/// Each table's digest, by the table's name.
pub type Digests = BTreeMap<String, String>;

/// Puts rows into every table that takes them, inside the open transaction, and says how many tables took them.
pub fn fill(database: &mut Database) -> Result<usize, String> {
    let mut waiting = database.column(INSERTS)?;
    let mut filled = 0;
    // A table whose foreign keys point at a later one gets its turn again.
    loop {
        let before = waiting.len();
        let mut left = Vec::new();
        for insert in waiting {
            database.run("SAVEPOINT fill")?;
            match database.run(&insert) {
                Ok(()) => filled += 1,
                Err(_) => {
                    database.run("ROLLBACK TO fill")?;
                    left.push(insert);
                }
            }
            database.run("RELEASE fill")?;
        }
        if left.len() == before {
            // Checks that were put off would stand in the way of changing the tables.
            database.run("SET CONSTRAINTS ALL IMMEDIATE")?;
            return Ok(filled);
        }
        waiting = left;
    }
}

/// The digest of every table.
pub fn digests(database: &mut Database) -> Result<Digests, String> {
    let queries = database.client.query(DIGESTS, &[]).map_err(|error| error.to_string())?;
    let queries: Vec<String> = queries.iter().map(|row| row.get(1)).collect();
    if queries.is_empty() {
        return Ok(Digests::new());
    }
    let rows = database.client.query(&queries.join("\nUNION ALL "), &[]).map_err(|error| error.to_string())?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// Tries a migration and its down with rows in the tables, and rolls everything back: the rows that do not come back
/// without being named as lost. `None` when there is nothing to try: no table takes rows, the up does not run on them,
/// or a script cannot run inside a transaction.
pub fn attempt(live: &mut Database, step: &Step) -> Result<Option<Vec<String>>, Spoilt> {
    let refused = matches!(step.grade, Grade::Refused(_));
    if refused || outside_transaction(&step.up) || outside_transaction(&step.down) {
        return Ok(None);
    }
    let lost = lost(&step.grade);
    live.trial(|live| {
        if fill(live)? == 0 {
            return Ok(None);
        }
        let before = digests(live)?;
        if live.run(&step.up).is_err() {
            return Ok(None);
        }
        live.run("RESET ALL")?;
        if let Err(error) = live.run(&step.down) {
            // Some rows cannot be given back, and the server says so; but then they must have been named.
            let expected = error.about_rows && !lost.is_empty();
            return Ok((!expected).then(|| vec![format!("the down fails on rows: {error}")]));
        }
        live.run("RESET ALL")?;
        Ok(Some(unnamed(&before, &digests(live)?, lost)))
    })
}

/// Every table whose rows are not what they were, unless a sentence about what is lost names it.
pub fn unnamed(before: &Digests, after: &Digests, lost: &[String]) -> Vec<String> {
    let changed = before.iter().filter(|(table, digest)| after.get(*table) != Some(digest));
    let unnamed = changed.filter(|(table, _)| !lost.iter().any(|lost| names(lost, table)));
    let sentence = |(table, digest): (&String, &String)| {
        let now = after.get(table).map_or("gone", String::as_str);
        format!("rows of {table} do not come back and are not named as lost: {digest}, now {now}")
    };
    unnamed.map(sentence).collect()
}

/// The losses that a grade names.
pub fn lost(grade: &Grade) -> &[String] {
    match grade {
        Grade::SchemaOnly(lost) => lost,
        Grade::Exact | Grade::Refused(_) => &[],
    }
}

/// Whether a sentence names a table, which is given as SQL would; its schema does not matter.
fn names(sentence: &str, table: &str) -> bool {
    let bare = table.trim_end_matches('"').rsplit(['.', '"']).next().unwrap_or(table);
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    sentence.match_indices(bare).any(|(at, _)| {
        let (head, tail) = (&sentence[..at], &sentence[at + bare.len()..]);
        !head.ends_with(inside) && !tail.starts_with(inside)
    })
}

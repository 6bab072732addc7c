//! The fuzz target's path on the stable toolchain: whatever is read, nothing panics, and the same input gives the same
//! output.

use crate::path::{NEXT, take};
use proptest::prelude::*;

/// Statements of a history that works, to be shuffled, repeated and broken.
const STATEMENTS: [&str; 24] = [
    "CREATE TABLE \"a\" (\"id\" SERIAL NOT NULL, \"n\" TEXT DEFAULT 'x', CONSTRAINT \"a_pkey\" PRIMARY KEY (\"id\"));",
    "CREATE TABLE \"b\" (\"id\" INTEGER PRIMARY KEY, \"a_id\" INTEGER REFERENCES \"a\"(\"id\") ON DELETE CASCADE);",
    "ALTER TABLE \"a\" ADD COLUMN \"t\" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;",
    "ALTER TABLE \"a\" DROP COLUMN \"n\", ALTER COLUMN \"t\" DROP DEFAULT;",
    "ALTER TABLE \"a\" ALTER COLUMN \"id\" SET DATA TYPE BIGINT USING \"id\"::bigint;",
    "ALTER TABLE \"b\" RENAME COLUMN \"a_id\" TO \"aid\";",
    "ALTER TABLE \"b\" RENAME TO \"c\";",
    "DROP TABLE \"a\" CASCADE;",
    "CREATE UNIQUE INDEX CONCURRENTLY \"a_n_key\" ON \"a\"(lower(\"n\")) WHERE \"n\" IS NOT NULL;",
    "DROP INDEX IF EXISTS \"a_n_key\";",
    "CREATE TYPE \"E\" AS ENUM ('x', 'y');",
    "ALTER TYPE \"E\" ADD VALUE IF NOT EXISTS 'z' BEFORE 'y';",
    "ALTER TABLE \"a\" ALTER COLUMN \"n\" TYPE \"E\" USING (\"n\"::text::\"E\");",
    "CREATE VIEW v AS SELECT a.id, b.* FROM a JOIN b ON b.a_id = a.id;",
    "CREATE OR REPLACE VIEW v AS SELECT id FROM a;",
    "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN NEW.n := 'x'; RETURN NEW; END $f$;",
    "CREATE TRIGGER t BEFORE INSERT OR UPDATE OF n ON a FOR EACH ROW EXECUTE FUNCTION f();",
    "DROP FUNCTION f() CASCADE;",
    "DO $$ BEGIN CREATE TYPE \"E\" AS ENUM ('x'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;",
    "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'E') THEN CREATE TYPE \"E\" AS ENUM (); END IF; END $$;",
    "INSERT INTO a (id, n) VALUES (1, 'x'), (2, DEFAULT);",
    "UPDATE a SET n = 'y' WHERE id = 1;",
    "SET search_path = other, public; COMMENT ON TABLE a IS 'it''s';",
    "/* Warnings: */ -- AlterTable\nALTER TABLE a ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON a USING (true);",
];

/// Pieces that break a text in the places that matter to a reader.
const SHARDS: [&str; 22] = [
    "'",
    "\"",
    "$$",
    "$f$",
    "/*",
    "*/",
    "--",
    "\n",
    ";",
    "(",
    ")",
    "\\",
    "E'",
    "U&\"",
    "é",
    "\u{feff}",
    "::",
    "[",
    ",,",
    " CASCADE ",
    " IF EXISTS ",
    "\\copy",
];

/// A history: statements in any order, parted into migrations.
fn histories() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        12 => (0..STATEMENTS.len()).prop_map(|at| STATEMENTS[at].to_owned()),
        2 => Just(NEXT.to_owned()),
    ];
    proptest::collection::vec(piece, 0..14).prop_map(|pieces| pieces.join("\n"))
}

/// A change to a text: cut at a place, put a shard there, or take a stretch out.
fn broken() -> impl Strategy<Value = String> {
    let change = (any::<u16>(), 0..SHARDS.len(), 0..3_u8, 0..40_usize);
    (histories(), proptest::collection::vec(change, 1..5)).prop_map(|(mut text, changes)| {
        for (place, shard, kind, length) in changes {
            let mut at = usize::from(place) % (text.len() + 1);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            let mut end = (at + length).min(text.len());
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            match kind {
                0 => text.insert_str(at, SHARDS[shard]),
                1 => text.replace_range(at..end.max(at), ""),
                _ => text.truncate(at),
            }
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_history_of_sound_statements_is_taken_through(text in histories()) {
        prop_assert_eq!(take(&text), take(&text));
    }

    #[test]
    fn a_broken_history_is_taken_through(text in broken()) {
        prop_assert_eq!(take(&text), take(&text));
    }

    #[test]
    fn any_text_is_taken_through(text in "\\PC{0,200}") {
        take(&text);
    }
}

//! The fuzz target's path on the stable toolchain: whatever is read, nothing panics, and the same input gives the same
//! output.

use crate::hear;
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

    #[test]
    fn any_bytes_of_a_worker_are_heard(bytes in proptest::collection::vec(any::<u8>(), 0..400), framed in any::<bool>()) {
        let mut said = bytes;
        if framed {
            let length = u32::try_from(said.len()).unwrap_or(0).to_le_bytes();
            said.splice(0..0, length);
        }
        hear::take(&said);
    }

    #[test]
    fn values_as_deep_as_bytes_can_say_are_heard(open in 0..4_usize, times in 0..200_000_usize) {
        // Lists in lists, and maps of one field: what recursion in a decoder would overflow on.
        let piece: &[u8] = [&[0x91][..], &[0x81, 0xA4, b'l', b'i', b's', b't', 0x91], &[0xDC, 0, 1], &[0xC4]][open];
        hear::take(&piece.repeat(times));
        let mut message = vec![0; 4];
        message.extend([0x81, 0xA3, b'A', b's', b'k', 0x92, 0x91, 0x81, 0xA4, b'C', b'a', b'l', b'l', 0x93, 0xA1, b'x', 0x91]);
        message.extend(piece.repeat(times));
        let length = u32::try_from(message.len() - 4).unwrap_or(0).to_le_bytes();
        message[..4].copy_from_slice(&length);
        hear::take(&message);
    }
}

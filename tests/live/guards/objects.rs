//! Guards for everything but tables and what hangs on them directly.

use super::{Guard, T, guard};

/// The guards.
pub const GUARDS: &[Guard] = &[
    // Types.
    guard("CREATE TYPE e AS ENUM ('a', 'b')", "ALTER TYPE e ADD VALUE 'c'", &["type public.e"]),
    guard("CREATE TYPE e AS ENUM ('a', 'b')", "DROP TYPE e; CREATE TYPE e AS ENUM ('b', 'a')", &["type public.e"]),
    guard("CREATE TYPE e AS ENUM ('a')", "ALTER TYPE e RENAME VALUE 'a' TO 'b'", &["type public.e"]),
    guard("CREATE TYPE e AS ENUM ('a')", "ALTER TYPE e RENAME TO f", &["type public.e", "type public.f"]),
    guard("CREATE TYPE e AS ENUM ('a')", "ALTER TYPE e OWNER TO pg_monitor", &["type public.e"]),
    guard("CREATE DOMAIN d AS text", "DROP DOMAIN d; CREATE DOMAIN d AS varchar(3)", &["type public.d"]),
    guard("CREATE DOMAIN d AS text", "ALTER DOMAIN d SET DEFAULT 'x'", &["type public.d"]),
    guard("CREATE DOMAIN d AS text", "ALTER DOMAIN d SET NOT NULL", &["type public.d"]),
    guard("CREATE DOMAIN d AS text", "ALTER DOMAIN d ADD CONSTRAINT c CHECK (value <> '')", &["constraint public.d.c"]),
    guard("CREATE DOMAIN d AS text", "DROP DOMAIN d; CREATE DOMAIN d AS text COLLATE \"C\"", &["type public.d"]),
    guard("CREATE TYPE c AS (a integer)", "ALTER TYPE c ALTER ATTRIBUTE a TYPE bigint", &["column public.c.a"]),
    guard("", "CREATE TYPE c AS ()", &["type public.c"]),
    guard(
        "CREATE TYPE r AS RANGE (subtype = integer)",
        "DROP TYPE r; CREATE TYPE r AS RANGE (subtype = bigint)",
        &["type public.r"],
    ),
    // Sequences.
    guard("", "CREATE SEQUENCE s", &["sequence public.s"]),
    guard("CREATE SEQUENCE s", "ALTER SEQUENCE s AS integer MAXVALUE 9223372", &["sequence public.s"]),
    guard("CREATE SEQUENCE s", "ALTER SEQUENCE s INCREMENT 2", &["sequence public.s"]),
    guard("CREATE SEQUENCE s", "ALTER SEQUENCE s MINVALUE 0", &["sequence public.s"]),
    guard("CREATE SEQUENCE s", "ALTER SEQUENCE s START 7", &["sequence public.s"]),
    guard("CREATE SEQUENCE s", "ALTER SEQUENCE s CACHE 7", &["sequence public.s"]),
    guard("CREATE SEQUENCE s", "ALTER SEQUENCE s CYCLE", &["sequence public.s"]),
    guard("CREATE TABLE t (id integer); CREATE SEQUENCE s", "ALTER SEQUENCE s OWNED BY t.id", &["sequence public.s"]),
    guard("CREATE SEQUENCE s", "SELECT setval('s', 40)", &[]),
    // Views and rules.
    guard("CREATE VIEW v AS SELECT 1 AS a", "CREATE OR REPLACE VIEW v AS SELECT 2 AS a", &["view public.v"]),
    guard("CREATE VIEW v AS SELECT 1 AS a", "ALTER VIEW v SET (security_barrier = true)", &["view public.v"]),
    guard("CREATE VIEW v AS SELECT 1 AS a", "ALTER VIEW v ALTER a SET DEFAULT 3", &["column public.v.a"]),
    guard(
        "CREATE VIEW v AS SELECT 1 AS a",
        "ALTER VIEW v RENAME a TO b",
        &["view public.v", "column public.v.a", "column public.v.b", "column order of public.v"],
    ),
    guard(
        "CREATE MATERIALIZED VIEW v AS SELECT 1 AS a",
        "REFRESH MATERIALIZED VIEW v WITH NO DATA",
        &["materialized view public.v"],
    ),
    guard("CREATE MATERIALIZED VIEW v AS SELECT 1 AS a", "CREATE INDEX i ON v (a)", &["index public.i"]),
    guard(T, "CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING", &["rule public.t.r"]),
    guard(
        "CREATE TABLE t (); CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING",
        "ALTER TABLE t DISABLE RULE r",
        &["rule public.t.r"],
    ),
    // Functions and triggers.
    guard(
        "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 2'",
        &["function public.f()"],
    ),
    guard(
        "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "ALTER FUNCTION f() STABLE",
        &["function public.f()"],
    ),
    guard(
        "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "ALTER FUNCTION f() SECURITY DEFINER",
        &["function public.f()"],
    ),
    guard(
        "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "ALTER FUNCTION f() SET search_path = public",
        &["function public.f()"],
    ),
    guard(
        "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "ALTER FUNCTION f() OWNER TO pg_monitor",
        &["function public.f()"],
    ),
    guard(
        "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        &["function public.f(a integer)"],
    ),
    guard("", "CREATE PROCEDURE p() LANGUAGE sql AS ''", &["procedure public.p()"]),
    guard("", "CREATE AGGREGATE g (integer) (sfunc = int4pl, stype = integer)", &["aggregate public.g(integer)"]),
    guard(
        "CREATE AGGREGATE g (integer) (sfunc = int4pl, stype = integer)",
        "CREATE OR REPLACE AGGREGATE g (integer) (sfunc = int4pl, stype = integer, initcond = '5')",
        &["aggregate public.g(integer)"],
    ),
    guard(
        "CREATE TABLE t (); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f()",
        &["trigger public.t.g"],
    ),
    guard(
        "CREATE TABLE t (); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; \
           CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f()",
        "CREATE OR REPLACE TRIGGER g AFTER UPDATE ON t EXECUTE FUNCTION f()",
        &["trigger public.t.g"],
    ),
    guard(
        "CREATE TABLE t (); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; \
           CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f()",
        "ALTER TABLE t DISABLE TRIGGER g",
        &["trigger public.t.g"],
    ),
    guard(
        "CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
        "CREATE EVENT TRIGGER g ON ddl_command_end EXECUTE FUNCTION f()",
        &["event trigger g"],
    ),
    // Policies.
    guard(T, "CREATE POLICY p ON t", &["policy public.t.p"]),
    guard(
        "CREATE TABLE t (a integer); CREATE POLICY p ON t",
        "ALTER POLICY p ON t USING (a > 0)",
        &["policy public.t.p"],
    ),
    guard(
        "CREATE TABLE t (a integer); CREATE POLICY p ON t",
        "ALTER POLICY p ON t WITH CHECK (a > 0)",
        &["policy public.t.p"],
    ),
    guard(
        "CREATE TABLE t (a integer); CREATE POLICY p ON t",
        "ALTER POLICY p ON t TO pg_monitor",
        &["policy public.t.p"],
    ),
    guard(
        "CREATE TABLE t (); CREATE POLICY p ON t",
        "DROP POLICY p ON t; CREATE POLICY p ON t AS RESTRICTIVE",
        &["policy public.t.p"],
    ),
    guard(
        "CREATE TABLE t (); CREATE POLICY p ON t",
        "DROP POLICY p ON t; CREATE POLICY p ON t FOR SELECT",
        &["policy public.t.p"],
    ),
    // Extensions: their own objects are not ours.
    guard("", "CREATE EXTENSION pg_trgm", &["extension pg_trgm", "comment on extension pg_trgm"]),
    guard("CREATE SCHEMA s; CREATE EXTENSION pg_trgm", "ALTER EXTENSION pg_trgm SET SCHEMA s", &["extension pg_trgm"]),
    guard("CREATE EXTENSION pg_trgm VERSION '1.5'", "ALTER EXTENSION pg_trgm UPDATE TO '1.6'", &["extension pg_trgm"]),
    // Comments.
    guard(T, "COMMENT ON TABLE t IS 'x'", &["comment on table public.t"]),
    guard("CREATE TABLE t (); COMMENT ON TABLE t IS 'x'", "COMMENT ON TABLE t IS 'y'", &["comment on table public.t"]),
    guard(T, "COMMENT ON COLUMN t.name IS 'x'", &["comment on table column public.t.name"]),
    guard(T, "COMMENT ON CONSTRAINT t_pkey ON t IS 'x'", &["comment on table constraint t_pkey on public.t"]),
    guard(T, "COMMENT ON INDEX t_pkey IS 'x'", &["comment on index public.t_pkey"]),
    guard("", "COMMENT ON SCHEMA public IS 'x'", &["comment on schema public"]),
    guard("CREATE TYPE e AS ENUM ()", "COMMENT ON TYPE e IS 'x'", &["comment on type public.e"]),
    guard("", "COMMENT ON EXTENSION plpgsql IS 'x'", &[]),
    // Grants.
    guard(T, "GRANT SELECT ON t TO pg_monitor", &["grants on table public.t"]),
    guard(T, "GRANT ALL ON t TO CURRENT_USER", &[]),
    guard(T, "REVOKE INSERT ON t FROM CURRENT_USER", &["grants on table public.t"]),
    guard(T, "GRANT SELECT ON t TO pg_monitor; REVOKE SELECT ON t FROM pg_monitor", &[]),
    guard(T, "GRANT SELECT (name) ON t TO pg_monitor", &["grants on column public.t.name"]),
    guard(T, "GRANT SELECT (name) ON t TO pg_monitor; REVOKE SELECT (name) ON t FROM pg_monitor", &[]),
    guard("CREATE SEQUENCE s", "GRANT USAGE ON SEQUENCE s TO pg_monitor", &["grants on sequence public.s"]),
    guard(
        "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "REVOKE EXECUTE ON FUNCTION f() FROM PUBLIC",
        &["grants on function public.f()"],
    ),
    guard(
        "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "GRANT EXECUTE ON FUNCTION f() TO PUBLIC",
        &[],
    ),
    guard("", "GRANT CREATE ON SCHEMA public TO PUBLIC", &["grants on schema public"]),
    guard("CREATE TYPE e AS ENUM ()", "REVOKE USAGE ON TYPE e FROM PUBLIC", &["grants on type public.e"]),
    guard("CREATE TYPE c AS ()", "REVOKE USAGE ON TYPE c FROM PUBLIC", &["grants on type public.c"]),
    guard(
        "GRANT SELECT ON pg_class TO pg_monitor; CREATE TABLE t (); GRANT SELECT ON t TO pg_monitor",
        "GRANT SELECT ON t TO pg_monitor WITH GRANT OPTION",
        &["grants on table public.t"],
    ),
    guard(
        "",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO pg_monitor",
        &["default privileges of postgres for r in public"],
    ),
    // Publications, statistics.
    guard("", "CREATE PUBLICATION p", &["publication p"]),
    guard(
        "CREATE TABLE t (a integer); CREATE PUBLICATION p",
        "ALTER PUBLICATION p ADD TABLE t",
        &["publication p of table public.t"],
    ),
    guard(
        "CREATE TABLE t (a integer); CREATE PUBLICATION p FOR TABLE t",
        "ALTER PUBLICATION p SET TABLE t (a)",
        &["publication p of table public.t"],
    ),
    guard(
        "CREATE TABLE t (a integer); CREATE PUBLICATION p FOR TABLE t",
        "ALTER PUBLICATION p SET TABLE t WHERE (a > 0)",
        &["publication p of table public.t"],
    ),
    guard(
        "CREATE PUBLICATION p",
        "ALTER PUBLICATION p ADD TABLES IN SCHEMA public",
        &["publication p of schema public"],
    ),
    guard("CREATE PUBLICATION p", "ALTER PUBLICATION p SET (publish = 'insert')", &["publication p"]),
    guard(T, "CREATE STATISTICS s ON id, name FROM t", &["statistics public.s"]),
    guard(
        "CREATE TABLE t (a integer, b integer); CREATE STATISTICS s ON a, b FROM t",
        "ALTER STATISTICS s SET STATISTICS 50",
        &["statistics public.s"],
    ),
    guard(
        "CREATE TABLE t (a integer, b integer); CREATE STATISTICS s ON a, b FROM t",
        "DROP STATISTICS s; CREATE STATISTICS s (ndistinct) ON a, b FROM t",
        &["statistics public.s"],
    ),
    guard(
        "CREATE TABLE t (a integer, b integer); CREATE STATISTICS s ON (a + b) FROM t",
        "DROP STATISTICS s; CREATE STATISTICS s ON (a - b) FROM t",
        &["statistics public.s"],
    ),
    // The rare ones.
    guard("CREATE TYPE e AS ENUM ()", "CREATE CAST (e AS text) WITH INOUT", &["cast (public.e AS pg_catalog.text)"]),
    guard(
        "",
        "CREATE OPERATOR === (leftarg = integer, rightarg = integer, function = int4eq)",
        &["operator public.===(integer,integer)"],
    ),
    guard(
        "CREATE OPERATOR === (leftarg = integer, rightarg = integer, function = int4eq)",
        "ALTER OPERATOR === (integer, integer) SET (restrict = eqsel)",
        &["operator public.===(integer,integer)"],
    ),
    guard("", "CREATE COLLATION c FROM \"C\"", &["collation public.c"]),
    guard("", "CREATE TEXT SEARCH CONFIGURATION c (copy = pg_catalog.simple)", &["text search configuration public.c"]),
    guard(
        "CREATE TEXT SEARCH CONFIGURATION c (copy = pg_catalog.simple)",
        "ALTER TEXT SEARCH CONFIGURATION c DROP MAPPING FOR word",
        &["text search configuration public.c"],
    ),
    guard("", "CREATE TEXT SEARCH DICTIONARY d (template = pg_catalog.simple)", &["text search dictionary public.d"]),
    guard("CREATE FOREIGN DATA WRAPPER w", "CREATE SERVER s FOREIGN DATA WRAPPER w", &["server s"]),
    guard(
        "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w",
        "ALTER SERVER s OPTIONS (host 'x')",
        &["server s"],
    ),
    guard(
        "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w",
        "CREATE FOREIGN TABLE f (a integer) SERVER s",
        &["foreign table public.f", "column public.f.a", "column order of public.f"],
    ),
    guard(
        "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w",
        "CREATE USER MAPPING FOR PUBLIC SERVER s",
        &["user mapping public on server s"],
    ),
    guard(
        "",
        "CREATE OPERATOR CLASS o FOR TYPE integer USING hash AS OPERATOR 1 =(integer, integer), FUNCTION 1 hashint4(integer)",
        &["operator class public.o USING hash", "operator family public.o USING hash"],
    ),
    // What is never looked at.
    guard("", "CREATE TABLE _prisma_migrations (id text PRIMARY KEY); CREATE TEMP TABLE t ()", &[]),
];

-- A column of every type, and domains, enums and composite types.
CREATE EXTENSION citext;
CREATE EXTENSION hstore;
CREATE DOMAIN email AS varchar(50) CHECK (value LIKE '%@%');
CREATE DOMAIN positive AS int NOT NULL;
CREATE TYPE pair AS (a int, b text);
CREATE TYPE "Weird Enum" AS ENUM ('', '1', 'a-b', 'a b');
CREATE TYPE mood AS ENUM ('happy', 'sad');
CREATE TABLE types (
  id bigserial PRIMARY KEY, a interval, a2 interval[], b int4range, c pair, c2 pair[], d email, d2 email[], e positive,
  f citext, g hstore, h name, i "char", j char, k char(3), l varchar, m bit, m2 bit(3), n varbit, o numeric,
  p numeric(10), q timestamp, r timestamp(3), s timestamptz(0), t time, u timetz(2), v money, w macaddr, x cidr, y inet,
  z xml, aa json, ab bytea, ac oid, ad point, ae tsvector, af float4, ag float8, ah "Weird Enum" DEFAULT 'a-b',
  ai mood[] DEFAULT '{happy,sad}', aj int2, ak int[] NOT NULL DEFAULT '{1,2}', al text[][], am numeric(10,2)[],
  an varchar(5)[], ap pg_lsn, aq jsonpath, ar int8range[], at2 regclass, au bpchar, av timestamp[], aw timestamptz(3)[],
  ax bit[], ay char(2)[], az numeric[], ba numeric(5)[], bb time[], bc uuid[], bd jsonb[], be citext[]
);

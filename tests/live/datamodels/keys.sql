-- Keys and indexes of every kind, tables without a key, partitions, inheritance.
CREATE EXTENSION btree_gist;
CREATE EXTENSION btree_gin;
CREATE EXTENSION pg_trgm;
CREATE TYPE mood AS ENUM ('happy', 'sad');
CREATE TABLE no_key (a int);
CREATE TABLE null_key (a int UNIQUE, b text);
CREATE TABLE unsupported_key (a interval NOT NULL UNIQUE);
CREATE TABLE part (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE part1 PARTITION OF part FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE parent (id int PRIMARY KEY);
CREATE TABLE child (x int) INHERITS (parent);
CREATE TABLE guarded (id int PRIMARY KEY);
ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
COMMENT ON TABLE guarded IS 'two lines
of comment';
COMMENT ON COLUMN parent.id IS 'the "id"';
CREATE TABLE keyed (
  id serial PRIMARY KEY, b int, c int, d int, x text, y text COLLATE "C", m mood, v varchar(20), f boolean NOT NULL DEFAULT false,
  n numeric, t timestamptz, CONSTRAINT later UNIQUE (c, d) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ON keyed (lower(x));
CREATE UNIQUE INDEX ON keyed (c) WHERE d > 1;
CREATE UNIQUE INDEX live ON keyed (x) WHERE t IS NULL;
CREATE INDEX of_mood ON keyed (b) WHERE m = 'happy';
CREATE INDEX of_moods ON keyed (b) WHERE m IN ('happy', 'sad');
CREATE INDEX of_text ON keyed (b) WHERE v = 'a' OR v = 'b';
CREATE INDEX of_texts ON keyed (b) WHERE v IN ('a', 'b');
CREATE INDEX of_flag ON keyed (b) WHERE f;
CREATE INDEX of_no_flag ON keyed (b) WHERE NOT f;
CREATE INDEX of_false ON keyed (b) WHERE f = false AND n > 0;
CREATE INDEX of_range ON keyed (b) WHERE c BETWEEN 1 AND 5;
CREATE INDEX of_like ON keyed (b) WHERE x LIKE 'a%';
CREATE INDEX of_call ON keyed (b) WHERE length(x) > 3;
CREATE INDEX of_not_in ON keyed (b) WHERE x NOT IN ('a', 'b');
CREATE INDEX of_quoted ON keyed (b) WHERE "x" IS NOT NULL AND ("c" <> 1);
CREATE INDEX ON keyed (c NULLS FIRST);
CREATE INDEX ON keyed USING hash (x);
CREATE INDEX ON keyed USING brin (c);
CREATE INDEX ON keyed (x text_pattern_ops);
CREATE INDEX ON keyed (c) INCLUDE (d);
CREATE INDEX ON keyed (c DESC NULLS LAST, d);
CREATE INDEX ON keyed USING gist (m, c);
CREATE INDEX ON keyed USING gin (d, c);
CREATE INDEX ON keyed USING gin (x gin_trgm_ops);
CREATE INDEX ON keyed USING gist (x gist_trgm_ops);
CREATE UNIQUE INDEX down ON keyed (c DESC);
ALTER TABLE keyed ADD UNIQUE NULLS NOT DISTINCT (d);
ALTER TABLE keyed ADD CONSTRAINT pair_key UNIQUE (d) INCLUDE (x);
CREATE TABLE searched (
  id int PRIMARY KEY, j jsonb, t text, n inet, ts tsvector, arr int[], p point, r int4range, at timestamptz,
  EXCLUDE USING gist (r WITH &&)
);
CREATE INDEX ON searched USING gin (j);
CREATE INDEX ON searched USING gin (j jsonb_path_ops);
CREATE INDEX ON searched USING gist (n inet_ops);
CREATE INDEX ON searched USING spgist (t);
CREATE INDEX ON searched USING spgist (n);
CREATE INDEX ON searched USING gin (ts);
CREATE INDEX ON searched USING gist (p);
CREATE INDEX ON searched USING gin (arr);
CREATE INDEX ON searched USING brin (at timestamptz_minmax_multi_ops);
CREATE INDEX ON searched USING brin (t text_bloom_ops);

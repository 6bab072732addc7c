-- Operator classes of btree_gin that go by the name of another method's, which Prisma takes them for.
-- drift: CREATE INDEX "words_n_idx" ON "words" USING GIN ("n" inet_ops)
-- drift: CREATE INDEX "words_t_idx" ON "words" USING GIN ("t" text_ops)
CREATE EXTENSION btree_gin;
CREATE TABLE words (id int PRIMARY KEY, t text, n inet);
CREATE INDEX ON words USING gin (t);
CREATE INDEX ON words USING gin (n);

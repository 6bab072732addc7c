CREATE SCHEMA "my schema";

-- CreateTable
CREATE TABLE "select" (
    "from" SERIAL NOT NULL,
    "where" TEXT,
    "user" TEXT DEFAULT 'it''s',
    "a""b" INTEGER,
    "with space" INTEGER,
    "dot.dot" INTEGER,
    "Größe" INTEGER,
    "naïve_日本" TEXT,
    "semi;colon--not a comment" TEXT,
    "$1" INTEGER,

    CONSTRAINT "select_pkey" PRIMARY KEY ("from")
);
create table "my schema"."Tab.le" (dollar$name int, _under int, Élan text, "Primary" int primary key);
insert into "select" ("where", "a""b", "Größe") values ('x', 1, 2);
create type "ty pe" as enum ('va lue', 'quo''te', 'ünï');

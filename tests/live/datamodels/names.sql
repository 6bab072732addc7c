-- Names that Prisma does not take, and the same names in two schemas.
CREATE SCHEMA other;
CREATE TYPE other.mood AS ENUM ('x', '1', '2');
CREATE TYPE mood AS ENUM ('y', 'Y', 'a b', 'a_b');
CREATE TABLE "class" (id int PRIMARY KEY);
CREATE TABLE "String" (id int PRIMARY KEY);
CREATE TABLE "1class" (id int PRIMARY KEY);
CREATE TABLE "1abc" (id int PRIMARY KEY, "2x" int, "a b" int UNIQUE, "a_b" int, "_z" int, "éé" int, "class" int, "$" int, "with" mood DEFAULT 'a b', m mood[] DEFAULT '{"a b",a_b}');
CREATE TABLE "日本" (id int PRIMARY KEY, "名" text);
CREATE TABLE "user" (id int PRIMARY KEY, "order" int REFERENCES "class" (id), "quo""ted" text DEFAULT 'a');
CREATE INDEX ON "user" ("quo""ted");
CREATE TABLE other."user" (id int PRIMARY KEY, mood other.mood DEFAULT '1', u int REFERENCES public."user", o int REFERENCES other."user");
CREATE TABLE other.only_there (id int PRIMARY KEY, m mood, d other.mood[] DEFAULT ARRAY['x']::other.mood[]);

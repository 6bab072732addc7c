-- Relations: to itself, several between two tables, of many to many, on keys that are no primary keys.
CREATE TABLE one (id int PRIMARY KEY, code text NOT NULL UNIQUE, a int, b int, UNIQUE (a, b));
CREATE TABLE two (id int PRIMARY KEY, up int REFERENCES two, "one" int REFERENCES one);
CREATE TABLE several (
  id int PRIMARY KEY REFERENCES two, one_id int REFERENCES one, other_id int NOT NULL REFERENCES one ON DELETE SET NULL,
  code text REFERENCES one (code) ON DELETE CASCADE ON UPDATE CASCADE, a int, b int,
  FOREIGN KEY (a, b) REFERENCES one (a, b) MATCH FULL ON UPDATE RESTRICT, UNIQUE (a, b)
);
CREATE TABLE twice (id int PRIMARY KEY, one_id int, CONSTRAINT a FOREIGN KEY (one_id) REFERENCES one, CONSTRAINT b FOREIGN KEY (one_id) REFERENCES one);
CREATE TABLE loose (a int REFERENCES one);
CREATE TABLE led (id int PRIMARY KEY, loose int);
CREATE TABLE loose_key (a int UNIQUE);
ALTER TABLE led ADD FOREIGN KEY (loose) REFERENCES loose_key (a);
CREATE TABLE clash (id int PRIMARY KEY, several int, several_id int REFERENCES several DEFERRABLE);
CREATE TABLE crossed (id int PRIMARY KEY, x int, y int, FOREIGN KEY (x, y) REFERENCES one (b, a));
CREATE TABLE partly (id int PRIMARY KEY, x int NOT NULL, y int, FOREIGN KEY (x, y) REFERENCES one (a, b) ON DELETE SET NULL (y));
CREATE TABLE early (id int PRIMARY KEY, one_id int NOT NULL);
CREATE UNIQUE INDEX ON early (one_id) WHERE id > 1;
ALTER TABLE early ADD FOREIGN KEY (one_id) REFERENCES one NOT VALID;
CREATE TABLE "_oneTotwo" (
  "A" int NOT NULL REFERENCES one ON DELETE CASCADE ON UPDATE CASCADE,
  "B" int NOT NULL REFERENCES two ON DELETE CASCADE ON UPDATE CASCADE, CONSTRAINT "_oneTotwo_AB_pkey" PRIMARY KEY ("A", "B")
);
CREATE INDEX "_oneTotwo_B_index" ON "_oneTotwo" ("B");
CREATE TABLE "_friends" (
  "A" int NOT NULL REFERENCES led ON DELETE CASCADE ON UPDATE CASCADE,
  "B" int NOT NULL REFERENCES led ON DELETE CASCADE ON UPDATE CASCADE, CONSTRAINT "_friends_AB_pkey" PRIMARY KEY ("A", "B")
);
CREATE INDEX "_friends_B_index" ON "_friends" ("B");
CREATE TABLE "_old" (
  "A" int NOT NULL REFERENCES clash ON DELETE CASCADE ON UPDATE CASCADE,
  "B" int NOT NULL REFERENCES led ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "_old_AB_unique" ON "_old" ("A", "B");
CREATE INDEX "_old_B_index" ON "_old" ("B");

create extension unaccent;
create text search dictionary german_plain (template = snowball, language = german);
create text search configuration plain (copy = simple);
alter text search configuration plain alter mapping for word, asciiword with unaccent, german_plain;
create table poem (id serial primary key, body text);
insert into poem (body) values ('Über allen Gipfeln');

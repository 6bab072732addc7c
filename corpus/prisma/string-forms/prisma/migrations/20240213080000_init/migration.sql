create table phrase (id serial primary key, t text, b bytea, x bit(8), y varbit);
insert into phrase (t) values
  ('it''s; not the end -- nor a comment'),
  (E'tab\there\nline \'quoted\' \\ back \x41 \u00e9'),
  ($$dollar 'quoted' $1 ; text$$),
  ($tag$with $$ inside$tag$),
  (U&'d\0061t\+000061'),
  (U&'d!0061t!!' UESCAPE '!'),
  ('one '
   'string'),
  (''),
  ('back\slash /* no comment */'),
  (N'national'),
  ('日本 😀');
insert into phrase (b, x, y) values ('\xDEADBEEF', B'10101010', X'1F'), (E'\\000abc'::bytea, x'ff', b'');

alter table mix
  add constraint e_positive check (e > 0),
  add column e int not null default 1,
  alter column c drop not null,
  alter column c drop default,
  alter column b type varchar(10),
  drop column d,
  alter column a set not null,
  add unique (a),
  alter column b set default 'bb',
  add column d int;

create type grade as enum ('a', 'b');
create domain points as int check (value >= 0);
create table exam (id int primary key, g grade not null default 'a', p points default 5, note text);
create index exam_grade on exam (g, note);
create function better(grade) returns boolean language sql as $$ select $1 = 'a' $$;
insert into exam values (1, 'b', 7, 'x');

create domain email as text check (value like '%@%');
create domain percent as numeric(5,2) default 0 not null constraint percent_range check (value between 0 and 100);
create domain code as varchar(10) collate "C";
create table person (id serial primary key, mail email, share percent, codes code[]);
insert into person (mail, share, codes) values ('a@b', 12.5, '{x,y}');

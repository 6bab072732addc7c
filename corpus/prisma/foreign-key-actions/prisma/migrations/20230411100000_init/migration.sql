create table team (id int primary key, name text);
create table player (
  id int primary key,
  a int, b int, c int default 0, d int, e int
);
insert into team values (0, 'none'), (1, 'red'), (2, 'blue');
insert into player values (1, 1, 1, 1, 1, 1), (2, 2, null, 2, null, 2);

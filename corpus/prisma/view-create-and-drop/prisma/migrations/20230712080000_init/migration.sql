create table game (id serial primary key, home text, guest text, hg int, gg int);
insert into game (home, guest, hg, gg) values ('A', 'B', 2, 1), ('B', 'A', 0, 0);
create view home_wins as select id, home from game where hg > gg;
create recursive view countdown (n) as values (3) union all select n - 1 from countdown where n > 1;

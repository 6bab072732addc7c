create table bloat (id int primary key);
insert into bloat select generate_series(1, 100);
delete from bloat where id > 10;

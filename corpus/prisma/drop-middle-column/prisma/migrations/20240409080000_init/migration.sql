create table triple (a int, b text default 'bee', c date);
insert into triple values (1, 'x', '2024-01-01');

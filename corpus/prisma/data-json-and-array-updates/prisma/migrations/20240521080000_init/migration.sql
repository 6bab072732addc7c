create table doc (id int primary key, j jsonb not null default '{}', a text[] default '{}');
insert into doc (id, j, a) values (1, '{"name": "x", "old": {"k": [1, 2]}}', '{a,b,a}'), (2, '[]', null);

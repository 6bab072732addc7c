create table subscription (id serial primary key, email text, topic text);
create table loose (a int, b text);
insert into subscription (email, topic) values ('a@x', 'news'), ('a@x', 'news'), ('b@x', 'news');
insert into loose values (1, 'x'), (1, 'x'), (2, null);

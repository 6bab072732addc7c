create table parent (id serial primary key, name text);
create table child (id serial primary key, parent_id int references parent);
create table loner (n int);
insert into parent (name) values ('p'), ('q');
insert into child (parent_id) values (1), (2);
insert into loner values (1), (2);

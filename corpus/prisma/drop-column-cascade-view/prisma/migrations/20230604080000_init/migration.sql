create table person (id int primary key, first text, last text, born date);
create view full_name as select id, first || ' ' || last as name from person;
create view greeting as select 'Dear ' || name as text from full_name;
create view birthday as select id, born from person;
insert into person values (1, 'Alan', 'Turing', '1912-06-23');

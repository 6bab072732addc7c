create table staff (id int primary key, name text, salary int, left_on date);
insert into staff values (1, 'Ann', 100, null), (2, 'Bob', 90, '2023-01-01');
create view active_staff as select id, name from staff;
create view staff_count as select count(*) as n from active_staff;

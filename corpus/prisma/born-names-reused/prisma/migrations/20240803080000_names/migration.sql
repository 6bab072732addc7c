create table passing (id int);
drop table passing;
alter table crate rename to passing;
update passing set n = 2;

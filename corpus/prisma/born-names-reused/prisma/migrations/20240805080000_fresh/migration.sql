create table shelf (id int primary key, n int);
insert into shelf values (1, 1);
alter table shelf rename to rack;
alter table rack rename column n to width;
update rack set width = 2;
delete from rack;

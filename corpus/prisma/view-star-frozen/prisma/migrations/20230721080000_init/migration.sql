create table point (x int, y int);
insert into point values (1, 2);
create view all_points as select * from point;

alter table passing add column m int;
alter table passing drop column m;
alter table passing rename column n to m;
update passing set m = 3;

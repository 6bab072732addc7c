create table org (tenant int not null, id int not null, parent int, primary key (tenant, id));
create table grp (tenant int not null, id int not null, org_id int, x int, y int, primary key (tenant, id));
create table pair (x int, y int, unique (x, y));
insert into org values (1, 1, null), (1, 2, 1);
insert into pair values (1, 1);
insert into grp values (1, 1, 2, 1, 1), (1, 2, null, null, null);

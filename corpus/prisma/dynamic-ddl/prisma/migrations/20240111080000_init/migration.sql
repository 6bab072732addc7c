create table north (id int primary key, n int);
create table south (id int primary key, n int);
create table "West Side" (id int primary key, n int);
insert into north values (1, 10);

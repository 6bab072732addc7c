create table here (id int primary key);
create index here_idx on here (id);
insert into here values (1);

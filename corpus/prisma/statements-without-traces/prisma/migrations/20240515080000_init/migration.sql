create table calm (id int primary key, n int);
create index calm_n on calm (n);
insert into calm values (1, 1);

create table hit (path text, n int);
insert into hit values ('/', 1), ('/', 1), ('/a', null), (null, null);

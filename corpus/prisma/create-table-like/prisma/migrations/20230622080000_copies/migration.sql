create table copy_all (like source including all);
create table copy_plain (like source);
create table copy_some (before int, like source including defaults including constraints excluding comments, after int);
insert into copy_all (name) select name from source;

create table note (id int primary key, body text);
alter table note alter column body set compression pglz;

create table north (id int primary key);
create table south (id int primary key);

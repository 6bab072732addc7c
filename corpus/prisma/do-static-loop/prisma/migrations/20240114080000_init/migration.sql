create table slot (id int primary key, label text);
create table summary (kind text primary key, n int);

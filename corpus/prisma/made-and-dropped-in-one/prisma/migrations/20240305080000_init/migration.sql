create table word (id serial primary key, w text);
insert into word (w) values ('b'), ('a'), ('a');

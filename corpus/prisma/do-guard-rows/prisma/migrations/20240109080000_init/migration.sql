create table config (key text primary key, value text);
insert into config values ('version', '1');

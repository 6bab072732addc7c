create table profile (id serial primary key, nick text, "Bio" text);
insert into profile (nick, "Bio") values ('n', 'b');

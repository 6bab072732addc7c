alter table "Person" rename to "User";
insert into "User" ("email") values ('b@b');

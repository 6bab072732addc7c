-- RenameIndex
ALTER INDEX "Person_email_key" RENAME TO "User_email_key";
ALTER INDEX "Person_pkey" RENAME TO "User_pkey";

create table "Person" (id serial primary key, user_id int references "User");
insert into "Person" (user_id) values (1);

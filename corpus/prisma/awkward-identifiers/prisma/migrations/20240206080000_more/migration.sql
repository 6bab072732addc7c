create index "in""dex" on "select" ("a""b", "with space");
alter table "select" add constraint "check me" check ("Größe" > 0);
alter table "select" add column "group" "ty pe" default 'quo''te';
alter table "my schema"."Tab.le" add foreign key (_under) references "select" ("from");
create view "my schema"."vi ew" as select "from" as "order", "user" as "table" from "select";
alter table "select" add column "user_id" int references "my schema"."Tab.le";

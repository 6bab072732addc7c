create type "new_kinds" as enum ('a', 'b')
;;
alter table "users" add column "nick" varchar(20) not null default 'x', add column "team" integer, add column "created_at" timestamptz not null default CURRENT_TIMESTAMP, add column "updated_at" timestamptz not null default CURRENT_TIMESTAMP
;;
alter table "users" alter column "name" drop default
;;
alter table "users" alter column "name" drop not null
;;
alter table "users" alter column "name" type varchar(50) using ("name"::varchar(50))
;;
alter table "users" alter column "name" set default 'none'
;;
alter table "users" alter column "name" set not null
;;
alter table "users" alter column "bio" drop default
;;
alter table "users" alter column "bio" type text using ("bio"::text)
;;
alter table "users" alter column "age" drop default
;;
alter table "users" alter column "age" drop not null
;;
alter table "users" alter column "state" drop default
;;
alter table "users" alter column "state" drop not null
;;
alter table "users" alter column "state" type text check ("state" in ('a', 'b')) using ("state"::text::text check ("state" in ('a', 'b')))
;;
alter table "users" alter column "kind" drop default
;;
alter table "users" alter column "kind" drop not null
;;
alter table "users" alter column "kind" type "new_kinds" using ("kind"::text::"new_kinds")
;;
alter table "users" alter column "code" drop default
;;
alter table "users" alter column "code" drop not null
;;
alter table "users" alter column "code" type varchar(255) using ("code"::varchar(255))
;;
comment on column "users"."code" is 'changed'
;;
alter table "users" add constraint users_code_1 check("code" > 0)
;;
alter table "users" add constraint named check("code" < 0)
;;
alter table "users" add constraint "users_nick_unique" unique ("nick")
;;
alter table "users" add constraint "users_team_foreign" foreign key ("team") references "teams" ("id") on delete cascade
;;
alter table "users" rename "old" to "new"
;;
alter table "users" drop column "gone"
;;
alter table "users" drop column "one", drop column "two"
;;
alter table "users" drop column "three", drop column "four"
;;
alter table "users" drop column "created_at", drop column "updated_at"
;;
alter table "users" drop column "createdAt", drop column "updatedAt"
;;
alter table "users" alter column "free" drop not null
;;
alter table "users" alter column "bound" set not null
;;
drop index "users_a_b_index"
;;
drop index "named_index"
;;
drop index "users_a_index"
;;
alter table "users" drop constraint "users_a_unique"
;;
alter table "users" drop constraint "named_unique"
;;
alter table "users" drop constraint if exists "users_a_unique"
;;
alter table "users" drop constraint "users_team_foreign"
;;
alter table "users" drop constraint "named_foreign"
;;
alter table "users" drop constraint if exists "users_team_foreign"
;;
alter table "users" drop constraint "users_pkey"
;;
alter table "users" drop constraint "named_pk"
;;
alter table "users" drop constraint if exists "users_pkey"
;;
alter table "users" drop constraint c1
;;
alter table "users" drop constraint c3, drop constraint c4
;;
alter table "users" add constraint c5 check($1$2 > 1)
;;
alter table "users" add constraint "users_pkey" primary key ("id", "team")
;;
alter table "users" add constraint "pk_named" primary key ("id")
;;
alter table "users" add constraint "users_x_y_unique" unique ("x", "y")
;;
create index "x_index" on "users" using gist ("x")
;;
alter table "users" add constraint "users_z_foreign" foreign key ("z") references "zs" ("id") on update RESTRICT
;;
comment on table "users" is 'what's this'
;;
alter table "app"."things" add column "w" varchar(255)
;;
drop index "app"."things_z_index"
;;
alter table "app"."things" drop constraint "things_u_foreign"
;;
alter table "app"."things" drop constraint "things_z_unique"
;;
create index "things_w_index" on "app"."things" ("w")
;;
alter table "app"."things" alter column "z" drop not null
;;
alter table "app"."a" rename to "b"
;;
drop table "app"."c"
;;
drop table if exists "app"."d"
;;
select 1::int
;;
drop table if exists "app"."e"
;;
create schema "s"
;;
create schema if not exists "s"
;;
drop schema "s" cascade
;;
drop schema if exists "s"
;;
create extension "e"
;;
create extension if not exists "uuid-ossp"
;;
drop extension "e"
;;
drop extension if exists "e"
;;

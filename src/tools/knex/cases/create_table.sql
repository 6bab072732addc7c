create type "kinds2" as enum ('a', 'b')
;;
create type "kinds" as enum ('a', 'b')
;;
create table "users" ("id" serial primary key, "name" varchar(255), "email" varchar(100) not null, "bio" text null, "age" integer default '18', "big" bigint, "active" boolean not null default '1', "off" boolean default '0', "none" boolean default null, "price" decimal(10, 3), "free" decimal, "usual" decimal(8, 2), "ratio" real, "precise" double precision, "born" date, "at" time, "seen" timestamptz, "seen2" timestamptz(3), "made" timestamp default CURRENT_TIMESTAMP, "made6" timestamptz default CURRENT_TIMESTAMP(6), "made2" timestamp, "j" json default '{"a":"it's","b":[1,2.5,null]}', "jb" jsonb not null default '[]', "jb2" jsonb default '{"a":1}', "jb3" jsonb default '[]', "ref" uuid default (gen_random_uuid()), "gen" uuid default gen_random_uuid(), "data" bytea, "state" text check ("state" in ('new', 'old')) default 'new', "kind" "kinds" not null, "kind2" "kinds2", "kind3" "other"."kinds", "tags" text[] default '{}', "s" smallint, "ti" smallint, "mi" integer, "geo" geometry, "p" point, "quoted" varchar(255) default E'it''s \\ here', "num" varchar(255) default '5', "arr" integer default '0', "asked" varchar(255) default 'why$1', "created_at" timestamptz not null default CURRENT_TIMESTAMP, "updated_at" timestamptz not null default CURRENT_TIMESTAMP)
;;
comment on table "users" is 'All users'
;;
comment on column "users"."arr" is 'the user''s ''age'''
;;
comment on column "users"."asked" is 'really$1'
;;
alter table "users" add constraint "users_email_unique" unique ("email")
;;
create index "users_age_index" on "users" ("age")
;;
create index "users_name_email_index" on "users" ("name", "email")
;;
alter table "users" add constraint "users_own_unique" unique ("name", "age")
;;
create table "posts" ("id" uuid, "user_id" integer not null, "other" integer, "third" integer, "a" integer check ("a" > 0) check ("a" between 1 and 5), "b" integer constraint b_in check ("b" in (1,2)) check ("b" not in ('x''y')), "c" varchar(255) check (length("c") >= 3) check ("c" ~ '^[a-z]+$'), "d" integer constraint d_neg check ("d" < 0) constraint d_between check ("d" between 1 and 2 or "d" between 5 and 6), "createdAt" timestamptz not null default CURRENT_TIMESTAMP, "updatedAt" timestamptz not null default CURRENT_TIMESTAMP, constraint "posts_pkey" primary key ("id"), constraint own_check check ("a" > 3), check (a < 5))
;;
alter table "posts" add constraint "posts_user_id_foreign" foreign key ("user_id") references "users" ("id") on update SET NULL on delete CASCADE
;;
create index "posts_user_id_index" on "posts" ("user_id")
;;
alter table "posts" add constraint "posts_other_foreign" foreign key ("other") references "users" ("id")
;;
alter table "posts" add constraint "third_key" foreign key ("third") references "app"."users" ("id") deferrable initially deferred 
;;
alter table "posts" add constraint "two_keys" foreign key ("a", "b") references "pairs" ("x", "y") on delete NO ACTION
;;
alter table "posts" add constraint "posts_c_foreign" foreign key ("c") references "pairs" ("z")
;;
create table "keys" ("a" uuid primary key, "n" bigserial, "Mixed"."Case" varchar(255))
;;
alter table "keys" add constraint "one" unique ("a") deferrable initially immediate
;;
create unique index "keys_n_unique" on "keys" ("n")
;;
create unique index "keys_n_unique" on "keys" ("n") where "n" is not null and a > 3
;;
create unique index "low" on "keys" (lower("a"))
;;
create index "gin_index" on "keys" using gin ("a")
;;
create unique index "keys_a_index" on "keys" using hash ("a") where "n" is null
;;
create index "lower_index" on "keys" (lower(a))
;;
create table "pairs" ("x" integer, "y" integer, constraint "pairs_pkey" primary key ("x", "y"))
;;
comment on column "pairs"."y" is NULL
;;
create type "app"."st_enum" as enum ('a')
;;
create table "app"."things" ("id" bigserial, "z" varchar(255), "u" integer, "st" "app"."st_enum", constraint "own_pk" primary key ("id") deferrable initially deferred)
;;
comment on column "app"."things"."st" is 'a state'
;;
alter table "app"."things" add constraint "things_z_unique" unique ("z")
;;
create index "things_z_index" on "app"."things" ("z")
;;
alter table "app"."things" add constraint "things_u_foreign" foreign key ("u") references "app"."users" ("id")
;;
create table if not exists "maybe" ("key" serial primary key)
;;
create table "copy" (like "users" including all, "extra" varchar(255))
;;
create table "copy2" (like "users" including all)
;;
create table "child" ("created_at" timestamptz, "updated_at" timestamptz) inherits ("parent")
;;
create table "my-odd"."table" ("some-col" integer)
;;
create index "my_odd_table_some-col_index" on "my-odd"."table" ("some-col")
;;
alter table "my-odd"."table" add constraint "my_odd_table_some-col_unique" unique ("some-col")
;;
alter table "my-odd"."table" add constraint "my_odd_table_some-col_foreign" foreign key ("some-col") references "x" ("id")
;;

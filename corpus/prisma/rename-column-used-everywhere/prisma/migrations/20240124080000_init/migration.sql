-- CreateTable
CREATE TABLE "Asset" (
    "id" SERIAL NOT NULL,
    "val" INTEGER NOT NULL DEFAULT 1,
    "name" TEXT NOT NULL,

    CONSTRAINT "Asset_pkey" PRIMARY KEY ("id")
);
alter table "Asset" add constraint val_positive check (val > 0);
alter table "Asset" add column doubled int generated always as (val * 2) stored;
create index asset_val on "Asset" (val) where val > 10;
create index asset_expr on "Asset" ((val + 1), lower(name));
alter table "Asset" add constraint asset_name_key unique (name);
create table "Use" (id serial primary key, asset_name text references "Asset" (name) on update cascade);
create view big_assets as select id, val from "Asset" where val > 100;
create view star_assets as select * from "Asset";
create policy some_assets on "Asset" using (val < 1000);
create function asset_check() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger asset_val_changed after update of val on "Asset" for each row when (old.val < new.val) execute function asset_check();
create function total_val() returns bigint language sql as 'select count(*) from "Asset"';
insert into "Asset" (val, name) values (5, 'desk'), (500, 'van');

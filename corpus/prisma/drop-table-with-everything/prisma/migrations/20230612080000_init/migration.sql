-- CreateTable
CREATE TABLE "Archive" (
    "id" SERIAL NOT NULL,
    "title" VARCHAR(80) NOT NULL,
    "stored" TIMESTAMP(3) DEFAULT CURRENT_TIMESTAMP,
    "size" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "Archive_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Archive_title_idx" ON "Archive"("title");

alter table "Archive" add constraint size_not_negative check (size >= 0);
create function archive_stamp() returns trigger language plpgsql as $$ begin new.stored := now(); return new; end $$;
create trigger archive_stamp before update on "Archive" for each row execute function archive_stamp();
alter table "Archive" enable row level security;
create policy archive_all on "Archive" using (true) with check (size < 1000000);
grant select (id, title), update (title) on "Archive" to public;
grant delete on "Archive" to pg_monitor;
grant usage on sequence "Archive_id_seq" to public;
comment on table "Archive" is 'old papers';
comment on column "Archive".size is 'in bytes';
comment on index "Archive_title_idx" is 'for the search box';
comment on constraint size_not_negative on "Archive" is 'of course';
comment on trigger archive_stamp on "Archive" is 'keeps the time';
comment on policy archive_all on "Archive" is 'everybody, for now';
create statistics archive_stats (ndistinct) on title, size from "Archive";
alter table "Archive" alter title set statistics 500;
alter table "Archive" replica identity full;
alter table "Archive" set (fillfactor = 80, autovacuum_enabled = false);
insert into "Archive" (title, size) values ('Letters', 1200), ('Maps', 88000);

-- CreateEnum
CREATE TYPE "Kind" AS ENUM ('ONE', 'TWO');

-- CreateTable
CREATE TABLE "Entry" (
    "id" SERIAL NOT NULL,
    "kind" "Kind" NOT NULL DEFAULT 'ONE',
    "kinds" "Kind"[] DEFAULT ARRAY['ONE', 'TWO']::"Kind"[],

    CONSTRAINT "Entry_pkey" PRIMARY KEY ("id")
);
alter table "Entry" add constraint not_both check (kind <> 'TWO' or id > 0);
create index entry_ones on "Entry" (id) where kind = 'ONE'::"Kind";
create function is_one(k "Kind") returns boolean language sql immutable as $$ select k::text = 'ONE' $$;
create view ones as select id from "Entry" where kind = 'ONE';
insert into "Entry" (kind) values ('TWO'), (default);

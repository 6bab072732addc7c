-- CreateTable
CREATE TABLE "Crate" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "lot" INTEGER NOT NULL,
    "weight" INTEGER,
    "parentId" INTEGER,

    CONSTRAINT "Crate_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Crate_code_lot_key" ON "Crate"("code", "lot");

-- AddForeignKey
ALTER TABLE "Crate" ADD CONSTRAINT "Crate_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Crate"("id") ON DELETE SET NULL ON UPDATE CASCADE;

create sequence lot_numbers owned by "Crate"."lot";
alter table "Crate" alter "lot" set default nextval('lot_numbers');
alter table "Crate" add constraint heavy_lots check (weight > lot), add constraint positive check (weight > 0);
create index crate_weight on "Crate" (weight) where lot > 100;
create statistics crate_stats on code, lot from "Crate";
comment on column "Crate".lot is 'running number';
insert into "Crate" ("code", "weight") values ('a', 10), ('b', 20);

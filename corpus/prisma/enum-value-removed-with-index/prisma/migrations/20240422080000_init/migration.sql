-- CreateEnum
CREATE TYPE "State" AS ENUM ('NEW', 'HELD', 'SENT');

-- CreateTable
CREATE TABLE "Letter" (
    "id" SERIAL NOT NULL,
    "state" "State" NOT NULL DEFAULT 'NEW',

    CONSTRAINT "Letter_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Letter_state_idx" ON "Letter"("state");
create index letter_new on "Letter" (id) where state = 'NEW';
create view new_letters as select id from "Letter" where state = 'NEW';
insert into "Letter" (state) values ('NEW'), ('HELD'), ('SENT');

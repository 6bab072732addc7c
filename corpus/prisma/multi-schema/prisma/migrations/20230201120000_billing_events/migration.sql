-- CreateTable
CREATE TABLE "billing"."Event" (
    "id" SERIAL NOT NULL,
    "accountId" INTEGER NOT NULL,
    "what" TEXT NOT NULL,

    CONSTRAINT "Event_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "billing"."Event" ADD CONSTRAINT "Event_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "billing"."Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateEnum
CREATE TYPE "Channel" AS ENUM ('EMAIL', 'SMS');

-- CreateTable
CREATE TABLE "Alert" (
    "id" SERIAL NOT NULL,
    "channel" "Channel" NOT NULL DEFAULT 'EMAIL',

    CONSTRAINT "Alert_pkey" PRIMARY KEY ("id")
);
INSERT INTO "Alert" ("channel") VALUES ('SMS'), ('EMAIL');

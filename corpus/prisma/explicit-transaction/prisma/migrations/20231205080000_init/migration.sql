BEGIN;

-- CreateTable
CREATE TABLE "Step" (
    "id" SERIAL NOT NULL,
    "name" TEXT,

    CONSTRAINT "Step_pkey" PRIMARY KEY ("id")
);

COMMIT;

-- CreateTable
CREATE TABLE "Device" (
    "id" SERIAL NOT NULL,
    "label" TEXT NOT NULL,

    CONSTRAINT "Device_pkey" PRIMARY KEY ("id")
);

INSERT INTO "Device" ("label") VALUES ('lamp'), ('kettle');

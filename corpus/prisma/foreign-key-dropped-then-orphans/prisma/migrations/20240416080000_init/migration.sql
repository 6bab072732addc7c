-- CreateTable
CREATE TABLE "Owner" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "Owner_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Car" (
    "id" SERIAL NOT NULL,
    "ownerId" INTEGER NOT NULL,
    "doors" INTEGER NOT NULL,

    CONSTRAINT "Car_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "Car" ADD CONSTRAINT "Car_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "Owner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Car" ADD CONSTRAINT "Car_doors_check" CHECK ("doors" BETWEEN 1 AND 7);
INSERT INTO "Owner" VALUES (1);
INSERT INTO "Car" ("ownerId", "doors") VALUES (1, 4);

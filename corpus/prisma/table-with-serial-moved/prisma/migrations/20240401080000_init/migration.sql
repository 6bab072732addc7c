-- CreateTable
CREATE TABLE "Parcel" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "weight" INTEGER NOT NULL DEFAULT 0,
    "parentId" INTEGER,

    CONSTRAINT "Parcel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Stop" (
    "id" SERIAL NOT NULL,
    "parcelId" INTEGER NOT NULL,

    CONSTRAINT "Stop_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Parcel_code_key" ON "Parcel"("code");

-- CreateIndex
CREATE INDEX "Parcel_weight_idx" ON "Parcel"("weight") WHERE "weight" > 0;

-- AddForeignKey
ALTER TABLE "Parcel" ADD CONSTRAINT "Parcel_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Parcel"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Stop" ADD CONSTRAINT "Stop_parcelId_fkey" FOREIGN KEY ("parcelId") REFERENCES "Parcel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

INSERT INTO "Parcel" ("code", "weight") VALUES ('a', 1), ('b', 2);

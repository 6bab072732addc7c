-- CreateTable
CREATE TABLE "Parcel" (
    "id" TEXT NOT NULL,
    "size" TEXT NOT NULL,
    "sentAt" TEXT,

    CONSTRAINT "Parcel_pkey" PRIMARY KEY ("id")
);
INSERT INTO "Parcel" VALUES ('p1', 'small', '2022-11-05');

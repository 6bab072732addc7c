ALTER TABLE "logistics"."Parcel" RENAME COLUMN "weight" TO "grams";
ALTER TABLE "Stop" RENAME TO "Halt";

DROP TABLE "logistics"."Parcel" CASCADE;

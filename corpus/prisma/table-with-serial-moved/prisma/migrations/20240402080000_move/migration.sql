CREATE SCHEMA "logistics";
ALTER TABLE "Parcel" SET SCHEMA "logistics";

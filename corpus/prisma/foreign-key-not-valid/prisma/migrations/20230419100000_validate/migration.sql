DELETE FROM "Street" s WHERE NOT EXISTS (SELECT FROM "City" c WHERE c."id" = s."cityId");
ALTER TABLE "Street" VALIDATE CONSTRAINT "Street_cityId_fkey";

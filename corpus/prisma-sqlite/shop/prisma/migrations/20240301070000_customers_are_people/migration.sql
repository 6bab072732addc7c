ALTER TABLE "Customer" RENAME TO "Person";
ALTER TABLE "Person" RENAME COLUMN "name" TO "fullName";
DROP INDEX "Customer_email_key";
CREATE UNIQUE INDEX "Person_email_key" ON "Person"("email");

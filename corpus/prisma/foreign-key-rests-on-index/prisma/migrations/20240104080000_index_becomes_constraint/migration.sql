ALTER TABLE "Member" ADD CONSTRAINT "Member_email_unique" UNIQUE USING INDEX "Member_email_key";

ALTER TABLE "Member" DROP CONSTRAINT "Member_email_unique" CASCADE;

DROP INDEX "Member_email_key" CASCADE;

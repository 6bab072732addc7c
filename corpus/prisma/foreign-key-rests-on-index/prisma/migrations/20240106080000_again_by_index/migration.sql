CREATE UNIQUE INDEX "Member_email_key" ON "Member"("email");
ALTER TABLE "Letter" ADD CONSTRAINT "Letter_recipient_fkey" FOREIGN KEY ("recipient") REFERENCES "Member"("email");

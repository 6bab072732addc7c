-- Neither is what a foreign key rests on.
CREATE UNIQUE INDEX "Member_id_key" ON "Member"("id");
CREATE UNIQUE INDEX "Member_email_again" ON "Member"("email");

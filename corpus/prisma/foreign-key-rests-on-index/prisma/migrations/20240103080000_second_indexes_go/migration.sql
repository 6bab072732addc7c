DROP INDEX "Member_id_key";
DROP INDEX "Member_email_again";

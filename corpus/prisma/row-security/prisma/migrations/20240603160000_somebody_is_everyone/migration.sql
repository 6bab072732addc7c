DROP POLICY "everyone" ON "Document";
ALTER POLICY "somebody" ON "Document" TO CURRENT_USER, public;

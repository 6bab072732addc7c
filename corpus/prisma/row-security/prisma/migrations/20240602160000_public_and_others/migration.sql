CREATE POLICY "everyone" ON "Document" FOR SELECT TO public, CURRENT_USER USING (NOT "secret");
CREATE POLICY "somebody" ON "Document" FOR SELECT TO CURRENT_USER USING ("secret");

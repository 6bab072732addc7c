ALTER POLICY secrets_stay_secret ON "Document" RENAME TO hide_secrets;
DROP POLICY bypass_rls_policy ON "Tenant";
DROP POLICY IF EXISTS bypass_rls_policy ON "Document";
DROP POLICY IF EXISTS was_never_there ON "Document";
ALTER TABLE "Tenant" NO FORCE ROW LEVEL SECURITY;

-- Enable Row Level Security
ALTER TABLE "Tenant" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Document" ENABLE ROW LEVEL SECURITY;

-- Force Row Level Security for table owners
ALTER TABLE "Tenant" FORCE ROW LEVEL SECURITY;
ALTER TABLE "Document" FORCE ROW LEVEL SECURITY;

-- Create row security policies
CREATE POLICY tenant_isolation_policy ON "Tenant" USING ("id" = current_setting('app.tenant_id', TRUE)::uuid);
CREATE POLICY tenant_isolation_policy ON "Document" USING ("tenantId" = current_setting('app.tenant_id', TRUE)::uuid);

GRANT SELECT, INSERT, UPDATE ON "Document" TO PUBLIC;

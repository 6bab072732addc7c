CREATE SCHEMA IF NOT EXISTS app;
GRANT USAGE ON SCHEMA app TO PUBLIC;

CREATE FUNCTION app.current_tenant() RETURNS uuid
LANGUAGE sql STABLE
AS $$ SELECT nullif(current_setting('app.tenant_id', true), '')::uuid $$;

ALTER POLICY tenant_isolation_policy ON "Tenant" USING ("id" = app.current_tenant());
ALTER POLICY tenant_isolation_policy ON "Document"
  USING ("tenantId" = app.current_tenant())
  WITH CHECK ("tenantId" = app.current_tenant());

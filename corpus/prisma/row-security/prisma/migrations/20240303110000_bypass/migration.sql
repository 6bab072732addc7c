CREATE POLICY bypass_rls_policy ON "Tenant" USING (current_setting('app.bypass_rls', TRUE) = 'on');
CREATE POLICY bypass_rls_policy ON "Document" USING (current_setting('app.bypass_rls', TRUE) = 'on');

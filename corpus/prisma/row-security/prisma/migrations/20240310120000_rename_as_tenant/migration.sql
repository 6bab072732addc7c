-- only this transaction may see every row
SELECT set_config('app.bypass_rls', 'on', TRUE);
UPDATE "Tenant" SET "name" = 'Acme Ltd.' WHERE "name" = 'Acme';

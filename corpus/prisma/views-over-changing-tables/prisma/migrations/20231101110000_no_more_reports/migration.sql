-- payment_report and the INSTEAD OF trigger go with it
DROP VIEW active_accounts CASCADE;
DROP FUNCTION active_accounts_insert();
DROP MATERIALIZED VIEW IF EXISTS monthly_totals;

CREATE VIEW active_accounts AS SELECT id, title AS name, country FROM accounts WHERE active;

DROP TRIGGER IF EXISTS customers_sync_name ON customers;
DROP FUNCTION IF EXISTS customers_sync_name();

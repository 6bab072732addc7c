-- AlterTable
ALTER TABLE "customers" ADD COLUMN     "country" TEXT;

UPDATE customers SET country = 'DE' WHERE fax LIKE '+49%';

-- a view may grow at its end
CREATE OR REPLACE VIEW active_customers AS
  SELECT id, name, country FROM customers WHERE active;

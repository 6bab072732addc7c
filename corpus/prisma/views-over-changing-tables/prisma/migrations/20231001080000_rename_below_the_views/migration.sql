-- the views keep their own column names
ALTER TABLE customers RENAME COLUMN name TO title;
ALTER TABLE customers RENAME TO accounts;
ALTER TABLE accounts RENAME CONSTRAINT customers_pkey TO accounts_pkey;
ALTER SEQUENCE customers_id_seq RENAME TO accounts_id_seq;
ALTER TABLE payments RENAME COLUMN customer_id TO account_id;
ALTER TABLE payments RENAME CONSTRAINT payments_customer_id_fkey TO payments_account_id_fkey;
ALTER INDEX payments_customer_id_idx RENAME TO payments_account_id_idx;
ALTER VIEW active_customers RENAME TO active_accounts;

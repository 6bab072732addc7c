-- a column a view reads cannot change its type, so both make way for a moment
DROP MATERIALIZED VIEW monthly_totals;
DROP VIEW payment_report;

-- AlterTable
ALTER TABLE "payments" ALTER COLUMN "cents" SET DATA TYPE BIGINT;

CREATE VIEW payment_report AS
  SELECT c.id, c.name, sum(p.cents) AS total_cents
  FROM active_customers c
  LEFT JOIN payments p ON p.customer_id = c.id
  GROUP BY c.id, c.name;
COMMENT ON VIEW payment_report IS 'What every active customer paid so far';
GRANT SELECT ON payment_report TO PUBLIC;

CREATE MATERIALIZED VIEW monthly_totals AS
  SELECT date_trunc('month', paid_at) AS month, count(*) AS payments, sum(cents) AS cents
  FROM payments
  GROUP BY 1;
CREATE UNIQUE INDEX monthly_totals_month_idx ON monthly_totals (month);

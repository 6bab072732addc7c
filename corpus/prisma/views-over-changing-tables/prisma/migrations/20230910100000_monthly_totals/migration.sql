CREATE MATERIALIZED VIEW monthly_totals AS
SELECT date_trunc('month', paid_at) AS month, count(*) AS payments, sum(cents) AS cents
FROM payments
GROUP BY 1;

CREATE UNIQUE INDEX monthly_totals_month_idx ON monthly_totals (month);
CREATE INDEX ON monthly_totals (cents DESC);

CREATE OR REPLACE VIEW active_staff AS
  SELECT id, name, salary, salary * 12 AS yearly FROM staff WHERE left_on IS NULL;
CREATE OR REPLACE VIEW brand_new AS SELECT 1 AS one;

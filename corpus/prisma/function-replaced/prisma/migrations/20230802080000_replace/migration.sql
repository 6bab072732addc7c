create or replace function vat(amount numeric) returns numeric as $$
  select amount * 0.20;
$$ language sql immutable strict parallel safe;

CREATE OR REPLACE FUNCTION greet(name text DEFAULT 'world') RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public
AS $fn$
BEGIN
  RETURN format('Hello, %s; it is $$ now', name);
END
$fn$;

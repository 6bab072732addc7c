create function longer(a text, b text) returns text language sql immutable as $$ select case when length(coalesce(a, '')) >= length(coalesce(b, '')) then a else b end $$;
create type celsius as (degrees float8);
create function celsius_to_float(c celsius) returns float8 language sql immutable as 'select c.degrees';

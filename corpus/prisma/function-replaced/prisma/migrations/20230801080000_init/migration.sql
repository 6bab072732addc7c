create function vat(amount numeric) returns numeric as $$
begin
  return amount * 0.19;
end;
$$ language plpgsql immutable;

create or replace function greet(name text default 'you') returns text
language sql
as $$ select 'hello ' || name $$;

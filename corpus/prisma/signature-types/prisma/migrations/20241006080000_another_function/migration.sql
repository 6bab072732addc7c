CREATE FUNCTION "fits"(s store."ParcelSize") RETURNS SETOF store."ParcelSize" LANGUAGE sql AS $$ SELECT s $$;

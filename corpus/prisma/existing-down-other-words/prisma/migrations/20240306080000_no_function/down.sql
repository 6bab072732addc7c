CREATE OR REPLACE FUNCTION public.seats_in(room int) RETURNS int4
    STABLE
    CALLED ON NULL INPUT
    LANGUAGE 'sql'
AS $body$ SELECT seats FROM "Room" WHERE id = room $body$;

create or replace view public."BigRoom" as
    select id, "name"  -- as before
    from public."Room"
    where (seats > 100);

SELECT pg_catalog.set_config('search_path', '', true);
SET check_function_bodies = false;
create function public.not_checked() returns int language sql as 'select n from public.not_there_yet';
create table public.not_there_yet (n int);
alter table app.hand add column label text;
RESET ALL;

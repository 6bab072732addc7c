create temporary table seen on commit drop as select min(id) as id, w from word group by w;
create function tidy(t text) returns text language sql as $$ select upper(t) $$;
alter table word add column keep boolean default false;
update word set keep = true from seen where seen.id = word.id;
delete from word where not keep;
update word set w = tidy(w);
alter table word drop column keep;
drop function tidy(text);

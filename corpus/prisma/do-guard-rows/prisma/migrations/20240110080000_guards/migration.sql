do $$
declare
  v text;
  total int;
begin
  select value into v from config where key = 'version';
  select count(*) into total from config;
  if v = '1' then
    update config set value = '2' where key = 'version';
    insert into config values ('upgraded', 'yes');
  end if;
  if total > 5 then
    alter table config add column crowded boolean;
  end if;
  if not found then
    null;
  end if;
end $$;

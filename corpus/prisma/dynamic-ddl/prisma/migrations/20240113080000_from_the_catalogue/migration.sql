do $$
declare r record;
begin
  for r in select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' and table_name !~ '^_prisma' order by 1 loop
    execute 'alter table ' || quote_ident(r.table_name) || ' alter column n set not null';
  end loop;
  for r in select conname, conrelid::regclass as tab from pg_constraint where contype = 'p' and conrelid = 'south'::regclass loop
    execute format('alter table %s drop constraint %I', r.tab, r.conname);
  end loop;
end $$;

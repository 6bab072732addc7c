do $do$
declare r record;
begin
  for i in 1..5 loop
    insert into slot values (i, case when i % 2 = 0 then 'even' else 'odd' end);
  end loop;
  for r in select label, count(*)::int as c from slot group by label loop
    insert into summary values (r.label, r.c);
  end loop;
  perform 1 from slot;
  raise notice 'filled % slots', (select count(*) from slot);
end
$do$;

create view active_customers as
  select id, name from customers where active;

create view payment_report as
  select c.id, c.name, sum(p.cents) as total_cents
  from active_customers c
  left join payments p on p.customer_id = c.id
  group by c.id, c.name;

comment on view payment_report is 'What every active customer paid so far';
comment on column payment_report.total_cents is 'NULL when nothing was paid';
grant select on active_customers, payment_report to public;

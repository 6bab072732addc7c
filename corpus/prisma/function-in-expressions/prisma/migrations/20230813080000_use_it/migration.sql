alter table "Coupon" add constraint name_not_blank check (norm(name) <> '');
create unique index coupon_norm on "Coupon" (norm(name));
alter table "Coupon" add column plain text generated always as (norm(name)) stored;
create policy coupon_plain on "Coupon" using (norm(code) <> 'secret');

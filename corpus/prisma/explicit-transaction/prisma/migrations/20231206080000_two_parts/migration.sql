alter table "Step" add column one int;
begin;
insert into "Step" (name, one) values ('x', 1);
savepoint before_two;
alter table "Step" add column two int;
rollback to savepoint before_two;
release savepoint before_two;
commit;
alter table "Step" add column three int;

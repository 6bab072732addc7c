create table ledger (entry int, page int, remark text);
insert into ledger values (1, 1, 'a'), (2, 1, null);

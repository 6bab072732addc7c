alter table ledger add primary key (entry);

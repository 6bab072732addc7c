alter table ledger drop constraint ledger_pkey;

drop index poem_tsv;
alter table poem drop column tsv;
drop text search configuration plain;
drop text search dictionary german_plain;

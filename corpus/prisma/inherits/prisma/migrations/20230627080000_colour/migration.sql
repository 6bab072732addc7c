alter table vehicle add column colour text default 'white';
alter table vehicle rename column plate to sign;

alter table note add column n int default 3

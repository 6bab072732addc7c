alter table spend detach partition spend_jan;
alter table spend_jan rename to spend_archive;

alter table point add column z int default 0;

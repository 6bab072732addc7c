alter table keyed rename column code to word;

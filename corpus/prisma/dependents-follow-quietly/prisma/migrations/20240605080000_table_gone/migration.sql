drop table tick;

create type span as range (subtype = float8);
create collation plain from "C";
create table measure (id int primary key, reach span, usual span default '[1,2]', label text collate plain);
create view reaches as select id, reach from measure;
create index measure_label on measure (label collate plain);

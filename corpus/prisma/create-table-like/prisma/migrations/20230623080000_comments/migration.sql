comment on index source_name_lower is 'for search';
comment on constraint source_name_check on source is 'no empty names';
comment on constraint uq on source is 'one of each';
comment on index uq is 'its index';
create table copy_commented (like source including all);
create table copy_checks (like source including constraints including comments);
create table copy_indexes (like source including indexes including comments);

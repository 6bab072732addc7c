drop index item_code_idx1;
drop index item_lower_idx;
alter table item drop constraint item_kind_key1;
alter table item drop constraint item_check1;

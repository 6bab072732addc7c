alter table keyed drop constraint keyed_id, drop constraint code;
alter table keyed add constraint code unique (code);
comment on index code is 'another index of the code';

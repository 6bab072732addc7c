comment on schema docs is null;
comment on table docs.thing is null;
comment on column docs.thing.name is 'other';
comment on function one() is null;
comment on type colour is 'of the wall';
comment on index docs.thing_name is null;

create table keyed (id int constraint keyed_id primary key, code text, constraint code unique (code));
comment on index keyed_id is 'the index of the key';
comment on constraint code on keyed is 'one of each';
comment on index code is 'the index of the code';

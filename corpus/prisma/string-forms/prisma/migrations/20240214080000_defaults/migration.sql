alter table phrase alter t set default E'two\nlines; and a \'quote\'';
alter table phrase add column u text default $q$it's "quoted"$q$;
alter table phrase add column v text default U&'\00fc';
comment on column phrase.u is $$a 'comment'$$;
insert into phrase default values;

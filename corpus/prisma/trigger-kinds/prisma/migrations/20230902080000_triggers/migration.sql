create trigger t_before before insert on account for each row execute function note_it('before');
create trigger t_after after delete on account for each row execute procedure note_it('gone', 'second "arg"', 3);
create trigger t_cols after update of balance, owner on account for each row when (old.balance <> new.balance) execute function note_it();
create trigger t_stmt after truncate on account for each statement execute function note_it('truncated');
create trigger t_many before insert or update or delete on account execute function note_it();
create trigger t_new after insert on account referencing new table as fresh for each statement execute function count_rows();
create trigger t_both after update on account referencing old table as stale new table as fresh for each statement execute function count_rows();
create constraint trigger t_late after insert or update on account deferrable initially deferred for each row execute function note_it('late');
insert into account (owner, balance) values ('a', 1), ('b', 2);

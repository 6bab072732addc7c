create trigger note after insert or delete on item for each row execute function note();
create trigger edited before update of name on item for each row execute function edited();
create trigger keep before delete on guarded for each row execute function keep();

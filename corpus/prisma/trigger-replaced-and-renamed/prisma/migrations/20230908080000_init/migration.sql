create table post (id int primary key, title text, edits int default 0);
create function edited() returns trigger language plpgsql as $$ begin new.edits := new.edits + 1; return new; end $$;
create trigger post_edited before update on post for each row execute function edited();
insert into post values (1, 'Hi');

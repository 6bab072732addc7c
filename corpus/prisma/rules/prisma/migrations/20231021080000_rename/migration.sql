create rule no_update as on update to keepsake where old.id = 2 do instead nothing;
create rule kept as on delete to "keepsake" do instead nothing;
drop rule add_through on keepsakes;
alter table keepsake rename to memento;

create rule no_delete as on delete to keepsake do instead nothing;
create rule add_through as on insert to keepsakes do instead insert into keepsake values (new.id, new.what);
create rule shout as on update to keepsake do also notify keepsakes;
create rule keep_ring as on update to keepsake where old.id = 1 do instead nothing;
insert into keepsakes values (2, 'letter');
delete from keepsake;

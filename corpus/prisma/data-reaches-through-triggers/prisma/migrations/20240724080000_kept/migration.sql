insert into guarded values (1);

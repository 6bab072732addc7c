insert into numbered (id, v) overriding user value values (91, 1), (92, 2);

update rate set code = lower(code);
update rate set value = 0 where code = 'none';

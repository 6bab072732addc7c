update doc set j = jsonb_set(j #- '{old,k}', '{new}', '"n"') where j ? 'name';
update doc set j = (j - 'name') || jsonb_build_object('title', j -> 'name') where j ? 'name';
update doc set a = array_replace(a, 'a', 'z') where id = 1;
update doc set a[5] = 'far', j['extra'] = '[null]' where id = 1;

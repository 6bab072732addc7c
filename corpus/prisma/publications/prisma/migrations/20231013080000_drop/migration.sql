alter publication pub_empty drop table receiver;
drop publication pub_names;
drop publication if exists never_was;
